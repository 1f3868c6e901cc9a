"""How likely it is that an answer meets a question.

A logistic regression over a few signs, most of them comparisons: with sentences about anything at
all, and with the other answers that were found. A cosine by itself says little, for questions
differ in how near they come to whatever text. `python -m benchmarks.relevance` fits the weights.
It knows vectors; no SQL and no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from index.background import Background
from index.ranking import cosines_of, starts_of
from pipeline.token_vectors import Embedding

Vectors = NDArray[np.float32]

# Fitted and chosen on questions whose answers are known, see docs/decisions.md.
COMPARED = 15  # answers, the first that were found, with which each is compared
STRETCH = 128  # tokens of the background that are compared in one go, as many as the caches hold
WEAKEST = 3  # the third part of the question's tokens that is met least


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near an exchange comes to a question.

    `nearest` holds for each token of the question the cosine of the exchange's nearest token, and
    `usual` the mean over all its tokens; `coverage` is the share of the rarity of the question's
    words that occurs in it, 0 to 1.
    """

    nearest: Vectors
    usual: Vectors
    coverage: float


@dataclass(frozen=True, slots=True)
class Signs:
    """The terms of the regression, for a question and an answer.

    `shortfall`: how much nearer the background comes, in the mean over the question's tokens, where
    it does. `contrast`: how much nearer than the mean token of the answers found. `weakest`: the
    cosine at the tokens that are met least. `coverage`: as in `Likeness`. `size`: ln of the number of
    exchanges that were searched, for among many something is near to any question.
    """

    shortfall: float
    contrast: float
    weakest: float
    coverage: float
    size: float


WEIGHTS = Signs(
    shortfall=-63.53,
    contrast=27.81,
    weakest=2.743,
    coverage=1.647,
    size=-0.2439,
)
BIAS = -3.286
SIGNS = tuple(sign.name for sign in fields(Signs))  # in the order in which they are added up


def find_likenesses(
    question: Vectors,
    exchanges: Sequence[Sequence[Vectors]],
    coverages: Sequence[float],
) -> list[Likeness]:
    """How near the tokens of each exchange come to those of the question.

    An exchange is given by its passages, (tokens, components) each. A token that is all zeros was
    not kept.
    """
    if not exchanges:
        return []
    none_kept = np.zeros((1, question.shape[1]), np.float32)  # near to nothing
    parts = [[*passages, none_kept] for passages in exchanges]
    cosines = cosines_of(question, [passage for passages in parts for passage in passages])
    starts = starts_of(sum(map(len, passages)) for passages in parts)
    nearest = np.maximum.reduceat(cosines, starts, axis=0)
    # A cosine of just 0 with all of them is that of a token of zeros, and quicker to look for.
    kept = np.add.reduceat(cosines.any(axis=1), starts, dtype=np.float32)
    usual = np.add.reduceat(cosines, starts, axis=0) / np.maximum(kept, 1)[:, np.newaxis]
    return [Likeness(*said) for said in zip(nearest, usual, coverages, strict=True)]


def find_signs(
    question: Embedding, found: Sequence[Likeness], background: Background, exchanges: int
) -> list[Signs]:
    """The signs of each answer found, best ranked first, among so many exchanges."""
    if not found:
        return []
    compared = found[:COMPARED]
    anything = nearest_tokens(question.tokens, background.tokens)
    usual = np.mean([each.usual for each in compared], axis=0)
    return [
        Signs(
            shortfall=_mean(np.clip(anything - each.nearest, 0, None)),
            contrast=_mean(each.nearest - usual),
            weakest=_mean(np.sort(each.nearest)[: max(1, len(each.nearest) // WEAKEST)]),
            coverage=each.coverage,
            size=log(max(1, exchanges)),
        )
        for each in found
    ]


def nearest_tokens(question: Vectors, tokens: Vectors) -> Vectors:
    """For each token of the question the cosine of the nearest of these."""
    stretches = (tokens[at : at + STRETCH] for at in range(0, len(tokens), STRETCH))
    nearest: Vectors = cosines_of(question, stretches).max(axis=0)
    return nearest


def _mean(values: Vectors) -> float:
    return float(values.mean(dtype=np.float64))


def relevance_of(signs: Signs) -> float:
    """The probability, from 0 to 1, that an answer with these signs meets the question."""
    terms = (getattr(WEIGHTS, sign) * getattr(signs, sign) for sign in SIGNS)
    return 1 / (1 + exp(-BIAS - sum(terms)))
