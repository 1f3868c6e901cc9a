"""A paragraph as the pieces that a page shows: running text, links, and notes at their place.

It does not know HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.models import Citation, Footnote, Paragraph, Style
from pipeline.sentences import sentence_spans

LINK_SCHEMES = frozenset({"https", "http"})

FOLD_AFTER = 900  # characters; about 150 words, what a laptop shows without scrolling
FOLD_AT_LEAST = 300  # characters; a fold that hides less than this costs more than it saves


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, a link where `url` is given, marked where it met the question."""

    text: str
    url: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote where its marker stood."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ready to be shown."""

    style: Style
    pieces: tuple[Run | Note, ...]


Stretch = tuple[int, int]


def blocks(
    paragraphs: Iterable[Paragraph],
    citations: Sequence[Citation] = (),
    marked: frozenset[str] = frozenset(),
) -> list[Block]:
    """The paragraphs with their links and notes in place; `marked` holds sentences to mark."""
    return [
        Block(paragraph.style, tuple(_pieces(paragraph, citations, marked)))
        for paragraph in paragraphs
    ]


def has_marks(shown: Iterable[Block]) -> bool:
    """Whether anything in these paragraphs is marked."""
    return any(isinstance(piece, Run) and piece.marked for block in shown for piece in block.pieces)


def fold(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """A long text in two: what is shown at once, up to a sentence's end, and the rest."""
    left = FOLD_AFTER
    for index, paragraph in enumerate(paragraphs):
        if len(paragraph.text) > left:
            shown, hidden = _cut(paragraph, left)
            before, after = [*paragraphs[:index], *shown], [*hidden, *paragraphs[index + 1 :]]
            if sum(len(p.text) for p in after) < FOLD_AT_LEAST:
                return list(paragraphs), []
            return before, after
        left -= len(paragraph.text)
    return list(paragraphs), []


def _cut(paragraph: Paragraph, at: int) -> tuple[list[Paragraph], list[Paragraph]]:
    """The paragraph in two near the offset, or whole on the side where no sentence ends."""
    ends = [end for _, end in sentence_spans(paragraph.text)[:-1]]
    before = [end for end in ends if end <= at]
    if before:
        return [paragraph.cut(0, before[-1])], [paragraph.cut(before[-1])]
    if at < FOLD_AFTER:  # something is shown already
        return [], [paragraph]
    end = ends[0] if ends and ends[0] < 2 * at else paragraph.text.rfind(" ", 1, at)
    end = end if end > 0 else at  # one endless word is cut where it must be
    return [paragraph.cut(0, end)], [paragraph.cut(end)]


def runs(
    text: str, citations: Sequence[Citation], marked: frozenset[str] = frozenset()
) -> list[Run]:
    """The text as runs, with the citations found in it as links."""
    return [piece for piece in _slice(text, citations, marked, ()) if isinstance(piece, Run)]


def unplaced(citations: Iterable[Citation], paragraphs: Iterable[Paragraph]) -> list[Citation]:
    """The citations that stand nowhere in the text or its notes as they are written."""
    text = "\n".join(
        part for p in paragraphs for part in (p.text, *(note.text for note in p.footnotes))
    )
    return [citation for citation in citations if citation.text not in text]


def safe_url(url: str) -> str:
    """The url when a browser may follow it, else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in LINK_SCHEMES and parts.netloc else ""


def _pieces(
    paragraph: Paragraph, citations: Sequence[Citation], marked: frozenset[str]
) -> Iterator[Run | Note]:
    for piece in _slice(paragraph.text, citations, marked, paragraph.footnotes):
        if isinstance(piece, Run):
            yield piece
        else:
            yield Note(piece.label, tuple(runs(piece.text, citations)))


def _slice(
    text: str,
    citations: Sequence[Citation],
    marked: frozenset[str],
    notes: Sequence[Footnote],
) -> Iterator[Run | Footnote]:
    """The text cut wherever a link, a mark or a note begins or ends."""
    links = _links(text, citations)
    marks = [stretch for sentence in marked for stretch in _occurrences(text, sentence)]
    stretches = [*links, *marks]
    places = {min(note.offset, len(text)) for note in notes}
    cuts = sorted({0, len(text), *places, *(at for stretch in stretches for at in stretch)})
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        yield from (note for note in notes if min(note.offset, len(text)) == start)
        if start < end:
            url = next((u for (a, b), u in links.items() if a <= start and end <= b), "")
            is_marked = any(a <= start and end <= b for a, b in marks)
            yield Run(text[start:end], url, is_marked)


def _links(text: str, citations: Sequence[Citation]) -> dict[Stretch, str]:
    """Where the citations stand, the longest first so that none is cut by a shorter one."""
    found: dict[Stretch, str] = {}
    for citation in sorted(citations, key=lambda c: -len(c.text)):
        if not (url := safe_url(citation.url)):
            continue
        for start, end in _occurrences(text, citation.text):
            if all(end <= a or b <= start for a, b in found):
                found[start, end] = url
    return found


def _occurrences(text: str, part: str) -> Iterator[Stretch]:
    start = text.find(part) if part else -1
    while start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + len(part))
