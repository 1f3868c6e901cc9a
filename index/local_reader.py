"""Reads a folder's catalogue together with the vectors in memory that belong to the same commit.

It stands between SQLite and FAISS; what is asked of them, it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.commits import Space
from index.errors import DamagedCache
from index.filtering import Scope
from index.freshness import FreshVectors
from index.places import Near
from index.snapshot import SqliteSnapshot
from index.store import Snapshot, Vectors, check_space
from index.vector_rows import Ids
from index.vectors import VectorIndex
from pipeline.settings import Settings

Result = TypeVar("Result")

EVERYWHERE = Scope()


class LocalReader:
    """A catalogue and its vectors; any thread may use it, and it sees each new commit."""

    def __init__(self, catalogue: Catalogue, settings: Settings, space: Space) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._space = space
        self._vectors = FreshVectors(space, settings.cache)

    @classmethod
    def open(cls, settings: Settings, space: Space) -> LocalReader:
        """Opens them; raises ModelMismatch and what Catalogue.open raises."""
        catalogue = Catalogue.open(settings)
        reader = cls(catalogue, settings, space)
        catalogue.check_complete()
        with catalogue.snapshot() as snapshot:
            reader.fresh(snapshot)
        return reader

    def read(self, work: Callable[[Snapshot, Vectors], Result]) -> Result:
        """What the work gives on the last commit; raises ModelMismatch."""
        try:
            return self._read(work)
        except DamagedCache:  # the truth is in the catalogue
            self._vectors.renew()
            return self._read(work)

    def close(self) -> None:
        """Lets go of the database."""
        self._catalogue.close()

    def fresh(self, snapshot: SqliteSnapshot) -> VectorIndex:
        """The vectors of just this snapshot."""
        check_space(snapshot, self._space, self._catalogue.name)
        return self._vectors.at(snapshot)

    def wait(self) -> None:
        """Waits until vectors that are being given another shape have it."""
        self._vectors.wait()

    def _read(self, work: Callable[[Snapshot, Vectors], Result]) -> Result:
        with self._catalogue.snapshot() as snapshot:
            return work(snapshot, LocalVectors(snapshot, self.fresh(snapshot)))


class LocalVectors:
    """The vectors of one snapshot, for one question."""

    def __init__(self, snapshot: SqliteSnapshot, vectors: VectorIndex) -> None:
        self._snapshot = snapshot
        self._vectors = vectors
        self._allowed: tuple[Scope, Ids] | None = None

    @property
    def index(self) -> VectorIndex:
        """All of them."""
        return self._vectors

    @property
    def generation(self) -> int:
        """The commit that they are of."""
        return self._vectors.stamp.generation

    def nearest(self, question: NDArray[np.float32], count: int, scope: Scope) -> list[Near]:
        """The `count` of them that are nearest to the question, nearest first."""
        return self._vectors.nearest(question, count, self._among(scope))

    def _among(self, scope: Scope) -> Ids | None:
        """The passages of a scope in their order, looked up once; None for all."""
        if scope == EVERYWHERE:
            return None
        if self._allowed is None or self._allowed[0] is not scope:
            self._allowed = scope, np.sort(np.array(self._snapshot.passage_ids(scope), np.int64))
        return self._allowed[1]
