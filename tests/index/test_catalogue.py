"""What SQLite alone has: a file that may be another's, and word tables of its own."""

import sqlite3
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.errors import IndexDamaged, NewerIndex
from pipeline.settings import Settings
from tests.index.examples import exchange, parsed
from tests.index.test_store import keep


def test_the_word_tables_hold_nothing_of_a_removed_document(tmp_path: Path) -> None:
    catalogue = Catalogue.open(Settings(data=tmp_path))
    keep(catalogue, parsed("a.txt", [exchange(3, "Brandt de vuurtoren?", "De vuurtoren brandt.")]))
    with catalogue.commit() as (_, commit):
        commit.remove_document("a")
    catalogue.close()
    with sqlite3.connect(tmp_path / "kamerantwoord.db") as plain:
        plain.execute("INSERT INTO exchange_words (exchange_words) VALUES ('integrity-check')")
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        found = plain.execute("SELECT * FROM exchange_words WHERE exchange_words MATCH 'vuurtoren'")
        assert found.fetchall() == []
    plain.close()


def test_an_index_of_a_later_version_is_refused(tmp_path: Path) -> None:
    Catalogue.open(Settings(data=tmp_path)).close()
    with sqlite3.connect(tmp_path / "kamerantwoord.db") as plain:
        plain.execute("PRAGMA user_version = 999")
    plain.close()
    with pytest.raises(NewerIndex, match="999"):
        Catalogue.open(Settings(data=tmp_path))


def test_what_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "kamerantwoord.db").write_bytes(b"geen database" * 500)
    with pytest.raises(IndexDamaged, match="doctor"):
        Catalogue.open(Settings(data=tmp_path))


def test_an_altered_row_is_told_with_the_database_it_lies_in(tmp_path: Path) -> None:
    catalogue = Catalogue.open(Settings(data=tmp_path))
    keep(catalogue, parsed("a.txt", [exchange(3, "Brandt de vuurtoren?", "De vuurtoren brandt.")]))
    with sqlite3.connect(tmp_path / "kamerantwoord.db") as plain:
        plain.execute("UPDATE documents SET title = 'Iets anders'")
    plain.close()
    with pytest.raises(IndexDamaged, match="backup of the data folder") as raised:
        catalogue.document("a")
    assert raised.value.subject == catalogue.name
    catalogue.close()
