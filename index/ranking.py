"""In what order exchanges meet a question, by all that their questions and answers say.

Two stages weigh the candidates that dense search found: the vectors of their passages, and for the
best of these late interaction, which lets each token of the question find its counterpart. It knows
vectors and sides of exchanges; no SQL, no FAISS and no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Part

Vectors = NDArray[np.float32]

# Fitted on our own questions and on abstracts of written questions, see docs/decisions.md.
WEIGHED = 50  # exchanges weighed by all their vectors: a right one is hardly ever further down
WORDED = 20  # exchanges added because the words of the question occur in them
COMPARED = 15  # of these, those compared token by token; more do not change the first ten
BEST_SIDE = 0.25  # how much the better side counts beside both together
TELLING_LETTERS = 160  # a side of fewer says less about the exchange: "Ja.", "Zie vraag 3."
DENSE_SHARE = 1.0  # how much the cosine of vectors counts beside that of tokens


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a candidate: the row of its exchange, its side, its length in letters, and
    vectors of shape (n, d), of the passage or of its tokens."""

    exchange_row: int
    part: Part
    letters: int
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Side:
    """How close one side of an exchange is to a question, and how much it says, from 0 to 1."""

    closeness: float
    telling: float


def rank_by_vectors(question: Vectors, passages: Iterable[Evidence]) -> dict[int, float]:
    """How close each exchange is, by its row: its passages against the question as a whole."""
    return _weigh(passages, lambda vectors: float((vectors @ question).max()))


def rank_by_tokens(
    question: Vectors, passages: Iterable[Evidence], dense: Mapping[int, float]
) -> dict[int, float]:
    """How close each exchange is by its tokens, and by its vectors as `dense` tells.

    `question` holds the tokens of the question, (tokens, d): for each the nearest token of a side
    is sought, and the mean of their cosines is taken (MaxSim). Where a model gives no tokens, the
    vectors decide alone.
    """
    late = _weigh(passages, lambda tokens: float((question @ tokens.T).max(axis=1).mean()))
    return {row: late.get(row, close) + DENSE_SHARE * close for row, close in dense.items()}


def _weigh(passages: Iterable[Evidence], closeness: Callable[[Vectors], float]) -> dict[int, float]:
    exchanges: defaultdict[int, defaultdict[Part, list[Evidence]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for passage in passages:
        if passage.vectors.size:
            exchanges[passage.exchange_row][passage.part].append(passage)
    return {
        row: join_sides([_side(side, closeness) for side in sides.values()])
        for row, sides in exchanges.items()
    }


def _side(passages: list[Evidence], closeness: Callable[[Vectors], float]) -> Side:
    vectors = np.concatenate([passage.vectors for passage in passages])
    letters = sum(passage.letters for passage in passages)
    return Side(closeness(vectors), min(1.0, max(letters, 1) / TELLING_LETTERS))


def join_sides(sides: Sequence[Side]) -> float:
    """What two sides make together: each as much as it tells, the better one a little more.

    Both sides of one exchange are about one thing: where both are close it is no chance.
    """
    together = sum(side.closeness * side.telling for side in sides)
    mean = together / sum(side.telling for side in sides)
    return BEST_SIDE * max(side.closeness for side in sides) + (1 - BEST_SIDE) * mean
