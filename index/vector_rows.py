"""Vectors as rows, each with its passage and a sum that tells whether it is what was written.

They lie in memory, or in a file that is mapped into it: of a million passages only those rows are
read that a question comes near. It knows neither FAISS nor SQL.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedCache

CHUNK = 16_384  # rows handled at once, 25 MB of 384 components

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Rows:
    """Passages in the order of their ids, with their vectors, of shape (n, dimension).

    `sums` holds the CRC-32 of each vector as little-endian float32, as the database keeps it.
    """

    ids: Ids
    sums: NDArray[np.uint32]
    vectors: Floats

    @classmethod
    def empty(cls, dimension: int) -> Rows:
        """No rows."""
        nothing = np.zeros((0, dimension), np.float32)
        return cls(np.zeros(0, np.int64), np.zeros(0, np.uint32), nothing)

    @classmethod
    def of(cls, ids: Collection[int], vectors: Floats) -> Rows:
        """Rows in memory, from passages in any order."""
        given = array_of(ids)
        order = np.argsort(given, kind="stable")
        ordered = np.ascontiguousarray(vectors[order], np.dtype("<f4"))
        return cls(given[order], sums_of(ordered), ordered)

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, ids: Ids) -> Places:
        """Where those of these passages stand that are here; `ids` are in order."""
        return find_places(self.ids, ids)

    def sound_vectors(self, places: Places) -> Floats:
        """The vectors at these places; raises DamagedCache when one is not what was written."""
        found = np.ascontiguousarray(self.vectors[places])
        if not np.array_equal(sums_of(found), self.sums[places]):
            raise DamagedCache
        return found

    def checked(self) -> Rows:
        """The rows themselves; raises DamagedCache when a vector is not what was written."""
        for start in range(0, len(self), CHUNK):
            self.sound_vectors(np.arange(start, min(start + CHUNK, len(self))))
        return self

    def in_memory(self) -> Rows:
        """The same rows, all of them read."""
        return Rows(self.ids, self.sums, np.array(self.vectors))

    def named(self) -> Rows:
        """The same passages without their vectors."""
        return Rows(self.ids, self.sums, self.vectors[:0])

    def chunks(self) -> Iterator[Floats]:
        """All vectors, a part at a time."""
        for start in range(0, len(self), CHUNK):
            yield self.vectors[start : start + CHUNK]

    def at(self, places: Places) -> Rows:
        """The rows at these places, in memory."""
        return Rows(self.ids[places], self.sums[places], self.vectors[places])

    def without(self, ids: Ids) -> Rows:
        """The rows of other passages, in memory."""
        return self.at(np.delete(np.arange(len(self)), self.places(ids)))

    def joined(self, other: Rows) -> Rows:
        """These rows and others, in memory; a passage is in one of them only."""
        ids = np.concatenate([self.ids, other.ids])
        order = np.argsort(ids, kind="stable")
        sums = np.concatenate([self.sums, other.sums])
        vectors = np.concatenate([self.vectors, other.vectors])
        return Rows(ids[order], sums[order], vectors[order])


def find_places(ids: Ids, wanted: Ids) -> Places:
    """Where those of the wanted ids stand that are among these; both are in order."""
    if not len(ids):
        return np.zeros(0, np.intp)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    places: Places = at[ids[at] == wanted]
    return places


def array_of(ids: Collection[int]) -> Ids:
    """The ids of passages as an array."""
    return np.fromiter(ids, np.int64, len(ids))


def sums_of(vectors: Floats) -> NDArray[np.uint32]:
    """The sum of each row."""
    return np.fromiter(map(zlib.crc32, vectors), np.uint32, len(vectors))
