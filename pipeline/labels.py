"""The one place for the labels that part questions from answers, and for number lists.

Both the paragraph builder (a label ends the paragraph before it) and the layouts read them. It
knows the words of labels, not what a document makes of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.models import Part
from pipeline.number_names import NAMES, SPELLED, one_of

MAX_RANGE = 200  # questions; "4 t/m 1999" is a year or a misprint, not a range

_FIGURE = r"\d{1,3}(?!\d)"
_NAME = one_of(NAMES)
_NUMBER = rf"{_FIGURE}(?:\s?[a-f]\b)?"  # the parts of 3a, 3b count as question 3
_THROUGH = r"(?:\s*t/m\s*|\s+tot\s+en\s+met\s+|\s*[-–]\s*)"
_AND = r"(?:\.?\s*[,;/&+]\s*(?:en\s*)?|\.?\s*en\s*)(?:(?:op\s+)?(?:vraag|antwoord)\s+)?"


def _list_of(number: str) -> str:
    return rf"{number}(?:(?:{_AND}|{_THROUGH}|\s+){number})*"


NUMBERS = _list_of(_NUMBER)
"""A number list as people type it: `3`, `3, 4 en 5`, `7, 8, 9 10 en 11`, `4 t/m 7`, `1en 2`."""

SPELLED_NUMBERS = _list_of(one_of({*SPELLED} - {"een"}))
"""The same in words: `eenentwintig`, `één t/m drie`; "een" is an article."""

_ONE = rf"({_FIGURE}|{_NAME})"
_RANGE = re.compile(rf"{_ONE}(?:\s?[a-f]\b)?{_THROUGH}{_ONE}", re.I)
_SINGLE = re.compile(_ONE, re.I)
_WHO = (
    r"(?:het\s+kabinet|de\s+regering|(?:de\s+)?(?:minister|staatssecretaris|bewindspersoon)"
    r"[^.:?!()]{0,80}?)"
)
_OFFICE = r"(?:minister|staatssecretaris|bewindspersoon|kabinet)"
_ANSWER_WORD = r"(?:(?:(?:gezamenlijk|nader|aanvullend|gewijzigd)e?\s+)?(?:be)?antwoord(?:en|ing)?|antw\.|reactie)"
_QUESTION_WORD = r"(?:(?:sub|vervolg)?vra(?:ag|gen)|vr\.)"
_ON = r"(?:\s+(?:op|bij|van|aan)?\s*(?:de\s+)?(?:sub|vervolg)?vra(?:ag|gen))?"


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a paragraph; `end` is the offset at which its own text begins.

    `asker` is who put the question, in the label's own words: "het lid Van der Bee (SP)".
    """

    part: Part
    numbers: tuple[int, ...]
    respondent: str
    end: int
    asker: str = ""


def read_numbers(text: str) -> tuple[int, ...]:
    """The numbers of a list in the order written, ranges filled in."""
    numbers: list[int] = []
    position = 0
    while found := _SINGLE.search(text, position):
        span = _RANGE.match(text, found.start())
        first = _value(found[0])
        last = _value(span[2]) if span else first
        if not first <= last <= first + MAX_RANGE:
            span, last = None, first
        numbers.extend(range(first, last + 1))
        position = (span or found).end()
    return tuple(dict.fromkeys(numbers))


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else NAMES[number.lower()]


# Each row: the letters it may begin with, the part it opens and its pattern. A label stands alone, or
# a colon, a full stop, a dash or the next cell of a table parts it from its text, or its text begins
# with a capital; so "Antwoord 3 geeft aan dat …" is a sentence, not a label.
_ASIDE = (
    r"(?:\s*\(?gezamenlijke?\)?|\s+en\s+(?:de\s+)?vervolgvra(?:ag|gen))?"
    r"(?:\s*(?:\((?=\W*\d*[^\W\d])[^()]{1,60}\)|\[[^][]{1,40}\]))?"  # "(D66)", "(blz. 4)"
    r"(?:,?\s+mede\s+namens\s+[^.:?!]{1,100}(?=\s*(?::|$)))?"
)
_CLOSE = r"\s*(?:\.?[:.;|]\s*|[-–—]\s+|[-–—]?\s*$)"
_OF_MEMBER = (  # "Vraag 1 van het lid Van der Bee", "… van de VVD-fractie", which must end the line
    r"(?:\s+van\s+(?P<asker>de\s+\S{1,30}[-–]?fractie|(?:het\s+lid|de\s+leden)"
    r"(?:\s+(?-i:[A-ZÀ-Ý(][\w’'().,/-]*|van|de|der|den|en|el|ten|ter|het|lid|leden)){1,14})(?=\s*(?::|$)))"
)
_PART = r"(?:\.\d{1,2}(?!\d))?"  # the part of a question, as in 1.2, which counts as question 1
_NUMBERED = rf"(?:(?:nr\.?|nummer)\s*)?\(?(?P<numbers>{NUMBERS}){_PART}\)?{_ASIDE}{_OF_MEMBER}?"
_NAMED = rf"(?:nummer\s+)?(?P<numbers>{_list_of(_NAME)})"
_CLOSE_NUMBERED = rf"(?:{_CLOSE}|\s+(?=(?-i:[«“‘]?[A-ZÀ-Ý][\w’'-]*[\s,.»”])))"
_ROWS: tuple[tuple[str, Part, str], ...] = (
    (
        "0123456789",
        Part.ANSWER,
        rf"(?P<numbers>{NUMBERS})\s*[.:)]?\s*{_ANSWER_WORD}(?:\s+van\s+(?P<who>{_WHO}))?{_CLOSE}",
    ),
    ("ABGNR", Part.ANSWER, rf"{_ANSWER_WORD}{_ON}\s*{_NUMBERED}{_CLOSE_NUMBERED}"),
    (
        "ABGNR",
        Part.ANSWER,
        rf"{_ANSWER_WORD}\s+van\s+(?P<who>{_WHO})\s+op\s+(?:de\s+)?vra(?:ag|gen)\s+{_NUMBERED}{_CLOSE}",
    ),
    ("ABGNR", Part.ANSWER, rf"{_ANSWER_WORD}{_ON}\s+{_NAMED}{_CLOSE}"),
    ("ABGNR", Part.ANSWER, rf"{_ANSWER_WORD}\s+op\s+(?P<numbers>{NUMBERS})\s*\.?[:.]?\s*$"),
    ("A", Part.ANSWER, rf"ad\s+vra(?:ag|gen)\s+{_NUMBERED}{_CLOSE_NUMBERED}"),
    ("ABGNR", Part.ANSWER, rf"{_ANSWER_WORD}\s+(?:de\s+)?(?P<who>{_OFFICE}){_CLOSE}"),
    ("ABGNR", Part.ANSWER, rf"{_ANSWER_WORD}\s+van\s+(?P<who>{_WHO}){_CLOSE}"),
    ("ABGNR", Part.ANSWER, rf"{_ANSWER_WORD}(?:\s+op\s+(?:deze\s+)?vra(?:ag|gen))?{_CLOSE}"),
    (
        "ABGNR",
        Part.ANSWER,
        rf"{_ANSWER_WORD}\s+(?:op\s+)?(?:de(?:ze)?\s+)?vervolgvra(?:ag|gen){_CLOSE}",
    ),
    ("SV", Part.QUESTION, rf"{_QUESTION_WORD}\s*{_NUMBERED}{_CLOSE_NUMBERED}"),
    ("V", Part.QUESTION, rf"vra(?:ag|gen)\s+{_NAMED}{_CLOSE}"),
    (
        "0123456789",
        Part.QUESTION,
        rf"(?P<numbers>{NUMBERS})\s*[.:)]?\s*vra(?:ag|gen)\s*(?::\s*|\.?\s*$)",
    ),
    ("V", Part.QUESTION, rf"(?:vervolg)?vra(?:ag|gen)(?!\s*\|\s*antwoord){_CLOSE}"),
    ("V", Part.QUESTION, rf"vraag{_OF_MEMBER}\s*:?\s*"),
)
_WHOSE = (
    r"(?:[^.:?!]{0,120}?(?:fracties?|Kamerleden)"
    r"|[^.:?!]{0,60}?\bfracties?\s+van\s+[^.:?!]{1,80}?"
    r"|(?:het\s+)?lid\s+(?!van\s+de\s)(?!.*\s(?:aan|over)\s)[^\W\d_][^.:?!]{1,60}?"
    r"|de\s+[Gg]roep\s+[A-Z][^.:?!]{1,40}?)"
)
_HEADING = re.compile(
    r"\s*(?:[IVX]{1,4}\.?\s+|\d{1,2}\.?\s+)?(?:Inbreng|Vragen|Opmerkingen|Reactie|Antwoord)"
    r"(?:\s*(?:,|/|en)\s*(?:vragen|opmerkingen|antwoord(?:en)?|reactie))*"
    r"(?:\s+op\s+(?:de\s+)?(?:vragen|inbreng)(?:\s+en\s+opmerkingen)?)?\s+(?:van|vanuit|aan)\s+"
    rf"{_WHOSE}(?:\s+en\s+(?:de\s+)?(?:reactie|antwoord)[^.:?!]{{0,80}})?\s*"
)
_PATTERNS = {
    letter: tuple(
        (part, re.compile(row, re.I)) for letters, part, row in _ROWS if letter in letters
    )
    for letter in "ABGNRSV0123456789"
}
# Labels of one letter: "V1: …", "A1 en A2: …", "V4 Kunt u …", "Q2", "A:".
_INITIALED = _list_of(rf"(?:(?-i:[VAQ])\s?)?{_NUMBER}")
_INITIAL = re.compile(
    rf"(?P<part>(?-i:[VAQ]))(?:\s?(?P<numbers>{_INITIALED})(?:{_CLOSE}|\s?\)\s*|\s+(?=(?-i:[«“‘]?[A-ZÀ-Ý])))"
    r"|\s?[:.]\s*(?=\S|$))",
    re.I,
)
_INITIALS = {"V": Part.QUESTION, "Q": Part.QUESTION, "A": Part.ANSWER}
_BEFORE_FIGURE = re.compile(r"[VAQ]\s?(?=\d)")
_ARTICLE = re.compile(r"^(?:het|de)\s+", re.I)
_HEADING_LETTERS = frozenset("AIORVX0123456789")
_MAX_HEADING = 200  # characters
_MAX_LABEL = 140  # characters; a longer match is prose


def read_label(text: str) -> Label | None:
    """The label that `text` opens with, or None when it opens with none."""
    if text[:1] not in _PATTERNS:
        return None
    label = _read_label(text[: _MAX_LABEL + 1])
    return None if label and label.end > _MAX_LABEL else label


def _names_part(lower: str) -> bool:
    """Whether one of the words is there that follow a number in a label."""
    return "antw" in lower or "vra" in lower or "reactie" in lower


def read_initial(text: str) -> Label | None:
    """The label of one letter, V or A, that `text` opens with, if it does; "A." may be a heading."""
    found = _INITIAL.match(text[: _MAX_LABEL + 1]) if text[:1] in _INITIALS else None
    if not found:
        return None
    numbers = read_numbers(_BEFORE_FIGURE.sub("", found["numbers"] or ""))
    return Label(_INITIALS[found["part"]], numbers, "", found.end())


@lru_cache(maxsize=8192)  # a document reads the same lines again and again
def _read_label(text: str) -> Label | None:
    if text[0].isdecimal() and not _names_part(text.lower()):
        return None
    for part, pattern in _PATTERNS[text[0]]:
        if found := pattern.match(text):
            groups = found.groupdict()
            return Label(
                part,
                read_numbers(groups.get("numbers") or ""),
                _ARTICLE.sub("", (groups.get("who") or "").strip()),
                found.end(),
                groups.get("asker") or "",
            )
    return None


def is_party_heading(text: str) -> bool:
    """Whether `text` is a heading such as `Vragen van de leden van de VVD-fractie`."""
    return (
        text[:1] in _HEADING_LETTERS
        and len(text) <= _MAX_HEADING
        and ("van" in text or "aan" in text)
        and bool(_HEADING.fullmatch(text))
    )


def stands_alone(text: str) -> bool:
    """Whether the whole of `text` is a label or the heading of a fractie."""
    if is_party_heading(text):
        return True
    label = read_label(text)
    return label is not None and label.end >= len(text.rstrip())
