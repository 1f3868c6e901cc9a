"""Measures how well questions in plain words find their answers in documents never learned from.

All exchanges of these documents stand against each other. It measures what the model does by
itself: no words, no index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from index.usual import USUAL_QUESTIONS
from training.closeness import Closeness, Encoded, compare
from training.reading import LANGUAGES, PlainLesson
from training.texts import Batch, Texts
from training.tuned_model import TunedModel

LOOKED_AT = 10  # hits, as many as a page shows
PASSAGES_A_SIDE = 3
AT_ONCE = 32  # texts: more would not fit the memory of a small machine


@dataclass(frozen=True, slots=True)
class Measured:
    """MRR@10 of so many questions of one language, by tokens and vectors and by vectors alone."""

    language: str
    questions: int
    together: float
    vectors: float


@torch.no_grad()
def measure(model: TunedModel, texts: Texts, lessons: Sequence[PlainLesson]) -> list[Measured]:
    """How good the model is in each language."""
    pairs = [asked.pair for lesson in lessons for asked in lesson.asked]
    asked = [asked.questions for lesson in lessons for asked in lesson.asked]
    others = [pair for lesson in lessons for pair in lesson.others]
    batch, sides = texts.exchanges([*pairs, *others], PASSAGES_A_SIDE)
    passages, usual = _encode(model, batch), _encode(model, texts.questions(USUAL_QUESTIONS))
    measured = []
    for language in LANGUAGES:
        rows: list[Closeness] = []
        for start in range(0, len(asked), AT_ONCE):
            some = [questions[language] for questions in asked[start : start + AT_ONCE]]
            rows.append(compare(_encode(model, texts.questions(some)), passages, usual, sides))
        together = reciprocal_ranks(torch.cat([row.together for row in rows]))
        vectors = reciprocal_ranks(torch.cat([row.vectors for row in rows]))
        measured.append(
            Measured(language, len(asked), float(together.mean()), float(vectors.mean()))
        )
    return measured


def reciprocal_ranks(close: Tensor) -> Tensor:
    """Of each question, whose right exchange stands at its own place; 0 below the first ten."""
    ranks = (close > close.diagonal()[:, None]).sum(dim=1) + 1
    return torch.where(ranks <= LOOKED_AT, 1 / ranks, 0.0)


def _encode(model: TunedModel, batch: Batch) -> Encoded:
    parts = [
        model.encode(model.halfway(batch[start : start + AT_ONCE]))
        for start in range(0, len(batch.ids), AT_ONCE)
    ]
    return Encoded(
        torch.cat([part.tokens for part in parts]),
        torch.cat([part.vectors for part in parts]),
        batch.telling,
    )
