"""Lifts footnotes out of the running text.

A note is a line that opens with the next note number and is set small, or whose number is glued to
a word above it. It does not know formats that say where their notes are; those readers attach them
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.furniture import is_mark
from pipeline.reading.hyphens import Hyphens
from pipeline.reading.lines import Line
from pipeline.reading.markers import GLUED, Note, find_markers

MAX_LABEL = 999
FULL_NOTE_LINE = 0.8  # of the longest note line: a shorter one ends its note
LOOK_BACK = 120  # lines above a note in which its marker stands when pages are not known

_OPENING = re.compile(
    r"\s?(?:\[(?P<a>\d{1,3})\]|(?P<b>\d{1,3})\)?)(?:\s+(?=\S)|(?=[A-Z«‘“'\"]|https?:|$))"
)
_BARE_LABEL = re.compile(r"\s?\[?\d{1,3}[\])]?\s*")
_URL_END = re.compile(r"https?://\S+$|www\.\S+$")


def lift_notes(lines: Sequence[Line], hyphens: Hyphens) -> tuple[list[Line], list[Note]]:
    """The lines of the running text, and the notes that stood between them."""
    body: list[Line] = []
    notes: list[Note] = []
    has_small = any(line.small for line in lines)
    at, expected = 0, 1
    while at < len(lines):
        label = _label_of(lines[at])
        if label and _opens_note(lines, at, label, expected, body, has_small):
            at, block = _note_block(lines, at, label, has_small)
            page = lines[at - 1].page
            for number, texts in block:
                notes.append(Note(number, _run_on(texts, hyphens), len(body), page))
            expected = block[-1][0] + 1
        else:
            body.append(lines[at])
            at += 1
    return body, notes


def _label_of(line: Line) -> int:
    found = _OPENING.match(line.text)
    return int(found["a"] or found["b"]) if found else 0


def _opens_note(
    lines: Sequence[Line], at: int, label: int, expected: int, body: Sequence[Line], has_small: bool
) -> bool:
    if label not in {expected, 1} or not _has_text(lines, at):
        return False
    if has_small:
        return lines[at].small and not is_mark(lines[at].text)
    if label != expected:
        return False
    return _has_marker(body, lines[at], label)


def _has_text(lines: Sequence[Line], at: int) -> bool:
    alone = _BARE_LABEL.fullmatch(lines[at].text)
    return not alone or (at + 1 < len(lines) and not lines[at + 1].gap)


def _has_marker(body: Sequence[Line], line: Line, label: int) -> bool:
    """Whether the number stands glued to a word on the same page, or not far above."""
    reach = body[-LOOK_BACK:]
    if line.page > 1 or any(above.page != line.page for above in reach):
        reach = [above for above in reach if above.page == line.page]
    return any(
        weight >= GLUED for above in reach for _, _, weight in find_markers(above.text, label)
    )


def _note_block(
    lines: Sequence[Line], at: int, label: int, has_small: bool
) -> tuple[int, list[tuple[int, list[str]]]]:
    """The run of notes that begins at `at`, and the index of the first line after it."""
    page = lines[at].page
    block: list[tuple[int, list[str]]] = []
    while at < len(lines) and lines[at].page == page:
        line = lines[at]
        if _label_of(line) == label and (not has_small or line.small):
            block.append((label, [_OPENING.sub("", line.text, count=1).strip()]))
            label += 1
        elif _continues(line, block[-1][1], has_small):
            block[-1][1].append(line.text.strip())
        else:
            break
        at += 1
    while at < len(lines) and is_mark(lines[at].text) and (_last_of_page(lines, at)):
        at += 1
    return at, block


def _continues(line: Line, texts: Sequence[str], has_small: bool) -> bool:
    if has_small:
        return line.small
    if line.gap or line.page_top or is_mark(line.text):
        return False
    before = texts[-1]
    if not before or before.endswith(("-", "/", ",", "(", "=")):
        return True
    if _URL_END.search(before) or before.endswith((".", "»", "”")):
        return line.text.strip().startswith(("http", "www."))
    return len(before) >= FULL_NOTE_LINE * max(map(len, texts)) and len(texts) < 4


def _last_of_page(lines: Sequence[Line], at: int) -> bool:
    """Whether a page begins after this line, as far as the file tells."""
    if at + 1 == len(lines):
        return True
    below = lines[at + 1]
    return below.page != lines[at].page or below.page_top or below.gap


def _run_on(texts: Sequence[str], hyphens: Hyphens) -> str:
    text = ""
    for piece in texts:
        inside_url = _URL_END.search(text) and not piece[:1].isupper()
        text = text + piece if inside_url else hyphens.join(text, piece)
    return text.strip()
