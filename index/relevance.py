"""How likely it is that an answer meets a question.

A logistic regression over a few things that are seen of a question and an answer: how close their
tokens come, how much closer than those of sentences about anything at all, and how much of what is
rare in the question occurs in the answer. It knows vectors; no SQL and no texts of documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from math import exp

import numpy as np
from numpy.typing import NDArray

from pipeline.token_vectors import Embedding

Vectors = NDArray[np.float32]

# From here on an answer is said to meet the question, and well; see docs/decisions.md.
ANSWERS_FROM = 0.5
MEETS_WELL_FROM = 0.8


class Strength(StrEnum):
    """How well an answer meets a question, in a word."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Signs:
    """What is seen of a question and an answer: the terms of the regression.

    `closeness` is the mean over the question's tokens of the cosine of the nearest token (MaxSim),
    `gain` how much that is above the same for the background, `coverage` the share of the rarity of
    the question's words that occurs in the answer, from 0 to 1.
    """

    closeness: float
    gain: float
    coverage: float


WEIGHTS = Signs(closeness=60.0, gain=60.0, coverage=6.0)
BIAS = -49.0


def find_signs(question: Embedding, answer: Vectors, background: Vectors, coverage: float) -> Signs:
    """What is seen of a question and the tokens of an exchange, (tokens, components)."""
    nearest = nearest_tokens(question.tokens, answer)
    usual = nearest_tokens(question.tokens, background)
    return Signs(float(nearest.mean()), float((nearest - usual).mean()), coverage)


def nearest_tokens(question: Vectors, tokens: Vectors) -> Vectors:
    """For each token of the question the cosine of the nearest token, 0 when there is none."""
    if not tokens.size or not question.size:
        return np.zeros(max(1, len(question)), np.float32)
    nearest: Vectors = (question @ tokens.T).max(axis=1)
    return nearest


def relevance_of(signs: Signs) -> float:
    """The probability, from 0 to 1, that an answer of which this is seen meets the question."""
    terms = zip(astuple(WEIGHTS), astuple(signs), strict=True)
    return 1 / (1 + exp(-BIAS - sum(weight * sign for weight, sign in terms)))


def is_answered(relevances: Sequence[float]) -> bool:
    """Whether any of the answers found meets the question."""
    return max(relevances, default=0.0) >= ANSWERS_FROM


def strength_of(relevance: float) -> Strength:
    """The word for a relevance."""
    if relevance >= MEETS_WELL_FROM:
        return Strength.STRONG
    return Strength.FAIR if relevance >= ANSWERS_FROM else Strength.WEAK
