"""Connections to the server: how it is reached, read in a snapshot and written to.

It knows what can go wrong between here and there, and puts it in words with a remedy. It knows no
table but the one whose lock makes commits wait for each other.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from pgvector.psycopg.vector import register_vector_info
from psycopg import Connection, errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types import TypeInfo
from psycopg_pool import ConnectionPool, PoolTimeout
from pydantic import SecretStr

from index.errors import (
    THE_INDEX,
    ConnectionLost,
    IndexDamaged,
    IndexFailure,
    IndexLocked,
    ServerDamaged,
    ServerRefusal,
    ServerUnfit,
    ServerUnreachable,
    ServerUnwritable,
)
from index.postgres.texts import register_texts
from pipeline.errors import BadSettings

Kinds = type[psycopg.Error] | tuple[type[psycopg.Error], ...]

MOST_CONNECTIONS = 10  # of one process; a question holds one from its search to its last hit
PATIENCE = 20.0  # seconds that a server which restarts is waited for
AGAIN = 0.2  # seconds until it is asked again
LOCK_MILLISECONDS = 30_000  # a commit takes far less
CANDIDATES = 400  # passages that a question looks at, see PASSAGES_A_HIT and WEIGHED

# Plans are made anew for each question: one for any number of passages would not use the index.
OPTIONS = (
    f"-c hnsw.ef_search={CANDIDATES} -c hnsw.iterative_scan=strict_order"
    " -c plan_cache_mode=force_custom_plan -c jit=off"
)
# A server that is gone without a word is noticed within a minute, rather than in two hours.
DEFAULTS = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    "application_name": "kamerantwoord",
}

READING = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED"

# What is not the doing of what was asked: asked again, it is answered.
LOST = (
    errors.SerializationFailure,  # as on a replica that has to follow its server
    errors.DeadlockDetected,
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.IdleInTransactionSessionTimeout,
    errors.ConnectionException,
)
PASSING = ("starting up", "shutting down", "not yet accepting")
REFUSED = ("password", "authentication", "pg_hba", "role", "does not exist")
WRITE_ELSEWHERE = (
    "set KAMERANTWOORD_DATABASE to the server that it follows; a replica belongs in"
    " KAMERANTWOORD_DATABASE_READ"
)
GRANT = "grant this role what it needs, or have it own the database"
# The first that fits says what is the matter; all that remains cannot be written.
FAILURES: tuple[tuple[Kinds, Callable[[str, str], IndexFailure]], ...] = (
    (LOST, ConnectionLost),
    (errors.LockNotAvailable, lambda name, _: IndexLocked(name, "another program")),
    (
        errors.ReadOnlySqlTransaction,
        lambda name, detail: ServerUnfit(name, f"is only read ({detail})", WRITE_ELSEWHERE),
    ),
    (errors.InsufficientPrivilege, lambda name, detail: ServerUnfit(name, detail, GRANT)),
    ((errors.UndefinedTable, errors.UndefinedColumn), ServerDamaged),
    (psycopg.OperationalError, ServerUnwritable),
)


class Address:
    """Where a server is, with a name that may be shown."""

    def __init__(self, address: SecretStr) -> None:
        try:
            parts = conninfo_to_dict(address.get_secret_value())
        except psycopg.ProgrammingError:  # its message may quote the password
            raise BadSettings(
                "KAMERANTWOORD_DATABASE",
                "is no address of a PostgreSQL server",
                "write it as postgresql://user@host:5432/database",
            ) from None
        options = f"{parts.get('options') or ''} {OPTIONS}".strip()
        chosen: dict[str, Any] = {**DEFAULTS, **parts, "options": options}
        self.conninfo = make_conninfo("", **chosen)
        port = f":{parts['port']}" if parts.get("port") else ""
        host, database = parts.get("host") or "localhost", parts.get("dbname") or ""
        self.name = f"postgresql://{host}{port}/{database}"


class Connections:
    """The connections of one process to one server; any thread may use it."""

    def __init__(self, address: Address) -> None:
        self.name = address.name
        self._pool = ConnectionPool(
            address.conninfo,
            min_size=1,
            max_size=MOST_CONNECTIONS,
            timeout=PATIENCE,
            reconnect_timeout=PATIENCE,
            kwargs={"autocommit": True},
            configure=adapt,
            check=ConnectionPool.check_connection,
            open=False,
        )
        self._pool.open()

    def close(self) -> None:
        """Closes them all."""
        self._pool.close()

    @contextmanager
    def reading(self) -> Iterator[Connection[Any]]:
        """A connection that sees one commit throughout; it never waits for a writer."""
        with self._transaction(READING) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection[Any]]:
        """A connection whose changes are kept together when the block ends well, or else none.

        Each of its statements sees all commits before it.
        """
        with self._transaction(WRITING) as connection:
            connection.execute(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection[Any]]:
        with in_words(self.name), self._pool.connection() as connection:
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(psycopg.Error):  # the connection may be what is gone
                    connection.execute("ROLLBACK")
                raise


def connect(address: Address) -> Connection[Any]:
    """One connection outside the pool, which says at once why there is none.

    Only a server that says that it is about to be there is waited for.
    """
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return psycopg.connect(address.conninfo, autocommit=True)
        except psycopg.OperationalError as error:
            detail = told(error)
        if any(word in detail for word in REFUSED):
            raise ServerRefusal(address.name, detail)
        if time.monotonic() > ends or not any(word in detail for word in PASSING):
            raise ServerUnreachable(address.name, detail)
        time.sleep(AGAIN)


def adapt(connection: Connection[Any]) -> None:
    """Teaches a connection vectors and any text."""
    register_texts(connection)
    register_vector_info(connection, TypeInfo.fetch(connection, "vector"))


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turns what psycopg says into an IndexFailure about this server, and names it in others."""
    try:
        yield
    except PoolTimeout as error:
        detail = f"no connection within {PATIENCE:.0f} seconds"
        raise ServerUnreachable(name, detail) from error
    except psycopg.Error as error:
        failure = _failure(name, error)
        if failure is None:
            raise
        raise failure from error
    except IndexDamaged as error:
        if error.subject == THE_INDEX:
            raise ServerDamaged(name, error.detail) from error
        raise


def _failure(name: str, error: psycopg.Error) -> IndexFailure | None:
    """None where a rule of the schema was broken: whoever wrote knows which document it was."""
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return ConnectionLost(name, told(error))
    made = (make for kinds, make in FAILURES if isinstance(error, kinds))
    make = next(made, None)
    return make(name, told(error)) if make else None


def told(error: psycopg.Error) -> str:
    """The first line of what the server or the connection says; it never quotes a password."""
    return str(error).partition("\n")[0].strip() or type(error).__name__
