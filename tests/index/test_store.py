"""What every store does: a folder with SQLite, and a PostgreSQL server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from index.commits import Space
from index.errors import (
    ContradictoryDocument,
    ModelMismatch,
    UnknownAnswer,
    UnknownDocument,
)
from index.store import Store, check_space
from index.stores import open_store
from pipeline.models import Metadata, Paragraph, Parsed, Remark
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.examples import DOCUMENTS, embedded, exchange, parsed

EMBEDDER = HashingEmbedder(dimension=8)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BEACON = exchange(3, "Brandt de vuurtoren?", "De vuurtoren brandt.")


@pytest.fixture
def store(kept: Settings) -> Iterator[Store]:
    opened = open_store(kept)
    yield opened
    opened.close()


def keep(store: Store, document: Parsed) -> None:
    with store.commit() as (_, commit):
        commit.add_document(document, embedded(document, EMBEDDER), NOW)
        commit.add_file(document.document.name, document.document.sha256, document.id)


def test_a_document_is_found_by_its_id(store: Store) -> None:
    asked_on = date(2026, 3, 1)
    metadata = Metadata(title="Vuurtorens", dossier="12345", asked_on=asked_on)
    keep(store, parsed("vuurtorens.txt", [BEACON], metadata=metadata))

    record = store.document("vuurtorens")

    assert (record.name, record.metadata, record.exchanges) == ("vuurtorens.txt", metadata, 1)
    assert record.added_at == NOW
    assert store.documents() == [record]


def test_an_exchange_without_an_answer_is_no_answer(store: Store) -> None:
    waiting = replace(BEACON, answer_paragraphs=())
    keep(store, parsed("vuurtorens.txt", [exchange(1, "Waar?", "Daar.", party="CDA"), waiting]))
    keep(store, parsed("torens.txt", [exchange(1, "Hoe?", "Zo.", party="CDA")]))
    try:
        with store.snapshot() as snapshot:
            assert snapshot.unanswered() == {"vuurtorens": 1}
            assert snapshot.answers_by_party() == {"CDA": 2}
    finally:
        with store.commit() as (_, commit):
            commit.remove_document("vuurtorens")
            commit.remove_document("torens")


def test_an_answer_is_found_by_its_id_even_when_ids_hold_dots(store: Store) -> None:
    dotted = exchange(1, "Waar?", "Daar.", key="ii.1")
    keep(store, parsed("nota.v2.txt", [BEACON, dotted]))

    assert store.exchange("nota.v2.ii.1").exchange == dotted
    assert store.exchange("nota.v2.3").exchange == BEACON
    assert [found.id for found in store.exchanges("nota.v2")] == ["nota.v2.3", "nota.v2.ii.1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(document=DOCUMENTS)
def test_what_is_kept_comes_back_letter_for_letter(store: Store, document: Parsed) -> None:
    keep(store, document)
    try:
        kept = [record.exchange for record in store.exchanges(document.id)]
        assert tuple(kept) == document.exchanges
        assert tuple(store.remarks(document.id)) == document.remarks
        assert tuple(store.pages(document.id)) == document.document.pages
        assert store.document(document.id).metadata == document.metadata
        for found in document.exchanges:
            assert store.exchange(document.answer_id(found)).exchange == found
    finally:
        with store.commit() as (_, commit):
            commit.remove_document(document.id)


def test_a_removed_document_leaves_nothing_behind(store: Store) -> None:
    remark = Remark("BBB", (Paragraph("Wij hebben hierover geen vragen.", 1, 1),))
    keep(store, parsed("a.txt", [BEACON], remarks=[remark]))
    with store.snapshot() as snapshot:
        assert snapshot.exchanges_with("vuurtoren") == snapshot.count_exchanges() == 1
        assert len(snapshot.rows_with("de vuurtoren brandt")) == 1
    with store.commit() as (_, commit):
        commit.remove_document("a")

    with store.snapshot() as snapshot:
        assert set(snapshot.counts().values()) == {0}
        assert snapshot.exchanges_with("vuurtoren") == snapshot.count_exchanges() == 0
        assert snapshot.rows_with("de vuurtoren brandt") == []
        assert snapshot.files("a") == {}


def test_each_commit_is_one_generation_and_a_failed_one_is_none(store: Store) -> None:
    before = store.generation()
    keep(store, parsed("a.txt", [BEACON]))
    assert store.generation() == before + 1

    twice = parsed("b.txt", [BEACON, BEACON])
    with pytest.raises(ContradictoryDocument, match=r"b\.txt"):
        keep(store, twice)
    assert store.generation() == before + 1
    assert [record.id for record in store.documents()] == ["a"]


def test_a_reader_sees_one_commit_while_another_is_made(store: Store) -> None:
    keep(store, parsed("a.txt", [BEACON]))
    with store.snapshot() as snapshot:
        seen = snapshot.state()
        keep(store, parsed("b.txt", [BEACON]))
        assert snapshot.state() == seen
        assert [record.id for record in snapshot.documents()] == ["a"]
    assert [record.id for record in store.documents()] == ["a", "b"]


@pytest.mark.parametrize("document_id", ["", "weg", "a' OR 1=1 --"])
def test_an_unknown_document_is_named(store: Store, document_id: str) -> None:
    with pytest.raises(UnknownDocument) as raised:
        store.document(document_id)
    assert raised.value.subject == document_id


@pytest.mark.parametrize("answer_id", ["", "a", "a.", "a.99", ".3"])
def test_an_unknown_answer_is_named(store: Store, answer_id: str) -> None:
    keep(store, parsed("a.txt", [BEACON]))
    with pytest.raises(UnknownAnswer) as raised:
        store.exchange(answer_id)
    assert raised.value.subject == answer_id


def test_another_model_is_refused_with_the_remedy(store: Store) -> None:
    with store.commit() as (_, commit):
        commit.use_space(Space("e5", 8))
    with store.snapshot() as snapshot:
        check_space(snapshot, Space("e5", 8), store.name)
        with pytest.raises(ModelMismatch, match="kamerantwoord rebuild"):
            check_space(snapshot, Space("other", 8), store.name)
