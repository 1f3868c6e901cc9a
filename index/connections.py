"""Connections to the SQLite database: how it is opened, read in a snapshot and written.

It knows what SQLite can say when something is wrong, and puts it in words with a remedy. It knows
no table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from index.errors import IndexDamaged, IndexFailure, IndexLocked, IndexUnwritable

BUSY_MILLISECONDS = 30_000  # a commit takes far less; only a backup or a hung disk takes longer
WAL_BYTES_KEPT = 64 << 20  # after a large transaction the log shrinks back to this

# FULL syncs the log at every commit, so that a power cut loses no document that was reported as
# indexed. It costs a few milliseconds a document, against seconds for embedding it. Checkpoints
# are left to SQLite's own rule (every 1,000 pages): a commit is small, so they stay short.
PRAGMAS = f"""
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA busy_timeout = {BUSY_MILLISECONDS};
PRAGMA journal_size_limit = {WAL_BYTES_KEPT};
PRAGMA cell_size_check = ON;
"""

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
UNWRITABLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
PRIMARY_CODE = 0xFF  # the lowest byte of SQLite's error code; the others only refine it


class Connections:
    """The connections of one process to one database; any thread may use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._guard = Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one commit throughout; it never waits for a writer."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together when the block ends well, or else none."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def plain(self) -> Iterator[sqlite3.Connection]:
        """A connection outside any transaction."""
        with in_words(self._path):
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self.plain() as connection:
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def close(self) -> None:
        """Closes the connections that are not in use."""
        with self._guard:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._guard:
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            connection.executescript(PRAGMAS)
        except sqlite3.Error:
            connection.close()
            raise
        connection.row_factory = sqlite3.Row
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._guard:
            self._idle.append(connection)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turns what SQLite says into an IndexFailure about this path."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a rule of the schema was broken: whoever wrote knows which document it was
    except sqlite3.DatabaseError as error:
        failure = _failure(path, error)
        if failure is None:
            raise
        raise failure from error


def _failure(path: Path, error: sqlite3.DatabaseError) -> IndexFailure | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY_CODE
    if code in DAMAGED:
        return IndexDamaged(str(path), str(error))
    if code in UNWRITABLE:
        return IndexUnwritable(str(path), str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return IndexLocked(str(path), "another program")
    return None
