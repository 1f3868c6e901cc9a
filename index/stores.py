"""Opens the store that the settings name: a folder, or a PostgreSQL server.

The only module that knows which there are. What a store needs is imported when it is opened, so
that a folder can be read without the libraries of a server, and a list without FAISS.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from index.errors import LibrariesMissing, ServerMissing
from index.findings import Finding
from index.store import Reader, Store
from index.waiting import Heard, Queue
from pipeline.settings import Settings

SCHEME = "://"  # what an address has, and no name of a folder

if TYPE_CHECKING:
    from index.commits import Space
    from index.indexing import Indexer
    from index.opening import Workshop


def open_store(settings: Settings) -> Store:
    """What is kept, to be read and changed; raises what opening it raises."""
    if settings.database is None:
        from index.catalogue import Catalogue

        return Catalogue.open(settings)
    with _libraries():
        from index.postgres.store import PostgresStore

    return PostgresStore.open(settings.database)


def open_other(settings: Settings, place: str) -> Store:
    """A store beside that of the settings: a server by its address, or else a folder."""
    if SCHEME in place:
        return open_store(settings.model_copy(update={"database": SecretStr(place)}))
    return open_store(settings.model_copy(update={"data": Path(place), "database": None}))


def open_reader(settings: Settings, space: Space) -> Reader:
    """What is kept, to be searched with a model that makes such vectors; raises ModelMismatch."""
    if settings.database is None:
        from index.local_reader import LocalReader

        return LocalReader.open(settings, space)
    with _libraries():
        from index.postgres.reader import PostgresReader

    return PostgresReader.open(settings.database_read or settings.database, space)


def open_queue(settings: Settings) -> Queue:
    """The files that wait on the server; raises ServerMissing when the settings name none."""
    if settings.database is None:
        raise ServerMissing
    with _libraries():
        from index.postgres.queue import Queue as ServerQueue

    return ServerQueue.open(settings.database)


def run_worker(settings: Settings, indexer: Indexer, on_file: Heard, *, until_empty: bool) -> None:
    """Adds what waits on the server, until there is nothing or an end is asked."""
    if settings.database is None:
        raise ServerMissing
    with _libraries():
        from index.postgres.worker import work

    work(settings.database, indexer, on_file, until_empty=until_empty)


def examine(settings: Settings, workshop: Workshop) -> Iterator[Finding]:
    """What the doctor finds, while it examines and repairs."""
    if settings.database is None:
        from index.doctor import examine

        return examine(settings, workshop)
    with _libraries():
        from index.postgres.doctor import examine_server
        from index.postgres.store import PostgresStore

    return examine_server(PostgresStore.open(settings.database), settings, workshop)


@contextmanager
def _libraries() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise LibrariesMissing(str(error.name)) from error
