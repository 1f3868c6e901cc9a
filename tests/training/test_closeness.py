"""What is learned to be close is what the ranking finds close."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from index.ranking import Evidence, find_common, rank_by_tokens, rank_by_vectors
from pipeline.models import Part
from training.closeness import Encoded, compare, loss
from training.texts import Sides

DIMENSION, EXCHANGES = 12, 6
# The exchange and part of each passage: some sides of two passages, an exchange with one side only.
PASSAGES = [
    (exchange, part)
    for exchange in range(EXCHANGES)
    for part in (Part.ANSWER, Part.QUESTION)[: 1 + exchange]
    for _ in range(1 + exchange % 2)
]


def encoded(texts: int, tokens: int, seed: int) -> Encoded:
    """Random vectors; each text has one token less to compare than the one before."""
    chance = torch.Generator().manual_seed(seed)
    each = torch.nn.functional.normalize(
        torch.randn(texts, tokens, DIMENSION, generator=chance), dim=2
    )
    vectors = torch.nn.functional.normalize(each.sum(dim=1), dim=1)
    counts = torch.tensor([max(1, tokens - at) for at in range(texts)])
    return Encoded(each, vectors, torch.arange(tokens)[None] < counts[:, None])


def sides() -> Sides:
    known = list(dict.fromkeys(PASSAGES))
    return Sides(
        torch.tensor([known.index(passage) for passage in PASSAGES]),
        torch.tensor([exchange for exchange, _ in known]),
    )


def evidence(passages: Encoded, *, tokens: bool) -> Iterator[Evidence]:
    for at, (exchange, part) in enumerate(PASSAGES):
        vectors = (
            passages.tokens[at][passages.telling[at]] if tokens else passages.vectors[at, None]
        )
        yield Evidence(exchange, part, vectors.numpy())


def test_it_is_as_close_as_the_ranking_says() -> None:
    questions, passages, usual = encoded(3, 7, 1), encoded(len(PASSAGES), 9, 2), encoded(4, 5, 3)
    close = compare(questions, passages, usual, sides())
    worded = list(evidence(passages, tokens=True))
    common = find_common(usual.tokens[usual.telling].numpy(), worded)
    for at in range(3):
        dense = rank_by_vectors(questions.vectors[at].numpy(), evidence(passages, tokens=False))
        tokens = questions.tokens[at][questions.telling[at]].numpy()
        ranked = rank_by_tokens(tokens, worded, dense, common)
        np.testing.assert_allclose(
            close.vectors[at], [dense[e] for e in range(EXCHANGES)], atol=1e-5
        )
        np.testing.assert_allclose(
            close.together[at], [ranked[e] for e in range(EXCHANGES)], atol=1e-5
        )


def test_less_is_lost_where_the_right_exchange_is_the_closest() -> None:
    questions, passages = encoded(3, 7, 1), encoded(len(PASSAGES), 9, 2)
    close = compare(questions, passages, encoded(4, 5, 3), sides())
    best = torch.zeros_like(close.together, dtype=torch.bool)
    worst = best.clone()
    best[range(3), close.together.argmax(dim=1)] = True
    worst[range(3), close.together.argmin(dim=1)] = True
    assert loss(close, best) < loss(close, worst)
    assert float(loss(close, torch.ones_like(best))) == pytest.approx(0, abs=1e-5)
