from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.labels import is_party_heading, read_label, read_numbers, stands_alone
from pipeline.models import Part

NUMBER_LISTS = (
    ("3", (3,)),
    ("3, 4 en 5", (3, 4, 5)),
    ("10 en 11", (10, 11)),
    ("7, 8, 9 10 en 11", (7, 8, 9, 10, 11)),
    ("7, 8, en 9", (7, 8, 9)),
    ("1,2,3,4 en 5", (1, 2, 3, 4, 5)),
    ("4-7", (4, 5, 6, 7)),
    ("4 – 6", (4, 5, 6)),
    ("4 t/m 6", (4, 5, 6)),
    ("2 tot en met 4", (2, 3, 4)),
    ("3en 4", (3, 4)),
    ("9, 2 en 5", (9, 2, 5)),
    ("12/13", (12, 13)),
    ("7-4", (7, 4)),
    ("één t/m drie", (1, 2, 3)),
    ("twaalf, eenentwintig en negenennegentig", (12, 21, 99)),
    ("IV en V", (4, 5)),
    ("3. en 4.", (3, 4)),
    ("6+7", (6, 7)),
    ("geen", ()),
)

LABELS = (
    ("Vraag 1", Part.QUESTION, (1,)),
    ("Vraag 3, 4 en 5", Part.QUESTION, (3, 4, 5)),
    ("Vragen 3 en 4", Part.QUESTION, (3, 4)),
    ("Vraag", Part.QUESTION, ()),
    ("Antwoord 1", Part.ANSWER, (1,)),
    ("Antwoorden 2 en 3", Part.ANSWER, (2, 3)),
    ("Antwoord op vraag 1", Part.ANSWER, (1,)),
    ("Antwoord op vragen 4, 5, 6 en 7", Part.ANSWER, (4, 5, 6, 7)),
    ("Antwoorden op vraag 3, 4, 5, 9 en 10", Part.ANSWER, (3, 4, 5, 9, 10)),
    ("Antwoord vraag 4-7:", Part.ANSWER, (4, 5, 6, 7)),
    ("Antwoord 5:", Part.ANSWER, (5,)),
    ("Antwoord", Part.ANSWER, ()),
    ("Antwoord:", Part.ANSWER, ()),
    ("12. Antwoord van het kabinet", Part.ANSWER, (12,)),
    ("Antwoord van het kabinet op vraag 3", Part.ANSWER, (3,)),
    ("Antwoord op vraag 2 en vraag 3", Part.ANSWER, (2, 3)),
    ("Antwoord op vraag (1)", Part.ANSWER, (1,)),
    ("Antwoord op vragen 1 en 2 (gezamenlijk)", Part.ANSWER, (1, 2)),
    ("Antwoord 3a en 3b", Part.ANSWER, (3,)),
    ("Antwoord op vraag 1 –", Part.ANSWER, (1,)),
    ("Vraag 1 (lid Aa)", Part.QUESTION, (1,)),
    ("Vraag 1 (D66 en 50PLUS)", Part.QUESTION, (1,)),
    ("Vervolgvraag", Part.QUESTION, ()),
    ("Antwoord op vraag 2 en de vervolgvraag", Part.ANSWER, (2,)),
    ("Antwoord op de vervolgvraag:", Part.ANSWER, ()),
    ("Antwoord op 3. en 4.:", Part.ANSWER, (3, 4)),
    ("Vraag van het lid Aa (VVD):", Part.QUESTION, ()),
    ("Nader antwoord op vraag 3", Part.ANSWER, (3,)),
    ("Aanvullend antwoord 1", Part.ANSWER, (1,)),
    ("Antwoord op vraag 9, mede namens de minister van Geld", Part.ANSWER, (9,)),
    ("Reactie van de minister", Part.ANSWER, ()),
    ("Vraag 2 b", Part.QUESTION, (2,)),
    ("Vraag één", Part.QUESTION, (1,)),
    ("Vraag nummer 7", Part.QUESTION, (7,)),
    ("Vraag 1.2", Part.QUESTION, (1,)),
    ("Vraag 2 van de Middenbond-fractie", Part.QUESTION, (2,)),
    ("3. Vraag:", Part.QUESTION, (3,)),
    ("Ad vraag 3", Part.ANSWER, (3,)),
    ("Antwoord op 4.", Part.ANSWER, (4,)),
    ("Antwoord minister:", Part.ANSWER, ()),
    ("Reactie kabinet", Part.ANSWER, ()),
    ("Antwoord op de vragen twee en drieëntwintig:", Part.ANSWER, (2, 23)),
)

PROSE = (
    "Antwoord 3 geeft aan dat er niets verandert.",
    "Vragen en opmerkingen van de leden van de Middenbond-fractie",
    "antwoord 3",
    "Vraag 1 (2)",
    "Vraag van het lid Aa (VVD) aan de minister over honing",
    "Antwoord van minister Van Dijk (Waterstaat) (ontvangen 3 mei 2024)",
    "1. Kunt u bevestigen dat de dijk zakt?",
    "Vraag is of dat klopt.",
    "Vraag een deskundige om raad.",
    "Reactie op 2 Kamervragen over bijen",
    "Antwoord minister Van Dijk op vragen over water",
    "Antwoord een keer per jaar.",
)


@pytest.mark.parametrize(("text", "numbers"), NUMBER_LISTS)
def test_number_lists(text: str, numbers: tuple[int, ...]) -> None:
    assert read_numbers(text) == numbers


@given(st.text(alphabet="0123456789 ,-–en/tm", max_size=60))
def test_numbers_are_distinct_and_few(text: str) -> None:
    numbers = read_numbers(text)
    assert len(set(numbers)) == len(numbers)
    assert all(0 <= number <= 999 for number in numbers)


@pytest.mark.parametrize(("text", "part", "numbers"), LABELS)
def test_labels(text: str, part: Part, numbers: tuple[int, ...]) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.part, label.numbers) == (part, numbers)
    assert stands_alone(text)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_label(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize("parting", [": ", ". ", " – ", " "])
@pytest.mark.parametrize("own", ["Is de brug veilig?", "NS heeft dat gemeld.", "«Ja» zei men."])
def test_a_label_ends_where_its_text_begins(parting: str, own: str) -> None:
    label = read_label(f"Vraag 2{parting}{own}")
    assert label is not None
    assert f"Vraag 2{parting}{own}"[label.end :] == own


def test_a_label_names_who_asked() -> None:
    asked = [
        read_label("Vraag van de leden Bee (SP) en Cee (D66)"),
        read_label("Vraag 2 van het lid Van der Bee:"),
    ]
    assert [label.asker for label in asked if label] == [
        "de leden Bee (SP) en Cee (D66)",
        "het lid Van der Bee",
    ]


def test_the_respondent_is_named_without_article() -> None:
    label = read_label("4. Antwoord van het kabinet")
    assert label is not None
    assert label.respondent == "kabinet"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vragen en opmerkingen van de leden van de Middenbond-fractie", True),
        ("Vragen en opmerkingen van het lid van de Volt-fractie", True),
        ("Vragen van de leden van de D66-fractie en reactie van de bewindspersonen", True),
        ("Vragen en opmerkingen van de leden van de fractie van de Stadslijst", True),
        ("Vragen en opmerkingen van het lid Van der Berg", True),
        ("Vragen van het lid De Wit (Stadslijst) aan de Minister van Defensie over drones", False),
        ("De leden van de Middenbond-fractie vragen of dat klopt.", False),
        ("Vragen zijn gesteld van de zijde van de fractie.", False),
    ],
)
def test_party_headings(text: str, expected: bool) -> None:
    assert is_party_heading(text) is expected
