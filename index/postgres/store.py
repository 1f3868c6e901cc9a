"""What a PostgreSQL server keeps, as the rest of the index sees it.

Commits wait for each other by a lock on the one row of the state, which the server gives back when
its holder dies; readers see the last commit that was whole when they began, and wait for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

from psycopg import Connection
from pydantic import SecretStr

from index.commits import Space
from index.errors import ConnectionLost, LostOriginal
from index.occurrences import Counts
from index.originals import check_bytes
from index.postgres.commits import PostgresCommit
from index.postgres.connecting import Address, Connections, connect, in_words
from index.postgres.restaging import PostgresRebuilding
from index.postgres.schema import STEPS, TAKE_STATISTICS, bring_up_to_date, index_vectors
from index.postgres.snapshot import PostgresSnapshot
from index.records import Records
from index.room import megabytes
from index.store import Snapshot

Result = TypeVar("Result")

ROOM = """
SELECT pg_database_size(current_database()), pg_total_relation_size('originals')
"""


class PostgresStore(Records):
    """Documents, exchanges, passages, vectors and originals; any thread may use it."""

    def __init__(self, address: Address) -> None:
        self._connections = Connections(address)
        self._counts = Counts()
        self._is_filled = False  # by one commit after another, with `filling`
        self.name = address.name

    @classmethod
    def open(cls, where: SecretStr) -> PostgresStore:
        """Opens it, its tables made or brought up to date where needed.

        Raises BadSettings, ServerUnreachable, ServerRefusal, ServerUnfit or NewerServer.
        """
        address = Address(where)
        with closing(connect(address)) as connection, in_words(address.name):
            bring_up_to_date(connection, address.name)
        return cls(address)

    def close(self) -> None:
        """Lets go of the server."""
        self._connections.close()

    @contextmanager
    def snapshot(self) -> Iterator[PostgresSnapshot]:
        """What is kept as of the last commit; what others commit meanwhile is not seen."""
        with self._connections.reading() as connection:
            yield PostgresSnapshot(connection, self._counts)

    def look_up(self, work: Callable[[Snapshot], Result]) -> Result:
        """What the work gives on the last commit; once more where the connection was lost."""
        try:
            return super().look_up(work)
        except ConnectionLost:
            return super().look_up(work)

    @contextmanager
    def commit(self) -> Iterator[tuple[PostgresSnapshot, PostgresCommit]]:
        """What is there and the changes to it, kept when the block ends well; a new generation."""
        with self.committing() as connection:
            commit = PostgresCommit(connection, one_of_many=self._is_filled)
            yield PostgresSnapshot(connection), commit
            commit.advance()

    @contextmanager
    def reading(self) -> Iterator[Connection[Any]]:
        """A connection that sees the last commit."""
        with self._connections.reading() as connection:
            yield connection

    @contextmanager
    def committing(self) -> Iterator[Connection[Any]]:
        """A connection that changes what is kept, while no other does."""
        with self._connections.writing() as connection:
            connection.execute("SELECT generation FROM state FOR UPDATE")
            yield connection

    @contextmanager
    def filling(self) -> Iterator[None]:
        """For many documents at once: vectors are indexed and rows counted together at the end."""
        self._is_filled = True
        try:
            yield
        finally:
            self._is_filled = False
        with self.committing() as connection:
            if dimension := PostgresSnapshot(connection).state().dimension:
                index_vectors(connection, dimension)
        with self._connections.writing() as connection:
            connection.execute(TAKE_STATISTICS)

    @contextmanager
    def rebuilding(self, space: Space) -> Iterator[PostgresRebuilding]:
        """What a rebuild with this model has done; documents may come and go meanwhile."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM rebuilt WHERE fingerprint <> %s", (space.fingerprint,))
        yield PostgresRebuilding(self._connections, space)

    def original(self, sha256: str) -> bytes:
        """A file as it came; raises LostOriginal."""
        query = "SELECT data FROM originals WHERE sha256 = %s"
        with self._connections.reading() as connection:
            row = connection.cursor(binary=True).execute(query, (sha256,)).fetchone()
        if row is None:
            raise LostOriginal(f"{self.name}, {sha256}", "it is not there")
        check_bytes(row[0], sha256, f"{self.name}, {sha256}")
        return bytes(row[0])

    def stock(self) -> dict[str, str]:
        """The schema, and how much room everything takes, originals with it."""
        with self._connections.reading() as connection:
            whole, originals = connection.execute(ROOM).fetchone() or (0, 0)
        return {
            "schema": str(len(STEPS)),
            "database": megabytes(whole - originals),
            "originals": megabytes(originals),
            "server": self.name,
        }
