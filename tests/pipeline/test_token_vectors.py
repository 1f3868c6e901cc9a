"""Coded token vectors are small and point nearly where the full ones do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.token_vectors import MAX_BYTES, TokenCodec, Vectors


def directions(count: int, components: int, seed: int = 0) -> Vectors:
    """Unit vectors that lean to one side, as those of a model do."""
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((count, components)) + 2
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.mark.parametrize(("bits", "least"), [(1, 0.95), (2, 0.98)])
def test_a_coded_vector_points_where_it_did(bits: int, least: float) -> None:
    tokens = directions(50, 384)
    codec = TokenCodec(tokens.mean(axis=0))
    decoded = codec.decode(codec.encode(tokens, bits))
    assert decoded.dtype == np.float32
    assert np.allclose(np.linalg.norm(decoded, axis=1), 1, atol=1e-5)
    assert (decoded * tokens).sum(axis=1).min() > least


def test_an_exchange_of_usual_length_stays_within_its_bytes() -> None:
    codec = TokenCodec(directions(5, 384).mean(axis=0))
    assert [codec.bits_for(tokens) for tokens in (10, 400, 420, 800)] == [2, 2, 1, 1]
    for tokens in (400, 790):
        coded = codec.encode(directions(tokens, 384), codec.bits_for(tokens))
        assert len(coded) <= MAX_BYTES


@given(st.integers(1, 20), st.integers(1, 40), st.sampled_from([1, 2]), st.integers(0, 99))
def test_any_number_of_components_can_be_coded(
    count: int, components: int, bits: int, seed: int
) -> None:
    tokens = directions(count, components, seed)
    codec = TokenCodec(np.zeros(components, np.float32))
    assert codec.decode(codec.encode(tokens, bits)).shape == (count, components)


def test_no_tokens_take_no_bytes() -> None:
    codec = TokenCodec(np.zeros(8, np.float32))
    assert codec.encode(np.zeros((0, 8), np.float32), 2) == b""
    assert codec.decode(b"").shape == (0, 8)
