import pytest

from ui.starters import stands_alone


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Hoeveel bruggen over de Merwestroom worden vervangen?", True),
        ("Hoeveel bruggen over de Merwestroom worden vervangen.", False),
        ("Kan de minister daarover meer vertellen aan de Kamer?", False),
        ("Klopt dit bericht uit de krant van zaterdag over bruggen?", False),
        ("Waarom?", False),
        ("Hoeveel " + "bruggen " * 20 + "worden vervangen?", False),
    ],
)
def test_question_to_begin_with_can_be_read_by_itself(sentence: str, alone: bool) -> None:
    assert stands_alone(sentence) is alone
