"""What was learned is added to the weights, to the last bit alike everywhere, and is small."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.tuning import TALL, TUNING_FILE, WIDE, add_tuning, read_tuning

WEIGHTS = {"a.weight": np.eye(2, 3, dtype=np.float32), "b.weight": np.ones(4, np.float32)}
TUNING = {
    "a.weight" + TALL: np.array([[1, 0], [0, 2]], np.float32),
    "a.weight" + WIDE: np.array([[0.5, 0, 0], [0, 0, 0.25]], np.float32),
}


def test_the_product_of_two_thin_matrices_is_added() -> None:
    tuned = add_tuning(WEIGHTS, TUNING)
    assert tuned["a.weight"].tolist() == [[1.5, 0, 0], [0, 1, 0.5]]
    assert tuned["b.weight"] is WEIGHTS["b.weight"]
    assert WEIGHTS["a.weight"].tolist() == [[1, 0, 0], [0, 1, 0]]


def test_a_matrix_that_the_model_lacks_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"a\.weight"):
        add_tuning({}, TUNING)


def test_what_ships_changes_only_the_last_layers_and_is_small() -> None:
    tuning = read_tuning()
    layers = {int(name.split(".")[2]) for name in tuning}
    assert layers == {7, 8, 9, 10, 11}
    assert all(
        name.endswith((TALL, WIDE)) and np.isfinite(thin).all() for name, thin in tuning.items()
    )
    assert TUNING_FILE.stat().st_size < 1_000_000
