"""Reads who answered from the opening of a document, and which of them a label means.

It takes text and gives values; it does not know which paragraphs are the opening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.metadata import OFFICE_TITLE, capital

_ANSWERED_BY = re.compile(
    r"\b(?:Nader\s+|Gewijzigd\s+)?(?:[Aa]ntwoord|[Mm]ededeling|Beantwoording)\s+(?:van|door)\s+"
    rf"(?P<who>(?:de\s+)?{OFFICE_TITLE}\s.{{2,400}}?)(?=\s*\(\s*(?:ontvangen|ingezonden)|\.\s|$)",
    re.S,
)
_ANSWERS_OF = re.compile(
    rf"\b[Aa]ntwoord(?:en)?\s+van\s+(?P<who>(?:de\s+)?{OFFICE_TITLE}\s.{{2,300}}?)"
    r"(?=\s+op\s+(?:de\s+)?(?:[Kk]amer|schriftelijke\s+)?vragen)",
    re.S,
)
_ON_BEHALF = re.compile(r",?\s*(?:[Mm]ede|ook)\s+namens\s.*$", re.S)
_NAMED = re.compile(
    rf"(?:de\s+)?(?P<title>{OFFICE_TITLE})\s+(?P<name>(?!van\s+(?:[A-Z]\w+\s*,|[A-Z]\w+ en\b)|voor\s)"
    r"[^()]{2,60}?)\s*\((?P<ministry>[^()]{1,120})\)"
)
_OFFICE = re.compile(
    rf"(?:de\s+)?(?P<title>{OFFICE_TITLE})\s+(?P<of>van|voor)\s+(?P<ministry>.{{2,200}})", re.S
)


@dataclass(frozen=True, slots=True)
class Answered:
    """Who answered: "Minister Koolmees", and the ministry; several joined by "en"."""

    respondent: str = ""
    ministry: str = ""


def read_respondent(text: str) -> Answered:
    """Who answered, from "Antwoord van Minister Aa (Financiën), mede namens … (ontvangen …)"."""
    return joint_respondent(read_respondents(text))


def joint_respondent(answered: Sequence[Answered]) -> Answered:
    """Several who answered together, as one."""
    return Answered(
        " en ".join(each.respondent for each in answered),
        " en ".join(each.ministry for each in answered if each.ministry),
    )


def read_respondents(text: str) -> tuple[Answered, ...]:
    """Each who answered, where the heading names them."""
    found = _ANSWERED_BY.search(text) or _ANSWERS_OF.search(text)
    if not found:
        return ()
    who = " ".join(_ON_BEHALF.sub("", found["who"]).split()).strip(" ,")
    named = tuple(_NAMED.finditer(who))
    if named:
        return tuple(
            Answered(f"{capital(each['title'])} {each['name'].strip()}", each["ministry"].strip())
            for each in named
        )
    return (read_office_holder(who),)


def read_office_holder(office: str) -> Answered:
    """Who holds an office, from "de minister van Financiën"."""
    if found := _OFFICE.match(office):
        return Answered(
            f"{capital(found['title'])} {found['of']} {found['ministry'].strip()}",
            found["ministry"].strip(),
        )
    return Answered(capital(office.removeprefix("de ")), "")


def meant_by(label: str, answered: Sequence[Answered]) -> Answered | None:
    """The one of them whom a label means by "minister", by "minister van Geld" or by a name."""
    title, _, rest = label.lower().partition(" ")
    rest = re.sub(r"^(?:van|voor)\s+", "", rest)
    meant = [
        each
        for each in answered
        if each.respondent.lower().startswith(title)
        and (rest in each.respondent.lower() or rest in each.ministry.lower())
    ]
    return meant[0] if len(meant) == 1 else None
