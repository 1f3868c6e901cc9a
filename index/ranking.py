"""In what order exchanges meet a question, by all that their questions and answers say.

Two stages weigh the candidates that dense search found: the vectors of their passages, and for the
best of these late interaction, which lets each token of the question find its counterpart. It knows
vectors and sides of exchanges; no SQL, no FAISS and no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Part

Vectors = NDArray[np.float32]

# Fitted on our own questions and on abstracts of written questions, see docs/decisions.md.
WEIGHED = 50  # exchanges weighed by all their vectors: a right one is hardly ever further down
WORDED = 20  # exchanges added because the words of the question occur in them
COMPARED = 20  # of these, those compared token by token; more do not change the first ten
BEST_SIDE = 0.4  # how much the better side counts beside both together
DENSE_SHARE = 0.5  # how much the cosine of vectors counts beside that of tokens
USUAL_SHARE = 0.75  # how much of what an exchange has in common with any question is taken off
TOLD_APART = 15  # of those compared, the nearest: the others are about something else altogether
FOREMOST = 2  # candidates whose lead over the others tells how much a token says
LEAST_LEAD = 1e-4  # of a token that is equally near to all: so small that rounding cannot matter


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a candidate, with its vector or those of its tokens, of shape (n, d)."""

    exchange_row: int
    part: Part
    vectors: Vectors


def find_nearest(question: Vectors, passages: Sequence[Evidence]) -> dict[int, float]:
    """The cosine of the nearest passage of each exchange, by its row."""
    nearest: dict[int, float] = {}
    if passages:
        cosines = np.concatenate([passage.vectors for passage in passages]) @ question
        for passage, cosine in zip(passages, cosines.tolist(), strict=True):
            nearest[passage.exchange_row] = max(cosine, nearest.get(passage.exchange_row, cosine))
    return nearest


def rank_by_vectors(question: Vectors, passages: Iterable[Evidence]) -> dict[int, float]:
    """How close each exchange is, by its row: its passages against the question as a whole."""
    rows, close = _weigh(question[np.newaxis], passages)
    return dict(zip(rows, map(float, close[0]), strict=True))


def rank_by_tokens(
    question: Vectors,
    passages: Iterable[Evidence],
    dense: Mapping[int, float],
    common: Mapping[int, float],
) -> dict[int, float]:
    """How close each exchange is by its tokens, and by its vectors as `dense` tells.

    The passages come nearest exchange first. `question` holds the tokens of the question,
    (tokens, d): for each the nearest token of a side is sought (MaxSim), and those count most that
    are nearer to some exchanges than to the others. What is `common` is as `find_common` finds it.
    Where a model gives no tokens, the vectors decide alone.
    """
    rows, close = _weigh(question, passages)
    late: dict[int, float] = {}
    if rows:
        apart = _contrasts(close[:, :TOLD_APART]) @ close
        pairs = zip(rows, apart.tolist(), strict=True)
        late = {row: near - USUAL_SHARE * common[row] for row, near in pairs}
    return {row: late.get(row, near) + DENSE_SHARE * near for row, near in dense.items()}


def find_common(usual: Vectors, passages: Iterable[Evidence]) -> dict[int, float]:
    """What each exchange, by its row, has in common with questions about anything.

    `usual` stands for the tokens of these. A long and general exchange has more in common with them than
    another, which says nothing.
    """
    rows, close = _weigh(usual, passages)
    return dict(zip(rows, close.mean(axis=0).tolist(), strict=True))


def _contrasts(close: Vectors) -> Vectors:
    """How much each token of a question says, all together 1, from (tokens, exchanges).

    A token that is much nearer to a few exchanges than to the others says what the question is
    about; "wat" or "the" is about as near to all.
    """
    foremost = np.sort(close, axis=1)[:, -FOREMOST:].mean(axis=1)
    lead = np.maximum(foremost - close.mean(axis=1), LEAST_LEAD)
    weights: Vectors = lead / lead.sum()
    return weights


def _weigh(question: Vectors, passages: Iterable[Evidence]) -> tuple[list[int], Vectors]:
    """The exchanges and how close each is to every row of `question`, (rows, exchanges)."""
    sides: defaultdict[int, defaultdict[Part, list[Evidence]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for passage in passages:
        if passage.vectors.size:
            sides[passage.exchange_row][passage.part].append(passage)
    if not sides:
        return [], np.zeros((len(question), 0), np.float32)
    said = [side for parts in sides.values() for side in parts.values()]
    nearest = _nearest(question, [passage for side in said for passage in side])
    closeness = np.maximum.reduceat(nearest, starts_of(map(len, said)), axis=1)
    return list(sides), join_sides(closeness, [len(parts) for parts in sides.values()])


def _nearest(question: Vectors, passages: Sequence[Evidence]) -> Vectors:
    """The cosine of the nearest vector of each passage, (rows of the question, passages)."""
    asked = np.ascontiguousarray(question.T)
    return np.stack([np.maximum.reduce(passage.vectors @ asked) for passage in passages]).T


def cosines_of(question: Vectors, stretches: Iterable[Vectors]) -> Vectors:
    """The cosines of vectors, given in stretches, with every row of `question`, (vectors, rows).

    A stretch at a time, for a product of what the caches hold takes half as long.
    """
    asked = np.ascontiguousarray(question.T)
    return np.concatenate([vectors @ asked for vectors in stretches])


def join_sides(closeness: Vectors, sides: Sequence[int]) -> Vectors:
    """What the sides of exchanges make together: their mean, and the better one a little more.

    `closeness` is of shape (rows of the question, sides), an exchange having so many `sides` in
    turn; the result is (rows, exchanges). Both sides of one exchange are about one thing: where
    both are close it is no chance.
    """
    starts = starts_of(sides)
    mean: Vectors = np.add.reduceat(closeness, starts, axis=1)
    mean /= np.array(sides, np.float32)
    better: Vectors = np.maximum.reduceat(closeness, starts, axis=1)
    joined: Vectors = BEST_SIDE * better + (1 - BEST_SIDE) * mean
    return joined


def starts_of(lengths: Iterable[int]) -> list[int]:
    """Where each of several stretches begins that lie one behind the other."""
    return list(accumulate(lengths, initial=0))[:-1]
