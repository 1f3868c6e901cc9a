"""Finds what a text refers to: other answers of its document, and other papers.

A paper gets a link when its reference is well-formed; a malformed one is kept as it stands and
gets none. It does not know whether a paper exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.labels import NUMBERS, SPELLED_NUMBERS, read_numbers
from pipeline.models import Citation

PUBLICATIONS = "https://zoek.officielebekendmakingen.nl/"
CHAMBER_PAPERS = "https://www.tweedekamer.nl/kamerstukken/detail"

_VIA = r"(?:\s+(?:op|bij|van|onder|aan|in|uit|op\s+de))?\s*(?:de\s+|mijn\s+|uw\s+)?"
_ANSWER = r"(?:be)?antwoord(?:en|ing)?"
_QUESTION = r"(?:(?:kamer|deel)?vra(?:ag|gen)\s*)"
_ASKED = rf"(?P<numbers>{NUMBERS}|{SPELLED_NUMBERS})"  # behind the word "vraag" also in words
_EXPLAINED = (
    "aangegeven|vermeld|toegelicht|uiteengezet|geantwoord|beantwoord|gemeld|opgemerkt|uitgelegd"
    "|aangeven|aangaf|gemeld|verwoord|geschetst|ingegaan"
)
# Each row is a way in which an answer points to another one, after a word without which, in lower
# case, it cannot match.
_POINTERS = tuple(
    (sign, re.compile(pattern, re.I))
    for sign, pattern in (
        ("antwoord", rf"\b{_ANSWER}{_VIA}{_QUESTION}(?:nr\.?\s*)?{_ASKED}"),
        ("zie", rf"\bzie(?:\s+(?:ook|verder|tevens|hiervoor|daarvoor|mijn|het|de))*\s+{_ANSWER}{_VIA}"
                rf"(?P<numbers>{NUMBERS})"),
        ("zie", rf"\bzie(?:\s+(?:ook|verder|tevens|hiervoor|daarvoor))*\s+(?:(?:bij|onder)\s+)?(?:de\s+)?"
                rf"{_QUESTION}{_ASKED}"),
        ("verwijs", rf"\bverwijs(?:t|en)?\b[^.?!]{{0,60}}\bnaar\s+(?:de\s+)?{_QUESTION}{_ASKED}"),
        ("verwijs", rf"\bverwijs(?:t|en)?\b[^.?!]{{0,60}}\bnaar\s+(?:het|de|mijn)\s+{_ANSWER}\s+"
                    rf"(?:bij|onder|op)?\s*(?P<numbers>{NUMBERS})"),
        ("antwoord", rf"\b(?:in|uit|bij|onder|met|mijn|ons|het|de|vraag\s*(?:/|en))\s*{_ANSWER}\s+"
                     rf"(?P<numbers>{NUMBERS})"),
        ("antwoord", rf"\b(?:het|de|mijn)\s+{_ANSWER}\s+(?:onder|bij)\s+(?P<numbers>{NUMBERS})"),
        ("vra", rf"\b(?:bij|onder)\s+(?:de\s+)?{_QUESTION}{_ASKED}"),
        ("reactie", rf"\breactie\s+(?:op|bij)\s+(?:de\s+)?{_QUESTION}{_ASKED}"),
        ("vra", rf"\b(?:in|op)\s+(?:de\s+)?{_QUESTION}{_ASKED}(?=\s+(?:(?:al|reeds|ook|is|zijn|werd|heb"
                rf"|heeft|hebben|ik|het\s+kabinet|wij)\s+)*(?:{_EXPLAINED}))"),
    )
)  # fmt: skip
# What follows when the question meant is one of another document.
_ELSEWHERE = re.compile(
    r"\s*(?:,\s*)?(?:\([^)]{0,40}\)\s*)?(?:van|uit|in|door|gesteld)\s+(?:het\s+lid|de\s+leden|lid\b"
    r"|de\s+(?:eerdere\s+)?(?:reeks|set|kamer|schriftelijke|vragen|brief)|uw\s+kamer"
    r"|(?:het\s+)?aanhangsel|kamerstuk|eerdere|mijn\s+brief|mevrouw|de\s+heer)"
    r"|\s*\(?(?:aanhangsel|kamerstuk|\d{4}Z\d)|\s+van\s+(?-i:[A-Z])",
    re.I,
)
# What stands before it in the same sentence when the question meant is one of another document.
_OF_OTHERS = re.compile(
    r"(?:\b(?:Kamer)?vragen\s+(?:van|gesteld)\b|\bAanhangsel\b|\bKamerstuk|\beerdere\s+(?:set|vragen)\b)"
    r"[^.?!]{0,80}$",
    re.I,
)
_COUNTS = re.compile(
    r"\s+(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|procent|euro|miljoen|miljard|jaar|maanden|weken|dagen|uur|keer)\b|\s*%"
)
_FURTHER = re.compile(
    rf"\s*(?:,|en|alsmede)\s+(?:(?:op|bij|onder)\s+)?(?:de\s+)?vra(?:ag|gen)\s+(?P<numbers>{NUMBERS})",
    re.I,
)
# What every pointer holds in lower case; without it none need be looked for.
_MENTIONS = re.compile(
    r"(?:vra(?:ag|gen)|antwoord|reactie)(?:\D{0,60}\d|\D{0,30}(?:vo(?:or|ri)|boven|volg|onder))"
    rf"|vra(?:ag|gen)\s+{SPELLED_NUMBERS}"
)
LOOK_BACK = 160  # characters before a pointer in which another document may be named

_BEFORE = re.compile(
    rf"\b{_ANSWER}{_VIA}(?:vorige|voorgaande|voorafgaande|bovenstaande)\s+vraag", re.I
)
_AFTER = re.compile(rf"\b{_ANSWER}{_VIA}(?:volgende|onderstaande)\s+vraag", re.I)


def find_refers_to(answer: str, own: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers of the questions of this document whose answers `answer` points to."""
    lower = answer.lower()
    mentioned = "vra" in lower or "antwoord" in lower or "reactie" in lower
    if not mentioned or not _MENTIONS.search(lower):
        return ()
    found: set[int] = set()
    for pattern in (pattern for sign, pattern in _POINTERS if sign in lower):
        for pointer in pattern.finditer(answer):
            if _points_here(answer, pointer):
                found.update(read_numbers(pointer["numbers"]))
                end = pointer.end()
                while further := _FURTHER.match(answer, end):
                    found.update(read_numbers(further["numbers"]))
                    end = further.end()
    if own and _BEFORE.search(answer):
        found.add(min(own) - 1)
    if own and _AFTER.search(answer):
        found.add(max(own) + 1)
    return tuple(sorted(found - set(own) - {0}))


def _points_here(answer: str, pointer: re.Match[str]) -> bool:
    """Whether the numbers are of this document, and of questions rather than days or euros."""
    before = answer[max(0, pointer.start() - LOOK_BACK) : pointer.start()]
    after = pointer.end()
    return not (
        _ELSEWHERE.match(answer, after) or _COUNTS.match(answer, after) or _OF_OTHERS.search(before)
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """A way in which papers are cited, and how its match becomes a target.

    A text without `sign`, in lower case, need not be searched for it.
    """

    sign: str
    pattern: re.Pattern[str]
    target: Callable[[re.Match[str]], str]


_SESSION = r"(?P<from>(?:19|20)\d\d)\s*[-–/]\s*(?P<to>\d{4}|\d\d)"
_YEARS = r"(?:(?:19|20)\d\d\s*[-–/]\s*(?:\d{4}|\d\d)\s*,?\s*)"
_CHAMBER = r"(?:\s*(?P<chamber>II|I|EK|TK)\b\s*,?)?"
_DOSSIER = (
    r"(?P<dossier>\d\d[ .\u00a0]?\d{3})(?!\d)(?:[ -](?P<sub>[IVXLC]{1,6}[A-Z]?|\d\d|[A-Z])\b)?"
)
_NUMBER = r"(?:\s*,?\s*(?:nrs?\.?|nummers?|no\.?)\s*|-|\s*,\s+(?=[A-Z]{1,2}\b))(?P<number>\d{1,5}|[A-Z]{1,2})\b"
_PAPER = rf"{_CHAMBER}\s*,?\s*{_YEARS}?(?:vergaderjaar\s+{_YEARS})?{_DOSSIER}{_NUMBER}"


def _dossier_paper(found: re.Match[str]) -> str:
    dossier = re.sub(r"\D", "", found["dossier"])
    return "-".join(part for part in ("kst", dossier, found["sub"], found["number"]) if part)


def _appendix(found: re.Match[str]) -> str:
    first, second = found["from"], found["to"]
    second = second if len(second) == 4 else first[:2] + second
    if int(second) != int(first) + 1:
        return ""
    chamber = "ek" if found["chamber"] in {"I", "EK"} else "tk"
    return f"ah-{chamber}-{first}{second}-{int(found['number'])}"


def _parliamentary_number(found: re.Match[str]) -> str:
    return f"kv-tk-{found['id']}" if "Z" in found["id"] else found["id"]


_DIGIT = re.compile(r"\d")
_NONE = ""
# The first form that matches at a place is taken; malformed ones come last and give no target.
_FORMS = (
    _Form("kamerstuk", re.compile(rf"Kamerstuk(?:ken|nummers?)?\b{_PAPER}", re.I), _dossier_paper),
    _Form("tk ", re.compile(rf"\bTK\s+{_YEARS}{_DOSSIER}{_NUMBER}"), _dossier_paper),
    _Form(
        "kamer, ",
        re.compile(rf"(?:Tweede|Eerste)\s+Kamer,\s+vergaderjaar\s+{_YEARS}{_DOSSIER}{_NUMBER}", re.I),
        _dossier_paper,
    ),
    _Form(
        "aanhangsel",
        re.compile(
            rf"Aanhangsel(?:\s+van\s+de)?\s*(?:van\s+)?(?:de\s+)?(?:Handelingen)?,?{_CHAMBER}"
            rf"\s*,?\s*(?:vergaderjaar\s+)?{_SESSION}\s*,?\s*(?:nrs?\.?|nummer)\s*(?P<number>\d{{1,4}})\b",
            re.I,
        ),
        _appendix,
    ),
    _Form("kst-", re.compile(r"\b(?P<id>kst-\d{4,7}(?:-[A-Z\d]{1,6}){0,3})\b"), lambda m: m["id"]),
    _Form("k-", re.compile(r"\b(?P<id>(?:ah|nds|kv)-(?:tk|ek)-[\dDZ]+(?:-\d+)?)\b"), lambda m: m["id"]),
    _Form("20", re.compile(r"(?P<id>20(?<=\b20)\d\d[ZD]\d{4,6})\b"), _parliamentary_number),
    _Form(
        "kamerstuk",
        re.compile(
            r"Kamerstuk(?:ken|nummers?)?,?\s+\d[\d .–-]*(?:[ -]?[IVXLC]{1,6}\b)?"
            r"(?:\s*,?\s*(?:nrs?\.?|nummers?)\s*\d+|-\d+)?",
            re.I,
        ),
        lambda _: _NONE,
    ),
    _Form(
        " nr",
        re.compile(r"\b\d\d[- ]\d{3}(?:[ -][IVXLC]{1,6})?,?\s+nrs?\.?\s*\d{1,4}\b"),
        lambda _: _NONE,
    ),
)  # fmt: skip
# What stands before a paper when one of its answers is meant: "vraag 3 van Aanhangsel …".
_OF_QUESTION = re.compile(
    rf"\bvra(?:ag|gen)\s+({NUMBERS})\s*(?:,\s*)?(?:\(|\b(?:van|uit|in)\s+(?:het\s+|de\s+)?)$", re.I
)
_MORE_NUMBERS = re.compile(r"(?:\s*,\s*|\s+en\s+)(?P<number>\d{1,5})\b(?!\s*[-–]?\d)")


def find_citations(text: str) -> tuple[Citation, ...]:
    """The papers that `text` cites, in order, each once."""
    found: dict[tuple[str, str], Citation] = {}
    for citation in _citations(text) if _DIGIT.search(text) else ():
        found.setdefault((citation.target, citation.text if not citation.target else ""), citation)
    return tuple(found.values())


def _citations(text: str) -> Iterator[Citation]:
    position = 0
    for form, match in _matches(text):
        if match.start() < position:
            continue
        target = form.target(match)
        asked = _OF_QUESTION.search(text, max(0, match.start() - LOOK_BACK), match.start())
        yield _citation(match[0].strip(" .-–"), target, read_numbers(asked[1]) if asked else ())
        position = match.end()
        if target.startswith("kst-") and "number" in match.groupdict():
            stem = target.rpartition("-")[0]
            while more := _MORE_NUMBERS.match(text, position):
                yield _citation(more["number"], f"{stem}-{more['number']}")
                position = more.end()


def _matches(text: str) -> list[tuple[_Form, re.Match[str]]]:
    """All forms found, by place; where two begin together the earlier row goes first."""
    lower = text.lower()
    places = [
        (match.start(), row, form, match)
        for row, form in enumerate(_FORMS)
        if form.sign in lower
        for match in form.pattern.finditer(text)
    ]
    return [(form, match) for _, _, form, match in sorted(places, key=lambda place: place[:2])]


def _citation(text: str, target: str, numbers: tuple[int, ...] = ()) -> Citation:
    """The citation; with numbers its target is the id of that paper's answer to them."""
    if not target:
        return Citation(text, "", "")
    answer = ".".join([target, "-".join(map(str, numbers))] if numbers else [target])
    if re.match(r"\d{4}D", target):
        return Citation(text, answer, f"{CHAMBER_PAPERS}?did={target}&id={target}")
    return Citation(text, answer, f"{PUBLICATIONS}{target}.html")
