"""The order of exchanges follows from what both their sides say."""

from __future__ import annotations

import numpy as np
import pytest

from index.ranking import Evidence, Side, Vectors, join_sides, rank_by_tokens, rank_by_vectors
from pipeline.models import Part

EAST, NORTH = np.eye(2, dtype=np.float32)
BETWEEN = np.array([[0.8, 0.6]], np.float32)


def passage(row: int, part: Part, vectors: Vectors, letters: int = 500) -> Evidence:
    return Evidence(row, part, letters, np.atleast_2d(vectors).astype(np.float32))


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


def test_a_bare_yes_hardly_counts_against_its_question() -> None:
    closeness = rank_by_vectors(
        EAST,
        [
            passage(1, Part.QUESTION, EAST),
            passage(1, Part.ANSWER, NORTH, letters=3),
            passage(2, Part.QUESTION, BETWEEN),
            passage(2, Part.ANSWER, BETWEEN),
        ],
    )
    assert closeness[1] > closeness[2]


def test_the_best_passage_speaks_for_its_side() -> None:
    closeness = rank_by_vectors(
        EAST, [passage(1, Part.ANSWER, NORTH), passage(1, Part.ANSWER, EAST)]
    )
    assert closeness == {1: pytest.approx(1)}


def test_every_token_of_the_question_looks_for_its_counterpart() -> None:
    question = np.stack([EAST, NORTH])
    both, one = np.stack([NORTH, EAST]), np.stack([EAST, EAST])
    tokens = [passage(1, Part.ANSWER, one), passage(2, Part.ANSWER, both)]
    closeness = rank_by_tokens(question, tokens, {1: 0.5, 2: 0.5})
    assert closeness == {1: pytest.approx(0.5 + 0.5), 2: pytest.approx(1 + 0.5)}


def test_without_tokens_the_vectors_decide() -> None:
    dense = {1: 0.2, 2: 0.3}
    none = [passage(row, Part.ANSWER, np.zeros((1, 0), np.float32)) for row in dense]
    closeness = rank_by_tokens(np.zeros((3, 0), np.float32), none, dense)
    assert closeness[2] > closeness[1]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([Side(0.8, 1)], 0.8),
        ([Side(0.8, 0.1)], 0.8),
        ([Side(0.8, 1), Side(0.4, 1)], 0.25 * 0.8 + 0.75 * 0.6),
        ([Side(0.8, 1), Side(0.4, 0.25)], 0.25 * 0.8 + 0.75 * 0.72),
    ],
)
def test_sides_count_as_much_as_they_tell(sides: list[Side], expected: float) -> None:
    assert join_sides(sides) == pytest.approx(expected)
