"""Letters and whatever has no questions: findable by section, nothing paired."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.layouts import parse
from pipeline.models import Kind
from pipeline.reading import read_document

LETTER = """> Retouradres Postbus 1 2500 EX Den Haag

Datum 18 oktober 2023

Betreft Verzamelbrief bijen

Geachte voorzitter,

Hierbij stuur ik u twee onderwerpen. Kunt u zich daarin vinden?

1. Registratie

Bijen worden geregistreerd. Vraag 1 was of dat kan.

2. Verbod

Een verbod komt er niet.

Hoogachtend,

DE MINISTER VAN BIJEN EN BLOEMEN,

Jan Jansen
"""


def test_a_letter_has_sections_and_no_questions() -> None:
    letter = parse(read_document(LETTER.encode(), "brief.txt"))
    assert letter.kind is Kind.BRIEF
    assert [(each.section, each.question) for each in letter.exchanges] == [
        ("", ""),
        ("1. Registratie", ""),
        ("2. Verbod", ""),
    ]
    assert letter.exchanges[0].answer.startswith("Geachte voorzitter,")
    assert letter.metadata.title == "Verzamelbrief bijen"
    assert letter.metadata.answered_on == date(2023, 10, 18)
    assert letter.metadata.respondent == "Minister van Bijen en Bloemen"
    assert letter.warnings == ("geen vragen en antwoorden herkend",)


@pytest.mark.parametrize(
    "text", ["Zomaar een tekst.", "Waarom? Daarom. En nu?", "1\n\n2\n\n3 appels"]
)
def test_any_other_text_is_findable(text: str) -> None:
    document = parse(read_document(text.encode(), "tekst.txt"))
    assert document.kind is Kind.OTHER
    assert all(each.answer and not each.question for each in document.exchanges)
    assert len(document.exchanges) == 1
