"""The catalogue: the SQLite database that is the one truth about what is in the index.

Readers see whole commits and never wait. It does not know files, models or how vectors are
searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.commits import Commit, Space
from index.connections import Connections
from index.errors import IndexDamaged, IndexUnwritable, ModelMismatch, NewerIndex
from index.locking import writer_lock
from index.migrations import MIGRATIONS, migrate, schema_version
from index.models import DocumentRecord, ExchangeRecord
from index.originals import Originals
from index.snapshot import Snapshot
from pipeline.models import Page, Remark
from pipeline.settings import Settings

BACKUPS = "backups"  # the folder for the database as it was before each migration


class Catalogue:
    """The documents, exchanges, passages and vectors that are kept; any thread may use it."""

    def __init__(self, path: Path, connections: Connections) -> None:
        self.path = path
        self._connections = connections

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
        return cls(path, connections)

    def close(self) -> None:
        """Lets go of the database."""
        self._connections.close()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The catalogue as of the last commit; what others commit meanwhile is not seen."""
        with self._connections.reading() as connection:
            yield Snapshot(connection)

    @contextmanager
    def commit(self) -> Iterator[tuple[Snapshot, Commit]]:
        """What is there and the changes to it, kept when the block ends well; a new generation."""
        with self._connections.writing() as connection:
            commit = Commit(connection)
            yield Snapshot(connection), commit
            commit.advance()
        self._connections.checkpoint()

    @contextmanager
    def aside(self) -> Iterator[sqlite3.Connection]:
        """A transaction on what readers do not see, which makes no new generation."""
        with self._connections.writing() as connection:
            yield connection

    def check_space(self, space: Space) -> None:
        """Raises ModelMismatch when the vectors that are kept come from another model."""
        with self.snapshot() as snapshot:
            check_space(snapshot, space, self.path)

    def check_complete(self, originals: Originals) -> None:
        """Raises IndexDamaged when documents are gone whose originals are there.

        It happens when the log of the last commits is lost, or an older database is put back.
        """
        settled = originals.settled()  # first, for a document may be committed meanwhile
        with self._connections.reading() as connection:
            there = {row["sha256"] for row in connection.execute("SELECT sha256 FROM documents")}
        lost = (settled - there) & originals.settled()  # and another may have been removed
        if lost:
            raise IndexDamaged(str(self.path), f"{len(lost)} documents are gone from it")

    def documents(self) -> list[DocumentRecord]:
        """All documents, by id."""
        with self.snapshot() as snapshot:
            return snapshot.documents()

    def document(self, document_id: str) -> DocumentRecord:
        """One document; raises UnknownDocument."""
        with self.snapshot() as snapshot:
            return snapshot.document(document_id)

    def pages(self, document_id: str) -> list[Page]:
        """The text of a document; raises UnknownDocument."""
        with self.snapshot() as snapshot:
            return snapshot.pages(document_id)

    def exchanges(self, document_id: str) -> list[ExchangeRecord]:
        """The exchanges of a document in its order; raises UnknownDocument."""
        with self.snapshot() as snapshot:
            return snapshot.exchanges(document_id)

    def exchange(self, answer_id: str) -> ExchangeRecord:
        """One exchange by its permanent id; raises UnknownAnswer."""
        with self.snapshot() as snapshot:
            return snapshot.exchange(answer_id)

    def remarks(self, document_id: str) -> list[Remark]:
        """What nobody answered in a document; raises UnknownDocument."""
        with self.snapshot() as snapshot:
            return snapshot.remarks(document_id)

    def generation(self) -> int:
        """How many commits were made."""
        with self.snapshot() as snapshot:
            return snapshot.state().generation


def check_space(snapshot: Snapshot, space: Space, path: Path) -> None:
    """Raises ModelMismatch when the vectors in the snapshot come from another model."""
    kept = snapshot.state().fingerprint
    if kept not in ("", space.fingerprint):
        raise ModelMismatch(str(path), kept, space.fingerprint)


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
        if path.exists() and path.stat().st_size:
            return
        if not afresh and Originals(settings.originals).digests():
            raise IndexDamaged(str(path), "it is gone or empty, but the originals are there")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise IndexUnwritable(str(path.parent), error.strerror or str(error)) from error
