"""Connections to the SQLite database: how it is opened, read in a snapshot and written.

It knows what SQLite can say when something is wrong, and puts it in words with a remedy. It knows
no table.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from index.errors import THE_INDEX, IndexDamaged, IndexFailure, IndexLocked, IndexUnwritable

logger = logging.getLogger(__name__)

BUSY_MILLISECONDS = 30_000  # a commit takes far less; only a backup or a hung disk takes longer
WAL_BYTES_KEPT = 64 << 20  # after a large transaction the log shrinks back to this
CACHE_KILOBYTES = 32_000  # holds the inner pages of a million passages, which every look-up passes

# FULL syncs the log at every commit, so that a power cut loses no document that was reported as
# indexed. It costs a few milliseconds a document, against seconds for embedding it. A checkpoint
# follows each commit, so that the log is short and holds nothing that the database lacks.
PRAGMAS = f"""
PRAGMA foreign_keys = ON;
PRAGMA synchronous = FULL;
PRAGMA busy_timeout = {BUSY_MILLISECONDS};
PRAGMA journal_size_limit = {WAL_BYTES_KEPT};
PRAGMA cell_size_check = ON;
PRAGMA cache_size = -{CACHE_KILOBYTES};
"""

DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_ERROR,  # our statements do not fit its tables, so these are not as we made them
}
UNWRITABLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
UNOPENABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}  # no log can be made beside it
PRIMARY_CODE = 0xFF  # the lowest byte of SQLite's error code; the others only refine it


class _Connection(sqlite3.Connection):
    """A connection that knows which file it was opened on; a path may come to name another."""

    file: tuple[int, int]


class Connections:
    """The connections of one process to one database; any thread may use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[_Connection] = []
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
                with self._guard:
                    self._idle.append(connection)

    def checkpoint(self) -> None:
        """Moves what was committed from the log into the database proper, as far as readers let it.

        Then a log that someone deletes takes no document with it.
        """
        try:
            with self.plain() as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except IndexFailure as error:  # the commit stands; the log is read until this succeeds
            logger.warning("No checkpoint could be made: %s", error)

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

    def _take(self) -> _Connection:
        """A connection to the file that lies there now, as when a backup was put back."""
        file = _identity(self._path)
        with self._guard:
            former = [idle for idle in self._idle if idle.file != file]
            self._idle = [idle for idle in self._idle if idle.file == file]
            found = self._idle.pop() if self._idle else None
        for connection in former:
            connection.close()
        return found or _connect(self._path, file)


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        raise IndexDamaged(str(path), error.strerror or str(error)) from error
    return status.st_dev, status.st_ino


def _connect(path: Path, file: tuple[int, int]) -> _Connection:
    """Opens the database, which is there; one that can only be read is opened for reading."""
    connection = _open(path, "mode=rw")
    try:
        connection.executescript(PRAGMAS)
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & PRIMARY_CODE not in UNOPENABLE or not _is_at_rest(path):
            raise
        connection = _open(path, "immutable=1")
    except sqlite3.Error:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    connection.file = file
    return connection


def _open(path: Path, how: str) -> _Connection:
    address = f"{path.resolve().as_uri()}?{how}"
    connection: _Connection = sqlite3.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, factory=_Connection
    )
    return connection


def _is_at_rest(path: Path) -> bool:
    """Whether nobody can be writing: the folder is read-only and everything is in the database."""
    log = path.with_name(f"{path.name}-wal")
    return not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turns what SQLite says into an IndexFailure about this path."""
    try:
        yield
    except IndexDamaged as error:
        if error.subject == THE_INDEX:
            raise IndexDamaged(str(path), error.detail) from error
        raise
    except UnicodeDecodeError as error:
        raise IndexDamaged(str(path), "a text in it is not UTF-8") from error
    except sqlite3.IntegrityError:
        raise  # a rule of the schema was broken: whoever wrote knows which document it was
    except sqlite3.DatabaseError as error:
        failure = _failure(path, error)
        if failure is None:
            raise
        raise failure from error


@contextmanager
def undecoded(connection: sqlite3.Connection) -> Iterator[None]:
    """Lets texts be read that are not UTF-8 any more, to tell which rows they are in."""
    connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str


def _failure(path: Path, error: sqlite3.DatabaseError) -> IndexFailure | None:
    if "decode to UTF-8" in str(error):
        return IndexDamaged(str(path), "a text in it is not UTF-8")
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY_CODE
    if code in DAMAGED:
        return IndexDamaged(str(path), str(error))
    if code in UNWRITABLE:
        return IndexUnwritable(str(path), str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return IndexLocked(str(path), "another program")
    return None
