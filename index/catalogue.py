"""The catalogue: the SQLite database that is the one truth about what is in a folder's index.

Readers see whole commits and never wait. It knows that originals lie beside it. It does not know
models or how vectors are searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local

from index.commits import Space, SqliteCommit
from index.connections import Connections
from index.errors import IndexDamaged, IndexUnwritable, NewerIndex
from index.locking import writer_lock
from index.migrations import MIGRATIONS, migrate, schema_version
from index.occurrences import Counts
from index.originals import Originals
from index.records import Records
from index.restaging import SqliteRebuilding
from index.room import megabytes, size_of
from index.snapshot import SqliteSnapshot
from index.store import check_space
from pipeline.settings import Settings

BACKUPS = "backups"  # the folder for the database as it was before each migration


class Catalogue(Records):
    """The documents, exchanges, passages and vectors that are kept; any thread may use it."""

    def __init__(self, path: Path, connections: Connections, originals: Originals) -> None:
        self.path = path
        self._connections = connections
        self._counts = Counts()
        self._originals = originals
        self._held = local()  # in each thread: whether it holds the writer lock

    @classmethod
    def open(cls, settings: Settings, *, afresh: bool = False) -> Catalogue:
        """Opens the database, made or brought up to date where needed.

        Where originals are left of a database that is gone, a new one is made only `afresh`. Raises
        NewerIndex, IndexDamaged, IndexUnwritable or IndexLocked.
        """
        path = settings.database_file
        _make_file(path, settings, afresh)
        connections = Connections(path)
        _bring_up_to_date(connections, path)
        return cls(path, connections, Originals(settings.originals))

    @property
    def name(self) -> str:
        """The path of the database."""
        return str(self.path)

    def close(self) -> None:
        """Lets go of the database."""
        self._connections.close()

    @contextmanager
    def snapshot(self) -> Iterator[SqliteSnapshot]:
        """The catalogue as of the last commit; what others commit meanwhile is not seen."""
        with self._connections.reading() as connection:
            yield SqliteSnapshot(connection, self._counts)

    @contextmanager
    def commit(self) -> Iterator[tuple[SqliteSnapshot, SqliteCommit]]:
        """What is there and the changes to it, kept when the block ends well; a new generation."""
        with self.writer():
            with self._connections.writing() as connection:
                commit = SqliteCommit(connection, self._originals)
                yield SqliteSnapshot(connection), commit
                commit.advance()
            self._connections.checkpoint()
            commit.settle_originals()

    @contextmanager
    def filling(self) -> Iterator[None]:
        """For many documents at once: here nothing is sooner made for all of them together."""
        yield

    @contextmanager
    def writer(self) -> Iterator[None]:
        """Holds the right to write, for one commit or for several; raises IndexLocked."""
        if getattr(self._held, "already", False):
            yield
            return
        with writer_lock(self.path.parent):
            self._held.already = True
            try:
                yield
            finally:
                self._held.already = False

    @contextmanager
    def aside(self) -> Iterator[sqlite3.Connection]:
        """A transaction on what readers do not see, which makes no new generation."""
        with self._connections.writing() as connection:
            yield connection

    @contextmanager
    def rebuilding(self, space: Space) -> Iterator[SqliteRebuilding]:
        """What a rebuild with this model has done; nobody else writes while it goes on."""
        with self.writer():
            with self.aside() as connection:
                connection.execute(
                    "DELETE FROM rebuilt WHERE fingerprint <> ?", (space.fingerprint,)
                )
            yield SqliteRebuilding(self._connections, space)

    def original(self, sha256: str) -> bytes:
        """A file as it came; raises LostOriginal."""
        return self._originals.read(sha256)

    def stock(self) -> dict[str, str]:
        """The schema, and how much room database and originals take."""
        log = self.path.with_name(self.path.name + "-wal")
        return {
            "schema": str(len(MIGRATIONS)),
            "database": megabytes(size_of(self.path) + size_of(log)),
            "originals": megabytes(size_of(self._originals.folder)),
        }

    def check_space(self, space: Space) -> None:
        """Raises ModelMismatch when the vectors that are kept come from another model."""
        with self.snapshot() as snapshot:
            check_space(snapshot, space, self.name)

    def check_complete(self) -> None:
        """Raises IndexDamaged when documents are gone whose originals are there.

        It happens when the log of the last commits is lost, or an older database is put back.
        """
        settled = self._originals.settled()  # first, for a document may be committed meanwhile
        with self._connections.reading() as connection:
            there = {row["sha256"] for row in connection.execute("SELECT sha256 FROM documents")}
        lost = (settled - there) & self._originals.settled()  # and another may have been removed
        if lost:
            raise IndexDamaged(self.name, f"{len(lost)} documents are gone from it")


def _bring_up_to_date(connections: Connections, path: Path) -> None:
    with connections.plain() as connection:
        version = schema_version(connection)
        if version > len(MIGRATIONS):
            raise NewerIndex(str(path), version, len(MIGRATIONS))
        if version == len(MIGRATIONS):
            return
        with writer_lock(path.parent):
            connection.execute("PRAGMA journal_mode = WAL")
            try:
                migrate(connection, path.parent / BACKUPS)
            except OSError as error:
                raise IndexUnwritable(str(path.parent), error.strerror or str(error)) from error


def _make_file(path: Path, settings: Settings, afresh: bool) -> None:
    """Makes an empty file where there is none; SQLite takes it for an empty database."""
    try:
        if _is_filled(path):
            return
        left = not afresh and Originals(settings.originals).digests()
        if left and not _is_filled(path):  # others may have made it and kept these meanwhile
            raise IndexDamaged(str(path), "it is gone or empty, but the originals are there")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise IndexUnwritable(str(path.parent), error.strerror or str(error)) from error


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
