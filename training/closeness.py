"""How close questions are to exchanges, as `index.ranking` weighs it, and what is lost by it.

The same arithmetic as there, for many questions at once and so that it can be differentiated;
there the candidates are those that search found, here all exchanges of an exercise. It knows
vectors and no texts.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from index.ranking import BEST_SIDE, DENSE_SHARE, FOREMOST, LEAST_LEAD, USUAL_SHARE
from training.texts import Sides

FARTHEST = -2.0  # below any cosine

# How sharply closeness is told apart: about how far the best candidates differ in it.
TEMPERATURE, SINGLE_TEMPERATURE = 0.02, 0.01
SINGLE_SHARE = 0.5  # what tokens and vectors each count by themselves: both must do alone too


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Token vectors (texts, tokens, d) and vectors (texts, d), normalised; see `Batch.telling`."""

    tokens: Tensor
    vectors: Tensor
    telling: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Closeness:
    """Of shape (questions, exchanges), each.

    `tokens` is the mean of what the tokens of a question find; in `contrast` those tokens count
    most that tell exchanges apart, and what is usual is taken off; `vectors` are cosines.
    """

    contrast: Tensor
    tokens: Tensor
    vectors: Tensor

    @property
    def together(self) -> Tensor:
        """What the ranking goes by."""
        return self.contrast + DENSE_SHARE * self.vectors


def compare(questions: Encoded, passages: Encoded, usual: Encoded, sides: Sides) -> Closeness:
    """How close each question is to each exchange."""
    found = join_sides(_nearest(questions, passages), sides)
    asker = questions.telling.nonzero()[:, 0]  # the question of each token
    nothing = torch.zeros(len(questions.vectors), found.shape[1])
    contrast = nothing.index_add(0, asker, found * _contrasts(found, asker)[:, None])
    anything = join_sides(_nearest(usual, passages), sides).mean(dim=0)
    tokens = nothing.index_add(0, asker, found) / questions.telling.sum(dim=1, keepdim=True)
    vectors = join_sides(questions.vectors @ passages.vectors.T, sides)
    return Closeness(contrast - USUAL_SHARE * anything, tokens, vectors)


def _nearest(questions: Encoded, passages: Encoded) -> Tensor:
    """The cosine of the nearest token of each passage, (tokens of all questions, passages)."""
    tokens = questions.tokens[questions.telling]
    cosines = torch.einsum("td,pjd->tpj", tokens, passages.tokens)
    return cosines.masked_fill(~passages.telling, FARTHEST).amax(dim=2)


@torch.no_grad()
def _contrasts(found: Tensor, asker: Tensor) -> Tensor:
    """How much each token says, all tokens of one question together 1.

    They are weights: nothing is learned from a token that could weigh otherwise.
    """
    foremost = found.topk(min(FOREMOST, found.shape[1]), dim=1).values.mean(dim=1)
    lead = (foremost - found.mean(dim=1)).clamp_min(LEAST_LEAD)
    together = torch.zeros(int(asker.max()) + 1).index_add(0, asker, lead)
    return lead / together[asker]


def join_sides(close: Tensor, sides: Sides) -> Tensor:
    """From (rows, passages) to (rows, exchanges): the best passage of each side, sides joined."""
    count, exchanges = len(sides.exchanges), int(sides.exchanges.max()) + 1
    by_side = _most(close, sides.of_passages, count)
    sides_each = torch.zeros(exchanges).index_add(0, sides.exchanges, torch.ones(count))
    nothing = torch.zeros(len(close), exchanges)
    mean = nothing.index_add(1, sides.exchanges, by_side) / sides_each
    return BEST_SIDE * _most(by_side, sides.exchanges, exchanges) + (1 - BEST_SIDE) * mean


def _most(close: Tensor, groups: Tensor, count: int) -> Tensor:
    """The highest of each group of columns."""
    lowest = torch.full((len(close), count), FARTHEST)
    return lowest.scatter_reduce(1, groups.expand(len(close), -1), close, "amax")


def loss(close: Closeness, right: Tensor) -> Tensor:
    """Less, the more the right exchanges, True in (questions, exchanges), stand above the others."""
    alone = _cross_entropy(close.tokens, right) + _cross_entropy(close.vectors, right)
    return _cross_entropy(close.together, right, TEMPERATURE) + SINGLE_SHARE * alone


def _cross_entropy(close: Tensor, right: Tensor, temperature: float = SINGLE_TEMPERATURE) -> Tensor:
    logits = close / temperature
    found = logits.masked_fill(~right, -torch.inf).logsumexp(dim=1)
    return (logits.logsumexp(dim=1) - found).mean()
