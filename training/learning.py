"""Teaches the tuned model one exercise after another.

It knows exercises and how far the model is from doing them; no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import cos, pi

import torch
from torch import Tensor

from index.usual import USUAL_QUESTIONS
from training.closeness import Encoded, compare, loss
from training.exercises import Exercise
from training.texts import Texts
from training.tuned_model import TunedModel

PASSAGES_A_SIDE = 2  # of a long answer, to be quick: what it is about stands at its beginning
WARMING_UP = 20  # steps in which the rate rises: the first gradients are wild
LAST_RATE = 0.02  # of the rate at the end, so that the last steps count as well
WEIGHT_DECAY = 0.01
STEEPEST = 1.0  # the norm at which gradients are cut off
KEPT_PASSAGES = 8  # of an exercise that are held near to where they were
DRIFT_SHARE = 2.0  # how much it counts that tokens move: what the model knew must not be lost


@dataclass(frozen=True, slots=True)
class Step:
    """How far off the model was before this step, and how far tokens have moved (1 - cosine)."""

    number: int
    loss: float
    drift: float


class Learner:
    """A model that learns."""

    def __init__(self, model: TunedModel, texts: Texts) -> None:
        self._model, self._texts = model, texts
        self._usual = model.halfway(texts.questions(USUAL_QUESTIONS))
        self._optimizer = torch.optim.AdamW(model.parameters(), weight_decay=WEIGHT_DECAY)

    def learn(self, exercises: Iterable[Exercise], steps: int, rate: float) -> Iterator[Step]:
        """Does so many exercises, at a rate that rises soon and then falls along a cosine."""
        for number, exercise in enumerate(islice(exercises, steps)):
            fallen = LAST_RATE + (1 + cos(pi * number / steps)) / 2
            off, drift = self.do(exercise, rate * min(1, (number + 1) / WARMING_UP) * fallen)
            yield Step(number + 1, off, drift)

    def do(self, exercise: Exercise, rate: float) -> tuple[float, float]:
        """Learns from one exercise; gives the loss and the drift before."""
        model, texts = self._model, self._texts
        batch, sides = texts.exchanges(exercise.pairs, PASSAGES_A_SIDE)
        halfway = model.halfway(batch)
        asked = texts.questions([each.question for each in exercise.asked])
        questions = model.encode(model.halfway(asked))
        passages, usual = model.encode(halfway), model.encode(self._usual)
        off = loss(compare(questions, passages, usual, sides), _right(exercise))

        background = model.halfway(texts.questions(exercise.background))
        some = slice(0, KEPT_PASSAGES)
        with model.untuned():
            before = model.encode(background), model.encode(halfway[some])
        drift = _moved(model.encode(background), before[0]) + _moved(passages, before[1])

        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self._optimizer.zero_grad()
        (off + DRIFT_SHARE * drift).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), STEEPEST)
        self._optimizer.step()
        return off.item(), drift.item()


def _moved(now: Encoded, before: Encoded) -> Tensor:
    """How far the tokens of those texts that were encoded before have moved."""
    tokens = now.tokens[: len(before.tokens)]
    return (1 - (tokens * before.tokens).sum(dim=-1)[before.telling]).mean()


def _right(exercise: Exercise) -> Tensor:
    right = torch.zeros(len(exercise.asked), len(exercise.pairs), dtype=torch.bool)
    for row, each in enumerate(exercise.asked):
        right[row, list(each.right)] = True
    return right
