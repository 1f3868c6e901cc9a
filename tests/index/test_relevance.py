from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from index.background import Background
from index.relevance import (
    COMPARED,
    Signs,
    find_likenesses,
    find_signs,
    relevance_of,
)
from index.strength import (
    ANSWERS_FROM,
    DECIDING,
    MEETS_WELL_FROM,
    Strength,
    is_answered,
    strength_of,
)
from pipeline.token_vectors import Embedding

AXES = np.eye(6, dtype=np.float32)
LIGHTHOUSE, NIGHT, HAT, ONION, TRAIN, OTHER = AXES
NOT_KEPT = np.zeros(6, np.float32)
QUESTION = Embedding(LIGHTHOUSE, np.stack([LIGHTHOUSE, NIGHT]))
BACKGROUND = Background(np.stack([ONION]), np.stack([ONION, TRAIN, NIGHT]), np.stack([HAT]))
SIGNS = Signs(0.01, 0.15, 0.8, 0.3, 4.0)


def signs_of(*answers: list[np.ndarray], exchanges: int = 40) -> list[Signs]:
    found = find_likenesses(
        QUESTION.tokens,
        [[np.stack([*tokens, NOT_KEPT])] for tokens in answers],
        [0.0] * len(answers),
    )
    return find_signs(QUESTION, found, BACKGROUND, exchanges)


def test_an_answer_with_all_that_is_asked_falls_short_of_nothing() -> None:
    meeting, other = signs_of([LIGHTHOUSE, NIGHT], [HAT, OTHER])
    assert (meeting.shortfall, meeting.weakest) == (0, 1)
    assert (other.shortfall, other.weakest) == (0.5, 0)  # "night" stands in the background
    assert meeting.contrast > other.contrast


def test_an_answer_of_which_no_token_was_kept_meets_nothing() -> None:
    meeting, empty, last = signs_of([LIGHTHOUSE, NIGHT], [NOT_KEPT], [NOT_KEPT])
    assert (empty.weakest, last.weakest) == (0, 0)
    assert relevance_of(empty) < ANSWERS_FROM < relevance_of(meeting)


def test_no_answers_have_no_signs() -> None:
    assert signs_of() == []


@pytest.mark.parametrize("sign", ["contrast", "coverage", "weakest"])
def test_the_nearer_an_answer_the_more_relevant(sign: str) -> None:
    nearer = [
        relevance_of(replace(SIGNS, **{sign: getattr(SIGNS, sign) + step * 0.05}))
        for step in range(4)
    ]
    assert all(before < after for before, after in pairwise(nearer))


def test_the_nearer_anything_else_comes_the_less_relevant() -> None:
    assert relevance_of(replace(SIGNS, shortfall=0.05)) < relevance_of(SIGNS)
    assert relevance_of(replace(SIGNS, size=9.0)) < relevance_of(SIGNS)


def test_relevance_is_a_probability_however_far_the_signs() -> None:
    far = Signs(2.0, -2.0, -1.0, 0.0, 20.0)
    assert 0 <= relevance_of(far) < 1e-6
    assert 1 - 1e-6 < relevance_of(Signs(0.0, 2.0, 1.0, 1.0, 0.0)) <= 1


@pytest.mark.parametrize(
    ("relevance", "word"),
    [
        (1.0, Strength.STRONG),
        (MEETS_WELL_FROM, Strength.STRONG),
        (ANSWERS_FROM, Strength.FAIR),
        (ANSWERS_FROM - 0.001, Strength.WEAK),
        (0.0, Strength.WEAK),
    ],
)
def test_each_relevance_has_a_word(relevance: float, word: Strength) -> None:
    assert strength_of(relevance) is word


@pytest.mark.parametrize(
    ("relevances", "answered"),
    [
        ([], False),
        ([0.1, 0.9], True),
        ([ANSWERS_FROM], True),
        ([0.1] * DECIDING + [0.9], False),
    ],
)
def test_a_question_is_answered_by_one_of_the_first(
    relevances: list[float], answered: bool
) -> None:
    assert is_answered(relevances) is answered


def test_answers_beyond_those_compared_are_weighed_alike() -> None:
    few = signs_of(*[[LIGHTHOUSE, NIGHT]] * COMPARED)
    many = signs_of(*[[LIGHTHOUSE, NIGHT]] * COMPARED, [HAT, OTHER])
    assert many[:COMPARED] == few
