"""Reads a folder's catalogue together with the vectors in memory that belong to the same commit.

It stands between SQLite and FAISS; what is asked of them, it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.commits import Space
from index.filtering import Scope
from index.freshness import fresh_vectors
from index.places import Near
from index.snapshot import SqliteSnapshot
from index.store import Snapshot, Vectors, check_space
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
        self._vectors: VectorIndex | None = None
        self._checked: dict[str, int] = {}
        self._catching_up = Lock()

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
        with self._catalogue.snapshot() as snapshot:
            return work(snapshot, LocalVectors(snapshot, self.fresh(snapshot)))

    def close(self) -> None:
        """Lets go of the database."""
        self._catalogue.close()

    def fresh(self, snapshot: SqliteSnapshot) -> VectorIndex:
        """The vectors of just this snapshot."""
        check_space(snapshot, self._space, self._catalogue.name)
        with self._catching_up:
            self._vectors = fresh_vectors(
                snapshot, self._vectors, self._space, self._settings.cache, self._checked
            )
            return self._vectors


class LocalVectors:
    """The vectors of one snapshot, for one question."""

    def __init__(self, snapshot: SqliteSnapshot, vectors: VectorIndex) -> None:
        self._snapshot = snapshot
        self._vectors = vectors
        self._allowed: tuple[Scope, list[int]] | None = None

    @property
    def generation(self) -> int:
        """The commit that they are of."""
        return self._vectors.stamp.generation

    def count(self, scope: Scope) -> int:
        """How many passages may be found."""
        allowed = self._among(scope)
        return len(self._vectors) if allowed is None else len(allowed)

    def nearest(self, question: NDArray[np.float32], count: int, scope: Scope) -> list[Near]:
        """The `count` of them that are nearest to the question, nearest first."""
        return self._vectors.nearest(question, count, self._among(scope))

    def _among(self, scope: Scope) -> list[int] | None:
        """The passages of a scope, looked up once; None for all."""
        if scope == EVERYWHERE:
            return None
        if self._allowed is None or self._allowed[0] is not scope:
            self._allowed = scope, self._snapshot.passage_ids(scope)
        return self._allowed[1]
