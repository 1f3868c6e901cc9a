"""Gives exchanges the numbers that their questions open with, where those count on.

It knows exchanges as they were paired, not how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layouts.prose import Speakers, make_exchange
from pipeline.models import Exchange

MIN_NUMBERED = 2  # questions that open with a number before numbers are theirs
OPENING_NUMBER = re.compile(r"(?P<number>\d{1,3})(?:[.)]\s+(?=\S)|\s+(?=[A-Z])|[.)]?\s*$)")
"""The number before a question: "3. Kan de regering …", "3 De leden …" or "3" by itself."""


def numbered(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """With the numbers that questions open with, where they count on from 1, per fractie or not."""
    known = [
        [OPENING_NUMBER.match(each.text) for each in one.question_paragraphs] for one in exchanges
    ]
    numbers = [tuple(int(found["number"]) for found in row if found) for row in known]
    last, party = 0, ""
    for own, exchange in zip(numbers, exchanges, strict=True):
        for number in own:
            begins = number == 1 and exchange.party != party
            if exchange.numbers or not (begins or number == last + 1):
                return tuple(exchanges)
            last, party = number, exchange.party
    if sum(map(len, numbers)) < MIN_NUMBERED:
        return tuple(exchanges)
    return tuple(
        _renumbered(exchange, own, row) if own else exchange
        for exchange, own, row in zip(exchanges, numbers, known, strict=True)
    )


def _renumbered(
    exchange: Exchange, numbers: tuple[int, ...], found: Sequence[re.Match[str] | None]
) -> Exchange:
    question = [
        paragraph.cut(number.end()) if number else paragraph
        for paragraph, number in zip(exchange.question_paragraphs, found, strict=True)
    ]
    speakers = Speakers(exchange.party, exchange.askers, exchange.respondent, exchange.ministry)
    texts = [each for each in question if each.text]
    return make_exchange(numbers, texts, exchange.answer_paragraphs, speakers, exchange.section)
