"""Brings vectors in memory to the commit that a reader sees.

It stands between the catalogue, where vectors are kept, and the shapes in which they are searched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np

from index.commits import Space
from index.embedded import STORED
from index.errors import IndexDamaged
from index.reshaping import Reshaping
from index.shapes import EXACT_UP_TO, Exact
from index.snapshot import SqliteSnapshot, StoredVector
from index.vector_cache import forget_cache, load_vectors, save_vectors, write_rows
from index.vector_rows import CHUNK, Floats, Ids, Rows, find_places
from index.vectors import Stamp, VectorIndex

logger = logging.getLogger(__name__)

SAVE_SHARE = 0.1  # the cache is written anew when more than this share of it was out of date


class FreshVectors:
    """The vectors of whatever commit is seen; any thread may use it.

    While vectors that have become many are given another shape, they are searched in the former.
    """

    def __init__(self, space: Space, cache: Path) -> None:
        self._space = space
        self._cache = cache
        self._known: VectorIndex | None = None
        self._checked: dict[str, int] = {}
        self._reshaping: Reshaping | None = None
        self._given_up = ""  # the token of the commit whose vectors could not be reshaped
        self._guard = Lock()

    def at(self, snapshot: SqliteSnapshot) -> VectorIndex:
        """The vectors of just this snapshot; raises IndexDamaged."""
        with self._guard:
            vectors = self._caught_up(snapshot)
            self._known = self._reshaped(vectors)
            return self._known

    def renew(self) -> None:
        """Forgets what came from the cache, and the cache; the catalogue is asked again."""
        with self._guard:
            logger.warning("The cache in %s is damaged and is made anew", self._cache)
            self._known = self._reshaping = None
            forget_cache(self._cache)

    def wait(self) -> None:
        """Waits until vectors that are being given another shape have it."""
        if self._reshaping:
            self._reshaping.wait()

    def _caught_up(self, snapshot: SqliteSnapshot) -> VectorIndex:
        state, known = snapshot.state(), self._known
        if known is not None and known.stamp.token == state.token:
            return known
        stamp = Stamp(**asdict(state))
        snapshot.check_whole(self._checked)
        if not stamp.fingerprint:  # nothing was ever indexed
            space = self._space
            nothing = Stamp(state.generation, state.token, space.fingerprint, space.dimension)
            return VectorIndex.empty(nothing)
        if known is not None and _same_space(known.stamp, stamp):
            vectors = _caught_up(snapshot, known, stamp, self._cache)
        else:
            vectors = _from_cache(snapshot, stamp, self._cache)
        if known is None or vectors.large is not known.large:
            self._reshaping = None  # it works on vectors that are not those from which these came
        return vectors

    def _reshaped(self, vectors: VectorIndex) -> VectorIndex:
        if self._reshaping and not self._reshaping.running:
            shape, self._reshaping = self._reshaping.result(), None
            if shape is None:
                self._given_up = vectors.stamp.token
            else:
                vectors = vectors.upon(shape)
        if vectors.outgrown and not self._reshaping and self._given_up != vectors.stamp.token:
            self._reshaping = Reshaping(vectors, self._cache)
        return vectors


def all_vectors(snapshot: SqliteSnapshot) -> VectorIndex:
    """The vectors of this snapshot, from the catalogue alone, in memory."""
    stamp = Stamp(**asdict(snapshot.state()))
    return VectorIndex.of(stamp, Exact(_joined(_stored(snapshot, stamp))))


def renew_cache(snapshot: SqliteSnapshot, cache: Path) -> VectorIndex:
    """Writes the vectors of this snapshot into the cache; raises OSError."""
    stamp = Stamp(**asdict(snapshot.state()))
    rows = write_rows(cache, stamp, _stored(snapshot, stamp))
    return VectorIndex.of(stamp, Exact(rows.in_memory() if len(rows) <= EXACT_UP_TO else rows))


def _from_cache(snapshot: SqliteSnapshot, stamp: Stamp, cache: Path) -> VectorIndex:
    cached = load_vectors(cache)
    if cached is None or not _same_space(cached.stamp, stamp):
        cached = VectorIndex.empty(stamp)
    elif cached.stamp.token == stamp.token:
        return cached
    vectors = _caught_up(snapshot, cached, stamp, cache)
    stale = len(np.setxor1d(cached.ids(), vectors.ids(), assume_unique=True))
    if len(vectors) <= EXACT_UP_TO and stale > SAVE_SHARE * len(vectors):
        try:
            save_vectors(cache, vectors)
        except OSError as error:  # a reader may lack the right to write, or the disk the room
            logger.warning("The cache in %s could not be written: %s", cache, error)
    return vectors


def _caught_up(
    snapshot: SqliteSnapshot, known: VectorIndex, stamp: Stamp, cache: Path
) -> VectorIndex:
    here, there = known.ids(), _passage_ids(snapshot)
    missing = np.delete(there, find_places(there, here))
    removed = np.delete(here, find_places(here, there))
    if not len(missing) and not len(removed):
        return known.stamped(stamp)
    if len(missing) > EXACT_UP_TO:
        return _read_all(snapshot, cache, there)
    wanted = missing.tolist()
    added = list(snapshot.vectors(wanted if len(here) else None)) if wanted else []
    rows = _rows_of(added, stamp)
    _check_same(rows.ids, missing)
    return known.changed(stamp, removed.tolist(), rows.ids.tolist(), rows.vectors)


def _read_all(snapshot: SqliteSnapshot, cache: Path, ids: Ids) -> VectorIndex:
    """Many vectors, through the cache, so that they need not all be in memory at once."""
    try:
        vectors = renew_cache(snapshot, cache)
    except OSError as error:
        logger.warning("The cache in %s could not be written: %s", cache, error)
        vectors = all_vectors(snapshot)
    _check_same(vectors.ids(), ids)
    return vectors


def _passage_ids(snapshot: SqliteSnapshot) -> Ids:
    """All passages, in the order of their ids."""
    return np.sort(np.array(snapshot.passage_ids(), np.int64))


def _stored(snapshot: SqliteSnapshot, stamp: Stamp) -> Iterator[Rows]:
    """All vectors in the order of their ids, a part at a time."""
    found = snapshot.vectors()
    while part := list(islice(found, CHUNK)):
        yield _rows_of(part, stamp)


def _joined(parts: Iterator[Rows]) -> Rows:
    rows = list(parts)
    return Rows(
        np.concatenate([part.ids for part in rows] or [np.zeros(0, np.int64)]),
        np.concatenate([part.sums for part in rows] or [np.zeros(0, np.uint32)]),
        np.concatenate([part.vectors for part in rows] or [np.zeros((0, 0), np.float32)]),
    )


def _rows_of(stored: list[StoredVector], stamp: Stamp) -> Rows:
    return Rows.of([each.passage_id for each in stored], _matrix(stored, stamp.dimension))


def _matrix(stored: list[StoredVector], dimension: int) -> Floats:
    if any(len(each.blob) != STORED.itemsize * dimension for each in stored):
        raise IndexDamaged("the index", "a vector has another length than the others")
    matrix = np.frombuffer(b"".join(each.blob for each in stored), STORED)
    return matrix.reshape(len(stored), dimension).astype(np.float32, copy=False)


def _check_same(found: Ids, wanted: Ids) -> None:
    if not np.array_equal(found, wanted):
        raise IndexDamaged("the index", "the vectors of some passages are not where they were")


def _same_space(known: Stamp, wanted: Stamp) -> bool:
    return (known.fingerprint, known.dimension) == (wanted.fingerprint, wanted.dimension)
