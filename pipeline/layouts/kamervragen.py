"""The layout *Kamervragen*: written questions of members, with the cabinet's answers.

As the Aanhangsel van de Handelingen prints them and as ministries send them, letter first. A
*Mededeling* gives the questions and says that the answers are still to come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.layouts.layout import Clue, Layout, Transcript
from pipeline.layouts.paper_heading import signatory
from pipeline.layouts.postponement import postpones
from pipeline.layouts.prose import Speakers
from pipeline.layouts.questionnaire import (
    describe_gaps,
    make_exchanges,
    read_closing,
    read_questionnaire,
)
from pipeline.metadata import (
    read_answered_on,
    read_asked_on,
    read_askers,
    read_case_number,
    read_ministers,
    read_unofficial_number,
    title_of_file,
)
from pipeline.models import Document, Kind, Metadata, Paragraph, Remark
from pipeline.respondents import (
    Answered,
    joint_respondent,
    read_office_holder,
    read_respondent,
    read_respondents,
)

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
_ANSWERS = re.compile(
    r"(?:Nader\s+)?(?:Antwoord(?:en)?|Beantwoording)\s.{0,200}?(?:op|van)\s.{0,60}?[Vv]ragen\s+(?:van|gesteld)\b",
    re.S,
)
_BRACKETS = re.compile(r"\s*\((?:ingezonden|ontvangen)\b[^)]*\)\s*\.?\s*$", re.I)


def transcribe(document: Document) -> Transcript:
    """The exchanges of a set of written questions."""
    found = read_questionnaire(document.paragraphs, unmarked_answers=_says_answered(document))
    is_answered = bool(found.notice) or any(entry.pair.answer for entry in found.entries)
    metadata = _read_heading(document, found.opening, is_answered=is_answered)
    asked = read_askers(_running(found.opening))
    answered = _respondents(found.opening)
    joint = joint_respondent(answered)
    speakers = Speakers(asked.party, asked.askers, joint.respondent, joint.ministry)
    warnings = describe_gaps(found.entries)
    answering = any(entry.pair.answer for entry in found.entries)
    notice = found.notice or (() if answering else _postponement(found.opening))
    if notice:
        message = _running(notice)
        warnings = (f"mededeling in plaats van antwoorden: {message}", *warnings)
    annexes, closing = read_closing(
        found.closing, Speakers(respondent=joint.respondent, ministry=joint.ministry)
    )
    remarks = tuple(
        Remark(party, tuple(texts))
        for party, texts in (("", notice), (asked.party, closing))
        if texts
    )
    exchanges = (*make_exchanges(found.entries, speakers, answered), *annexes)
    return Transcript(metadata, exchanges, remarks, warnings)


def _postponement(opening: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """What the letter in front says of answers that are still to come."""
    return tuple(each for each in opening if postpones([each]))


def _running(paragraphs: Sequence[Paragraph]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs[:MAX_OPENING])[:MAX_HEADING]


def _respondents(opening: Sequence[Paragraph]) -> tuple[Answered, ...]:
    """Who answered: whom the heading names, or else who signed the letter in front."""
    named = read_respondents(_running(opening))
    signed = "" if named else signatory([each.text for each in opening[:MAX_OPENING]])
    return (read_office_holder(signed),) if signed else named


def _says_answered(document: Document) -> bool:
    """Whether the heading itself says that answers are given."""
    texts = document.paragraphs[:12]
    opening = _running(texts)
    told = read_respondent(opening).respondent or any(_ANSWERS.match(each.text) for each in texts)
    return bool(told) and not re.search(r"\bMededeling\b", opening)


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
        respondent=joint_respondent(_respondents(opening)).respondent,
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
