"""A PostgreSQL server as a searcher reads it: a commit and its vectors, on one connection."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from pydantic import SecretStr

from index.commits import Space
from index.errors import ConnectionLost
from index.postgres.store import PostgresStore
from index.postgres.vectors import PostgresVectors
from index.store import Snapshot, Vectors, check_space

Result = TypeVar("Result")


class PostgresReader:
    """A server, searched with one model; any thread may use it, and it sees each new commit."""

    def __init__(self, store: PostgresStore, space: Space) -> None:
        self._store = store
        self._space = space

    @classmethod
    def open(cls, where: SecretStr, space: Space) -> PostgresReader:
        """Opens it; raises ModelMismatch and what PostgresStore.open raises."""
        with ExitStack() as opened:
            store = PostgresStore.open(where)
            opened.callback(store.close)
            with store.snapshot() as snapshot:
                check_space(snapshot, space, store.name)
            opened.pop_all()
        return cls(store, space)

    def read(self, work: Callable[[Snapshot, Vectors], Result]) -> Result:
        """What the work gives on the last commit; once more where the connection was lost."""
        try:
            return self._read(work)
        except ConnectionLost:
            return self._read(work)

    def close(self) -> None:
        """Lets go of the server."""
        self._store.close()

    def _read(self, work: Callable[[Snapshot, Vectors], Result]) -> Result:
        with self._store.snapshot() as snapshot:
            check_space(snapshot, self._space, self._store.name)
            return work(snapshot, PostgresVectors(snapshot.connection, snapshot.state()))
