"""Weights of relevance are measured on questions that they were not fitted on."""

from __future__ import annotations

import numpy as np

from benchmarks.asking import FRESH, HALVES, Observation
from benchmarks.relevance import calibration_error, cross_fitted, fit, group_by_question
from index.relevance import Signs


def observation(split: str, number: int, contrast: float, right: bool) -> Observation:
    chance = np.random.default_rng(number).uniform(0, 0.1, 4)  # what says nothing
    signs = Signs(chance[0], contrast, *chance[1:])
    name = f"{split}{number}"
    return Observation("report", name, "question", "nl", split, True, 1, right, signs)


def observed() -> list[Observation]:
    """In one half a contrast speaks for an answer, in the other half against it."""
    spread = np.linspace(-1, 1, 40)
    return [
        observation(split, number, float(contrast), bool((contrast > 0) == (split == HALVES[0])))
        for split in HALVES
        for number, contrast in enumerate(spread)
    ]


def test_each_half_is_weighed_by_what_the_other_half_teaches() -> None:
    hits = observed()
    probable = cross_fitted(hits)
    right = np.array([hit.right for hit in hits])
    assert probable[right].mean() < 0.2
    assert probable[~right].mean() > 0.8


def test_fresh_questions_teach_nothing() -> None:
    hits = observed()
    fresh = [observation(FRESH, number, 1.0, False) for number in range(40)]
    probable = cross_fitted([*hits, *fresh])
    assert (probable[:80] == cross_fitted(hits)).all()
    assert (probable[80:] == fit(hits).probabilities(fresh)).all()


def test_probabilities_that_come_true_are_calibrated() -> None:
    hits = observed()[:40]
    sure = np.array([float(hit.right) for hit in hits])
    assert calibration_error(group_by_question(hits, sure)) == 0
    assert calibration_error(group_by_question(hits, 1 - sure)) == 1
