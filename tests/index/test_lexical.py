"""Words count where they cover what is rare in a question, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest

from index.lexical import (
    LEXICAL_SHARE,
    NAMING_SHARE,
    SATURATION,
    TITLE_SHARE,
    Wording,
    find_coverage,
    find_words,
    lexical_evidence,
    read_wording,
    rows_of,
    weigh_words,
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

    def word_weights(self, words: Sequence[str], rows: Iterable[int]) -> dict[int, float]:
        """As if each word that occurs weighed what it can at most."""
        most = {word.text: SATURATION * word.rarity for word in weigh_words(" ".join(words), self)}
        return {
            row: sum(most[word] for word in words if row in self.rows_with(word)) for row in rows
        }


def evidence(
    question: str, titles: Mapping[int, str] = dict.fromkeys(EXCHANGES, "")
) -> dict[int, float]:
    weighed, coverage = weigh_words(question, Texts()), find_coverage(question, Texts())
    found = lexical_evidence(weighed, coverage, titles, Texts())
    return {row: added for row, added in found.items() if added}


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
    assert evidence(question) == {row: pytest.approx(LEXICAL_SHARE + NAMING_SHARE)}


@pytest.mark.parametrize(
    "question",
    [
        "What does the cabinet think of coordination?",  # no word in common
        "Het kabinet",  # words that are everywhere
        "",
    ],
)
def test_where_words_prove_nothing_they_add_nothing(question: str) -> None:
    assert evidence(question) == {}


def test_little_that_is_covered_adds_little() -> None:
    much = "Waarom gaat de schaatsbaan van Urk toch volgende winter dicht, HGIS?"
    assert evidence(much)[1] < LEXICAL_SHARE / 5


def test_words_that_foreigners_ask_with_prove_nothing_where_they_stand_in_a_name() -> None:
    titles = {1: "Verslag over The Hague Summit", 2: ""}
    assert evidence("Where is the money?", titles) == {}


def test_the_title_speaks_for_all_answers_of_a_document() -> None:
    titles = {3: "Vragen over schaatsbanen op Urk", 4: "Vragen over dijken", 5: ""}
    assert evidence("schaatsbanen Urk", titles) == {3: pytest.approx(TITLE_SHARE)}


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
