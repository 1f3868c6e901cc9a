"""Files that wait to be added, for any worker on any machine to take.

A file waits in a table of its own; its turn is a job of procrastinate, made in the same transaction.
It leaves the table when its document is kept, or stays there with what is wrong with it.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.jobs import JobDeferrer
from psycopg import Connection
from pydantic import SecretStr

from index.files import file_name
from index.postgres.connecting import Address, Connections, connect, in_words
from index.postgres.schema import MIGRATING, bring_up_to_date
from index.waiting import Waiting

QUEUE = "documents"
TASK = "add_document"
ATTEMPTS = 20  # where the server or another writer was in the way; a bad file is tried once
SECONDS_APART = 2  # between the first two attempts, twice as long before each that follows

ARRIVE = """
INSERT INTO arrivals (name, sha256, data) VALUES (%s, %s, %b)
ON CONFLICT (sha256, name) DO UPDATE SET problem = '' WHERE arrivals.problem <> ''
RETURNING id
"""


class Queue:
    """The files that wait, on one server."""

    def __init__(self, address: Address) -> None:
        self.name = address.name
        self._connections = Connections(address)
        self._app = App(connector=SyncPsycopgConnector(conninfo=address.conninfo))

    @classmethod
    def open(cls, where: SecretStr) -> Queue:
        """Opens it, made where there is none; raises what PostgresStore.open raises."""
        address = Address(where)
        with closing(connect(address)) as connection, in_words(address.name):
            bring_up_to_date(connection, address.name)
            make_queue(connection, address.name)
        return cls(address)

    def close(self) -> None:
        """Lets go of the server."""
        self._connections.close()

    def put(self, data: bytes, name: str) -> bool:
        """Has a file wait for its turn; false when it waits already."""
        name = file_name(name)
        with self._connections.writing() as connection:
            sha256 = hashlib.sha256(data).hexdigest()
            row = connection.execute(ARRIVE, (name, sha256, data)).fetchone()
            if row is not None:
                self._turn(connection, name).defer(arrival=row[0])
        return row is not None

    def waiting(self) -> list[Waiting]:
        """The files that wait, are being worked on or could not be added, first come first."""
        with self._connections.reading() as connection:
            found = connection.execute("SELECT name, problem FROM arrivals ORDER BY id")
            return [Waiting(name, problem) for name, problem in found]

    def take(self, arrival: int) -> tuple[str, bytes] | None:
        """The name and the bytes of a file; None when it was added meanwhile."""
        with self._connections.reading() as connection:
            cursor = connection.cursor(binary=True)
            row = cursor.execute(
                "SELECT name, data FROM arrivals WHERE id = %s", (arrival,)
            ).fetchone()
        return (row[0], bytes(row[1])) if row else None

    def done(self, arrival: int) -> None:
        """Lets go of a file that was added."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM arrivals WHERE id = %s", (arrival,))

    def failed(self, arrival: int, problem: str) -> None:
        """Notes what is wrong with a file."""
        with self._connections.writing() as connection:
            query = "UPDATE arrivals SET problem = %s WHERE id = %s"
            connection.execute(query, (problem, arrival))

    def _turn(self, connection: Connection[Any], name: str) -> JobDeferrer:
        """A job; those of one name wait for each other, so that the last file is kept."""
        lock = hashlib.sha256(name.encode()).hexdigest()
        return self._app.configure_task(TASK, queue=QUEUE, lock=lock, connection=connection)


def make_queue(connection: Connection[Any], name: str) -> None:
    """Makes the tables of procrastinate where they are not there yet."""
    with in_words(name):
        if _is_made(connection):
            return
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
            if not _is_made(connection):
                schema = App(connector=SyncPsycopgConnector()).schema_manager.get_schema()
                connection.execute(schema.encode())


def _is_made(connection: Connection[Any]) -> bool:
    return connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone() != (None,)


def worker_app(address: Address) -> App:
    """The queue as a worker has it."""
    return App(connector=PsycopgConnector(conninfo=address.conninfo))
