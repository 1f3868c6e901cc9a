import csv
import json
from io import StringIO

import pytest

from index.models import Hit
from tests.ui.examples import HOSTILE, LONG_WORD, a_record, an_exchange
from ui.exports import as_csv, as_json, harmless_cell


def a_hit(answer: str) -> Hit:
    return Hit(1, a_record(an_exchange(answer=answer)), 0.8125, 0.9, (answer,), ())


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_line_a_hit() -> None:
    [row] = read(as_csv([a_hit("De zeedijken worden hoger.")]))
    assert row["answer"] == "De zeedijken worden hoger."
    assert (row["party"], row["numbers"], row["date"]) == ("CDA", "19", "2024-03-12")
    assert (row["first_page"], row["last_page"], row["similarity"]) == ("3", "4", "0.812")


@pytest.mark.parametrize("text", [HOSTILE, LONG_WORD, 'Met "aanhaling", komma; en\nregeleinde'])
def test_text_comes_out_as_it_went_in(text: str) -> None:
    [row] = read(as_csv([a_hit(text)]))
    assert row["answer"] == text
    assert json.loads(as_json("Hoe?", [a_hit(text)]))["hits"][0]["answer"] == text


@pytest.mark.parametrize("text", ["=1+1", "+31 70", "-5", "@SOM(A1)", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless_cell(text) == "'" + text


def test_json_is_that_of_the_terminal() -> None:
    told = json.loads(as_json("Hoe hoog?", [a_hit("Hoog.")]))
    assert told["query"] == "Hoe hoog?"
    assert told["hits"][0]["id"] == "verslag-zeedijken.19"
    assert told["hits"][0]["pages"] == [3, 4]
