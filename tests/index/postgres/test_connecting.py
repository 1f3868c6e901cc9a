"""What can go wrong between here and the server, and what is said then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from pydantic import SecretStr

from index.commits import Space
from index.errors import (
    ConnectionLost,
    IndexFailure,
    IndexLocked,
    NewerServer,
    ServerDamaged,
    ServerRefusal,
    ServerUnfit,
    ServerUnreachable,
    ServerUnwritable,
)
from index.postgres import connecting, store
from index.postgres.store import PostgresStore
from index.store import Snapshot, Store
from index.stores import open_store
from pipeline.errors import BadSettings
from pipeline.settings import Settings
from tests.index.examples import exchange, parsed
from tests.index.test_store import keep
from tests.postgres_server import Server

pytestmark = pytest.mark.xdist_group("postgresql")

BEACON = exchange(3, "Brandt de vuurtoren?", "De vuurtoren brandt.")


@contextmanager
def at(settings: Settings) -> Iterator[psycopg.Connection]:
    assert settings.database
    with psycopg.connect(settings.database.get_secret_value(), autocommit=True) as connection:
        yield connection


def cut_off(settings: Settings) -> None:
    """Has the server end every connection but the one that asks for it, as a restart does."""
    with at(settings) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_server_that_does_not_answer_is_named_with_the_remedy() -> None:
    where = SecretStr("postgresql://lezer:geheim@127.0.0.1:1/kamer")
    with pytest.raises(ServerUnreachable, match="see that the server runs") as raised:
        PostgresStore.open(where)
    assert raised.value.subject == "postgresql://127.0.0.1:1/kamer"
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize("where", ["postgresql://lezer:geheim@[", "mysql://lezer:geheim@a/b"])
def test_what_is_no_address_is_refused_without_being_quoted(where: str) -> None:
    with pytest.raises(BadSettings, match="postgresql://user@host") as raised:
        PostgresStore.open(SecretStr(where))
    assert "geheim" not in str(raised.value)


def test_a_wrong_password_is_told(postgres: Server) -> None:
    with postgres.administer() as connection:
        connection.execute("CREATE ROLE lezer LOGIN PASSWORD 'goed'")
        rules = postgres.folder / "pg_hba.conf"
        kept = rules.read_text()
        rules.write_text(f"local all lezer scram-sha-256\n{kept}")
        connection.execute("SELECT pg_reload_conf()")
        wrong = postgres.address("made").get_secret_value().replace("postgres:@", "lezer:fout@")
        with pytest.raises(ServerRefusal, match="correct user, password") as raised:
            PostgresStore.open(SecretStr(wrong))
        assert "fout" not in str(raised.value)
        rules.write_text(kept)


def test_a_database_that_is_not_there_is_told(postgres: Server) -> None:
    with pytest.raises(ServerRefusal, match="nergens"):
        PostgresStore.open(postgres.address("nergens"))


def test_a_server_without_pgvector_is_told(postgres: Server) -> None:
    with postgres.administer() as connection:
        connection.execute("CREATE DATABASE kaal")
        connection.execute("ALTER DATABASE kaal SET extension_control_path = '/nergens'")
    with pytest.raises(ServerUnfit, match="install pgvector"):
        PostgresStore.open(postgres.address("kaal"))


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ("REVOKE CREATE ON SCHEMA public FROM PUBLIC; SET ROLE gast", "grant this role"),
        ("SET default_transaction_read_only = on", "KAMERANTWOORD_DATABASE_READ"),
    ],
)
def test_where_no_tables_may_be_made_is_told(
    postgres: Server, monkeypatch: pytest.MonkeyPatch, change: str, remedy: str
) -> None:
    with postgres.administer() as connection:
        connection.execute("DROP DATABASE IF EXISTS leeg")
        connection.execute("CREATE DATABASE leeg")
        connection.execute(
            "DO $$ BEGIN CREATE ROLE gast; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
    where = postgres.address("leeg")
    with psycopg.connect(where.get_secret_value(), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION vector")

    def connect(address: connecting.Address) -> psycopg.Connection:
        connection = connecting.connect(address)
        for statement in change.split(";"):
            connection.execute(statement.encode())
        return connection

    monkeypatch.setattr(store, "connect", connect)
    with pytest.raises(ServerUnfit, match=remedy):
        PostgresStore.open(where)


LATER = "INSERT INTO schema_steps VALUES (999, now())"
ALTERED = "UPDATE documents SET title = 'Iets anders'"
# What a server says when its disk is full; to fill one takes a file system of its own.
FULL = """
CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE 'could not extend file "base/1/2": No space left on device' USING ERRCODE = 'disk_full';
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON documents EXECUTE FUNCTION fill()
"""


def read_and_write(where: SecretStr) -> None:
    with closing(PostgresStore.open(where)) as store:
        store.document("a")
        keep(store, parsed("b.txt", [BEACON]))


@pytest.mark.parametrize(
    ("damage", "failure", "told"),
    [
        (LATER, NewerServer, "999.*; upgrade .* or set KAMERANTWOORD_DATABASE to another database"),
        (ALTERED, ServerDamaged, "of a was altered.*doctor`, or put a backup of the database back"),
        (FULL, ServerUnwritable, "No space left.*; make room on the server, or set"),
    ],
)
def test_trouble_with_a_database_names_it_and_what_can_be_done_there(
    served: Settings, damage: str, failure: type[IndexFailure], told: str
) -> None:
    where = (served.database or SecretStr("")).get_secret_value()
    guarded = SecretStr(where.replace("postgres:@", "postgres:geheim@"))
    with closing(PostgresStore.open(guarded)) as store:
        keep(store, parsed("a.txt", [BEACON]))
    with at(served) as connection:
        connection.execute(damage.encode())
    with pytest.raises(failure, match=told) as raised:
        read_and_write(guarded)
    assert raised.value.subject.startswith("postgresql://")
    assert raised.value.subject.endswith(where.partition("?")[0].rpartition("/")[2])
    assert "geheim" not in str(raised.value)
    assert "folder" not in str(raised.value)


def test_a_read_that_is_cut_off_is_done_once_more(served: Settings) -> None:
    with closing(PostgresStore.open(served.database or SecretStr(""))) as store:
        keep(store, parsed("a.txt", [BEACON]))
        tries: list[int] = []

        def read(snapshot: Snapshot) -> list[str]:
            tries.append(1)
            if len(tries) == 1:
                cut_off(served)
            return [record.id for record in snapshot.documents()]

        assert store.look_up(read) == ["a"]
        assert len(tries) == 2


def test_a_read_that_is_cut_off_twice_says_so_and_the_next_one_succeeds(served: Settings) -> None:
    with closing(PostgresStore.open(served.database or SecretStr(""))) as store:

        def read(snapshot: Snapshot) -> None:
            cut_off(served)
            snapshot.documents()

        with pytest.raises(ConnectionLost, match="try again"):
            store.look_up(read)
        assert store.documents() == []


def break_off(store: Store, served: Settings) -> None:
    with store.commit() as (snapshot, commit):
        commit.use_space(Space("e5", 8))
        cut_off(served)
        snapshot.documents()


def test_a_commit_that_is_cut_off_keeps_nothing(served: Settings) -> None:
    with closing(open_store(served)) as store:
        with pytest.raises(ConnectionLost):
            break_off(store, served)
        assert (store.generation(), store.documents()) == (0, [])


def test_a_second_writer_is_told_when_the_first_does_not_end(
    served: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "LOCK_MILLISECONDS", 50)
    with (
        closing(open_store(served)) as store,
        store.commit(),
        pytest.raises(IndexLocked, match="another program"),
        store.commit(),
    ):
        pass


def test_a_server_that_is_only_read_says_so_to_whoever_writes(
    served: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "WRITING", "BEGIN READ ONLY")  # as on a replica
    with (
        closing(open_store(served)) as store,
        pytest.raises(ServerUnfit, match="KAMERANTWOORD_DATABASE_READ"),
        store.commit(),
    ):
        pass
