"""Turns texts into batches of tokens, as the embedding of passages and questions does.

To be quick, passages are cut by tokens alone, not at sentence ends, and only the first ones of a
long question or answer are taken. It knows a tokenizer and no model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import torch
from tokenizers import Tokenizer
from torch import Tensor

from pipeline.bundled_model import PASSAGE_PROMPT, QUERY_PROMPT
from training.reading import Pair

QUESTION_TOKENS = 64  # prompt included; hardly a question is longer
PASSAGE_TOKENS = 100  # about as much as a passage of the index holds
PAD = 1  # XLM-RoBERTa's


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Texts in tokens, each field of shape (texts, tokens).

    `telling` marks the tokens of the text itself: not the prompt, which all texts share, nor what
    stands at the ends.
    """

    ids: Tensor
    attention: Tensor
    telling: Tensor

    def __getitem__(self, part: slice) -> Batch:
        return Batch(self.ids[part], self.attention[part], self.telling[part])


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """To which side each passage belongs, and of each side its exchange."""

    of_passages: Tensor
    exchanges: Tensor


class Texts:
    """Gives batches of tokens."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        *self._passage_head, self._end = self._ids(PASSAGE_PROMPT)
        *self._question_head, _ = self._ids(QUERY_PROMPT)

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text).ids)

    def questions(self, texts: Sequence[str]) -> Batch:
        """Questions, cut off where they are too long."""
        rows = [self._ids(QUERY_PROMPT + text)[:-1] for text in texts]
        ended = [[*row[: QUESTION_TOKENS - 1], self._end] for row in rows]
        return _padded(ended, len(self._question_head))

    def exchanges(self, pairs: Sequence[Pair], passages_a_side: int) -> tuple[Batch, Sides]:
        """The passages of the answers and questions of so many exchanges."""
        rows: list[list[int]] = []
        of_passages: list[int] = []
        sides: list[int] = []
        for exchange, pair in enumerate(pairs):
            for text in filter(None, (pair.answer, pair.question)):
                for passage in self._passages(text, passages_a_side):
                    rows.append(passage)
                    of_passages.append(len(sides))
                sides.append(exchange)
        batch = _padded(rows, len(self._passage_head))
        return batch, Sides(torch.tensor(of_passages), torch.tensor(sides))

    def _passages(self, text: str, most: int) -> Iterator[list[int]]:
        """The first passages of a text, all about equally full."""
        ids = self._ids(PASSAGE_PROMPT + text)[len(self._passage_head) : -1]
        count = max(1, ceil(len(ids) / PASSAGE_TOKENS))
        size = max(1, ceil(len(ids) / count))
        for start in range(0, size * min(count, most), size):
            yield [*self._passage_head, *ids[start : start + size], self._end]


def _padded(rows: Sequence[Sequence[int]], head: int) -> Batch:
    shape = (len(rows), max(map(len, rows)))
    batch = Batch(torch.full(shape, PAD), torch.zeros(shape), torch.zeros(shape, dtype=torch.bool))
    for at, row in enumerate(rows):
        batch.ids[at, : len(row)] = torch.tensor(row)
        batch.attention[at, : len(row)] = 1
        batch.telling[at, head : len(row) - 1] = True
    return batch
