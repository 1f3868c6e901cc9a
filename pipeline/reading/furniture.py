"""Takes away what belongs to the page and not to the text: heads, feet, numbers, print marks.

Known furniture is told by pattern, the rest by its place: what returns at the edge of page after
page. It does not know footnotes; what stands below those is taken away in `footnotes`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby

from pipeline.labels import stands_alone
from pipeline.reading.lines import Line

EDGE_LINES = 6  # lines at the top and at the bottom of a page that may be furniture
MIN_RETURNS = 3  # pages on which an edge line must return to count as a running head or foot
MAX_RUNNING = 70  # characters of a running head or foot; a longer line is text
MIN_NUMBERED = 2  # pages that must count on before numbers at their edges are page numbers
MAX_PAGE_DIGITS = 5
MIN_SHARE = 0.4  # … and the share of all pages

OFFICIAL_ID = re.compile(
    r"(?:ah|kst|kv|blg|nds|h)-(?:(?:tk|ek)-)?[0-9]{1,8}(?:-[0-9A-Z]{1,8}){0,4}"
    r"|(?:kv-tk|nds-tk)-\d{4}[A-Z]\d{4,6}"
)
_YEAR = r"vergaderjaar\s*\d{4}\s*[–-]\s*\d{2,4}"
_ANYWHERE = re.compile(
    rf"(?:’s-Gravenhage\s+\d{{4}}\s*)?(?:Tweede|Eerste)\s+Kamer,\s*{_YEAR},"
    r"(?:.{0,60}?\s\d{1,4}|\s*Aanhangsel)"
    r"|(?:’s-Gravenhage|Den Haag)\s+\d{4}"
    r"|ISSN\s+\d{4}\s*-\s*\d{3}[\dX].{0,120}"
    r"|P\s?agina\s+\d+\s+van\s+\d+"
    r"|(?:blz\.?|pag(?:ina)?\.?)\s*\d+(?:\s*/\s*\d+)?",
    re.I,
)
_AT_AN_EDGE = re.compile(
    r"[-–]?\s*\d{1,4}\s*[-–]?"
    r"|(?:Tweede|Eerste) Kamer der Staten-Generaal\s*\d?"
    r"|Vergaderjaar\s+\d{4}\s*[–-]\s*\d{2,4}"
    r"|(?:Overig|Intern gebruik|Vertrouwelijk|Departementaal vertrouwelijk)",
)
_OPENINGS = frozenset("’TEDIPBtedipbaknh")
"""What a line begins with that is known furniture or an id; few others do."""
_MARK_OPENINGS = frozenset("-–0123456789TEVOID")
# Furniture that gives the number of its page; a number beside it is another.
_IS_NUMBERED = re.compile(
    r"\b(?:P\s?agina|blz\.?|pag\.?)\s*\d|(?:Aanhangsel|\bnr\.\s*\w+)\s+\d{1,4}$", re.I
)
_CLOSERS = "»”’\"'"  # what may stand behind the mark that ends a sentence
_COUNTED = frozenset({"nr.", "p.", "pag.", "blz.", "bladz."})  # words with a number behind them
_LEADING_NUMBER = re.compile(r"(\d{1,4})(?=\s)")
_DIGITS = re.compile(r"\d+")


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines that are text."""
    pages = [list(group) for _, group in groupby(lines, lambda line: line.page)]
    returning, ahead = _returning(pages), _numbering(pages)
    return [
        line
        for place, page in enumerate(pages, 1)
        for line in _text_of(page, returning, place, ahead)
    ]


def is_mark(text: str) -> bool:
    """Whether a line right at a page's edge is a page number, a mast-head or a marking."""
    return text[:1] in _MARK_OPENINGS and _AT_AN_EDGE.fullmatch(text) is not None


def official_id(lines: Sequence[Line]) -> str:
    """The id printed at the foot of an official paper, or an empty string."""
    for line in lines:
        if line.text[0] in _OPENINGS and OFFICIAL_ID.fullmatch(line.text):
            return line.text
    return ""


def _returning(pages: Sequence[Sequence[Line]]) -> set[str]:
    counts = Counter(
        shape
        for place, page in enumerate(pages, 1)
        for shape in {
            _shape(line.text, place)
            for line in _edges(page)
            if len(line.text) < MAX_RUNNING and not _ends_sentence(line.text)
        }
    )
    enough = max(MIN_RETURNS, MIN_SHARE * len(pages))
    often = {shape for shape, count in counts.items() if count >= enough}
    return {
        shape
        for shape in often | _outermost(pages)
        if shape and not stands_alone(shape.replace("#", "1").capitalize())
    }


def _outermost(pages: Sequence[Sequence[Line]]) -> set[str]:
    """What stands first on both of two pages, or last on both; on more pages it returns more often."""
    if len(pages) != 2:
        return set()
    return {
        _shape(first.text, 1)
        for first, second in (tuple(page[at] for page in pages) for at in (0, -1))
        if _may_run(first.text) and _shape(first.text, 1) == _shape(second.text, 2)
    }


def _may_run(text: str) -> bool:
    return len(text) < MAX_RUNNING and not _ends_sentence(text)


def _ends_sentence(text: str) -> bool:
    """Whether the line ends a sentence, with the marker of a note behind it or without."""
    said = text.rstrip("0123456789")
    if not said.rstrip(_CLOSERS).endswith((".", "?", "!")):
        return False
    return said == text or said.split()[-1].lower() not in _COUNTED


def _edges(page: Sequence[Line]) -> Sequence[Line]:
    """The lines at the top and at the bottom of a page."""
    return page if len(page) < 2 * EDGE_LINES else [*page[:EDGE_LINES], *page[-EDGE_LINES:]]


def _numbering(pages: Sequence[Sequence[Line]]) -> int | None:
    """How far the numbers printed at the edges of pages are ahead of their count, if they are."""
    ahead = Counter(
        int(line.text) - place
        for place, page in enumerate(pages, 1)
        for line in (page[:1] if len(page) == 1 else (page[0], page[-1]))
        if _is_number(line)
    )
    offset, count = max(ahead.items(), key=lambda item: item[1], default=(0, 0))
    return offset if count >= max(MIN_NUMBERED, MIN_SHARE * len(pages)) else None


def _text_of(
    page: Sequence[Line], returning: set[str], place: int, ahead: int | None
) -> list[Line]:
    known = [line.aside or (line.text[0] in _OPENINGS and _is_known(line.text)) for line in page]
    inner = [line for line, is_known in zip(page, known, strict=True) if not is_known]
    beside = {
        id(page[at])
        for at in [at for at, line in enumerate(page) if _is_number(line)]
        if any(
            (known[n] and _takes_number(page[n])) or _is_heading_mark(page[n])
            for n in (at - 1, at + 1)
            if 0 <= n < len(page)
        )
    }

    def is_edge(line: Line) -> bool:
        if _is_number(line):  # the page's own, or else that of a question
            number = int(line.text)
            counts_on = ahead is not None and number == place + ahead
            return counts_on or id(line) in beside or (number == place and line is inner[-1])
        return _is_edge(line, returning, place)

    last = len(inner) - _edge_length(inner[: -EDGE_LINES - 1 : -1], is_edge)
    first = min(last, _edge_length(inner[:EDGE_LINES], is_edge))
    # A page of nothing but returning lines is a page of text that repeats itself.
    return inner[first:last] or [line for line in inner if not is_mark(line.text)]


def _edge_length(lines: Sequence[Line], is_edge: Callable[[Line], bool]) -> int:
    """How many lines from the edge inwards are furniture; a page has one number at an edge."""
    numbered = False
    for length, line in enumerate(lines):
        if not is_edge(line) or (numbered and _is_number(line)):
            return length
        numbered |= _is_number(line)
    return len(lines)


def _takes_number(line: Line) -> bool:
    """Whether a number beside this piece of furniture is that of the page."""
    return not line.aside and not _IS_NUMBERED.search(line.text)


def _is_heading_mark(line: Line) -> bool:
    """Whether the line is a mast-head or a marking, to which a number belongs."""
    return is_mark(line.text) and not _is_number(line)


def _is_number(line: Line) -> bool:
    return line.text.isdecimal() and len(line.text) < MAX_PAGE_DIGITS


def _is_known(text: str) -> bool:
    return bool(_ANYWHERE.fullmatch(text) or OFFICIAL_ID.fullmatch(text))


def _is_edge(line: Line, returning: set[str], place: int) -> bool:
    returns = is_mark(line.text) or (returning and _shape(line.text, place) in returning)
    return bool(returns) and not stands_alone(line.text)  # "Antwoord 4" is text on page after page


def _shape(text: str, place: int) -> str:
    """The line without the numbers by which one page's differs from the next.

    A number in front must count pages; "3 Kamerstuk 36 600, nr. 12" is a note on every page.
    """
    if leading := _LEADING_NUMBER.match(text):
        return f"{int(leading[1]) - place} {text[leading.end() :].lower()}"
    return _without_digits(text)


@lru_cache(maxsize=1024)  # running heads come again on each page
def _without_digits(text: str) -> str:
    return _DIGITS.sub("#", text.lower())
