"""Ties the references that some ministries list under the last answer to their markers.

The list is numbered "1)", "[1]" or "1." and the text says "… verward gedrag2)" or "…? [1]". It
knows nothing of notes that a format keeps apart; those are tied already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.labels import read_label
from pipeline.models import Footnote, Paragraph
from pipeline.reading.markers import takes_number

MAX_TAIL = 120  # paragraphs at the end of a document among which a list of references may begin
MAX_CONTINUATION = 300  # characters; a longer paragraph is text, not the rest of a reference
_ENTRY = re.compile(r"(?:\[(\d{1,3})\]|\(?(\d{1,3})\)|(\d{1,3})\.)\s*(?=\S)")
_PART = re.compile(r"[IVX]{1,4}[.:]?\s+[A-Z]")  # the heading of a part: no list goes on there
# How a marker may look, surest first; none has a digit before it, or a word that takes a number.
_MARKERS = (
    r"\s*\[{label}\]",
    r"(?<=[.?!»”’\"'])\s*\({label}\)(?!\w)",
    r"(?<![(\d])\s*(?<![(\d]){label}\)(?!\w)",
    r"(?<=[a-zà-ÿ.?!»”’\"')]){label}(?=[\s.,;:?!]|$)",
)


def attach_listed_notes(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], tuple[str, ...]]:
    """The paragraphs with a closing list of references turned into notes, and what gave doubt.

    An entry whose marker is nowhere to be found stays where it stands.
    """
    start, entries = _closing_list(paragraphs)
    text = list(paragraphs[:start])
    lost: list[str] = []
    for label, entry in enumerate(entries, 1):
        for at, paragraph in enumerate(text):
            if found := _marker(paragraph.text, label):
                note = Footnote(str(label), entry, found.start())
                text[at] = _tie(paragraph, found.start(), found.end(), note)
                break
        else:
            lost.append(entry)
    if len(lost) == len(entries):
        return list(paragraphs), ()
    return [*text, *(p for p in paragraphs[start:] if _rest(p.text) in lost)], tuple(
        f"verwijzing zonder plaats in de tekst: {entry[:80]}" for entry in lost
    )


def _closing_list(paragraphs: Sequence[Paragraph]) -> tuple[int, list[str]]:
    """Where the list of references begins, and the text of its entries, numbered from 1."""
    for start in range(len(paragraphs) - 1, max(-1, len(paragraphs) - MAX_TAIL), -1):
        if read_label(paragraphs[start].text):
            break
        if _label(paragraphs[start].text) == 1:
            entries: list[str] = []
            for paragraph in paragraphs[start:]:
                if _label(paragraph.text) == len(entries) + 1:
                    entries.append(_rest(paragraph.text))
                elif len(paragraph.text) <= MAX_CONTINUATION and not _PART.match(paragraph.text):
                    entries[-1] += " " + paragraph.text
                else:
                    return len(paragraphs), []
            return start, entries
    return len(paragraphs), []


def _label(text: str) -> int:
    found = _ENTRY.match(text)
    return int(found[1] or found[2] or found[3]) if found else 0


def _rest(text: str) -> str:
    found = _ENTRY.match(text)
    return text[found.end() :] if found else text


def _marker(text: str, label: int) -> re.Match[str] | None:
    for pattern in _MARKERS:
        for found in re.finditer(pattern.format(label=label), text):
            if not takes_number(text[: found.start()]):
                return found
    return None


def _tie(paragraph: Paragraph, start: int, end: int, note: Footnote) -> Paragraph:
    """The paragraph without the marker between `start` and `end`, and with the note there."""
    after = paragraph.text[end:]
    if after.startswith((" ,", " .")):  # "Beke3) , waarin"
        end, after = end + 1, after[1:]
    moved = [
        replace(other, offset=other.offset - (end - start)) if other.offset >= end else other
        for other in paragraph.footnotes
    ]
    notes = sorted([*moved, note], key=lambda each: each.offset)
    return replace(paragraph, text=paragraph.text[:start] + after, footnotes=tuple(notes))
