"""The layouts *Nota naar aanleiding van het verslag* and *Memorie van antwoord*.

Either the questions are numbered and the answers labelled, under numbered headings and between
remarks of fracties; or nothing is labelled, and who speaks tells questions from answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.labels import is_party_heading
from pipeline.layouts.glued_replies import part_replies
from pipeline.layouts.introduction import unasked
from pipeline.layouts.layout import Clue, Layout, Transcript
from pipeline.layouts.marks import Mark, find_marks
from pipeline.layouts.opening_numbers import numbered
from pipeline.layouts.pairing import Block, cut_at
from pipeline.layouts.paper_heading import read_paper_heading
from pipeline.layouts.prose import CABINET, Speakers, make_exchange, without_signature
from pipeline.layouts.questionnaire import Entry, describe_gaps, read_entries
from pipeline.layouts.turns import party_of, without_closing_headings, without_headings
from pipeline.layouts.voices import (
    SURE,
    answer_end,
    asks,
    is_heading,
    leads_up,
    members_weight,
    names_no_one,
)
from pipeline.models import Document, Exchange, Kind, Paragraph, Part, Remark, Style

KIND_TITLE = "Nota naar aanleiding van het verslag"
_RECEIVED = re.compile(r"Ontvangen\s+\d")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")
_FRONT = re.compile(r"Ontvangen\s+\d|\d\d\s?\d{3}\b|(?:Nr\.\s*\d|.{0,30}\b(?:NOTA|MEMORIE)\b)")
MIN_LABELS = 2  # answers under a label before the labels are trusted


def transcribe(document: Document) -> Transcript:
    """The exchanges of a nota or memorie."""
    paragraphs = document.paragraphs
    marks = _without_headings(find_marks(paragraphs), paragraphs)
    answers = sum(mark.part is Part.ANSWER for mark in marks)
    if answers >= MIN_LABELS:
        return _read_labelled(document, marks)
    return _read_by_voice(document)


def _without_headings(marks: Sequence[Mark], paragraphs: Sequence[Paragraph]) -> list[Mark]:
    """The marks without numbered headings, "2. Kosten", and with the first question where it has none."""
    kept = [
        mark
        for mark in marks
        if mark.part is Part.ANSWER
        or not 0 < mark.end < len(paragraphs[mark.paragraph].text)
        or not is_heading(paragraphs[mark.paragraph])
    ]
    if len(kept) == len(marks) or not kept or kept[0].part is not Part.ANSWER:
        return kept
    first = next(
        (at for at in range(kept[0].paragraph) if members_weight(paragraphs[at].text) >= SURE), None
    )
    return kept if first is None else [Mark(first, Part.QUESTION, (), 0), *kept]


def _read_labelled(document: Document, marks: Sequence[Mark]) -> Transcript:
    paragraphs = document.paragraphs
    opening = paragraphs[: marks[0].paragraph - marks[0].above]
    blocks = cut_at(marks, paragraphs)
    remarks, blocks = _lift_remarks(blocks)
    entries = read_entries(list(opening), blocks)
    return Transcript(
        read_paper_heading(opening, document, KIND_TITLE),
        tuple(_exchange(entry) for entry in entries),
        tuple(remarks),
        describe_gaps(entries),
    )


def _lift_remarks(blocks: Sequence[Block]) -> tuple[list[Remark], list[Block]]:
    """What members say after an answer: the next question where an answer follows, else a remark."""
    remarks: list[Remark] = []
    lifted: list[Block] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        lifted.append(block)
        if block.mark.part is Part.QUESTION or len(block.paragraphs) < 2:
            continue
        asks = following is not None and following.mark.part is Part.ANSWER
        end = answer_end(block.paragraphs, question_follows=asks)
        said = [each for each in block.paragraphs[end:] if not is_heading(each)]
        if not said or members_weight(said[0].text) < SURE:
            continue
        if asks and following is not None and not following.mark.numbers:
            rest, block.paragraphs[end:] = block.paragraphs[end:], []
            while len(rest) > 1 and _heads_section(rest[0], block.paragraphs[-1]):
                block.paragraphs.append(replace(rest.pop(0), style=Style.HEADING))
            place = block.mark.paragraph + 1
            lifted.append(Block(Mark(place, Part.QUESTION, (), 0), rest))
        elif not asks:
            remarks.append(Remark(party_of(said[0].text), tuple(said)))
            block.paragraphs[end:] = [each for each in block.paragraphs[end:] if is_heading(each)]
    return remarks, lifted


def _heads_section(paragraph: Paragraph, before: Paragraph) -> bool:
    """Whether a numbered heading stands over the next question, and no list ends there."""
    numbered_heading = paragraph.style is Style.HEADING or _NUMBERED.match(paragraph.text)
    return bool(numbered_heading) and is_heading(paragraph) and before.style is not Style.LIST


def _exchange(entry: Entry) -> Exchange:
    first = entry.pair.question[0].text if entry.pair.question else ""
    party = party_of(first) or (party_of(entry.section) if is_party_heading(entry.section) else "")
    speakers = Speakers(party=party, respondent=entry.pair.respondent or CABINET)
    pair = entry.pair
    answer = without_signature(pair.answer)
    return make_exchange(pair.numbers, pair.question, answer, speakers, entry.section)


def _read_by_voice(document: Document) -> Transcript:
    """Nothing is labelled: members ask, the cabinet answers, and a new question begins."""
    paragraphs = document.paragraphs
    start = next(
        (i for i, p in enumerate(paragraphs) if members_weight(p.text) >= SURE), len(paragraphs)
    )
    while (
        start > 1
        and is_heading(paragraphs[start - 1])
        and not _FRONT.match(paragraphs[start - 1].text)
    ):
        start -= 1
    opening = paragraphs[:start]
    text = [piece for pieces in part_replies(paragraphs[start:]) for piece in pieces]
    exchanges, remarks = unasked(_said_first(opening), Speakers(respondent=CABINET))
    section = party = ""
    question: tuple[Paragraph, ...] = ()
    for cabinet, group in groupby(zip(_spoken(text), text, strict=True), key=lambda pair: pair[0]):
        said = tuple(paragraph for _, paragraph in group)
        if not cabinet:
            party = next((party_of(p.text) for p in said if is_party_heading(p.text)), party)
            topical = [each for each in said if not is_party_heading(each.text)]
            section, question = without_headings(topical, section)
            continue
        answer, upcoming = without_closing_headings(without_signature(said))
        asked_by = (party_of(question[0].text) if question else "") or party
        if not asked_by and question and names_no_one(question[0].text):
            asked_by = exchanges[-1].party if exchanges else ""
        speakers = Speakers(party=asked_by, respondent=CABINET)
        exchanges.append(make_exchange((), question, answer, speakers, section))
        section, question = upcoming or section, ()
    if question:
        remarks.append(Remark(party_of(question[0].text) or party, question))
    metadata = read_paper_heading(opening, document, KIND_TITLE)
    return Transcript(metadata, numbered(exchanges), tuple(remarks))


def _said_first(opening: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """What the cabinet says below the date of receipt, before any fractie speaks."""
    dated = [at for at, each in enumerate(opening, 1) if _RECEIVED.match(each.text)]
    return opening[dated[-1] :] if dated else ()


def _spoken(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """For each paragraph whether the cabinet speaks: from the first one after a question on."""
    spoken: list[bool] = []
    cabinet = asked = False
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        weight = members_weight(paragraph.text)
        if weight >= SURE:
            asked = (asked and not cabinet) or asks(paragraph.text)
            cabinet = False
        elif is_party_heading(paragraph.text):
            cabinet = asked = False
        elif not is_heading(paragraph) or leads_up(paragraph, following):
            cabinet = cabinet or asked or weight < 0
        spoken.append(cabinet)
    return spoken


LAYOUT = Layout(
    Kind.NOTA,
    (
        Clue(
            re.compile(
                r"^(?:Nr\.\s*\d+\s+)?(?:(?:TWEEDE|DERDE)\s+)?"
                r"NOTA\s+(?:NAAR\s+AANLEIDING\s+VAN|N\.A\.V\.)\s+HET\s+.{0,30}?VERSLAG",
                re.I,
            ),
            7,
            "noemt zich nota naar aanleiding van het verslag",
            "verslag",
        ),
        Clue(
            re.compile(r"^(?:[A-Z]{1,2}\s+)?(?:NADERE\s+)?MEMORIE\s+VAN\s+ANTWOORD", re.I),
            7,
            "noemt zich memorie van antwoord",
            "memorie",
        ),
        Clue(
            re.compile(
                r"\b(?:In deze (?:nota|memorie)|kennis\s?genomen van het (?:nader |voorlopig )?verslag)\b",
                re.I,
            ),
            2,
            "antwoordt op een verslag",
        ),
    ),
    transcribe,
)  # fmt: skip
