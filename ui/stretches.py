"""Where a passage stands in the text of a page.

The passage was read with its line ends and hyphens undone, so it is looked for by letters and
digits alone. It does not know what a page looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

SHINGLE = 24  # letters in a row that must agree; fewer agree by chance
OWN_LETTERS = 80  # so many in a row are the passage itself, however long it is
OWN_SHARE = 0.5  # of a short paragraph; the rest may stand on the next page

Stretch = tuple[int, int]


def find_stretches(
    page_text: str, passage: Iterable[str], before: Iterable[str] = ()
) -> list[Stretch]:
    """Where the passage stands in the text of a page, as offsets from and to.

    A text as short as "Ja." may stand anywhere. It is taken for the first one after the texts that
    come `before` it, where it is a word or more by itself.
    """
    letters = [
        (at, letter)
        for at, sign in enumerate(page_text)
        if sign.isalnum()
        for letter in _fold(sign)
    ]
    page, places = "".join(letter for _, letter in letters), [at for at, _ in letters]
    start = max((end for text in _long(before) for _, end in _shared(page, text)), default=0)
    texts = [squashed for text in passage if (squashed := _squash(text))]
    found = [stretch for text in _long(texts) for stretch in _shared(page, text)]
    for text in texts:
        if len(text) < SHINGLE:
            found += _first_by_itself(page_text, page, places, text, start)
    return [(places[start], places[end - 1] + 1) for start, end in _merged(sorted(found))]


def _fold(sign: str) -> str:
    """The sign without case, and a ligature as its letters."""
    return normalize("NFKC", sign).casefold()


def _squash(text: str) -> str:
    return "".join(_fold(sign) for sign in text if sign.isalnum())


def _long(texts: Iterable[str]) -> list[str]:
    return [squashed for text in texts if len(squashed := _squash(text)) >= SHINGLE]


def _shared(page: str, text: str) -> list[Stretch]:
    """The stretches of the page that stand in one paragraph, save phrases that any may share."""
    shingles = {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}
    starts = (at for at in range(len(page) - SHINGLE + 1) if page[at : at + SHINGLE] in shingles)
    least = min(OWN_LETTERS, len(text) * OWN_SHARE)
    stretches = _merged([(at, at + SHINGLE) for at in starts])
    return [(start, end) for start, end in stretches if end - start >= least]


def _first_by_itself(
    page_text: str, page: str, places: list[int], text: str, start: int
) -> list[Stretch]:
    """The first place from `start` on where the text neither begins nor ends within a word."""
    at = page.find(text, start)
    while at >= 0:
        first, last = places[at], places[at + len(text) - 1]
        if not (page_text[first - 1 : first].isalnum() or page_text[last + 1 : last + 2].isalnum()):
            return [(at, at + len(text))]
        at = page.find(text, at + 1)
    return []


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches that touch or overlap as one."""
    current: Stretch | None = None
    for start, end in stretches:
        if current and start <= current[1]:
            current = current[0], max(current[1], end)
        else:
            if current:
                yield current
            current = start, end
    if current:
        yield current
