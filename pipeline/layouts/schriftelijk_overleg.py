"""The layout *Verslag van een schriftelijk overleg*.

Fracties speak one after another; the cabinet answers between their texts, under labels or without,
or after them all. It knows these three ways; who speaks where no label stands is told by `voices`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from pipeline.layouts.apart import Reading, read_apart
from pipeline.layouts.glued_replies import part_replies
from pipeline.layouts.introduction import introduction_of, unasked
from pipeline.layouts.layout import Clue, Layout, Transcript
from pipeline.layouts.opening_numbers import OPENING_NUMBER, numbered
from pipeline.layouts.overleg_heading import read_overleg_heading
from pipeline.layouts.prose import CABINET, Speakers, make_exchange, without_signature
from pipeline.layouts.turns import Turn, find_turns, party_of, stretches_of, without_headings
from pipeline.layouts.voices import answer_end, voices
from pipeline.models import Document, Exchange, Kind, Paragraph, Remark


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the fractie that asked it."""

    party: str
    paragraphs: tuple[Paragraph, ...]


def transcribe(document: Document) -> Transcript:
    """The exchanges of a report, with the remarks that nobody answered."""
    around, turns = find_turns(document.paragraphs)
    metadata = read_overleg_heading([*around.before, *around.after], document)
    reading = _introduced(around.before, _read(turns)) if turns else Reading((), ())
    offices = {
        each: _office(each, metadata.ministers)
        for each in {exchange.respondent for exchange in reading.exchanges}
    }
    exchanges = tuple(
        _spoken_by(each, _asking_party(each), offices[each.respondent])
        for each in reading.exchanges
    )
    warnings = (
        ()
        if any(each.question for each in exchanges)
        else ("geen antwoorden gevonden in dit verslag",)
    )
    return Transcript(metadata, exchanges, reading.remarks, warnings)


def _introduced(before: Sequence[Paragraph], reading: Reading) -> Reading:
    """With what the letter says that the report opens with."""
    said, courtesies = unasked(introduction_of(before), Speakers(respondent=CABINET))
    return Reading((*said, *reading.exchanges), (*courtesies, *reading.remarks))


def _spoken_by(exchange: Exchange, party: str, respondent: str) -> Exchange:
    if (party, respondent) == (exchange.party, exchange.respondent):
        return exchange
    return replace(exchange, party=party, respondent=respondent)


def _asking_party(exchange: Exchange) -> str:
    """The fractie whose heading it stands under, or else the one its question names."""
    if exchange.party or exchange.askers or not exchange.question_paragraphs:
        return exchange.party
    return party_of(exchange.question_paragraphs[0].text)


def _office(respondent: str, ministers: Sequence[str]) -> str:
    """`Staatssecretaris` in full, where the report addresses only one of them."""
    office = respondent[:1].lower() + respondent[1:]
    named = [each for each in ministers if each.startswith(f"{office} ")]
    return named[0] if len(named) == 1 else office


def _read(turns: Sequence[Turn]) -> Reading:
    if any(turn.labels_answers for turn in turns):
        return _read_labelled(turns)
    if len({turn.replies for turn in turns}) < 2:  # no part for questions and one for answers
        return _read_by_voice(turns)
    reading = read_apart(turns)
    return replace(reading, exchanges=numbered(reading.exchanges))


def _read_labelled(turns: Sequence[Turn]) -> Reading:
    """Answers under labels, between the questions or by their numbers in a part of their own."""
    asked = _numbered_questions(turns)
    exchanges: list[Exchange] = []
    remarks: list[Remark] = []
    for turn in turns:
        found, left = _read_turn(turn, asked)
        exchanges.extend(found.exchanges)
        remarks.extend(found.remarks)
        if left and not (asked and not turn.replies):
            remarks.append(Remark(turn.party, tuple(left)))
    return Reading(numbered(exchanges), tuple(remarks))


def _read_turn(turn: Turn, asked: Mapping[int, _Asked]) -> tuple[Reading, list[Paragraph]]:
    """What a turn holds, and the paragraphs at its end that nobody answers."""
    exchanges: list[Exchange] = []
    courtesies: list[Remark] = []
    pending: list[Paragraph] = []
    labelled: tuple[int, ...] = ()
    section = ""
    stretches = stretches_of(turn.paragraphs)
    for stretch, following in zip(stretches, [*stretches[1:], None], strict=True):
        if stretch.label is None or not stretch.answers:
            pending.extend(stretch.paragraphs)
            labelled += stretch.label.numbers if stretch.label else ()
            continue
        numbers = stretch.label.numbers or labelled
        if turn.replies and not numbers:
            before, pending = _at_first_number(pending)
            said, thanks = unasked(before, Speakers(turn.party, turn.askers, CABINET))
            exchanges, courtesies = [*exchanges, *said], [*courtesies, *thanks]
            numbers, pending = _repeated_questions(pending)
        section, question = without_headings(pending, section)
        party = turn.party
        if not question:
            party, question = _questions_of(numbers, asked, party)
        follows = following is not None and following.answers
        end = answer_end(stretch.paragraphs, question_follows=follows)
        speakers = Speakers(party, turn.askers, stretch.label.respondent or CABINET)
        answer = without_signature(stretch.paragraphs[:end])
        exchanges.append(make_exchange(numbers, question, answer, speakers, section))
        pending, labelled = list(stretch.paragraphs[end:]), ()
    return Reading(tuple(exchanges), tuple(courtesies)), pending


def _at_first_number(
    paragraphs: list[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph]]:
    """The letter or text before the first numbered question, and what begins there."""
    first = next((at for at, each in enumerate(paragraphs) if OPENING_NUMBER.match(each.text)), 0)
    return paragraphs[:first], paragraphs[first:]


def _repeated_questions(
    paragraphs: Sequence[Paragraph],
) -> tuple[tuple[int, ...], list[Paragraph]]:
    """The numbers and texts of the questions that a reply repeats."""
    numbers: list[int] = []
    questions: list[Paragraph] = []
    for paragraph in paragraphs:
        found = OPENING_NUMBER.match(paragraph.text)
        if found:
            numbers.append(int(found["number"]))
        text = paragraph.cut(found.end()) if found else paragraph
        if text.text:
            questions.append(text)
    return tuple(numbers), questions


def _numbered_questions(turns: Sequence[Turn]) -> dict[int, _Asked]:
    """The questions by number, where a part of the report holds numbered questions only."""
    if not any(turn.replies for turn in turns):
        return {}
    asked: dict[int, _Asked] = {}
    for turn in turns:
        number = 0
        for paragraph in () if turn.replies else turn.paragraphs:
            found = OPENING_NUMBER.match(paragraph.text)
            number = int(found["number"]) if found else number
            text = paragraph.cut(found.end()) if found else paragraph
            if number and text.text:
                before = asked[number].paragraphs if number in asked else ()
                asked[number] = _Asked(turn.party, (*before, text))
    return asked


def _questions_of(
    numbers: Sequence[int], asked: Mapping[int, _Asked], party: str
) -> tuple[str, tuple[Paragraph, ...]]:
    known = [asked[number] for number in numbers if number in asked]
    if not known:
        return party, ()
    return known[0].party or party, tuple(each for one in known for each in one.paragraphs)


def _read_by_voice(turns: Sequence[Turn]) -> Reading:
    """Answers between the questions without a label: who speaks decides."""
    exchanges: list[Exchange] = []
    remarks: list[Remark] = []
    parted = iter(part_replies([each for turn in turns for each in turn.paragraphs]))
    for turn in turns:
        question: tuple[Paragraph, ...] = ()
        section = ""
        texts = [piece for pieces in islice(parted, len(turn.paragraphs)) for piece in pieces]
        spoken = zip(voices(texts), texts, strict=True)
        for cabinet, group in groupby(spoken, key=lambda pair: pair[0]):
            paragraphs = tuple(paragraph for _, paragraph in group)
            if not cabinet:
                section, question = without_headings(paragraphs, section)
                continue
            speakers = Speakers(turn.party, turn.askers, CABINET)
            answer = without_signature(paragraphs)
            exchanges.append(make_exchange((), question, answer, speakers, section))
            question = ()
        if question:
            remarks.append(Remark(turn.party, question))
    return Reading(numbered(exchanges), tuple(remarks))


LAYOUT = Layout(
    Kind.SCHRIFTELIJK_OVERLEG,
    (
        Clue(re.compile(r"\bverslag van een (?:nader )?schriftelijk overleg\b", re.I), 4, "noemt zich zo", "overleg"),
        Clue(
            re.compile(r"^(?:Nr\.\s*\d+\s+|[A-Z]{1,2}\s+)?VERSLAG VAN EEN (?:NADER )?SCHRIFTELIJK OVERLEG\b"),
            6,
            "heet zo in de kop",
            "schriftelijk overleg",
        ),
        Clue(
            re.compile(r"\b(?:antwoorden|beantwoording|reactie)\b.{0,200}\bschriftelijk overleg\b", re.I | re.S),
            4,
            "antwoordt in een schriftelijk overleg",
            "schriftelijk overleg",
        ),
        Clue(
            re.compile(r"behoefte (?:een aantal |enkele )?vragen en opmerkingen voor te leggen", re.I),
            4,
            "fracties leggen vragen en opmerkingen voor",
            "vragen en opmerkingen",
        ),
        Clue(
            re.compile(r"aantal\s+vragen en opmerkingen\s+(?:ter beantwoording\s+)?voorgelegd", re.I),
            3,
            "fracties hebben vragen en opmerkingen voorgelegd",
            "voorgelegd",
        ),
        Clue(
            re.compile(r"(?:[IVX]+\.?\s+)?Vragen en opmerkingen vanuit de fracties"),
            3,
            "deel met vragen en opmerkingen vanuit de fracties",
            "vanuit de fracties",
        ),
        Clue(
            re.compile(r"(?:Vragen en opmerkingen|Inbreng) van (?:de leden|het lid) van de .{1,60}fractie"),
            2,
            "kop van een fractie",
            "fractie",
        ),
    ),
    transcribe,
)  # fmt: skip
