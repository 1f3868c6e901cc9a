"""Brings vectors in memory to the commit that a reader sees.

It stands between the catalogue, where vectors are kept, and FAISS, where they are searched.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.commits import Space
from index.embedded import STORED
from index.errors import IndexDamaged
from index.snapshot import SqliteSnapshot, StoredVector
from index.vectors import Stamp, VectorIndex, load_vectors, save_vectors

logger = logging.getLogger(__name__)

SAVE_SHARE = 0.1  # the cache is written anew when more than this share of it was out of date


def fresh_vectors(
    snapshot: SqliteSnapshot,
    known: VectorIndex | None,
    space: Space,
    cache: Path,
    checked: dict[str, int],
) -> VectorIndex:
    """The vectors of this snapshot, made from those that are known, or else from the cache.

    `checked` is what `SqliteSnapshot.check_whole` remembers from one commit to the next.
    """
    state = snapshot.state()
    if known is not None and known.stamp.token == state.token:
        return known
    stamp = Stamp(**asdict(state))
    snapshot.check_whole(checked)
    if not stamp.fingerprint:  # nothing was ever indexed
        return VectorIndex.empty(Stamp(state.generation, state.token, *_fields(space)))
    if known is not None and _same_space(known.stamp, stamp):
        return _caught_up(snapshot, known, stamp)
    return _from_cache(snapshot, stamp, cache)


def all_vectors(snapshot: SqliteSnapshot) -> VectorIndex:
    """The vectors of this snapshot, from the catalogue alone."""
    stamp = Stamp(**asdict(snapshot.state()))
    return _caught_up(snapshot, VectorIndex.empty(stamp), stamp)


def _from_cache(snapshot: SqliteSnapshot, stamp: Stamp, cache: Path) -> VectorIndex:
    cached = load_vectors(cache)
    if cached is None or not _same_space(cached.stamp, stamp):
        cached = VectorIndex.empty(stamp)
    vectors = _caught_up(snapshot, cached, stamp)
    if len(cached.ids() ^ vectors.ids()) > SAVE_SHARE * len(vectors):
        try:
            save_vectors(cache, vectors)
        except OSError as error:  # a reader may lack the right to write, or the disk the room
            logger.warning("The cache in %s could not be written: %s", cache, error)
    return vectors


def _caught_up(snapshot: SqliteSnapshot, known: VectorIndex, stamp: Stamp) -> VectorIndex:
    here, there = known.ids(), set(snapshot.passage_ids())
    missing = there - here
    if here == there:
        return known.stamped(stamp)
    added = list(snapshot.vectors(None if not here else missing)) if missing else []
    if {stored.passage_id for stored in added} != missing:
        raise IndexDamaged("the index", "the vectors of some passages are not where they were")
    return known.changed(
        stamp,
        removed=here - there,
        ids=[stored.passage_id for stored in added],
        vectors=_matrix(added, stamp.dimension),
    )


def _matrix(stored: list[StoredVector], dimension: int) -> NDArray[np.float32]:
    if any(len(each.blob) != STORED.itemsize * dimension for each in stored):
        raise IndexDamaged("the index", "a vector has another length than the others")
    matrix = np.frombuffer(b"".join(each.blob for each in stored), STORED)
    return matrix.reshape(len(stored), dimension).astype(np.float32, copy=False)


def _same_space(known: Stamp, wanted: Stamp) -> bool:
    return (known.fingerprint, known.dimension) == (wanted.fingerprint, wanted.dimension)


def _fields(space: Space) -> tuple[str, int]:
    return space.fingerprint, space.dimension
