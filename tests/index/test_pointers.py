"""An answer that only says where the answer is, is found by what stands there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.pointers import POINTED_SHARE, find_targets, lean_on_targets
from pipeline.models import Exchange
from pipeline.settings import Settings
from tests.index.examples import exchange, parsed


@pytest.mark.parametrize(
    ("close", "targets", "expected"),
    [
        ({1: 0.9, 2: 0.5}, {2: [1]}, {1: 0.9, 2: 0.5 + POINTED_SHARE * 0.4}),
        ({1: 0.9, 2: 0.5, 3: 0.7}, {2: [3, 1]}, {1: 0.9, 2: 0.5 + POINTED_SHARE * 0.4, 3: 0.7}),
        ({1: 0.4, 2: 0.5}, {2: [1]}, {1: 0.4, 2: 0.5}),  # nearer by itself
        ({2: 0.5}, {2: [1]}, {2: 0.5}),  # its target was not found
        ({1: 0.9}, {2: [1]}, {1: 0.9}),
    ],
)
def test_an_answer_leans_on_the_one_it_points_to(
    close: dict[int, float], targets: dict[int, list[int]], expected: dict[int, float]
) -> None:
    assert lean_on_targets(close, targets) == pytest.approx(expected)


def pointing(number: int, *to: int, section: str = "", answer: str = "Zie aldaar.") -> Exchange:
    return exchange(number, "Waarom?", answer, refers_to=to, section=section)


def targets_in(folder: Path, *exchanges: Exchange) -> dict[int, list[int]]:
    """The places in the document, counted from 1, to which each place points."""
    catalogue = Catalogue.open(Settings(data=folder))
    with catalogue.commit() as (_, commit):
        commit.add_document(parsed("zee.txt", list(exchanges)), [], datetime.now(UTC))
    with catalogue.snapshot() as snapshot:
        rows = [place.exchange_row for place in sorted(snapshot.places_of_exchanges(range(99)))]
        found = find_targets(snapshot, rows)
    catalogue.close()
    at = {row: place for place, row in enumerate(rows, start=1)}
    return {at[row]: [at[target] for target in pointed] for row, pointed in found.items()}


def test_targets_are_found_by_their_numbers(tmp_path: Path) -> None:
    told = exchange(1, "Hoe?", "Zo.")
    long = pointing(3, 1, answer="Het vuur brandt weer. " * 20 + "Zie verder vraag 1.")
    assert targets_in(tmp_path, told, pointing(2, 1), long, pointing(4, 9)) == {2: [1]}


def test_the_same_number_is_sought_in_the_same_section_first(tmp_path: Path) -> None:
    one, two = (exchange(1, "Hoe?", "Zo.", section=name, key=name) for name in "AB")
    assert targets_in(tmp_path, one, pointing(2, 1, section="A"), two) == {2: [1]}
