"""Reads the opening of a Kamerstuk with questions and answers: dossier, number, committee, dates.

It takes what stands there and guesses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layouts.prose import CABINET, read_office
from pipeline.metadata import (
    read_adopted_on,
    read_answered_on,
    read_asked_on,
    read_case_number,
    read_committee,
    read_ministers,
    read_paper,
    title_of_file,
)
from pipeline.models import Document, Metadata, Paragraph

MAX_TITLE = 300  # characters
OPENING = 60  # paragraphs in which all this stands
MAX_LINE = 2_000  # characters of each that are looked at


def read_paper_heading(
    opening: Sequence[Paragraph], document: Document, kind_title: str
) -> Metadata:
    """What the paragraphs before the first question say about the paper."""
    declared = document.declared
    lines = [paragraph.text[:MAX_LINE] for paragraph in opening[:OPENING]]
    text = " ".join(lines)
    paper = read_paper(lines)
    ministers = read_ministers(text)
    named = re.search("vragen en antwoorden|verslag|memorie", paper.title, re.I)
    title = paper.title if named or not paper.title else f"{kind_title}: {paper.title}"
    return Metadata(
        title=(declared.title or title or title_of_file(document.name))[:MAX_TITLE],
        official_id=declared.official_id or paper.official_id,
        dossier=declared.dossier or paper.dossier,
        case_number=declared.case_number or read_case_number(text),
        committee=read_committee(text),
        ministers=ministers,
        respondent=ministers[0] if len(ministers) == 1 else signatory(lines) or CABINET,
        asked_on=read_asked_on(text),
        answered_on=read_answered_on(text) or declared.dated,
        adopted_on=read_adopted_on(text),
    )


def signatory(lines: Sequence[str]) -> str:
    """Who signed the letter in front, where one office did."""
    offices = {office for line in lines if (office := read_office(line))}
    return offices.pop() if len(offices) == 1 else ""
