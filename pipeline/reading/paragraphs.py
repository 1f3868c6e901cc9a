"""Lines → paragraphs: hard line breaks, hyphens at line ends and page breaks are undone.

A paragraph ends at a gap, at a label, before a bullet, or after a line that stops short at the end
of a sentence. It does not know what paragraphs mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipeline.labels import is_party_heading, read_initial, read_label, stands_alone
from pipeline.models import Paragraph, Style
from pipeline.reading.endnotes import attach_listed_notes
from pipeline.reading.fallen_markers import raise_fallen_markers
from pipeline.reading.footnotes import lift_notes
from pipeline.reading.furniture import without_furniture
from pipeline.reading.hyphens import Hyphens
from pipeline.reading.lines import Line, full_length, has_room
from pipeline.reading.markers import attach_notes

MAX_WRAPPED = 160  # characters; text with longer lines than this was not broken into lines
HEADING = 0.65  # of a full line: the most that a heading takes
MAX_MARKER = 3  # digits of a note's number behind a sentence

_BLANKS = re.compile(r" {2,}")
_LIST_ITEM = re.compile(r"(?:[•▪◦‣*]|[-–](?=\s)|o(?=\s)|\d{1,2}[.)](?=\s)|[a-z][.)](?=\s))\s*")
_LOWER = re.compile(r"[(«“‘\"']?[a-zà-ÿ]")
_OPEN_END = re.compile(r"[,\w–-]$")
_DATE = re.compile(r"\d{1,2}\s+[a-z]+\s+\d{4}")
_CLOSERS = ")»”’\"']"  # what may stand behind the mark that ends a sentence


def build_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The running text of the lines as paragraphs, each note at its marker."""
    text = raise_fallen_markers(without_furniture(lines))
    hyphens = Hyphens.of([line.text for line in text])
    body, notes = lift_notes(text, hyphens)
    if not body:
        return []
    groups = _grouped(body, full_length(body))
    paragraphs = [_paragraph(group, hyphens) for group in groups]
    if not notes:
        return _with_listed_notes(paragraphs)
    return attach_notes(paragraphs, notes, list(accumulate(map(len, groups))))


def _with_listed_notes(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """With the references listed at the end at their markers, where each has one."""
    tied, lost = attach_listed_notes(paragraphs)
    return paragraphs if lost else tied


def _grouped(lines: Sequence[Line], full: int) -> list[list[Line]]:
    """The lines of each paragraph."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _begins_paragraph(groups[-1], line, full):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _paragraph(lines: Sequence[Line], hyphens: Hyphens) -> Paragraph:
    """The lines as one paragraph, hyphens at line ends undone."""
    first, last = lines[0], lines[-1]
    text = first.text if first is last else _linked(lines, hyphens)
    if "\u00ad" in text:
        text = text.replace("\u00ad", "")
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    style = Style.LIST if _LIST_ITEM.match(text) else Style.BODY
    emphasised = first.emphasised and all(line.emphasised for line in lines)
    return Paragraph(text, first.page, last.page, (), style, emphasised)


def _linked(lines: Sequence[Line], hyphens: Hyphens) -> str:
    linked = [hyphens.link(above.text, below.text) for above, below in pairwise(lines)]
    return "".join([*linked, lines[-1].text])


def _begins_paragraph(so_far: Sequence[Line], line: Line, full: int) -> bool:
    before, text = so_far[-1], line.text
    above = before.text
    if read_label(text) or is_party_heading(text):
        return True
    if len(so_far) == 1 and stands_alone(above) and not _heading_goes_on(above, line, full):
        return True
    ended = _ends_sentence(above)
    if ended and _opens_initial(text):
        return True
    gap = line.gap and (ended or line.page == before.page)  # a new page parts no sentence
    if _LIST_ITEM.match(text) and (ended or gap or not _LOWER.match(text)):
        return not _is_date(above, text)
    if before.emphasised != line.emphasised and (gap or not _LOWER.match(text)):
        return True
    if full > MAX_WRAPPED:
        return gap or not (_LOWER.match(text) and _OPEN_END.search(above))
    if line.page != before.page or line.page_top:
        goes_on = _LOWER.match(text) or not has_room(above, text, full)
        return ended or not goes_on
    runs_on = bool(_LOWER.match(text)) and not ended
    if gap or runs_on:
        return not runs_on
    return _stops(above, text, ended, full)


def _opens_initial(text: str) -> bool:
    """Whether a label of one letter opens the line, rather than a heading "A." or a name."""
    label = read_initial(text)
    return label is not None and (bool(label.numbers) or ":" in text[: label.end])


def _heading_goes_on(above: str, line: Line, full: int) -> bool:
    """Whether a heading that is read as whole runs on: "… en reactie van", "de bewindspersoon"."""
    return not line.gap and bool(_LOWER.match(line.text)) and not has_room(above, line.text, full)


def _stops(above: str, text: str, ended: bool, full: int) -> bool:
    """Whether `above` is the last line of its paragraph though no gap follows it."""
    if ended:
        heading = len(text) < HEADING * full and not _ends_sentence(text)
        return has_room(above, text, full) or (
            heading and not _LOWER.match(text) and len(text) < 40
        )
    return len(above) < HEADING * full


def _ends_sentence(text: str) -> bool:
    if text.endswith((":", ";")):
        return True
    said = text.rstrip("0123456789")
    if len(text) - len(said) > MAX_MARKER:
        return False
    return said.rstrip().rstrip(_CLOSERS).endswith((".", "?", "!"))


def _is_date(above: str, text: str) -> bool:
    """Whether the number that opens `text` belongs to the sentence of the line above."""
    return bool(_DATE.match(text)) and not _ends_sentence(above)
