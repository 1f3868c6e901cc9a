"""Finds the markers of footnotes in running text and puts each note at its own.

Numbers are many, markers few: each place where a note's number stands is weighed by its look, and
the likeliest row of places that rises with the numbers is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.models import Footnote, Paragraph


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as found at the foot of a page: where it stood among the remaining lines."""

    label: int
    text: str
    position: int
    page: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a paragraph that may be a marker; empty when it stands for none found."""

    paragraph: int
    start: int
    end: int

    @property
    def behind(self) -> tuple[int, int]:
        """Where the next marker may stand at the earliest."""
        return self.paragraph, self.end


@dataclass(frozen=True, slots=True)
class Path:
    """A row of places for the first notes of a page, and how likely it is."""

    weight: float
    reached: Place
    places: tuple[Place, ...] = ()


GLUED = 2.0  # weight from which a number by itself makes its place a marker
# Each row: how likely a number is a marker where it stands so, and the look of the place before it.
_PLACES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (3.0, re.compile(r"[a-zà-ÿ][.,;:)»”’'\"\]?!%]*$")),
    (3.0, re.compile(r"[)»”’\"\]?!%][.,;:]?$")),
    (2.5, re.compile(r"\b(?:19|20)\d\d[)»”’.,;:]?$")),
    (2.0, re.compile(r"[A-ZÀ-Ý]{2,}$")),
    (1.5, re.compile(r"[\w»”’)][.?!»”’)]+ $")),
    (1.0, re.compile(r"[a-zà-ÿ)»”’,] $")),
)
# What takes a number of its own: CO2, artikel 3, nr. 4, vraag 2, 1 januari, op 5. The last kind does
# so behind a blank only: "al op5" is a marker.
_TAKES_NUMBER = re.compile(
    r"\b(?:(?:CO|NO|PM|NH|SO|H|O|N|D|A|B|C|G"
    r"|(?i:nrs?\.?|art(?:ikel(?:en)?)?\.?|leden|lid|vra(?:ag|gen)|antwoord(?:en)?|hoofdstuk|paragraaf"
    r"|bijlage|tabel|figuur|fase|pagina|blz\.?|p\.|deel|punt|aanbeveling|motie|en|circa|ca\.))\s?"
    r"|(?i:of|van|tot|ruim|bijna|de|per|op|in|met|over|binnen|na|voor|om|uit|dan|is|aan"
    r"|bij|minimaal|maximaal|sinds)\s)$"
)
_COUNTED = re.compile(
    r"\s(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|procent|%|euro|miljoen|miljard|jaar|maanden|weken|dagen|uur|keer|leden|vragen)\b"
)


def find_markers(text: str, label: int) -> list[tuple[int, int, float]]:
    """Where `label` may be a marker in `text`: start, end and weight."""
    found = []
    digits = str(label)
    start = text.find(digits)
    while start >= 0:
        end = start + len(digits)
        if not text[end : end + 1].isdigit():
            weight = _weight(text[max(0, start - 24) : start], text[end : end + 12])
            if weight:
                found.append((start, end, weight))
        start = text.find(digits, start + 1)
    return found


_NUMBER = re.compile(r"\d+")
_LONGEST_LABEL = 3  # digits
_YEAR = 4  # digits
_LABEL_BEHIND_YEAR = re.compile(r"\b(?:19|20)\d\d\d{1,3}(?!\d)")


def glued_labels(text: str) -> set[int]:
    """The numbers in `text` that by their look alone may be markers."""
    if not _NUMBER.search(text):
        return set()
    found: set[int] = set()
    for run in _NUMBER.finditer(text):
        start, end = _glued(text, run.start(), run.end()), run.end()
        if start and _weight(text[max(0, start - 24) : start], text[end : end + 12]) >= GLUED:
            found.add(int(text[start:end]))
    return found


def _glued(text: str, start: int, end: int) -> int:
    """Where in a run of digits a label glued to what stands before it begins; 0 for nowhere."""
    if end - start > _LONGEST_LABEL:  # of digits, only those of a year have a marker behind them
        return start + _YEAR if _LABEL_BEHIND_YEAR.match(text, start) else 0
    return 0 if text[start - 1] == " " else start


def takes_number(before: str) -> bool:
    """Whether what stands before a number takes one of its own, as "artikel" and "vraag" do."""
    return _TAKES_NUMBER.search(f"{before[-24:].rstrip()} ") is not None


def _weight(before: str, after: str) -> float:
    if _TAKES_NUMBER.search(before) or _COUNTED.match(after) or after[:1].isalpha():
        return 0.0
    return next((weight for weight, place in _PLACES if place.search(before)), 0.0)


def attach_notes(
    paragraphs: Sequence[Paragraph], notes: Sequence[Note], ends: Sequence[int]
) -> list[Paragraph]:
    """The paragraphs with each note at its marker, the marker's digits gone.

    `ends[i]` is how many body lines have been used up after paragraph `i`. A note whose marker is
    not found stays with the paragraph above it, at its end.
    """
    if not notes:
        return list(paragraphs)
    placed: dict[int, list[tuple[Place, Note]]] = {}
    first = 0
    for block in _blocks(notes):
        last = next((i for i, end in enumerate(ends) if end >= block[0].position), len(ends) - 1)
        for place, note in zip(_placing(paragraphs, first, last, block), block, strict=True):
            placed.setdefault(place.paragraph, []).append((place, note))
        first = max(first, last)
    return [
        _marked(paragraph, placed[i]) if i in placed else paragraph
        for i, paragraph in enumerate(paragraphs)
    ]


def _blocks(notes: Sequence[Note]) -> list[list[Note]]:
    blocks: list[list[Note]] = []
    for note in notes:
        if blocks and blocks[-1][0].position == note.position:
            blocks[-1].append(note)
        else:
            blocks.append([note])
    return blocks


def _placing(
    paragraphs: Sequence[Paragraph], first: int, last: int, block: Sequence[Note]
) -> tuple[Place, ...]:
    """The place of each note of a page: the likeliest row that rises with the numbers.

    The paths that are kept reach ever further and weigh ever more, so that the best one to go on
    from is the last that ends before a spot.
    """
    end = len(paragraphs[last].text)
    nowhere = Place(last, end, end)
    paths = [Path(0.0, Place(first, 0, 0))]
    for note in block:
        reached = [path.reached.behind for path in paths]
        grown = [replace(path, places=(*path.places, nowhere)) for path in paths]
        for index in range(first, last + 1):
            for start, stop, weight in find_markers(paragraphs[index].text, note.label):
                best = paths[max(bisect_right(reached, (index, start)) - 1, 0)]
                spot = Place(index, start, stop)
                if best.reached.behind <= (index, start):
                    grown.append(Path(best.weight + weight, spot, (*best.places, spot)))
        paths = _furthest(grown)
    return paths[-1].places


def _furthest(paths: Sequence[Path]) -> list[Path]:
    """The paths, by how far they reach, without those that a shorter one outweighs."""
    kept: list[Path] = []
    for path in sorted(paths, key=lambda path: (path.reached.behind, -path.weight)):
        if not kept or path.weight > kept[-1].weight:
            kept.append(path)
    return kept


def _marked(paragraph: Paragraph, places: Sequence[tuple[Place, Note]]) -> Paragraph:
    text, removed = paragraph.text, 0
    notes: list[Footnote] = []
    for place, note in sorted(places, key=lambda pair: (pair[0], pair[1].label)):
        before, after = text[: place.start - removed], text[place.end - removed :]
        if place.start < place.end:
            before = _closed(before, after, notes[-1].offset if notes else -1)
        removed += len(text) - len(before) - len(after)
        text = before + after
        notes.append(Footnote(str(note.label), note.text, len(before)))
    return replace(paragraph, text=text, footnotes=(*paragraph.footnotes, *notes))


def _closed(before: str, after: str, last_offset: int) -> str:
    """What stands before a marker, without the blank or comma that only set the marker apart."""
    if before.endswith(" ") and (not after or after[0] in " .,;:?!)»”"):
        before = before.rstrip()
    if before.endswith(",") and last_offset == len(before) - 1:
        before = before[:-1]
    return before
