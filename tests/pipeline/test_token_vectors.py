"""Coded token vectors are small and point nearly where the full ones do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.token_vectors import (
    MAX_BYTES,
    TokenCodec,
    Vectors,
    count_letters,
    letters_of_tokens,
    read_letters,
)


def directions(count: int, components: int, seed: int = 0) -> Vectors:
    """Unit vectors that lean to one side, as those of a model do."""
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((count, components)) + 2
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def test_a_coded_vector_points_where_it_did() -> None:
    tokens = directions(50, 384)
    codec = TokenCodec(tokens.mean(axis=0))
    decoded = codec.decode(codec.encode(tokens))
    assert decoded.dtype == np.float32
    assert np.allclose(np.linalg.norm(decoded, axis=1), 1, atol=1e-5)
    assert (decoded * tokens).sum(axis=1).min() > 0.98


@pytest.mark.parametrize(("passages", "tokens"), [(1, 10), (4, 100), (8, 100), (40, 128), (30, 20)])
def test_an_exchange_of_any_length_stays_within_its_bytes(passages: int, tokens: int) -> None:
    codec = TokenCodec(directions(5, 384).mean(axis=0))
    share = codec.share_for(passages * tokens)
    assert (share == 1) == (passages * tokens <= 400)
    size = sum(len(codec.encode(directions(tokens, 384, seed), share)) for seed in range(passages))
    assert MAX_BYTES / 2 < size <= MAX_BYTES or share == 1


def test_of_tokens_that_are_alike_one_is_left_out() -> None:
    tokens = directions(4, 64)
    tokens = np.concatenate([tokens, tokens[1:2]])
    codec = TokenCodec(tokens.mean(axis=0))
    decoded = codec.decode(codec.encode(tokens, share=0.8))
    assert decoded.any(axis=1).tolist() == [True, False, True, True, True]
    assert (decoded @ tokens.T).max(axis=0).min() > 0.9


@given(st.integers(1, 20), st.integers(1, 40), st.floats(0, 1), st.integers(0, 99))
def test_any_number_of_components_can_be_coded(
    count: int, components: int, share: float, seed: int
) -> None:
    tokens = directions(count, components, seed)
    codec = TokenCodec(np.zeros(components, np.float32))
    decoded = codec.decode(codec.encode(tokens, share))
    assert decoded.shape == (count, components)
    assert decoded.any(axis=1).sum() == max(1, int(count * share))


def test_no_tokens_take_no_bytes() -> None:
    codec = TokenCodec(np.zeros(8, np.float32))
    assert codec.encode(np.zeros((0, 8), np.float32)) == b""
    assert codec.decode(b"").shape == (0, 8)


def test_texts_decoded_together_are_as_each_by_itself() -> None:
    texts = [directions(count, 12, seed=count) for count in (3, 7)]
    codec = TokenCodec(np.full(12, 0.1, np.float32))
    coded = [codec.encode(texts[0]), b"", codec.encode(texts[1], share=0.5)]
    for together, apart in zip(codec.decode_all(coded), map(codec.decode, coded), strict=True):
        np.testing.assert_array_equal(together, apart)
    assert codec.decode_all([]) == []


@given(st.lists(st.integers(0, 255), min_size=1, max_size=30), st.floats(0, 1), st.integers(1, 9))
def test_how_many_letters_a_token_stands_for_is_kept_of_every_token(
    letters: list[int], share: float, components: int
) -> None:
    codec = TokenCodec(np.zeros(components, np.float32))
    tokens = directions(len(letters), components)
    coded = codec.encode(tokens, share, np.array(letters, np.uint8))
    assert read_letters(coded).tolist() == letters
    assert read_letters(codec.encode(tokens, share)).tolist() == [1] * len(letters)
    assert read_letters(b"").tolist() == []


@pytest.mark.parametrize(
    ("text", "ends", "letters"),
    [
        ("de dijk", [2, 7], [2, 4]),
        ("de dijk!", [2, 7], [2, 5]),  # a sign that is no token, at the end
        ("de «dijk», zei hij", [2, 8, 14, 18], [2, 5, 5, 3]),
        ("dijken", [0, 4, 6], [0, 4, 2]),  # a token of white space alone
        ("a" * 300 + " bc", [300, 302, 303], [255, 46, 1]),  # what is over goes on
        ("3½ uur .", [1, 2, 2, 2, 6, 8, 8], [1, 0, 0, 1, 3, 0, 1]),  # ½ is 1, ⁄ and 2
        ("!", [], []),
    ],
)
def test_every_letter_belongs_to_a_token(text: str, ends: list[int], letters: list[int]) -> None:
    assert letters_of_tokens(text, ends).tolist() == letters


@given(st.lists(st.text(), max_size=8), st.data())
def test_letters_of_stretches_are_those_of_the_whole(
    stretches: list[str], data: st.DataObject
) -> None:
    assert sum(map(count_letters, stretches)) == count_letters("\n".join(stretches))
    for text in stretches:
        ends = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=1)))
        letters = letters_of_tokens(text, ends)
        assert len(letters) == len(ends)
        assert letters.sum(dtype=int) == len("".join(text.split()))
