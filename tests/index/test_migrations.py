import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.migrations import MIGRATIONS, expected_schema, migrate, schema, schema_version
from pipeline.settings import Settings

LATER = (*MIGRATIONS, "CREATE TABLE later (id INTEGER); INSERT INTO later VALUES (1);")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    Catalogue.open(Settings(data=tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / "kamerantwoord.db", isolation_level=None)) as opened:
        yield opened


def test_a_new_catalogue_has_taken_every_step_and_needed_no_backup(
    database: sqlite3.Connection, tmp_path: Path
) -> None:
    assert schema_version(database) == len(MIGRATIONS)
    assert schema(database) == expected_schema()
    assert not (tmp_path / "backups").exists()


def test_a_step_comes_after_a_backup_of_what_was_before(
    database: sqlite3.Connection, tmp_path: Path
) -> None:
    migrate(database, tmp_path / "backups", LATER)

    assert schema_version(database) == len(LATER)
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name == f"schema-{len(MIGRATIONS)}.db"
    with closing(sqlite3.connect(backup)) as before:
        assert schema_version(before) == len(MIGRATIONS)
        assert schema(before) == expected_schema()
        assert before.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_step_that_fails_leaves_the_database_as_it_was(
    database: sqlite3.Connection, tmp_path: Path
) -> None:
    broken = (*MIGRATIONS, "CREATE TABLE later (id INTEGER); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate(database, tmp_path / "backups", broken)
    assert schema_version(database) == len(MIGRATIONS)
    assert schema(database) == expected_schema()


def test_steps_that_were_taken_are_not_taken_again(
    database: sqlite3.Connection, tmp_path: Path
) -> None:
    for _ in range(2):
        migrate(database, tmp_path / "backups", LATER)
    assert database.execute("SELECT count(*) FROM later").fetchone() == (1,)
