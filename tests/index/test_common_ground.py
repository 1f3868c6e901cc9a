"""What an exchange has in common with any question is found once a commit."""

from __future__ import annotations

import numpy as np
import pytest

from index.common_ground import CommonGround
from index.ranking import Evidence
from pipeline.models import Part

USUAL = np.array([[1, 0], [0, 1]], np.float32)


def passage(row: int, *vector: float) -> Evidence:
    return Evidence(row, Part.ANSWER, np.array([vector], np.float32))


def test_it_is_the_mean_over_the_usual_tokens() -> None:
    common = CommonGround(USUAL).of("first", [passage(1, 1, 0), passage(2, 0.6, 0.8)])
    assert common == {1: pytest.approx(0.5), 2: pytest.approx(0.7)}


def test_an_exchange_is_looked_at_once_a_commit() -> None:
    ground = CommonGround(USUAL)
    ground.of("first", [passage(1, 1, 0)])
    altered = [passage(1, 0.6, 0.8), passage(2, 0.6, 0.8)]
    assert dict(ground.of("first", altered)) == {1: pytest.approx(0.5), 2: pytest.approx(0.7)}
    assert dict(ground.of("second", altered)) == {1: pytest.approx(0.7), 2: pytest.approx(0.7)}
