"""Lifts footnotes out of the running text.

A note is a line that opens with the next note number and is set small, or whose number is glued to
a word above it. It does not know formats that say where their notes are; those readers attach them
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.labels import NUMBERS
from pipeline.reading.furniture import is_mark
from pipeline.reading.hyphens import Hyphens
from pipeline.reading.lines import ROOM, Line, full_length, has_room
from pipeline.reading.markers import Note, glued_labels

LOOK_BACK = 120  # lines above a note in which its marker stands
MAX_SKIPPED = 2  # notes that may have been missed before the next one found

_OPENING = re.compile(
    r"(?:\[(?P<a>\d{1,3})\]|(?P<b>\d{1,3})\)?)(?:\s+(?=\S)|(?=[A-Z«‘“'\"]|https?:|$))"
)
_LABEL_OPENINGS = "[0123456789"
_NUMBER_LIST = re.compile(rf"\s*{NUMBERS}\s*[.:]?\s*")
_BARE_LABEL = re.compile(r"\s?\[?\d{1,3}[\])]?\s*")
_URL_END = re.compile(r"https?://\S+$|www\.\S+$")


def lift_notes(lines: Sequence[Line], hyphens: Hyphens) -> tuple[list[Line], list[Note]]:
    """The lines of the running text, and the notes that stood between them."""
    notes: list[Note] = []
    looks = _Looks(any(line.small for line in lines), full_length(lines))
    body = _Body()
    at, expected = 0, 1
    while at < len(lines):
        if lines[at].text[0] in _LABEL_OPENINGS and _opens_note(lines, at, expected, body, looks):
            block, end = _note_block(lines, at, looks)
            notes.extend(
                Note(label, _run_on(texts, hyphens), len(body.lines), lines[at].page)
                for label, texts in block
            )
            at, expected = end, block[-1][0] + 1
        else:
            body.lines.append(lines[at])
            at += 1
    return body.lines, notes


@dataclass(slots=True)
class _Body:
    """The lines of the running text so far, and where each number last looked like a marker.

    Markers are looked for when one is asked for, as few texts have notes between their lines.
    """

    lines: list[Line] = field(default_factory=list)
    _marked: dict[int, int] = field(default_factory=dict)
    _searched: int = 0

    def has_marker(self, label: int, on_page: int | None) -> bool:
        """Whether the number looks like a marker not far above, or on that very page."""
        for at in range(max(self._searched, len(self.lines) - LOOK_BACK), len(self.lines)):
            self._marked.update(dict.fromkeys(glued_labels(self.lines[at].text), at))
        self._searched = len(self.lines)
        at = self._marked.get(label, -1)
        if at < 0 or at < len(self.lines) - LOOK_BACK:
            return False
        return on_page is None or self.lines[at].page == on_page


@dataclass(frozen=True, slots=True)
class _Looks:
    """Whether the file sets some lines smaller than others, and the length of a full line."""

    has_small: bool
    full: int


def _label_of(line: Line) -> int:
    found = _OPENING.match(line.text) if line.text[0] in _LABEL_OPENINGS else None
    if not found:
        return 0
    if _NUMBER_LIST.fullmatch(line.text) and not _BARE_LABEL.fullmatch(line.text):
        return 0  # "1 en 2" heads questions
    return int(found["a"] or found["b"])


def _opens_note(lines: Sequence[Line], at: int, expected: int, body: _Body, looks: _Looks) -> bool:
    if looks.has_small and not lines[at].small:
        return False
    label = _label_of(lines[at])
    if not label:
        return False
    in_order = expected <= label <= expected + MAX_SKIPPED
    if looks.has_small:
        starts = (in_order or label == 1) and not is_mark(lines[at].text)
        return starts and _has_text(lines, at)
    if not in_order or not _has_text(lines, at):
        return False
    alone = _BARE_LABEL.fullmatch(lines[at].text)
    return body.has_marker(label, lines[at].page if alone else None)


def _has_text(lines: Sequence[Line], at: int) -> bool:
    alone = _BARE_LABEL.fullmatch(lines[at].text)
    return not alone or (at + 1 < len(lines) and not lines[at + 1].gap)


def _note_block(
    lines: Sequence[Line], at: int, looks: _Looks
) -> tuple[list[tuple[int, list[str]]], int]:
    """The run of notes that begins at `at`, and the index of the first line after it."""
    page, label = lines[at].page, _label_of(lines[at])
    block: list[tuple[int, list[str]]] = []
    while at < len(lines) and lines[at].page == page:
        line = lines[at]
        if _label_of(line) == label and (line.small or not looks.has_small):
            block.append((label, [_OPENING.sub("", line.text, count=1).strip()]))
            label += 1
        elif _continues(line, block, looks):
            block[-1][1].append(line.text)
        else:
            break
        at += 1
    while at < len(lines) and lines[at].page == page and _is_foot(lines, at):
        at += 1
    return block, at


def _continues(line: Line, block: Sequence[tuple[int, list[str]]], looks: _Looks) -> bool:
    """Whether the line belongs to the last note: it does when its first word found no room above."""
    if looks.has_small:
        return line.small
    if line.gap or line.page_top or is_mark(line.text):
        return False
    texts = block[-1][1]
    above, text = texts[-1], line.text
    if not above or above.endswith(("-", "/", ",", "(", "=")):
        return True
    if _URL_END.search(above) or above.endswith((".", "»", "”")):
        return text.startswith(("http", "www."))
    width = max(looks.full, *(len(each) for _, note in block for each in note))
    return not has_room(above, text, width, ROOM if text[:1].islower() else 1.0)


def _is_foot(lines: Sequence[Line], at: int) -> bool:
    """Whether the line, which stands below notes, is a page number or a marking."""
    text = lines[at].text
    if not is_mark(text):
        return False
    if not text.strip(" -–").isdigit() or at + 1 == len(lines):
        return True
    below = lines[at + 1]
    return below.page != lines[at].page or below.page_top or below.gap


def _run_on(texts: Sequence[str], hyphens: Hyphens) -> str:
    text = ""
    for piece in texts:
        inside_url = _URL_END.search(text) and not piece[:1].isupper()
        text = text + piece if inside_url else hyphens.join(text, piece)
    return " ".join(text.split())
