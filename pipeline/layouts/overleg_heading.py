"""Reads the opening of a report of a written consultation: committee, ministers, dates, dossier.

It takes what stands there and guesses nothing; `bij brief van …` gives no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.dates import DATE, read_date
from pipeline.layouts.prose import CABINET
from pipeline.models import Document, Metadata, Paragraph
from pipeline.references import find_citations

KIND_TITLE = "Verslag van een schriftelijk overleg"
MAX_TITLE = 300  # characters
MAX_LINE = 5_000  # characters of each paragraph that are looked at
MAX_HEADING = 20_000  # characters of all of them in which the ministers are looked for

_COMMITTEE = re.compile(
    r"(?P<name>(?:(?:vaste|algemene|tijdelijke|bijzondere|parlementaire)\s+)*(?:Kamer)?commissie\s+voor"
    r"\s+(?:de\s+)?[A-ZÀ-Ý].{2,120}?)(?=\d|\s+(?:hebben|heeft|hadden|had|een|enkele|over|inzake|de\s"
    r"|op\s|is|zijn|was)|[.;:]|$)"
)
_OFFICE = r"(?:minister|staatssecretaris)(?:s|sen)?"
_ADDRESSED = re.compile(
    rf"\baan\s+(?P<list>(?:de\s+)?{_OFFICE}\b.{{0,400}}?)"
    r"(?=\s+(?:over|inzake|betreffende|naar\s+aanleiding|voorgelegd|gestuurd|toegezonden)\b|[.;]|$)",
    re.I,
)
_NEXT_MINISTER = re.compile(rf",?\s*(?:\ben\s+)?(?=(?i:\b{_OFFICE}\b)|\b(?:van|voor)\s+[A-ZÀ-Ý])")
_ARTICLE = re.compile(rf"\bde\s+(?={_OFFICE}\b)", re.I)
_PLURAL = re.compile(r"(?<=minister)s$|(?<=staatssecretaris)sen$")
_SUBJECT = re.compile(r"\b(?:over|inzake|betreffende)\s+(?P<subject>.+)$", re.S)
_NOISE = re.compile(r"\s*\((?:Kamerstuk|2\d{3}[ZD])[^)]*\)")
_DOSSIER_LINE = re.compile(
    r"(?P<number>\d\d\s?\d{3}(?:[ -](?:[IVXLC]+|\d\d))?)\s+(?P<title>[A-Z(].{3,200})"
)
_PAPER_NUMBER = re.compile(
    r"(?:Nr\.\s*(?P<number>\d{1,5})|(?P<letter>[A-Z]{1,2}))\b(?:\s+VERSLAG.*)?$"
)
_ASKED = (
    re.compile(
        rf"\bop\s+(?P<date>{DATE})\b[^.]{{0,120}}\b(?:toegezonden|voorgelegd|gestuurd|gezonden)"
    ),
    re.compile(rf"voorgelegd[^.]{{0,160}}\bop\s+(?P<date>{DATE})"),
)
_ANSWERED = (
    re.compile(rf"\bbij\s+brief\s+van\s+(?P<date>{DATE})", re.I),
    re.compile(rf"\bop\s+(?P<date>{DATE})\s+(?:gereageerd|geantwoord|beantwoord)"),
)
_ADOPTED = (re.compile(rf"\bVastgesteld,?\s+(?P<date>{DATE})"),)


def read_overleg_heading(around: Sequence[Paragraph], document: Document) -> Metadata:
    """What the paragraphs outside the turns say about the report."""
    texts = [paragraph.text[:MAX_LINE] for paragraph in around]
    opening = next(
        (text for text in texts if re.search("commissie", text, re.I) and len(text) > 80), ""
    )
    dossier, dossier_title = _dossier(texts, document)
    ministers = _ministers(opening) or _ministers(" ".join(texts)[:MAX_HEADING])
    return Metadata(
        title=_title(opening, dossier_title, document),
        official_id=document.declared.official_id or _official_id(texts, dossier),
        dossier=dossier,
        committee=_first(_COMMITTEE, texts),
        ministers=ministers,
        respondent=ministers[0] if len(ministers) == 1 else CABINET,
        asked_on=_date(_ASKED, texts),
        answered_on=_date(_ANSWERED, texts),
        adopted_on=_date(_ADOPTED, texts),
    )


def _title(opening: str, dossier_title: str, document: Document) -> str:
    found = _SUBJECT.search(_NOISE.sub("", _first_sentence(opening)))
    if found:
        subject = found["subject"].strip(" .")
        return f"{KIND_TITLE} over {subject}"[:MAX_TITLE]
    return document.declared.title or (
        f"{KIND_TITLE}: {dossier_title}" if dossier_title else KIND_TITLE
    )


def _first_sentence(text: str) -> str:
    return re.split(r"\.\s+(?=[A-Z])", text, maxsplit=1)[0]


def _ministers(text: str) -> tuple[str, ...]:
    """Each office with its ministry: `de ministers van A en van B`, `de Minister en … van A`."""
    found = _ADDRESSED.search(_NOISE.sub("", text))
    named: list[str] = []
    offices: list[str] = []
    complete = False
    for piece in _NEXT_MINISTER.split(_ARTICLE.sub("", found["list"])) if found else ():
        if re.fullmatch(_OFFICE, piece, re.I):
            offices = [*([] if complete else offices), _PLURAL.sub("", piece.lower())]
            complete = False
        elif piece:
            named.extend(f"{office} {piece.strip(' ,')}" for office in offices)
            complete = True
    return tuple(dict.fromkeys(named))


def _dossier(texts: Sequence[str], document: Document) -> tuple[str, str]:
    """Number and title of the dossier: printed on top, declared, or that of the agenda."""
    for text in texts:
        if found := _DOSSIER_LINE.fullmatch(text):
            return re.sub(r"(?<=\d\d)\s(?=\d{3})", "", found["number"]), found["title"]
    if document.declared.dossier:
        return document.declared.dossier, ""
    cited = {
        citation.target.partition(".")[0].removeprefix("kst-").rpartition("-")[0]
        for text in texts
        for citation in find_citations(text)
        if citation.target.startswith("kst-")
    }
    return (cited.pop(), "") if len(cited) == 1 else ("", "")


def _official_id(texts: Sequence[str], dossier: str) -> str:
    found = next((found for text in texts if (found := _PAPER_NUMBER.fullmatch(text))), None)
    if not found or not dossier:
        return ""
    return f"kst-{dossier.replace(' ', '-')}-{found['number'] or found['letter']}"


def _date(forms: Iterable[re.Pattern[str]], texts: Sequence[str]) -> date | None:
    places = (form.search(text) for form in forms for text in texts)
    return next((read_date(found["date"]) for found in places if found), None)


def _first(form: re.Pattern[str], texts: Sequence[str]) -> str:
    return next((found["name"].strip(" ,") for text in texts if (found := form.search(text))), "")
