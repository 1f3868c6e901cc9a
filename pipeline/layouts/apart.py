"""Reads a report whose answers stand in a part of their own, without labels.

Either the cabinet repeats the questions there, or its texts are paired with those of the fracties.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layouts.introduction import unasked
from pipeline.layouts.prose import CABINET, Speakers, make_exchange, without_signature
from pipeline.layouts.restated import Said, cut_at_questions
from pipeline.layouts.turns import Turn, by_topic, party_of, without_closing_headings
from pipeline.models import Exchange, Paragraph, Remark

_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one way of reading makes of the turns."""

    exchanges: tuple[Exchange, ...]
    remarks: tuple[Remark, ...]


def read_apart(turns: Sequence[Turn]) -> Reading:
    """The exchanges of a report with a part for questions and one for answers."""
    asked = Said.by(each for turn in turns if not turn.replies for each in turn.paragraphs)
    replies = [each for turn in turns if turn.replies for each in turn.paragraphs]
    repeats = any(asked.holds(paragraph) for paragraph in replies)
    return _read_restated(turns, asked) if repeats else _read_by_party(turns)


def _read_by_party(turns: Sequence[Turn]) -> Reading:
    """Paired by fractie, and by topic if all topics match."""
    exchanges: list[Exchange] = []
    remarks: list[Remark] = []
    for party in dict.fromkeys(turn.party for turn in turns):
        asked = _said(turns, party, replies=False)
        answered = _said(turns, party, replies=True)
        if not answered:
            remarks.append(Remark(party, tuple(asked)))
            continue
        speakers = Speakers(party=party, respondent=CABINET)
        topics, replies = by_topic(asked), by_topic(answered)
        questions, answers = _by_number(asked), _by_number(answered)
        if answers and list(answers) == list(questions):
            exchanges.extend(
                make_exchange((number,), questions[number], answer, speakers)
                for number, answer in answers.items()
            )
        elif len(replies) > 1 and set(replies) <= set(topics):
            exchanges.extend(
                make_exchange((), topics[topic], reply, speakers, topic)
                for topic, reply in replies.items()
            )
        else:
            exchanges.append(make_exchange((), asked, without_signature(answered), speakers))
    return Reading(tuple(exchanges), tuple(remarks))


def _by_number(paragraphs: Sequence[Paragraph]) -> dict[int, list[Paragraph]]:
    """The paragraphs behind each number that opens one, counted from 1; none when they do not."""
    numbered: dict[int, list[Paragraph]] = {}
    opening: list[Paragraph] = []
    for paragraph in paragraphs:
        found = _NUMBER.match(paragraph.text)
        if found and int(found[1]) == len(numbered) + 1:
            numbered[int(found[1])] = [paragraph.cut(found.end())]
        elif numbered:
            numbered[len(numbered)].append(paragraph)
        else:
            opening.append(paragraph)
    if numbered and opening:
        numbered[1] = [*opening, *numbered[1]]
    return numbered


def _read_restated(turns: Sequence[Turn], asked: Said) -> Reading:
    """The cabinet repeats each question before its answer: paired as they stand there."""
    exchanges: list[Exchange] = []
    remarks: list[Remark] = []
    repeated: list[Paragraph] = []
    for turn in turns:
        section = ""
        for said, answer in cut_at_questions(turn.paragraphs, asked) if turn.replies else ():
            repeated.extend(said)
            party = turn.party or next(filter(None, (party_of(each.text) for each in said)), "")
            reply, upcoming = without_closing_headings(without_signature(answer))
            if not said:
                speakers = Speakers(party, turn.askers, CABINET)
                own, courtesies = unasked(reply, speakers)
                exchanges.extend(own)
                remarks.extend(courtesies)
            elif reply:
                speakers = Speakers(party, turn.askers, CABINET)
                exchanges.append(make_exchange((), said, reply, speakers, section))
            else:
                remarks.append(Remark(party, tuple(said)))
            section = upcoming or section
    known = Said.by(repeated)
    for turn in turns:
        left = tuple(each for each in turn.paragraphs if not turn.replies and not known.holds(each))
        if left:
            remarks.append(Remark(turn.party, left))
    return Reading(tuple(exchanges), tuple(remarks))


def _said(turns: Sequence[Turn], party: str, *, replies: bool) -> list[Paragraph]:
    chosen = (turn for turn in turns if turn.party == party and turn.replies == replies)
    return [paragraph for turn in chosen for paragraph in turn.paragraphs]
