"""Vectors in groups find what comparing with each one finds; only a hair's breadth may differ."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import DamagedCache
from index.shapes import Exact, Inverted, make_inverted
from index.vector_rows import Rows
from index.vectors import Stamp, VectorIndex

DIMENSION = 32
PASSAGES = 6_000
SUBJECTS = 40
QUESTIONS = 50
FIRST = 10
LEAST_RECALL = 0.995
STAMP = Stamp(generation=1, token="een", fingerprint="model", dimension=DIMENSION)

Vectors = NDArray[np.float32]


def made(count: int, seed: int) -> Vectors:
    """Vectors around subjects, which are the same for every seed."""
    subjects = np.random.default_rng(0).standard_normal((SUBJECTS, DIMENSION))
    random = np.random.default_rng(seed)
    own = random.standard_normal((count, DIMENSION))
    vectors = (subjects[random.integers(0, SUBJECTS, count)] + 0.7 * own).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Rows.of(range(1_000, 1_000 + PASSAGES), made(PASSAGES, seed=1))


@pytest.fixture(scope="module")
def grouped(rows: Rows) -> Inverted:
    return make_inverted(rows)


def recall(index: VectorIndex, exact: VectorIndex, among: list[int] | None = None) -> float:
    """The share of the first hits that the index finds, which must have their very similarity."""
    hits = wanted = 0
    for question in made(QUESTIONS, seed=2):
        true = {near.passage_id: near.similarity for near in exact.nearest(question, FIRST, among)}
        found = {near.passage_id: near.similarity for near in index.nearest(question, FIRST, among)}
        assert len(found) == len(true)
        wanted += len(true)
        hits += sum(
            found[name] == pytest.approx(true[name], abs=1e-6) for name in found.keys() & true
        )
    return hits / wanted


@pytest.mark.parametrize("share", [1, 0.5, 0.2, 0.03, 0.001])
def test_hardly_any_hit_is_missed_whatever_a_filter_leaves(
    rows: Rows, grouped: Inverted, share: float
) -> None:
    random = np.random.default_rng(3)
    among = None if share == 1 else rows.ids[random.random(len(rows)) < share].tolist()
    index, exact = VectorIndex.of(STAMP, grouped), VectorIndex.of(STAMP, Exact(rows))
    assert recall(index, exact, among) >= LEAST_RECALL


def test_all_that_a_filter_leaves_is_found_when_all_is_asked(rows: Rows, grouped: Inverted) -> None:
    among = rows.ids[::3].tolist()
    found = VectorIndex.of(STAMP, grouped).nearest(made(1, seed=4)[0], 99_999, among)
    assert sorted(near.passage_id for near in found) == among


def test_what_comes_and_goes_is_searched_beside_the_groups(rows: Rows, grouped: Inverted) -> None:
    gone, new = rows.ids[100:400].tolist(), list(range(200))
    changed = VectorIndex.of(STAMP, grouped).changed(STAMP, gone, new, made(200, seed=5))
    assert changed.large is grouped
    exact = changed.merged()
    assert set(exact.ids()) == set(rows.ids) - set(gone) | set(new)
    assert recall(changed, exact) >= LEAST_RECALL
    assert recall(changed, exact, new[:50] + rows.ids[:2_000].tolist()) >= LEAST_RECALL

    grown = changed.upon(make_inverted(changed.rows(), grouped))

    assert (grown.changes, grown.ids().tolist()) == (0, exact.ids().tolist())
    assert recall(grown, exact) >= LEAST_RECALL


def test_changes_that_came_while_groups_were_made_are_kept(rows: Rows) -> None:
    before = VectorIndex.of(STAMP, Exact(rows)).changed(STAMP, [1_000], [1], made(1, seed=6))
    after = before.changed(STAMP, [1_001, 1], [2], made(1, seed=7))

    grown = after.upon(make_inverted(before.rows()))

    assert grown.ids().tolist() == after.ids().tolist()
    assert recall(grown, after.merged()) >= LEAST_RECALL


def test_the_same_vectors_give_the_same_groups(rows: Rows, grouped: Inverted) -> None:
    again = make_inverted(rows)
    for question in made(QUESTIONS, seed=8):
        index, other = VectorIndex.of(STAMP, grouped), VectorIndex.of(STAMP, again)
        assert index.nearest(question, FIRST) == other.nearest(question, FIRST)


def test_a_vector_that_was_altered_is_noticed(rows: Rows, grouped: Inverted) -> None:
    altered = rows.vectors.copy()
    altered[5, 3] += 1e-3
    index = VectorIndex.of(
        STAMP,
        Inverted(Rows(rows.ids, rows.sums, altered), grouped.coarse, grouped.probes, PASSAGES),
    )
    with pytest.raises(DamagedCache):
        index.nearest(altered[5], FIRST)
