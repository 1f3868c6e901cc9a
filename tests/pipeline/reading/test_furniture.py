"""Which lines belong to the page and which to the text."""

from __future__ import annotations

import pytest

from pipeline.reading.furniture import without_furniture
from pipeline.reading.lines import Line

FEET = (
    ("Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 2",),
    ("Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel", "2"),
    ("Tweede Kamer, vergaderjaar 2024–2025, 99 123, nr. 14", "2"),
    ("ISSN 0000 - 0000", "’s-Gravenhage 2025"),
)
SENTENCES = (
    "Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel van de Handelingen meldt het ook.",
    "Antwoord 2",
)


@pytest.mark.parametrize("foot", FEET)
def test_a_running_foot_is_taken_away(foot: tuple[str, ...]) -> None:
    lines = [Line(text, page=1) for text in ("Het kabinet deelt die zorg niet.", *foot)]
    assert [line.text for line in without_furniture(lines)] == ["Het kabinet deelt die zorg niet."]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_text_at_the_foot_of_a_page_stays(sentence: str) -> None:
    lines = [Line(text, page=1) for text in ("Het kabinet deelt die zorg niet.", sentence)]
    assert [line.text for line in without_furniture(lines)][-1] == sentence


def kept(*pages: tuple[str, ...]) -> list[str]:
    """The texts that stay of pages of lines."""
    lines = [Line(text, page=number) for number, page in enumerate(pages, 1) for text in page]
    return [line.text for line in without_furniture(lines)]


def test_a_head_that_stands_over_both_of_two_pages_goes() -> None:
    head = "Ministerie van Bijen"
    assert kept((head, "Ja, dat is zo."), (head, "Nee, dat is niet zo.")) == [
        "Ja, dat is zo.",
        "Nee, dat is niet zo.",
    ]


def test_numbers_that_count_pages_go_and_numbers_of_questions_stay() -> None:
    assert kept(("Een.", "1"), ("7", "Twee.", "2"), ("Drie.", "8", "3")) == [
        "Een.",
        "7",
        "Twee.",
        "Drie.",
        "8",
    ]
    assert kept(("4", "Een."), ("5", "Twee."), ("6", "Drie.")) == ["Een.", "Twee.", "Drie."]
    assert kept(
        ("1", "Kent u dit?", "Antwoord"),
    ) == ["1", "Kent u dit?", "Antwoord"]


def test_the_mast_head_of_an_official_paper_goes() -> None:
    head = ("Tweede Kamer der Staten-Generaal", "2", "Vergaderjaar 2020–2021", "36 999 Bijen")
    assert kept(head) == ["36 999 Bijen"]


def test_notes_that_look_alike_on_every_page_stay() -> None:
    notes = [f"{number} Kamerstuk 36 600, nr. {number * 7}." for number in range(1, 6)]
    pages = [("Het kabinet deelt dat.", note, str(page)) for page, note in enumerate(notes, 1)]
    assert [text for text in kept(*pages) if text.endswith(".") and text[0].isdigit()] == notes


def test_a_running_foot_that_opens_with_the_page_number_goes() -> None:
    pages = [("Het kabinet deelt dat.", f"{page} Antwoorden over bijen") for page in range(4, 9)]
    assert set(kept(*pages)) == {"Het kabinet deelt dat."}


def test_a_short_answer_with_a_note_at_the_edges_of_pages_stays() -> None:
    answers = [f"Ja.{number}" for number in range(1, 5)]
    pages = [
        (answer, "Het kabinet deelt dat.", str(page)) for page, answer in enumerate(answers, 1)
    ]
    assert [text for text in kept(*pages) if text.startswith("Ja")] == answers
    feet = [("Het kabinet deelt dat.", f"Antwoorden over bijen, p.{page}") for page in range(1, 5)]
    assert set(kept(*feet)) == {"Het kabinet deelt dat."}
