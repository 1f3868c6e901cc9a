"""In what order exchanges meet a question, by all that their questions and answers say.

Two stages weigh the candidates that dense search found: the vectors of their passages, and for the
best of these late interaction, which lets each token of the question find its counterpart. It knows
vectors and sides of exchanges; no SQL, no FAISS and no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    """A passage of a candidate, with its vector or those of its tokens, of shape (n, d)."""

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
    return _weigh(question[np.newaxis], passages)


def rank_by_tokens(
    question: Vectors, passages: Iterable[Evidence], dense: Mapping[int, float]
) -> dict[int, float]:
    """How close each exchange is by its tokens, and by its vectors as `dense` tells.

    `question` holds the tokens of the question, (tokens, d): for each the nearest token of a side
    is sought, and the mean of their cosines is taken (MaxSim). Where a model gives no tokens, the
    vectors decide alone.
    """
    late = _weigh(question, passages)
    return {row: late.get(row, close) + DENSE_SHARE * close for row, close in dense.items()}


def _weigh(question: Vectors, passages: Iterable[Evidence]) -> dict[int, float]:
    """How close each exchange is to the rows of `question`, from the closeness of its sides."""
    telling = [passage for passage in passages if passage.vectors.size]
    exchanges: defaultdict[int, defaultdict[Part, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for at, passage in enumerate(telling):
        exchanges[passage.exchange_row][passage.part].append(at)
    nearest = _nearest(question, telling)
    letters = np.array([passage.letters for passage in telling])
    return {
        row: join_sides([_side(nearest[:, side], letters[side]) for side in sides.values()])
        for row, sides in exchanges.items()
    }


def _nearest(question: Vectors, passages: Sequence[Evidence]) -> Vectors:
    """The cosine of the nearest vector of each passage, (rows of the question, passages).

    One product of matrices for all: many small ones wait for one another on a busy machine.
    """
    if not passages:
        return np.zeros((len(question), 0), np.float32)
    lengths = [len(passage.vectors) for passage in passages]
    starts = np.cumsum([0, *lengths[:-1]])
    cosines = question @ np.concatenate([passage.vectors for passage in passages]).T
    nearest: Vectors = np.maximum.reduceat(cosines, starts, axis=1)
    return nearest


def _side(nearest: Vectors, letters: NDArray[np.int64]) -> Side:
    closeness = float(nearest.max(axis=1).mean())
    return Side(closeness, min(1.0, max(int(letters.sum()), 1) / TELLING_LETTERS))


def join_sides(sides: Sequence[Side]) -> float:
    """What two sides make together: each as much as it tells, the better one a little more.

    Both sides of one exchange are about one thing: where both are close it is no chance.
    """
    together = sum(side.closeness * side.telling for side in sides)
    mean = together / sum(side.telling for side in sides)
    return BEST_SIDE * max(side.closeness for side in sides) + (1 - BEST_SIDE) * mean
