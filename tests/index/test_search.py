from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from math import log

import pytest

from index.commits import Space
from index.errors import EmptyQuestion, ModelMismatch
from index.models import SearchFilter
from index.search import Searcher
from index.stores import open_store
from pipeline.models import Footnote, Kind, Metadata, Paragraph, Parsed
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.examples import embedded, exchange, parsed

EMBEDDER = HashingEmbedder()
SPACE = Space(EMBEDDER.fingerprint, EMBEDDER.dimension)
BEACONS = parsed(
    "vuurtorens.txt",
    [
        exchange(1, "Brandt de vuurtoren?", "De vuurtoren brandt elke nacht.", party="VVD"),
        exchange(2, "Wie stookt het vuur?", "Zie het antwoord op vraag 1.", refers_to=(1,)),
        exchange(3, "Wat kost een ijsmuts?", "Een ijsmuts kost acht gulden.", party="CDA, D66"),
    ],
    metadata=Metadata(answered_on=date(2026, 3, 1)),
)
DIKES = parsed(
    "dijken.txt",
    [exchange(1, "Houdt de dijk het?", "De dijk houdt het tot de zomer.", party="D66")],
    metadata=Metadata(asked_on=date(2025, 2, 1)),
    kind=Kind.KAMERVRAGEN,
)


@pytest.fixture
def data(kept: Settings) -> Settings:
    for document in (BEACONS, DIKES):
        keep(kept, document)
    return kept


@pytest.fixture
def searcher(data: Settings) -> Iterator[Searcher]:
    opened = Searcher.open(data, EMBEDDER)
    yield opened
    opened.close()


def keep(settings: Settings, document: Parsed) -> None:
    store = open_store(settings)
    with store.commit() as (_, commit):
        commit.use_space(SPACE)
        commit.add_document(document, embedded(document, EMBEDDER), datetime.now(UTC))
    store.close()


def ids(searcher: Searcher, question: str, **filters: object) -> list[str]:
    result = searcher.search(question, 3, SearchFilter(**filters))  # type: ignore[arg-type]
    return [hit.found.id for hit in result.hits]


def test_the_answer_that_shares_most_words_comes_first(searcher: Searcher) -> None:
    result = searcher.search("Brandt de vuurtoren elke nacht?")

    first = result.hits[0]
    assert (first.rank, first.found.id) == (1, "vuurtorens.1")
    assert first.found.exchange == BEACONS.exchanges[0]
    assert first.similarity > result.hits[1].similarity
    assert [hit.rank for hit in result.hits] == [1, 2, 3, 4]
    assert set(result.seconds) == {"embed", "search", "fetch"}


def test_an_exchange_is_as_near_as_its_nearest_passage(searcher: Searcher) -> None:
    result = searcher.search("Wat kost een ijsmuts?")
    assert (result.hits[0].found.id, result.hits[0].similarity) == ("vuurtorens.3", 1.0)


def test_answers_that_are_pointed_to_come_along(searcher: Searcher) -> None:
    hit = searcher.search("Wie stookt het vuur?").hits[0]
    assert [answer.id for answer in hit.referred] == ["vuurtorens.1"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"parties": ("D66",)}, {"vuurtorens.3", "dijken.1"}),
        ({"parties": ("CDA",)}, {"vuurtorens.3"}),
        ({"parties": ("CD", "66", "DA, D")}, set()),
        ({"kinds": (Kind.KAMERVRAGEN,)}, {"dijken.1"}),
        ({"document_ids": ("dijken", "elders")}, {"dijken.1"}),
        ({"since": date(2026, 1, 1), "parties": ("D66",)}, {"vuurtorens.3"}),
        ({"until": date(2025, 12, 31)}, {"dijken.1"}),
        ({"respondents": ("staatssecretaris",)}, set()),
    ],
)
def test_filters_leave_only_what_they_ask_for(
    searcher: Searcher, filters: dict[str, object], expected: set[str]
) -> None:
    assert set(ids(searcher, "Brandt de vuurtoren?", **filters)) == expected


def test_answers_are_weighed_as_among_those_that_a_filter_left(searcher: Searcher) -> None:
    def sizes(filters: SearchFilter) -> set[float]:
        return {signs.size for signs in searcher.signs("Brandt de vuurtoren?", filters).values()}

    assert sizes(SearchFilter()) == {log(4)}
    assert sizes(SearchFilter(parties=("D66",))) == {log(2)}


def test_a_number_that_occurs_twice_points_within_its_own_section(kept: Settings) -> None:
    twice = parsed(
        "twee.txt",
        [
            exchange(1, "Eerste?", "Ja.", section="VVD", key="vvd-1"),
            exchange(1, "Tweede?", "Nee.", section="D66", key="d66-1"),
            exchange(2, "Derde ijsmuts?", "Zie 1.", section="VVD", key="vvd-2", refers_to=(1,)),
            exchange(2, "Vierde dijk?", "Zie 1.", section="D66", key="d66-2", refers_to=(1,)),
        ],
    )
    keep(kept, twice)
    searcher = Searcher.open(kept, EMBEDDER)
    for question, expected in (("Derde ijsmuts?", "twee.vvd-1"), ("Vierde dijk?", "twee.d66-1")):
        assert [a.id for a in searcher.search(question).hits[0].referred] == [expected]
    searcher.close()


def test_a_new_document_is_found_and_a_removed_one_is_not_without_reopening(
    data: Settings, searcher: Searcher
) -> None:
    assert ids(searcher, "Hoe hoog is de toren van klokken?")[0] != "klokken.1"
    keep(data, parsed("klokken.txt", [exchange(1, "Hoe hoog is de toren van klokken?", "Hoog.")]))
    assert ids(searcher, "Hoe hoog is de toren van klokken?")[0] == "klokken.1"

    store = open_store(data)
    with store.commit() as (_, commit):
        commit.remove_document("klokken")
    store.close()
    assert "klokken.1" not in ids(searcher, "Hoe hoog is de toren van klokken?")


def test_many_equal_answers_come_in_document_order_up_to_the_limit(kept: Settings) -> None:
    for name in "cab":
        same = [exchange(n, "Zelfde vraag?", "Zelfde antwoord.") for n in range(1, 41)]
        keep(kept, parsed(f"{name}.txt", same))
    searcher = Searcher.open(kept, EMBEDDER)
    found = [hit.found.id for hit in searcher.search("Zelfde vraag?", 5).hits]
    searcher.close()
    assert found == ["a.1", "a.2", "a.3", "a.4", "a.5"]


def test_an_empty_index_has_no_hits(kept: Settings) -> None:
    searcher = Searcher.open(kept, EMBEDDER)
    assert searcher.search("Is er iets?").hits == ()
    keep(kept, DIKES)
    assert ids(searcher, "Houdt de dijk het?") == ["dijken.1"]
    searcher.close()


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_is_refused(searcher: Searcher, question: str) -> None:
    with pytest.raises(EmptyQuestion):
        searcher.search(question)


def test_an_index_of_another_model_is_refused_on_opening(data: Settings) -> None:
    with pytest.raises(ModelMismatch, match="kamerantwoord rebuild"):
        Searcher.open(data, HashingEmbedder(name="ander"))


def test_names_and_numbers_in_notes_are_found_by_the_letter(kept: Settings) -> None:
    noted = Paragraph("Dat is toegezegd.", 1, 1, (Footnote("1", "Motie-Zeeman, 12 345-IX", 16),))
    plain = [exchange(n, f"Vraag over schip {n}?", f"Antwoord {n}.") for n in range(1, 9)]
    answer = replace(exchange(9, "Komt er een brief?", ""), answer_paragraphs=(noted,))
    keep(kept, parsed("zee.txt", [*plain, answer]))
    searcher = Searcher.open(kept, EMBEDDER)
    for question in ("motie Zeeman", "12 345-IX", "Zeeman?"):
        assert ids(searcher, question)[0] == "zee.9"
    assert ids(searcher, "Zeeman", parties=("D66",)) == []

    store = open_store(kept)
    with store.commit() as (_, commit):
        commit.remove_document("zee")
    with store.snapshot() as snapshot:
        assert snapshot.exchanges_with("zeeman") == 0
    store.close()
    searcher.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ('vuurtoren "elke nacht"', ["vuurtorens.1"]),
        ('"gulden" "de dijk"', []),
        ("vuurtoren dijk -dijk -vuurtoren", ["vuurtorens.2", "vuurtorens.3"]),
    ],
)
def test_phrases_and_unwanted_words_choose_before_nearness(
    searcher: Searcher, question: str, expected: list[str]
) -> None:
    assert sorted(ids(searcher, question)) == expected


@pytest.mark.parametrize(
    "question", ['"', '""', '"«»" -', "'; DROP TABLE x; --", "NEAR(a b)", "a\x00b*"]
)
def test_signs_of_other_languages_mean_nothing(searcher: Searcher, question: str) -> None:
    assert len(searcher.search(question).hits) == 4
