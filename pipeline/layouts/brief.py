"""The layout *Brief*: a minister's letter, and whatever else has no questions and answers.

Each section becomes an exchange without a question, so that the letter can be found; nothing is
paired that was not asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.dates import read_date
from pipeline.layouts.layout import Clue, Layout, Transcript
from pipeline.layouts.prose import Speakers, make_exchange
from pipeline.layouts.sections import sections_of
from pipeline.metadata import read_answered_on, read_case_number, read_paper, title_of_file
from pipeline.models import Document, Kind, Metadata, Paragraph

MAX_TITLE = 300  # characters
OPENING = 15  # paragraphs in which the date and subject of a letter stand
MAX_LINE = 2_000  # characters of each that are looked at

_SUBJECT = re.compile(r"^(?:Betreft|Onderwerp)\s*:?\s+(?P<subject>\S.{3,300})")
_DATED = re.compile(
    r"^(?:Datum\s*:?\s+|Den Haag,\s+|’s-Gravenhage,\s+|Vastgesteld\s+|Voorgesteld\s+)", re.I
)
_SALUTATION = re.compile(r"(?:Zeer )?[Gg]eachte\b.{0,60}$")
_SIGNED = re.compile(
    r"^(?:Mede namens .{0,200},\s*)?(?:de\s+)?"
    r"(?P<office>(?:minister|staatssecretaris|minister-president)\b.{0,120}?),?$",
    re.I,
)
_NAME = re.compile(r",\s*(?:[A-Z]\.\s?)+[^,]*$")  # of who signs behind the office
_SENDER = re.compile(r"BRIEF VAN DE (?P<office>(?:MINISTER|STAATSSECRETARIS)\b[^/]{2,120})", re.I)


def transcribe(document: Document) -> Transcript:
    """The sections of a document without questions and answers."""
    paragraphs = document.paragraphs
    metadata = _read_heading(document)
    speakers = Speakers(respondent=metadata.respondent)
    exchanges = tuple(
        make_exchange((), (), section, speakers, heading)
        for heading, section in sections_of(_letter_itself(paragraphs))
    )
    return Transcript(metadata, exchanges)


def _letter_itself(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The paragraphs from the salutation on: before it stand addresses and references."""
    opening = paragraphs[:OPENING]
    start = next((i for i, each in enumerate(opening) if _SALUTATION.match(each.text)), 0)
    return paragraphs[start:]


def _read_heading(document: Document) -> Metadata:
    paragraphs = document.paragraphs
    opening = [paragraph.text[:MAX_LINE] for paragraph in paragraphs[:OPENING]]
    closing = [paragraph.text[:MAX_LINE] for paragraph in paragraphs[-OPENING:]]
    declared, paper = document.declared, read_paper(opening)
    subject = next((found["subject"] for t in opening if (found := _SUBJECT.match(t))), "")
    dated = next((read_date(text) for text in opening if _DATED.match(text)), None)
    sent = next((found["office"] for text in opening if (found := _SENDER.search(text))), "")
    signed = next((found["office"] for text in closing if (found := _SIGNED.match(text))), "")
    title = declared.title or subject or paper.title or title_of_file(document.name)
    respondent = _in_words(_NAME.sub("", signed or sent))
    return Metadata(
        title=title[:MAX_TITLE],
        official_id=declared.official_id or paper.official_id,
        dossier=declared.dossier or paper.dossier,
        case_number=declared.case_number or read_case_number(" ".join(opening)),
        ministers=(respondent,) if respondent else (),
        respondent=respondent,
        answered_on=dated or declared.dated or read_answered_on(" ".join(opening)),
    )


def _in_words(office: str) -> str:
    """The office in ordinary case: "MINISTER VAN FINANCIËN" as "Minister van Financiën"."""
    if not office.isupper():
        return office[:1].upper() + office[1:]
    words = [
        w.lower() if w in {"VAN", "EN", "VOOR", "DE"} else w.capitalize() for w in office.split()
    ]
    return " ".join(words)


LAYOUT = Layout(
    Kind.BRIEF,
    (
        Clue(
            re.compile(r"^(?:Zeer )?[Gg]eachte\s+(?:heer\s+|mevrouw\s+)?[Vv]oorzitter\b"),
            3.5,
            "aanhef van een brief aan de voorzitter",
            "geachte",
        ),
        Clue(
            re.compile(r"\bBRIEF VAN DE (?:MINISTER|STAATSSECRETARIS)", re.I),
            3.5,
            "noemt zich brief van een bewindspersoon",
            "brief van de ",
        ),
        Clue(
            re.compile(r"^Aan de Voorzitter van de (?:Tweede|Eerste) Kamer", re.I),
            1,
            "gericht aan de voorzitter",
            "aan de voorzitter",
        ),
        Clue(re.compile(r"^Hoogachtend\b", re.I), 0.5, "slot van een brief", "hoogachtend"),
    ),
    transcribe,
)
OTHER = Layout(Kind.OTHER, (), transcribe)
