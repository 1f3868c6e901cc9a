"""Adds to the bundled weights what was learned from questions in plain words.

`python -m training` learns it: for some matrices of the last layers two thin ones, whose product is
added to them (LoRA). It knows names of tensors and arrays, not how a model is run or trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

TUNING_FILE = Path(__file__).with_name("tuning.safetensors")
TALL, WIDE = ".tall", ".wide"  # added to the name of a matrix: (rows, rank) and (rank, columns)

Tensors = dict[str, NDArray[np.float32]]


def read_tuning() -> Tensors:
    """The thin matrices by name."""
    return {name: thin.astype(np.float32) for name, thin in load_file(TUNING_FILE).items()}


def add_tuning(tensors: Mapping[str, NDArray[np.float32]], tuning: Tensors) -> Tensors:
    """The weights with what was learned; raises KeyError for a matrix that they lack."""
    tuned = dict(tensors)
    for name in (name.removesuffix(TALL) for name in tuning if name.endswith(TALL)):
        tuned[name] = tuned[name] + _product(tuning[name + TALL], tuning[name + WIDE])
    return tuned


def _product(tall: NDArray[np.float32], wide: NDArray[np.float32]) -> NDArray[np.float32]:
    """The product, the same to the last bit on every machine: weights are told apart by their bits.

    A library for matrices adds in an order of its own.
    """
    total = np.zeros((len(tall), wide.shape[1]), np.float32)
    for column, row in zip(tall.T, wide, strict=True):
        total += np.outer(column, row)
    return total
