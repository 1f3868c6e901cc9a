import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.address import MAX_QUESTION, View, read_address, write_address


@pytest.mark.parametrize(
    ("params", "view"),
    [
        ({}, View()),
        ({"vraag": "Hoe hoog?"}, View(question="Hoe hoog?")),
        ({"vraag": "  Hoe hoog?  ", "onbekend": "x"}, View(question="Hoe hoog?")),
        ({"answer": "kst-1.3-4"}, View(answer="kst-1.3-4")),
        ({"answer": "kst-1.3-4", "vraag": "Hoe hoog?"}, View(answer="kst-1.3-4")),
        ({"vraag": "x" * 9_000}, View(question="x" * MAX_QUESTION)),
    ],
)
def test_address_is_read(params: dict[str, str], view: View) -> None:
    assert read_address(params) == view


def test_asking_leaves_the_single_answer() -> None:
    assert write_address(View(answer="kst-1.3").asking("Hoe hoog?")) == {"vraag": "Hoe hoog?"}


@given(st.dictionaries(st.sampled_from(["vraag", "answer", "x"]), st.text(max_size=50)))
def test_what_is_written_reads_the_same(params: dict[str, str]) -> None:
    view = read_address(params)
    assert read_address(write_address(view)) == view
