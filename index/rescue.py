"""Makes a database again that is damaged beyond repair, from the originals.

The damaged one is put aside, never thrown away. It knows the files of a database and the originals.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from index.catalogue import Catalogue
from index.connections import undecoded
from index.errors import IndexDamaged, IndexUnwritable
from index.findings import Finding, Health
from index.indexing import Indexer
from index.locking import writer_lock
from index.migrations import expected_schema, schema
from index.models import Outcome
from index.opening import Workshop
from index.originals import Originals
from index.recalling import salvaged
from index.rereading import read_original_again
from index.snapshot import SqliteSnapshot
from pipeline.settings import Settings

ASIDE = "damaged"  # the folder for databases that are put aside
PARTS = ("", "-wal", "-shm")


def find_damage(settings: Settings) -> str:
    """What is wrong with the database as SQLite sees it, or nothing; mends its indexes."""
    try:
        with closing(Catalogue.open(settings)) as catalogue, catalogue.aside() as connection:
            if _faults(connection):
                connection.execute("REINDEX")
            faults = _faults(connection)
            SqliteSnapshot(connection).state()
    except IndexDamaged as error:
        return error.problem
    except sqlite3.IntegrityError as error:  # two rows now have what only one may have
        return f"is damaged ({error})"
    return f"is damaged ({faults})" if faults else ""


def _faults(connection: sqlite3.Connection) -> str:
    faults = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    with undecoded(connection):
        if schema(connection) != expected_schema():
            faults.append("its tables are not as they were made")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        faults.append("rows without what they belong to")
    return "; ".join(fault for fault in faults if fault != "ok")


def rescue(settings: Settings, workshop: Workshop, damage: str) -> Iterator[Finding]:
    """Puts the database aside and reads every original into a new one."""
    promised = _promised(settings.database_file)
    aside = put_aside(settings)
    yield Finding(Health.REPAIRED, f"the database {damage}; it is put aside in {aside}")
    Catalogue.open(settings, afresh=True).close()
    originals = Originals(settings.originals)
    wanted = [sha256 for sha256 in originals.by_age() if not originals.is_leaving(sha256)]
    with closing(workshop.indexer(settings)) as indexer:
        yield from recover(indexer, settings, wanted)
    for sha256 in originals.digests():
        promised.pop(sha256, None)
    for name in promised.values():
        yield Finding(Health.LOST, f"{name} was in the database, and its original is gone")


def recover(indexer: Indexer, settings: Settings, digests: Iterable[str]) -> Iterator[Finding]:
    """Adds originals that no document in the database claims.

    What a database that was put aside still holds of their vectors is not embedded again.
    """
    originals = Originals(settings.originals)
    with salvaged(_last_aside(settings), indexer.fingerprint) as recall:
        indexer.remember(recall)
        for sha256 in digests:
            yield _recover(indexer, originals, sha256)


def _recover(indexer: Indexer, originals: Originals, sha256: str) -> Finding:
    name = originals.name(sha256)
    report = read_original_again(indexer, originals.read, sha256, name)
    if report.outcome is Outcome.FAILED:
        return Finding(Health.LOST, f"{name} cannot be read from its original: {report.problem}")
    return Finding(Health.REPAIRED, f"{name} was read again from its original")


def put_aside(settings: Settings) -> Path:
    """Moves the database with its log out of the way; returns the folder it is in now."""
    database = settings.database_file
    with writer_lock(settings.data):
        folder = settings.data / ASIDE / str(_last_number(settings) + 1)
        try:
            folder.mkdir(parents=True)
            for part in PARTS:
                source = database.with_name(database.name + part)
                if source.exists():
                    source.rename(folder / source.name)
        except OSError as error:
            raise IndexUnwritable(str(folder), error.strerror or str(error)) from error
    return folder


def _last_number(settings: Settings) -> int:
    folder = settings.data / ASIDE
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return max((int(name) for name in names if name.isdecimal()), default=0)


def _last_aside(settings: Settings) -> Path:
    return settings.data / ASIDE / str(_last_number(settings)) / settings.database_file.name


def _promised(database: Path) -> dict[str, str]:
    """The documents that a damaged database can still name, each under its sha256."""
    promised: dict[str, str] = {}
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),  # an error can quote what is no UTF-8
        closing(sqlite3.connect(database)) as connection,
        undecoded(connection),
    ):
        for sha256, name in connection.execute("SELECT sha256, name FROM documents"):
            promised[str(sha256)] = str(name)
    return promised
