from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.occurrences import Counts, bm25, bm25_rarity
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.examples import embedded, exchange, parsed

QUESTIONS = (
    "Hoe hoog is de dijk bij zee?",
    "Wie ontwierp de vuurtoren, en waarom?",
    "Eb of vloed?",
)
ANSWERS = (
    "De dijk is hoog genoeg.",
    "Één ingenieur ontwierp de dijk en de vuurtoren.",
    "Vloed, dijk.",
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    document = parsed(
        "zee.txt",
        [exchange(at, *said) for at, said in enumerate(zip(QUESTIONS, ANSWERS, strict=True), 1)],
    )
    catalogue = Catalogue.open(Settings(data=tmp_path))
    with catalogue.commit() as (_, commit):
        commit.add_document(document, embedded(document, HashingEmbedder()), datetime.now(UTC))
    return catalogue


def test_words_weigh_the_same_from_the_text_as_in_the_word_index(catalogue: Catalogue) -> None:
    words, rows = ["dijk", "vuurtoren", "een", "hoog"], [1, 2, 3]
    with closing(catalogue), catalogue.snapshot() as snapshot:
        by_index = snapshot.word_weights(words, rows)
        by_text = snapshot.weigh_by_text(words, rows)
    assert set(by_index) == {1, 2, 3}
    assert by_text == pytest.approx(by_index)


def test_counts_are_remembered_until_the_next_commit(catalogue: Catalogue) -> None:
    with closing(catalogue):
        for _ in range(2):
            with catalogue.snapshot() as snapshot:
                assert (snapshot.exchanges_with("dijk"), snapshot.count_exchanges()) == (3, 3)
        with catalogue.commit() as (_, commit):
            commit.remove_document("zee")
        with catalogue.snapshot() as snapshot:
            assert (snapshot.exchanges_with("dijk"), snapshot.count_exchanges()) == (0, 0)


def test_what_is_remembered_of_one_commit_is_not_told_of_another() -> None:
    counts = Counts()
    counts.at("nu")["dijk"] = 3
    assert counts.at("nu") == {"dijk": 3}
    assert counts.at("straks") == {}


def test_a_rare_word_in_a_short_text_weighs_most() -> None:
    rarity = {"vuurtoren": bm25_rarity(2, 100), "dijk": bm25_rarity(40, 100)}
    assert bm25({"vuurtoren": 1}, rarity, 0.5) > bm25({"vuurtoren": 1}, rarity, 2.0)
    assert bm25({"vuurtoren": 1}, rarity, 1.0) > bm25({"dijk": 3}, rarity, 1.0)
