"""An exchange is found by what its document says elsewhere, as far as that goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from index.catalogue import Catalogue
from index.filtering import Scope
from index.models import SearchFilter
from index.places import Place
from index.siblings import SHORT_DOCUMENT, find_siblings, lean_on_documents
from index.store import Snapshot
from pipeline.settings import Settings
from tests.index.examples import exchange, parsed


def place(document: str, position: int) -> Place:
    return Place(document, position, 100 * ord(document[0]) + position)


@pytest.mark.parametrize(
    ("close", "order"),
    [
        # "Ja." beside a near answer goes before what stands in a document about something else,
        ({("dijk", 0): 0.9, ("dijk", 1): 0.3, ("veer", 0): 0.4}, ["dijk 0", "dijk 1", "veer 0"]),
        # but not before what is nearer by itself than its document makes up for,
        ({("dijk", 0): 0.9, ("dijk", 1): 0.3, ("veer", 0): 0.8}, ["dijk 0", "veer 0", "dijk 1"]),
        # and within one document nothing changes.
        ({("dijk", 0): 0.2, ("dijk", 1): 0.9, ("dijk", 2): 0.5}, ["dijk 1", "dijk 2", "dijk 0"]),
    ],
)
def test_what_is_near_in_a_document_speaks_for_all_of_it(
    close: dict[tuple[str, int], float], order: list[str]
) -> None:
    leaning = lean_on_documents({place(*at): near for at, near in close.items()})
    found = sorted(leaning, key=lambda at: -leaning[at])
    assert [f"{at.document_id} {at.position}" for at in found] == order


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Documents of one to five exchanges, and one that is too long to be about one thing."""
    catalogue = Catalogue.open(Settings(data=tmp_path_factory.mktemp("data")))
    lengths = {"een": 1, "drie": 3, "vier": 4, "vijf": 5, "lang": SHORT_DOCUMENT + 1}
    for name, count in lengths.items():
        asked = [
            exchange(number, f"Waarom {name} {number}?", "Ja.") for number in range(1, count + 1)
        ]
        with catalogue.commit() as (_, commit):
            commit.add_document(parsed(f"{name}.txt", asked), [], datetime.now(UTC))
    with catalogue.snapshot() as snapshot:
        yield snapshot
    catalogue.close()


def known(snapshot: Snapshot, **close: float) -> dict[Place, float]:
    """The first exchange of each of these documents, and how close it is."""
    return {snapshot.places_in([name], 99)[0]: near for name, near in close.items()}


@pytest.mark.parametrize(
    ("close", "filters", "found"),
    [
        ({"drie": 0.9}, SearchFilter(), ["drie 1", "drie 2"]),
        ({"een": 0.9, "drie": 0.1}, SearchFilter(), ["drie 1", "drie 2"]),
        ({"lang": 0.9}, SearchFilter(), []),
        # of four documents the foremost three
        ({"een": 0.9, "lang": 0.8, "drie": 0.7, "vijf": 0.6}, SearchFilter(), ["drie 1", "drie 2"]),
        ({"drie": 0.9}, SearchFilter(parties=("CDA",)), []),
    ],
)
def test_short_documents_that_are_near_are_found_whole(
    snapshot: Snapshot, close: dict[str, float], filters: SearchFilter, found: list[str]
) -> None:
    siblings = find_siblings(snapshot, known(snapshot, **close), Scope(filters))
    assert [f"{at.document_id} {at.position}" for at in siblings] == found
