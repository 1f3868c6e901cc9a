"""The layout *Lijst van vragen en antwoorden*: a committee's numbered questions, each answered.

Also the *Verslag houdende een lijst van vragen en antwoorden* and the written answers to a budget
debate. Often no label opens an answer; then type, question marks and paragraphs part the two.
"""

from __future__ import annotations

import re

from pipeline.layouts.layout import Clue, Layout, Transcript
from pipeline.layouts.paper_heading import read_paper_heading
from pipeline.layouts.prose import Speakers
from pipeline.layouts.questionnaire import (
    describe_gaps,
    make_exchanges,
    read_closing,
    read_questionnaire,
)
from pipeline.models import Document, Kind, Remark

KIND_TITLE = "Lijst van vragen en antwoorden"


def transcribe(document: Document) -> Transcript:
    """The exchanges of a list of questions and answers."""
    found = read_questionnaire(document.paragraphs, unmarked_answers=True, glued_answers=True)
    metadata = read_paper_heading(found.opening, document, KIND_TITLE)
    speakers = Speakers(respondent=metadata.respondent)
    annexes, closing = read_closing(found.closing, speakers)
    remarks = tuple(Remark("", tuple(texts)) for texts in (found.notice, closing) if texts)
    return Transcript(
        metadata,
        (*make_exchanges(found.entries, speakers), *annexes),
        remarks,
        describe_gaps(found.entries),
    )


LAYOUT = Layout(
    Kind.LIJST_VAN_VRAGEN,
    (
        Clue(
            re.compile(
                r"^(?:[Nn]r\.?\s*\d+\s+|\d{5}\S*\s+)?(?:Verslag houdende )?(?:een )?"
                r"Lijst van vragen en\s*antwoorden\b",
                re.I,
            ),
            6,
            "noemt zich lijst van vragen en antwoorden",
            "lijst van vragen en",
        ),
        Clue(
            re.compile(r"vorm van een lijst van vragen", re.I),
            5,
            "verslag in de vorm van een lijst van vragen",
            "lijst van vragen",
        ),
        Clue(
            re.compile(r"\bvragen en antwoorden zijn hierna afgedrukt", re.I),
            5,
            "vragen en antwoorden zijn hierna afgedrukt",
            "hierna afgedrukt",
        ),
        Clue(
            re.compile(r"heeft een aantal vragen (?:ter beantwoording )?voorgelegd aan", re.I),
            3,
            "commissie heeft een aantal vragen voorgelegd",
            "voorgelegd aan",
        ),
        Clue(
            re.compile(
                r"\b(?:antwoorden|beantwoording)\b.{0,40}\b(?:op|van) (?:de )?"
                r"(?:schriftelijke |feitelijke )*vragen\b.{0,120}"
                r"\b(?:begroting|suppletoire|termijn|jaarverslag)",
                re.I | re.S,
            ),
            5,
            "antwoorden op vragen over een begroting",
            "antwoord",
        ),
        Clue(
            re.compile(
                r"\b(?:antwoorden|beantwoording)\b.{0,80}\bvragen\b.{0,80}\b(?:vaste|algemene|uw|de)\s+(?:Kamer)?commissie\b",
                re.I | re.S,
            ),
            5,
            "antwoorden op vragen van een commissie",
            "commissie",
        ),
    ),
    transcribe,
)  # fmt: skip
