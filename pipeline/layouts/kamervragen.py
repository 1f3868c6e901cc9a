"""The layout *Kamervragen*: written questions of members, with the cabinet's answers.

As the Aanhangsel van de Handelingen prints them and as ministries send them, letter first. A
*Mededeling* gives the questions and says that the answers are still to come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.layouts.layout import Clue, Layout, Transcript
from pipeline.layouts.prose import Speakers
from pipeline.layouts.questionnaire import describe_gaps, make_exchanges, read_questionnaire
from pipeline.metadata import (
    read_answered_on,
    read_asked_on,
    read_askers,
    read_case_number,
    read_ministers,
    read_respondent,
    read_unofficial_number,
    title_of_file,
)
from pipeline.models import Document, Kind, Metadata, Paragraph, Remark

MAX_TITLE = 300  # characters
MAX_OPENING = 100  # paragraphs in which who asked whom what stands
MAX_HEADING = 20_000  # characters of them

_HEADING = re.compile(
    r"(?:(?:Nader\s+)?Antwoord(?:en)?\s.{0,200}?\sop\s.{0,60}?[Vv]ragen|Beantwoording\s.{0,60}?[Vv]ragen"
    r"|(?:Kamer)?[Vv]ragen)\s+(?:van\s+|gesteld\s+door\s+)?(?:het\s+lid|de\s+leden(?!\s+der\s+Kamer))\s.+",
    re.S,
)
_SENT_IN = re.compile(
    r"(?P<title>\b(?:Kamer)?[Vv]ragen\s+van\s+(?:het\s+lid|de\s+leden)\s.{5,600}?)\s*\(\s*ingezonden"
)
_BRACKETS = re.compile(r"\s*\((?:ingezonden|ontvangen)\b[^)]*\)\s*\.?\s*$", re.I)


def transcribe(document: Document) -> Transcript:
    """The exchanges of a set of written questions."""
    found = read_questionnaire(document.paragraphs, unmarked_answers=_says_answered(document))
    is_answered = bool(found.notice) or any(entry.pair.answer for entry in found.entries)
    metadata = _read_heading(document, found.opening, is_answered=is_answered)
    asked = read_askers(_running(found.opening))
    answered = read_respondent(_running(found.opening))
    speakers = Speakers(asked.party, asked.askers, answered.respondent, answered.ministry)
    warnings = describe_gaps(found.entries)
    if found.notice:
        message = _running(found.notice)
        warnings = (f"mededeling in plaats van antwoorden: {message}", *warnings)
    remarks = tuple(
        Remark(party, texts)
        for party, texts in (("", found.notice), (asked.party, found.closing))
        if texts
    )
    return Transcript(metadata, make_exchanges(found.entries, speakers), remarks, warnings)


def _running(paragraphs: Sequence[Paragraph]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs[:MAX_OPENING])[:MAX_HEADING]


def _says_answered(document: Document) -> bool:
    """Whether the heading itself says that answers are given."""
    opening = _running(document.paragraphs[:12])
    return bool(read_respondent(opening).respondent) and not re.search(r"\bMededeling\b", opening)


def _read_heading(
    document: Document, opening: Sequence[Paragraph], *, is_answered: bool
) -> Metadata:
    text, declared = _running(opening), document.declared
    answered_on = read_answered_on(text) or (declared.dated if is_answered else None)
    asked = read_askers(text)
    return Metadata(
        title=declared.title or _title(opening) or title_of_file(document.name),
        official_id=declared.official_id or read_unofficial_number(text, answered_on),
        dossier=declared.dossier,
        case_number=declared.case_number or read_case_number(text),
        ministers=read_ministers(text),
        askers=asked.askers,
        respondent=read_respondent(text).respondent,
        asked_on=read_asked_on(text),
        answered_on=answered_on,
    )


def _title(opening: Sequence[Paragraph]) -> str:
    """The heading "Vragen van … over …", which may run over two paragraphs."""
    whole = _SENT_IN.search(_running(opening))
    texts = [whole["title"]] if whole else []
    lines = [paragraph.text[:MAX_HEADING] for paragraph in opening[:MAX_OPENING]]
    texts += [*lines, *(f"{one} {two}" for one, two in pairwise(lines))]
    title = next((text for text in texts if _HEADING.match(text)), "")
    return _BRACKETS.sub("", title).rstrip(" .")[:MAX_TITLE]


LAYOUT = Layout(
    Kind.KAMERVRAGEN,
    (
        Clue(
            re.compile(r"Vragen gesteld door de leden der Kamer", re.I),
            4,
            "opschrift van het Aanhangsel van de Handelingen",
            "leden der kamer",
        ),
        Clue(
            re.compile(r"^(?:Kamer)?Vragen (?:van )?(?:het lid|de leden).*\(\s*ingezonden", re.I | re.S),
            4,
            "vragen van leden, met de dag van inzending",
            "ingezonden",
        ),
        Clue(
            re.compile(r"^(?:Nader |Gewijzigd )?(?:Antwoord|Mededeling) van .*\(\s*ontvangen", re.I | re.S),
            4,
            "antwoord of mededeling, met de dag van ontvangst",
            "ontvangen",
        ),
        Clue(
            re.compile(r"\b(?:op|van) (?:de )?(?:schriftelijke |kamer)?vragen van (?:het lid|de leden)\b", re.I),
            3,
            "antwoord op vragen van leden",
            "vragen van ",
        ),
        Clue(
            re.compile(
                r"^(?:Kamer)?Vragen (?:van )?(?:het lid|de leden).{2,200}\baan de (?:minister|staatssecretaris)",
                re.I | re.S,
            ),
            2,
            "vragen van leden aan een bewindspersoon",
            "vragen ",
        ),
        Clue(re.compile(r"^AH \d{1,4}$"), 4, "nummer in het Aanhangsel", "ah "),
        Clue(
            re.compile(
                r"^(?:Vra(?:ag|gen) \d+\b[^.?]{0,40}|\d{1,3}[.)]?\s.*\?\s*|\d{1,3}(?: en \d{1,3})?[.)]?"
                r"|\d{1,3}\. Vraag:?)$",
                re.S | re.I,
            ),
            2,
            "genummerde vragen",
        ),
        Clue(
            re.compile(r"^Antwoord(?:en)?(?: (?:op )?(?:vra(?:ag|gen) )?\d+[^.?]{0,40})?\s*:?$", re.I),
            2,
            "antwoorden onder een eigen kopje",
            "antwoord",
        ),
    ),
    transcribe,
)  # fmt: skip
