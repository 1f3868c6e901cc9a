"""Lines → paragraphs: hard line breaks, hyphens at line ends and page breaks are undone.

A paragraph ends at a gap, at a label, before a bullet, or after a line that stops short at the end
of a sentence. It does not know what paragraphs mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.labels import is_party_heading, read_label, stands_alone
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
LONGEST_END = 24  # characters: full stop, closing quotes and a marker, looked at from behind

_SENTENCE_END = re.compile(r"[.?!][)»”’\"'\]]*\s*\d{0,3}$|[:;]$")
_BLANKS = re.compile(r" {2,}")
_LIST_ITEM = re.compile(r"(?:[•▪◦‣*]|[-–](?=\s)|o(?=\s)|\d{1,2}[.)](?=\s)|[a-z][.)](?=\s))\s*")
_LOWER = re.compile(r"[(«“‘\"']?[a-zà-ÿ]")
_OPEN_END = re.compile(r"[,\w–-]$")


def build_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The running text of the lines as paragraphs, each note at its marker."""
    text = raise_fallen_markers(without_furniture(lines))
    hyphens = Hyphens.of([line.text for line in text])
    body, notes = lift_notes(text, hyphens)
    if not body:
        return []
    full = full_length(body)
    gathered: list[_Gathered] = []
    for before, line in zip([None, *body], body, strict=False):
        if before is None or _begins_paragraph(before, line, gathered[-1], full):
            gathered.append(_Gathered(line))
        else:
            gathered[-1].add(line, hyphens)
    ends, used = [], 0
    for item in gathered:
        used += item.lines
        ends.append(used)
    paragraphs = [item.paragraph() for item in gathered]
    return attach_notes(paragraphs, notes, ends) if notes else _with_listed_notes(paragraphs)


def _with_listed_notes(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """With the references listed at the end at their markers, where each has one."""
    tied, lost = attach_listed_notes(paragraphs)
    return paragraphs if lost else tied


@dataclass(slots=True)
class _Gathered:
    """A paragraph in the making."""

    first: Line
    pieces: list[str] = field(init=False)
    last_page: int = field(init=False)
    emphasised: bool = field(init=False)

    def __post_init__(self) -> None:
        self.pieces = [self.first.text]
        self.last_page, self.emphasised = self.first.page, self.first.emphasised

    @property
    def lines(self) -> int:
        return len(self.pieces)

    @property
    def is_label(self) -> bool:
        return len(self.pieces) == 1 and stands_alone(self.pieces[0])

    def add(self, line: Line, hyphens: Hyphens) -> None:
        self.pieces[-1] = hyphens.link(self.pieces[-1], line.text)
        self.pieces.append(line.text)
        self.last_page = line.page
        self.emphasised &= line.emphasised

    def paragraph(self) -> Paragraph:
        text = "".join(self.pieces).replace("\u00ad", "")
        if "  " in text:
            text = _BLANKS.sub(" ", text)
        style = Style.LIST if _LIST_ITEM.match(text) else Style.BODY
        return Paragraph(text, self.first.page, self.last_page, (), style, self.emphasised)


def _begins_paragraph(before: Line, line: Line, so_far: _Gathered, full: int) -> bool:
    above, text = before.text, line.text
    if so_far.is_label and not _heading_goes_on(above, line, full):
        return True
    if read_label(text) or is_party_heading(text):
        return True
    ended = _ends_sentence(above)
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
    return bool(_SENTENCE_END.search(text, max(0, len(text) - LONGEST_END)))


def _is_date(above: str, text: str) -> bool:
    """Whether the number that opens `text` belongs to the sentence of the line above."""
    return bool(re.match(r"\d{1,2}\s+[a-z]+\s+\d{4}", text)) and not _ends_sentence(above)
