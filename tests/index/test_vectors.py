from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vector_cache import CACHE_NAME, load_vectors, save_vectors
from index.vectors import Stamp, VectorIndex

STAMP = Stamp(generation=4, token="vier", fingerprint="model", dimension=4)
UNIT = np.eye(4, dtype=np.float32)


@pytest.fixture
def vectors() -> VectorIndex:
    return VectorIndex.empty(STAMP).changed(STAMP, removed=(), ids=[7, 2**61, 9], vectors=UNIT[:3])


def test_the_nearest_come_first_with_their_cosine(vectors: VectorIndex) -> None:
    question = np.array([0.6, 0.8, 0, 0], np.float32)
    near = vectors.nearest(question, 2)
    assert [found.passage_id for found in near] == [2**61, 7]
    assert [found.similarity for found in near] == pytest.approx([0.8, 0.6])


def test_only_those_among_which_is_searched_are_found(vectors: VectorIndex) -> None:
    assert [found.passage_id for found in vectors.nearest(UNIT[0], 9, among=[9, 2**61])] == [
        9,
        2**61,
    ]
    assert vectors.nearest(UNIT[0], 9, among=[]) == []


def test_a_change_leaves_the_former_vectors_as_they_were(vectors: VectorIndex) -> None:
    later = vectors.changed(STAMP, removed={7}, ids=[8], vectors=UNIT[3:])
    assert set(vectors.ids()) == {7, 2**61, 9}
    assert set(later.ids()) == {2**61, 9, 8}


CHANGES = st.lists(st.tuples(st.sets(st.integers(0, 30)), st.booleans()), max_size=12)


@given(CHANGES, st.none() | st.sets(st.integers(0, 40)))
def test_any_changes_find_what_comparing_with_each_vector_finds(
    changes: list[tuple[set[int], bool]], among: set[int] | None
) -> None:
    directions = np.random.default_rng(3).standard_normal((31, 4), np.float32)
    vectors, kept = VectorIndex.empty(STAMP), set[int]()
    for ids, added in changes:
        new = sorted(ids - kept) if added else []
        removed = set[int]() if added else ids & kept
        vectors = vectors.changed(STAMP, removed=removed, ids=new, vectors=directions[new])
        kept = (kept | set(new)) - removed
    question = np.array([1, 2, 3, 4], np.float32)
    allowed = kept if among is None else kept & among
    expected = sorted(allowed, key=lambda each: -float(directions[each] @ question))

    near = vectors.nearest(question, 99, None if among is None else sorted(among))

    assert vectors.ids().tolist() == sorted(kept)
    assert len(vectors) == len(kept)
    assert [found.passage_id for found in near] == expected


def test_the_cache_gives_back_what_was_saved(vectors: VectorIndex, tmp_path: Path) -> None:
    save_vectors(tmp_path, vectors)
    loaded = load_vectors(tmp_path)
    assert loaded is not None
    assert (loaded.stamp, loaded.ids().tolist()) == (STAMP, vectors.ids().tolist())
    assert loaded.nearest(UNIT[1], 1) == vectors.nearest(UNIT[1], 1)
    assert [path.name for path in tmp_path.iterdir()] == [CACHE_NAME]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: bytes(len(whole)),
        lambda whole: whole[:-3] + b"\xff" + whole[-2:],
        lambda _: b"{}\n",
        lambda whole: b"[1]\n" + whole,
        lambda whole: whole.replace(b'"format": 2', b'"format": 0'),
        lambda _: b"\xff" * 9000,
    ],
)
def test_a_damaged_cache_counts_as_absent(
    vectors: VectorIndex, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    save_vectors(tmp_path, vectors)
    path = tmp_path / CACHE_NAME
    path.write_bytes(damage(path.read_bytes()))
    assert load_vectors(tmp_path) is None


def test_without_a_cache_there_is_none(tmp_path: Path) -> None:
    assert load_vectors(tmp_path / "nergens") is None
