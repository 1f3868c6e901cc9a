from dataclasses import replace
from datetime import date

import pytest

from index.models import Hit
from tests.ui.examples import a_document, a_record, an_exchange
from ui.address import Choice, Order
from ui.results import PAGE_SIZE, arrange, count_choices, fits


def a_hit(rank: int, party: str = "CDA", day: date | None = None, document: str = "a") -> Hit:
    paper = a_document(document)
    paper = replace(paper, metadata=replace(paper.metadata, answered_on=day))
    exchange = replace(an_exchange(numbers=(rank,)), party=party)
    return Hit(
        rank=rank,
        found=a_record(exchange, paper),
        similarity=1 / rank,
        relevance=0.9,
        highlights=(),
        referred=(),
    )


HITS = [
    a_hit(1, "CDA", date(2023, 5, 1), "a"),
    a_hit(2, "VVD", date(2024, 2, 1), "b"),
    a_hit(3, "CDA", date(2024, 7, 1), "c"),
    a_hit(4, "", None, "a"),
]


def ranks(page_hits: list[Hit], order: Order) -> list[int]:
    return [hit.rank for group in arrange(page_hits, order, False, 1).groups for hit in group.hits]


def test_counts_are_of_what_each_choice_would_leave() -> None:
    counts = count_choices(HITS, Choice(jaar=("2024",)))
    assert counts["fractie"] == {"CDA": 1, "VVD": 1}
    assert counts["jaar"] == {"2024": 2, "2023": 1}


def test_choices_keep_their_place_whatever_is_chosen() -> None:
    hits = [*HITS, a_hit(5, "VVD", date(2024, 3, 1))]
    assert list(count_choices(hits, Choice())["fractie"]) == ["CDA", "VVD"]
    assert list(count_choices(hits, Choice(jaar=("2024",)))["fractie"]) == ["CDA", "VVD"]


def test_count_says_how_many_hits_the_choice_gives() -> None:
    for trait, counts in count_choices(HITS, Choice()).items():
        for value, count in counts.items():
            choice = Choice(**{trait: (value,)})
            assert sum(fits(hit.found, choice) for hit in HITS) == count


def test_each_fractie_that_asked_together_counts_apart() -> None:
    hits = [*HITS, a_hit(5, "VVD, SP")]
    assert count_choices(hits, Choice())["fractie"] == {"CDA": 2, "VVD": 2, "SP": 1}
    assert [hit.rank for hit in hits if fits(hit.found, Choice(fractie=("SP",)))] == [5]


def test_choice_that_leaves_nothing_is_there_with_a_zero() -> None:
    counts = count_choices(HITS, Choice(fractie=("VVD",), jaar=("2023",)))
    assert counts["fractie"] == {"CDA": 1, "VVD": 0}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.RELEVANCE, [1, 2, 3, 4]),
        (Order.NEWEST, [3, 2, 1, 4]),
        (Order.OLDEST, [1, 2, 3, 4]),
    ],
)
def test_order(order: Order, expected: list[int]) -> None:
    assert ranks(HITS, order) == expected


def test_grouping_keeps_each_document_together_in_order_of_its_best_hit() -> None:
    groups = arrange(HITS, Order.RELEVANCE, True, 1).groups
    assert [(g.document_id, [hit.rank for hit in g.hits]) for g in groups] == [
        ("a", [1, 4]),
        ("b", [2]),
        ("c", [3]),
    ]


@pytest.mark.parametrize(("asked", "number", "first"), [(1, 1, 1), (3, 3, 21), (99, 3, 21)])
def test_pages(asked: int, number: int, first: int) -> None:
    page = arrange([a_hit(rank) for rank in range(1, 25)], Order.RELEVANCE, False, asked)
    assert (page.number, page.pages, page.total) == (number, 3, 24)
    assert page.groups[0].hits[0].rank == first
    assert len(page.groups) <= PAGE_SIZE
