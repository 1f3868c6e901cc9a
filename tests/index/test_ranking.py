"""The order of exchanges follows from what both their sides say."""

from __future__ import annotations

import numpy as np
import pytest

from index.ranking import (
    DENSE_SHARE,
    Evidence,
    Vectors,
    find_common,
    join_sides,
    rank_by_tokens,
    rank_by_vectors,
)
from pipeline.models import Part

EAST, NORTH = np.eye(2, dtype=np.float32)
NOTHING = np.zeros((1, 2), np.float32)
BETWEEN = np.array([[0.8, 0.6]], np.float32)


def passage(row: int, part: Part, vectors: Vectors) -> Evidence:
    return Evidence(row, part, np.atleast_2d(vectors).astype(np.float32))


def test_both_sides_close_go_before_one_that_is_closer_by_itself() -> None:
    closeness = rank_by_vectors(
        EAST,
        [
            passage(1, Part.QUESTION, EAST),
            passage(1, Part.ANSWER, NORTH),
            passage(2, Part.QUESTION, BETWEEN),
            passage(2, Part.ANSWER, BETWEEN),
        ],
    )
    assert closeness[2] > closeness[1]


def test_the_best_passage_speaks_for_its_side() -> None:
    closeness = rank_by_vectors(
        EAST, [passage(1, Part.ANSWER, NORTH), passage(1, Part.ANSWER, EAST)]
    )
    assert closeness == {1: pytest.approx(1)}


def ranked(question: Vectors, usual: Vectors, *passages: Evidence) -> list[int]:
    dense = {each.exchange_row: 0.5 for each in passages}
    close = rank_by_tokens(question, passages, dense, find_common(usual, passages))
    return sorted(close, key=lambda row: (-close[row], row))


def test_every_token_of_the_question_looks_for_its_counterpart() -> None:
    question = np.stack([EAST, NORTH])
    both, one = np.stack([NORTH, EAST]), np.stack([EAST, EAST])
    tokens = [passage(1, Part.ANSWER, one), passage(2, Part.ANSWER, both)]
    assert ranked(question, NOTHING, *tokens) == [2, 1]


def test_a_token_that_is_near_to_all_says_less_than_one_that_is_near_to_few() -> None:
    what, mill = np.eye(3, dtype=np.float32)[:2]
    much_what = [passage(row, Part.ANSWER, what * 0.95) for row in range(2, 9)]
    right = passage(1, Part.ANSWER, np.stack([mill * 0.6, what * 0.5]))
    assert (
        ranked(np.stack([what, what, mill]), np.zeros((1, 3), np.float32), right, *much_what)[0]
        == 1
    )


def test_what_comes_near_to_any_question_is_taken_off() -> None:
    question, anything = np.array([[1, 0, 0]], np.float32), np.array([[0, 1, 0]], np.float32)
    general = passage(1, Part.ANSWER, np.array([[0.8, 0.6, 0]]))
    apt = passage(2, Part.ANSWER, np.array([[0.7, 0, 0.71]]))
    assert ranked(question, NOTHING[:, :1].repeat(3, axis=1), general, apt) == [1, 2]
    assert ranked(question, anything, general, apt) == [2, 1]


def test_without_tokens_the_vectors_decide() -> None:
    dense = {1: 0.2, 2: 0.3}
    none = [passage(row, Part.ANSWER, np.zeros((1, 0), np.float32)) for row in dense]
    empty = np.zeros((3, 0), np.float32)
    close = rank_by_tokens(empty, none, dense, find_common(empty, none))
    assert close[2] - close[1] == pytest.approx((1 + DENSE_SHARE) * 0.1)


@pytest.mark.parametrize(
    ("closeness", "expected"),
    [([0.8], 0.8), ([0.8, 0.4], 0.4 * 0.8 + 0.6 * 0.6), ([0.4, 0.8], 0.4 * 0.8 + 0.6 * 0.6)],
)
def test_sides_count_alike_and_the_better_one_more(closeness: list[float], expected: float) -> None:
    joined = join_sides(np.array([closeness], np.float32), [len(closeness)])
    assert joined == pytest.approx(np.array([[expected]]))


def test_each_exchange_is_joined_from_its_own_sides() -> None:
    closeness = np.array([[0.8, 0.4, 0.9], [0.2, 0.2, 0.1]], np.float32)
    joined = join_sides(closeness, [2, 1])
    assert joined == pytest.approx(np.array([[0.68, 0.9], [0.2, 0.1]]))
