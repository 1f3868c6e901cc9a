"""What a relevance is called, and from which one on an answer meets the question.

It stands apart from `relevance`, which computes with vectors: whoever only names a result need not
wait for NumPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

# Chosen on questions whose answers are known, see docs/decisions.md.
ANSWERS_FROM = 0.4  # from here on an answer is said to meet the question
MEETS_WELL_FROM = 0.8
DECIDING = 10  # answers, as many as a page shows: one further down is not what was looked for


class Strength(StrEnum):
    """How well an answer meets a question, in a word."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


def is_answered(relevances: Sequence[float]) -> bool:
    """Whether one of the first answers found, best ranked first, meets the question."""
    return max(relevances[:DECIDING], default=0.0) >= ANSWERS_FROM


def strength_of(relevance: float) -> Strength:
    """The word for a relevance."""
    if relevance >= MEETS_WELL_FROM:
        return Strength.STRONG
    return Strength.FAIR if relevance >= ANSWERS_FROM else Strength.WEAK
