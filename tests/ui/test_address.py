from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.models import SearchFilter
from pipeline.models import Kind
from ui.address import MAX_QUESTION, Choice, Order, View, read_address, write_address


@pytest.mark.parametrize(
    ("params", "view"),
    [
        ({}, View()),
        ({"vraag": ["Hoe hoog?"]}, View(question="Hoe hoog?")),
        ({"vraag": ["  Hoe hoog?  "], "onbekend": ["x"]}, View(question="Hoe hoog?")),
        ({"answer": ["kst-1.3-4"]}, View(answer="kst-1.3-4")),
        ({"answer": ["kst-1.3-4"], "vraag": ["Hoe hoog?"]}, View(answer="kst-1.3-4")),
        ({"vraag": ["x" * 9_000]}, View(question="x" * MAX_QUESTION)),
        ({"fractie": ["CDA", "", "CDA", "VVD"]}, View(choice=Choice(fractie=("CDA", "VVD")))),
        ({"volgorde": ["nieuwste"], "groep": ["ja"]}, View(order=Order.NEWEST, grouped=True)),
        ({"volgorde": ["x"], "pagina": ["-1"], "taal": ["xx"]}, View()),
        ({"pagina": ["3"], "taal": ["en"]}, View(page=3, language="en")),
        ({"pagina": ["²"], "blad": ["7"]}, View()),
        ({"bron": ["kst-1.3"], "blad": ["7"]}, View(source="kst-1.3", leaf=7)),
    ],
)
def test_address_is_read(params: dict[str, list[str]], view: View) -> None:
    assert read_address(params) == view


def test_asking_leaves_the_single_answer() -> None:
    assert write_address(View(answer="kst-1.3").asking("Hoe hoog?")) == {"vraag": ["Hoe hoog?"]}


def test_asking_keeps_the_order_and_the_language_and_forgets_what_was_chosen() -> None:
    view = View("Oud?", choice=Choice(fractie=("CDA",)), order=Order.NEWEST, page=4, language="en")
    assert view.asking("Nieuw?") == View("Nieuw?", order=Order.NEWEST, language="en")


def test_choosing_starts_at_the_first_page() -> None:
    assert View("Hoe?", page=3).choosing(Choice(jaar=("2024",))).page == 1


@pytest.mark.parametrize(
    ("choice", "filters"),
    [
        (Choice(), SearchFilter()),
        (Choice(soort=("brief", "niets")), SearchFilter(kinds=(Kind.BRIEF,))),
        (
            Choice(jaar=("2024", "2021", "xx", "0000")),
            SearchFilter(since=date(2021, 1, 1), until=date(2024, 12, 31)),
        ),
        (
            Choice(fractie=("CDA",), document=("a",)),
            SearchFilter(parties=("CDA",), document_ids=("a",)),
        ),
    ],
)
def test_choice_as_the_filter_of_the_index(choice: Choice, filters: SearchFilter) -> None:
    assert choice.as_filter() == filters


KEYS = (
    "vraag answer soort fractie jaar document volgorde groep ruim pagina bron blad taal x".split()
)
VALUES = st.one_of(st.text(max_size=20), st.sampled_from(["ja", "en", "3", "nieuwste", "2024"]))


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a machine that does other things
@given(st.dictionaries(st.sampled_from(KEYS), st.lists(VALUES, max_size=3)))
def test_what_is_written_reads_the_same(params: dict[str, list[str]]) -> None:
    view = read_address(params)
    assert read_address(write_address(view)) == view
