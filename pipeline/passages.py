"""Splits an exchange into passages that fit the model: on sentence ends, never in silence.

It counts tokens with the function it is given and knows no model. Footnotes are left out: they hold
references, whose numbers and addresses say little about what an answer means and would draw its
vector away; whoever looks for a number finds it by the letter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from pipeline.models import PARAGRAPH_BREAK, Exchange, Paragraph, Part, Passage, joined
from pipeline.sentences import Span, sentence_spans

MAX_PASSAGE_TOKENS = 128  # about 85 words of Dutch: dense MRR 0.83, with 192 0.82, with 256 0.81
SPLITTING = "sentences-1"  # part of the fingerprint: change it when texts are split otherwise

_SMALLER_UNITS = (
    re.compile(r"(?<=[;:,–—])\s+|\s+(?=[-•–]\s)"),  # clauses, items of a list
    re.compile(r"\s+"),  # words
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of text that is not cut further."""

    start: int
    end: int
    tokens: int


def split_exchange(
    exchange: Exchange, count_tokens: Callable[[str], int], max_tokens: int
) -> list[Passage]:
    """The passages of the question, then of the answer, in reading order.

    None is longer than MAX_PASSAGE_TOKENS or than `max_tokens`, what the model takes.
    """
    sides = (
        (Part.QUESTION, exchange.question_paragraphs),
        (Part.ANSWER, exchange.answer_paragraphs),
    )
    return [
        Passage(exchange.key, part, position, text, pages)
        for part, paragraphs in sides
        for position, (text, pages) in enumerate(_split(paragraphs, count_tokens, max_tokens))
    ]


def split_text(text: str, count_tokens: Callable[[str], int], max_tokens: int) -> list[str]:
    """Stretches of at most `max_tokens` tokens that together hold every word of the text."""
    spans = _passage_spans(text, [(0, len(text))], count_tokens, max_tokens)
    return [text[start:end].strip() for start, end in spans]


def _split(
    paragraphs: Sequence[Paragraph], count_tokens: Callable[[str], int], max_tokens: int
) -> Iterator[tuple[str, tuple[int, int]]]:
    text = joined(paragraphs)
    ends = list(accumulate(len(p.text) + len(PARAGRAPH_BREAK) for p in paragraphs))
    blocks = [(min(start, len(text)), min(end, len(text))) for start, end in pairwise([0, *ends])]
    limit = min(MAX_PASSAGE_TOKENS, max_tokens)
    for start, end in _passage_spans(text, blocks, count_tokens, limit):
        stretch = text[start:end]
        start += len(stretch) - len(stretch.lstrip())
        end -= len(stretch) - len(stretch.rstrip())
        first = paragraphs[bisect_right(ends, start)]
        last = paragraphs[bisect_right(ends, end - 1)]
        yield text[start:end], (first.page, last.last_page)


def _passage_spans(
    text: str, blocks: Sequence[Span], count_tokens: Callable[[str], int], limit: int
) -> list[Span]:
    """Spans of at most `limit` tokens; no sentence crosses from one block into the next."""

    def count(span: Span) -> int:
        return count_tokens(text[slice(*span)].strip())

    units = [
        unit
        for start, end in blocks
        for first, last in sentence_spans(text[start:end])
        for unit in _fitting(text, (start + first, start + last), count, limit)
        if text[unit.start : unit.end].strip()
    ]
    return [span for pack in _packed(units, limit) for span in _verified(pack, count, limit)]


def _fitting(
    text: str, span: Span, count: Callable[[Span], int], limit: int, level: int = 0
) -> Iterator[_Unit]:
    """The span as it is when it fits, or else its clauses, or else its words, or else halves."""
    tokens = count(span)
    if tokens <= limit or span[1] - span[0] == 1:
        yield _Unit(*span, tokens)
        return
    if level < len(_SMALLER_UNITS):
        cuts = [match.end() for match in _SMALLER_UNITS[level].finditer(text, *span)]
    else:
        cuts = [sum(span) // 2]
    inner = [cut for cut in cuts if span[0] < cut < span[1]]
    for part in pairwise([span[0], *inner, span[1]]):
        yield from _fitting(text, part, count, limit, level + 1)


def _packed(units: Sequence[_Unit], limit: int) -> Iterator[list[_Unit]]:
    """Neighbours together, up to the limit and about equally full: no scrap is left over."""
    left = sum(unit.tokens for unit in units)
    pack: list[_Unit] = []
    size, goal = 0, _even_share(left, limit)
    for unit in units:
        if pack and (size + unit.tokens > limit or size + unit.tokens / 2 > goal):
            yield pack
            left -= size
            pack, size, goal = [], 0, _even_share(left, limit)
        pack.append(unit)
        size += unit.tokens
    if pack:
        yield pack


def _even_share(tokens: int, limit: int) -> float:
    return tokens / max(1, ceil(tokens / limit))


def _verified(pack: list[_Unit], count: Callable[[Span], int], limit: int) -> Iterator[Span]:
    """The pack as one span, or halved where the whole has more tokens than its parts."""
    span = (pack[0].start, pack[-1].end)
    if len(pack) == 1 or count(span) <= limit:
        yield span
        return
    middle = len(pack) // 2
    yield from _verified(pack[:middle], count, limit)
    yield from _verified(pack[middle:], count, limit)
