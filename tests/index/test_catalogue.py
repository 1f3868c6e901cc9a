import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from index.catalogue import Catalogue
from index.commits import Space
from index.errors import (
    ContradictoryDocument,
    IndexDamaged,
    ModelMismatch,
    NewerIndex,
    UnknownAnswer,
    UnknownDocument,
)
from pipeline.models import Metadata, Paragraph, Parsed, Remark
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.examples import DOCUMENTS, embedded, exchange, parsed

EMBEDDER = HashingEmbedder(dimension=8)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BEACON = exchange(3, "Brandt de vuurtoren?", "De vuurtoren brandt.")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open(Settings(data=tmp_path))
    yield opened
    opened.close()


def keep(catalogue: Catalogue, document: Parsed) -> None:
    with catalogue.commit() as (_, commit):
        commit.add_document(document, embedded(document, EMBEDDER), NOW)
        commit.add_file(document.document.name, document.document.sha256, document.id)


def test_a_document_is_found_by_its_id(catalogue: Catalogue) -> None:
    asked_on = date(2026, 3, 1)
    metadata = Metadata(title="Vuurtorens", dossier="12345", asked_on=asked_on)
    keep(catalogue, parsed("vuurtorens.txt", [BEACON], metadata=metadata))

    record = catalogue.document("vuurtorens")

    assert (record.name, record.metadata, record.exchanges) == ("vuurtorens.txt", metadata, 1)
    assert record.added_at == NOW
    assert catalogue.documents() == [record]


def test_an_answer_is_found_by_its_id_even_when_ids_hold_dots(catalogue: Catalogue) -> None:
    dotted = exchange(1, "Waar?", "Daar.", key="ii.1")
    keep(catalogue, parsed("nota.v2.txt", [BEACON, dotted]))

    assert catalogue.exchange("nota.v2.ii.1").exchange == dotted
    assert catalogue.exchange("nota.v2.3").exchange == BEACON
    assert [found.id for found in catalogue.exchanges("nota.v2")] == ["nota.v2.3", "nota.v2.ii.1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(document=DOCUMENTS)
def test_what_is_kept_comes_back_letter_for_letter(catalogue: Catalogue, document: Parsed) -> None:
    keep(catalogue, document)
    try:
        kept = [record.exchange for record in catalogue.exchanges(document.id)]
        assert tuple(kept) == document.exchanges
        assert tuple(catalogue.remarks(document.id)) == document.remarks
        assert tuple(catalogue.pages(document.id)) == document.document.pages
        assert catalogue.document(document.id).metadata == document.metadata
        for found in document.exchanges:
            assert catalogue.exchange(document.answer_id(found)).exchange == found
    finally:
        with catalogue.commit() as (_, commit):
            commit.remove_document(document.id)


def test_a_removed_document_leaves_nothing_behind(catalogue: Catalogue, tmp_path: Path) -> None:
    remark = Remark("BBB", (Paragraph("Wij hebben hierover geen vragen.", 1, 1),))
    keep(catalogue, parsed("a.txt", [BEACON], remarks=[remark]))
    with catalogue.commit() as (_, commit):
        commit.remove_document("a")

    with catalogue.snapshot() as snapshot:
        assert set(snapshot.counts().values()) == {0}
    with sqlite3.connect(tmp_path / "kamerantwoord.db") as plain:
        plain.execute("INSERT INTO exchange_words (exchange_words) VALUES ('integrity-check')")
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        found = plain.execute("SELECT * FROM exchange_words WHERE exchange_words MATCH 'vuurtoren'")
        assert found.fetchall() == []
    plain.close()


def test_each_commit_is_one_generation_and_a_failed_one_is_none(catalogue: Catalogue) -> None:
    before = catalogue.generation()
    keep(catalogue, parsed("a.txt", [BEACON]))
    assert catalogue.generation() == before + 1

    twice = parsed("b.txt", [BEACON, BEACON])
    with pytest.raises(ContradictoryDocument, match=r"b\.txt"):
        keep(catalogue, twice)
    assert catalogue.generation() == before + 1
    assert [record.id for record in catalogue.documents()] == ["a"]


def test_a_reader_sees_one_commit_while_another_is_made(catalogue: Catalogue) -> None:
    keep(catalogue, parsed("a.txt", [BEACON]))
    with catalogue.snapshot() as snapshot:
        seen = snapshot.state()
        keep(catalogue, parsed("b.txt", [BEACON]))
        assert snapshot.state() == seen
        assert [record.id for record in snapshot.documents()] == ["a"]
    assert [record.id for record in catalogue.documents()] == ["a", "b"]


@pytest.mark.parametrize("document_id", ["", "weg", "a' OR 1=1 --"])
def test_an_unknown_document_is_named(catalogue: Catalogue, document_id: str) -> None:
    with pytest.raises(UnknownDocument) as raised:
        catalogue.document(document_id)
    assert raised.value.subject == document_id


@pytest.mark.parametrize("answer_id", ["", "a", "a.", "a.99", ".3"])
def test_an_unknown_answer_is_named(catalogue: Catalogue, answer_id: str) -> None:
    keep(catalogue, parsed("a.txt", [BEACON]))
    with pytest.raises(UnknownAnswer) as raised:
        catalogue.exchange(answer_id)
    assert raised.value.subject == answer_id


def test_another_model_is_refused_with_the_remedy(catalogue: Catalogue) -> None:
    with catalogue.commit() as (_, commit):
        commit.use_space(Space("e5", 8))
    catalogue.check_space(Space("e5", 8))
    with pytest.raises(ModelMismatch, match="kamerantwoord rebuild"):
        catalogue.check_space(Space("other", 8))


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
