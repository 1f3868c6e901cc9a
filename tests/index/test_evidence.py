from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.evidence import EvidenceReader
from index.indexing import Indexer
from index.store import Snapshot
from pipeline.models import Part
from pipeline.settings import Settings
from pipeline.token_vectors import TokenCodec, count_letters
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS

EMBEDDER = HashingEmbedder()
CODEC = TokenCodec(EMBEDDER.token_mean)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    settings = Settings(data=tmp_path)
    indexer = Indexer.open(settings, EMBEDDER)
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    indexer.close()
    opened = Catalogue.open(settings)
    yield opened
    opened.close()


def rows_of(snapshot: Snapshot) -> list[int]:
    return [place.exchange_row for place in snapshot.places_of_exchanges(range(100))]


def test_passages_come_in_the_order_in_which_their_exchanges_are_asked_for(
    catalogue: Catalogue,
) -> None:
    with catalogue.snapshot() as snapshot:
        first, *_, last = rows_of(snapshot)
        read = EvidenceReader(snapshot, CODEC).tokens_of([last, first])
    assert [each.exchange_row for each in read] == [last, last, first, first]
    assert [each.part for each in read] == [Part.ANSWER, Part.QUESTION] * 2


def test_what_was_read_is_not_read_again(catalogue: Catalogue) -> None:
    with catalogue.snapshot() as snapshot:
        first, *others = rows_of(snapshot)
        reader = EvidenceReader(snapshot, CODEC)
        once = reader.vectors_of([first])
        again = reader.vectors_of([*others, first])
    assert again[-len(once) :] == once
    assert all(one.vectors is other.vectors for one, other in zip(once, again[-2:], strict=True))


def test_tokens_come_with_how_many_letters_each_stands_for(catalogue: Catalogue) -> None:
    with catalogue.snapshot() as snapshot:
        first, *_ = rows_of(snapshot)
        reader = EvidenceReader(snapshot, CODEC)
        tokens = [each for each in reader.tokens_of([first]) if each.part is Part.ANSWER]
        letters = reader.letters_of(first, Part.ANSWER)
        answer = snapshot.exchanges_by_row([first])[first].exchange.answer
    assert len(letters) == sum(len(each.vectors) for each in tokens)
    assert letters.sum(dtype=int) == count_letters(answer)


def test_an_exchange_that_is_not_there_has_no_evidence(catalogue: Catalogue) -> None:
    with catalogue.snapshot() as snapshot:
        assert EvidenceReader(snapshot, CODEC).vectors_of([404]) == []
