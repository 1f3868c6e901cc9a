"""The nearest passages to a question, by pgvector's HNSW index, and vectors as bytes.

It knows the table of passages; what is asked, it does not know.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector
from psycopg import Connection

from index.embedded import STORED
from index.filtering import Scope
from index.places import Near
from index.postgres.conditions import conditions_of, documents_for
from index.postgres.queries import CHOSEN_PASSAGES
from index.state import State

ALL = "FROM passages p"
NEAREST = """
SELECT p.id, -({closeness}) AS similarity {passages}
WHERE vector_dims(p.vector) = {dimension}{conditions} ORDER BY {order} LIMIT %s
"""
EXACT = " + 0"  # what is ordered by a sum is looked for without the index


class PostgresVectors:
    """The vectors that a connection sees, for one question."""

    def __init__(self, connection: Connection[Any], state: State) -> None:
        self._cursor = connection.cursor(binary=True)
        self._state = state

    @property
    def generation(self) -> int:
        """The commit that they are of."""
        return self._state.generation

    def nearest(self, question: NDArray[np.float32], count: int, scope: Scope) -> list[Near]:
        """The `count` passages that are nearest to the question, nearest first.

        Where the index ends its search before it has so many, because a filter lets few through,
        there are few or what was removed parts its graph, all of them are compared.
        """
        if not self._state.fingerprint:
            return []
        near = self._look(question, count, scope, "")
        if len(near) < count:
            near = self._look(question, count, scope, EXACT)
        return near

    def _look(
        self, question: NDArray[np.float32], count: int, scope: Scope, exactly: str
    ) -> list[Near]:
        conditions, values = conditions_of(scope)
        dimension = self._state.dimension
        closeness = f"p.vector::vector({dimension}) <#> %s::vector({dimension})"
        query = NEAREST.format(
            closeness=closeness,
            passages=CHOSEN_PASSAGES + documents_for(conditions) if conditions else ALL,
            dimension=dimension,
            conditions="".join(f" AND {condition}" for condition in conditions),
            order=f"({closeness}){exactly}",
        )
        vector = Vector(question)
        found = self._cursor.execute(query.encode(), (vector, *values, vector, count))
        near = [Near(passage_id, similarity) for passage_id, similarity in found]
        return sorted(near, key=lambda each: (-each.similarity, each.passage_id))


def blob_of(vector: Vector) -> bytes:
    """A vector as it lies in a folder's database: float32, little-endian."""
    return bytes(vector.to_numpy().astype(STORED).tobytes())


def vector_of(blob: bytes) -> Vector:
    """The inverse of `blob_of`."""
    return Vector(np.frombuffer(blob, STORED).astype(np.float32))
