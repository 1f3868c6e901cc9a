"""Words count where they cover what is rare in a question, and nowhere else."""

from __future__ import annotations

import pytest

from index.lexical import (
    LEXICAL_SHARE,
    Wording,
    find_coverage,
    find_words,
    lexical_evidence,
    read_wording,
    rows_of,
)

EXCHANGES = {
    1: "Het kabinet steunt de HGIS en het fonds.",
    2: "Het kabinet steunt de motie-Zeeman (Kamerstuk 12 345 XVII, nr. 36).",
    3: "Het kabinet vindt coördinatie nodig; zie het antwoord.",
    4: "Het kabinet is het daarmee eens.",
    5: "Het kabinet onderzoekt dit nog.",
    6: "Het kabinet komt hierop terug.",
}


class Texts:
    """Words in a few texts."""

    def count_exchanges(self) -> int:
        return len(EXCHANGES)

    def exchanges_with(self, word: str) -> int:
        return len(self.rows_with(word))

    def rows_with(self, phrase: str) -> list[int]:
        wanted = " ".join(find_words(phrase))
        return [row for row, text in EXCHANGES.items() if wanted in " ".join(find_words(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wat is HGIS?", ["wat", "is", "hgis"]),
        ("coördinatie, coordinatie", ["coordinatie"]),
        ("36 600 XVII, nr. 36", ["36", "600", "xvii", "nr"]),
        ("«»?!", []),
    ],
)
def test_words_are_small_plain_and_each_once(text: str, words: list[str]) -> None:
    assert find_words(text) == words


@pytest.mark.parametrize(
    ("question", "row"), [("HGIS", 1), ("motie Zeeman", 2), ("12 345 XVII, nr. 36", 2)]
)
def test_a_name_or_number_that_is_covered_whole_adds_the_full_share(
    question: str, row: int
) -> None:
    assert lexical_evidence(question, Texts()) == {row: pytest.approx(LEXICAL_SHARE)}


@pytest.mark.parametrize(
    "question",
    [
        "What does the cabinet think of coordination?",  # no word in common
        "Het kabinet",  # words that are everywhere
        "Waarom gaat de schaatsbaan van Urk toch volgende winter dicht, HGIS?",  # little is covered
        "",
    ],
)
def test_where_words_prove_nothing_they_add_nothing(question: str) -> None:
    assert lexical_evidence(question, Texts()) == {}


def test_what_is_found_nowhere_is_not_covered() -> None:
    assert find_coverage("motie Zeeman", Texts()) == {2: pytest.approx(1)}
    assert find_coverage("motie Zeeman Urk", Texts())[2] < 0.7


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wat kost dit?", Wording("Wat kost dit?", (), ())),
        (
            'wat is "strategische autonomie"?',
            Wording("wat is strategische autonomie ?", ("strategische autonomie",), ()),
        ),
        ("„sociale media” -school", Wording("sociale media", ("sociale media",), ("school",))),
        ("dijken -Zee-land", Wording("dijken", (), ("Zee-land",))),
        ("2024 - 2025, 36-600 en -5 graden", Wording("2024 - 2025, 36-600 en -5 graden", (), ())),
        ("-school", Wording("-school", (), ("school",))),
    ],
)
def test_quotes_and_minus_signs_are_read(question: str, expected: Wording) -> None:
    assert read_wording(question) == expected


@pytest.mark.parametrize(
    ("question", "only", "without"),
    [
        ('"motie Zeeman"', frozenset({2}), frozenset()),
        ('"het kabinet" "daarmee eens"', frozenset({4}), frozenset()),
        ('"a title of something else"', None, frozenset()),
        ("kabinet -Zeeman -HGIS", None, frozenset({1, 2})),
    ],
)
def test_phrases_leave_and_unwanted_words_take_out(
    question: str, only: frozenset[int] | None, without: frozenset[int]
) -> None:
    assert rows_of(read_wording(question), Texts()) == (only, without)
