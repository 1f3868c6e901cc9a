"""Reads who asked whom what and when from the opening of a document.

All kinds of document share these phrases. It takes text and gives values; it does not know which
paragraphs are the opening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

from pipeline.dates import DATE, read_date
from pipeline.models import PARTY_BREAK

TUESDAY = 1
SEPTEMBER = 9
MAX_SUBJECT = 400  # characters; a longer one is prose that happened to match

OFFICE_TITLE = (
    r"(?:[Mm]inister-[Pp]resident|[Mm]inisters?|[Ss]taatssecretaris(?:sen)?|[Bb]ewindspersonen)"
)
"""A pattern for the title of who is asked and answers."""
# ---- who asked -------------------------------------------------------------------------------
_ASKED_BY = re.compile(
    r"\b(?:[Kk]amer)?[Vv]ra(?:ag|gen)\s+(?:(?:gesteld\s+door|van|door)\s+)?"
    r"(?:het\s+[Ll]id|de\s+[Ll]eden(?!\s+der\b)|lid|leden(?!\s+der\b)|de\s+(?:heer|kamerleden)"
    r"|mevrouw|mw\.)\s+"
    r"(?P<who>.{2,400}?)\s*(?=\s(?:aan|over|inzake:?|betreffende|naar aanleiding|worden"
    r"|m(?:ed)?e(?:de)?gedeeld)\s|\sop\s+\d|\sen\s+op\s|(?<=\))\.(?:\s|$)|\(\s*[Ii]ngezonden|$)",
    re.S,
)
_PARTY = re.compile(r"\s*\(\s*(?:allen?|beiden?)?\s*(?P<party>[^()]{1,60}?)\s*\)")
_BETWEEN = re.compile(r"\s*(?:,\s*en\s+|,\s*|;\s*|\s+en\s+|\s+alsmede\s+)\s*")
_BEFORE_NAME = re.compile(r"^(?:(?:van\s+)?(?:het\s+[Ll]id|de\s+[Ll]eden|[Ll]id|[Ll]eden)\s+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """The members who asked and their fractie; several fracties parted by commas."""

    askers: tuple[str, ...] = ()
    party: str = ""


def read_askers(text: str) -> Asked:
    """Who asked, from "Vragen van de leden Aa (VVD), Bee en Cee (beiden SP) aan …"."""
    found = _ASKED_BY.search(text)
    return read_names(found["who"]) if found else Asked()


def read_names(who: str) -> Asked:
    """Members and fracties, from "Aa (VVD), Bee en Cee (beiden SP)"."""
    askers: list[str] = []
    parties: list[str] = []
    rest = " ".join(who.split())
    while rest:
        bracket = _PARTY.search(rest)
        names = rest[: bracket.start()] if bracket else rest
        for name in _BETWEEN.split(names):
            plain = _BEFORE_NAME.sub("", name).strip(" .,;")
            if plain and plain not in askers:
                askers.append(plain)
        if not bracket:
            break
        if bracket["party"] not in parties:
            parties.append(bracket["party"])
        rest = rest[bracket.end() :]
    return Asked(tuple(askers), PARTY_BREAK.join(parties))


# ---- who was asked ---------------------------------------------------------------------------
_ADDRESSED = re.compile(
    rf"\baan\s+(?:de\s+)?(?P<who>{OFFICE_TITLE}\b.{{0,300}}?)"
    r"(?=\s+(?:over|inzake|betreffende|naar aanleiding|worden|voorgelegd)\s|\s*\(\s*ingezonden|\.(?:\s|$)|$)",
    re.S,
)
_NEXT_MINISTER = re.compile(
    rf",?\s+(?:en|en\s+aan)\s+(?:van\s+)?(?=(?:de\s+)?{OFFICE_TITLE}\b)|,\s+(?=(?:de\s+)?{OFFICE_TITLE}\b)"
)


_NEXT_OFFICE = re.compile(r",?\s+en\s+(?=(?:van|voor)\s)|,\s+(?=(?:van|voor)\s)")


def read_ministers(text: str) -> tuple[str, ...]:
    """The ministers whom the questions are put to."""
    found = _ADDRESSED.search(text)
    if not found:
        return ()
    ministers: list[str] = []
    for part in _NEXT_MINISTER.split(" ".join(found["who"].split())):
        office, _, of = part.removeprefix("de ").strip(" ,").partition(" ")
        office = capital(re.sub(r"(?<=inister)s$|(?<=taatssecretaris)sen$", "", office))
        ministers.extend(f"{office} {each}".strip() for each in _NEXT_OFFICE.split(of))
    return tuple(dict.fromkeys(ministers))


def capital(text: str) -> str:
    """The text with a capital."""
    return text[:1].upper() + text[1:]


# ---- numbers and titles ----------------------------------------------------------------------
_CASE = re.compile(r"\b((?:19|20)\d\d)\s?Z\s?(\d{4,6})\b")
_UNOFFICIAL = re.compile(r"\bAH\s+(\d{1,4})\b")
_DOSSIER = re.compile(
    r"(?:^|\n|[).:]\s)\s*(?P<number>\d\d\s?\d{3})"
    r"(?:[\s-]+(?P<sub>[IVXLC]{1,6}[A-Z]?|\d{2}|[A-Z])(?=[\s,]|$)|\s*\(R\d+\))?\s*(?P<title>[^\n]*)"
)
_PAPER = re.compile(
    r"(?:^|\n)\s*(?:[Nn]r\.\s*(?P<number>\d{1,5})\b|(?P<letter>[A-Z]{1,2})\s+"
    r"(?=(?:NADERE\s+|VOORLOPIG\s+)?(?:VERSLAG|MEMORIE|NOTA|BRIEF|LIJST)))"
)
_SUFFIXES = {".pdf", ".docx", ".doc", ".odt", ".html", ".htm", ".xml", ".txt", ".text"}
_SUBJECT = re.compile(r"\bover\s+(?P<subject>.+?)\s*(?=\(\s*ingezonden|\.?\s*$|\n)", re.S)
_COMMITTEE = re.compile(
    r"\b(?P<committee>(?:vaste|algemene|tijdelijke|bijzondere)?\s*commissie\s+voor\s+"
    r"(?:de\s+)?[A-Z].{2,120}?)"
    r"(?=\s*(?:\d+\s*)?(?:,\s+belast|\sop\s\d|\s(?:heeft|hebben|en de|is|over|met|hadden)\s|$|\.|\n))",
    re.S,
)


def read_case_number(text: str) -> str:
    """The first zaaknummer, such as 2024Z11859."""
    found = _CASE.search(text)
    return f"{found[1]}Z{found[2]}" if found else ""


def read_unofficial_number(text: str, answered_on: date | None) -> str:
    """The official id behind "AH 617": the number in the session in which the answer came."""
    found = _UNOFFICIAL.search(text)
    if not found or not answered_on:
        return ""
    first = session_start_year(answered_on)
    return f"ah-tk-{first}{first + 1}-{int(found[1])}"


def session_start_year(day: date) -> int:
    """The year in which the session of that day began, on the third Tuesday of September."""
    first = date(day.year, SEPTEMBER, 1)
    budget_day = first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 14)
    return day.year if day >= budget_day else day.year - 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a dossier: "36 450", its title, and the paper's number or letter in it."""

    dossier: str = ""
    title: str = ""
    official_id: str = ""


def read_paper(lines: Sequence[str]) -> Paper:
    """The paper from the first lines, "36 450 Regels …" and "Nr. 6 NOTA …"."""
    text = "\n".join(lines)
    dossier = _DOSSIER.search(text)
    if not dossier:
        return Paper()
    number = re.sub(r"\s", "", dossier["number"])
    name = "-".join(part for part in (number, dossier["sub"]) if part)
    paper = _PAPER.search(text, dossier.end())
    of = (paper["number"] or paper["letter"]) if paper else ""
    return Paper(name, dossier["title"].strip(), f"kst-{name}-{of}" if of else "")


def read_subject(text: str) -> str:
    """What the questions are about, from "… aan de Minister van X over Y (ingezonden …)"."""
    found = _SUBJECT.search(text)
    subject = " ".join(found["subject"].split()) if found else ""
    return subject if len(subject) <= MAX_SUBJECT else ""


def title_of_file(name: str) -> str:
    """A title in want of a better one: the file's name without suffixes and underscores."""
    path = PurePath(name)
    while path.suffix.lower() in _SUFFIXES:
        path = path.with_suffix("")
    return path.name.replace("_", " ").strip() or name


def read_committee(text: str) -> str:
    """The committee that put the questions."""
    found = _COMMITTEE.search(text)
    return " ".join(found["committee"].split()) if found else ""


# ---- dates -----------------------------------------------------------------------------------
# Each row: what the date says and the phrases before it, surest first.
_ASKED_ON = (
    r"ingezonden\s*(?:op\s*)?",
    r"\buw\s+brief\s+van\s+",
    r"gedeeld\b.{0,200}?\sop\s+",
    r"\bop\s+(?=[^.]{0,40}(?:gedeeld|voorgelegd|toegezonden|gesteld|stelde|ontving))",
)
_ANSWERED_ON = (
    r"ontvangen\s*\(?\s*(?:ontvangen\s*)?(?:op\s*)?",
    r"bij\s+brief\s+van\s+",
)
_ADOPTED_ON = (r"Vastgesteld,?\s+",)


def read_asked_on(text: str) -> date | None:
    """The day on which the questions were sent in."""
    return _dated(text, _ASKED_ON)


def read_answered_on(text: str) -> date | None:
    """The day on which the answers came."""
    return _dated(text, _ANSWERED_ON)


def read_adopted_on(text: str) -> date | None:
    """The day on which the committee adopted the report."""
    return _dated(text, _ADOPTED_ON)


def _dated(text: str, phrases: Sequence[str]) -> date | None:
    for phrase in phrases:
        for found in re.finditer(rf"{phrase}({DATE})", text, re.I | re.S):
            if day := read_date(found[1]):
                return day
    return None
