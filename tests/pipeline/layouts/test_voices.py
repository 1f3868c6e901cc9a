"""Who speaks where no label says so, and which numbers questions open with."""

from __future__ import annotations

import pytest

from pipeline.layouts import parse
from pipeline.layouts.voices import members_weight
from pipeline.reading import read_document
from tests.pipeline.layouts.test_schriftelijk_overleg import OPENING

BETWEEN = (
    OPENING
    + """Vragen en opmerkingen van de leden van de Middenbond-fractie en reactie van de bewindspersoon

De leden van de Middenbond-fractie hebben kennisgenomen van de brief en hebben nog enkele vragen.

De leden van de Middenbond-fractie vragen hoeveel vuurtorens er zijn. Kan de Minister dit toelichten?

Er zijn 27 vuurtorens in beheer bij het ministerie. Daarvan zijn er 20 in bedrijf.

Daarnaast vragen deze leden wat het onderhoud kost.

Het onderhoud kost jaarlijks € 3 miljoen. Dit bedrag is geïndexeerd.

De leden van de Middenbond-fractie hebben verder geen vragen.
"""
)
NUMBERED = (
    OPENING
    + """Vragen en opmerkingen van de leden van de Middenbond-fractie

De leden van de Middenbond-fractie hebben de volgende vragen.

1. Hoeveel vuurtorens zijn er?

Antwoord

Er zijn er 27, te weten:

1. de Brandaris;

2. de overige.

2. Wat kost het onderhoud?

Antwoord

Zie het antwoord op vraag 1.

Vragen en opmerkingen van de leden van de Stadslijst-fractie

3. Zijn de lampen oud?

Antwoord

Ja.
"""
)


def test_what_follows_a_question_in_nobodys_words_is_its_answer() -> None:
    parsed = parse(read_document(BETWEEN.encode(), "verslag.txt"))
    assert [each.answer for each in parsed.exchanges] == [
        "Er zijn 27 vuurtorens in beheer bij het ministerie. Daarvan zijn er 20 in bedrijf.",
        "Het onderhoud kost jaarlijks € 3 miljoen. Dit bedrag is geïndexeerd.",
    ]
    assert parsed.exchanges[1].question == "Daarnaast vragen deze leden wat het onderhoud kost."
    assert [each.text for each in parsed.remarks] == [
        "De leden van de Middenbond-fractie hebben verder geen vragen."
    ]


def test_numbers_that_count_on_are_those_of_questions() -> None:
    parsed = parse(read_document(NUMBERED.encode(), "verslag.txt"))
    assert [(each.numbers, each.refers_to) for each in parsed.exchanges] == [
        ((1,), ()),
        ((2,), (1,)),
        ((3,), ()),
    ]
    assert parsed.exchanges[1].question == "Wat kost het onderhoud?"


def test_members_and_cabinet_are_told_by_their_words() -> None:
    assert members_weight("De leden van de Stadslijst-fractie lezen dat het licht brandt.") >= 1
    assert members_weight("Ik deel die zorg en stuur uw Kamer een brief.") <= -1


@pytest.mark.parametrize(
    "text",
    [
        "De fractieleden van GroenLinks-PvdA vragen of dat klopt.",
        "De leden van het CDA en D66 lezen dat dit zo is.",
        "De BBB-fractie vraagt waarom.",
        "De fractie van de PvdD heeft daarover vragen.",
    ],
)
def test_a_fractie_speaks_by_whichever_name(text: str) -> None:
    assert members_weight(text) >= 1


def test_members_of_other_bodies_are_none_of_the_chamber() -> None:
    assert members_weight("De leden van de NAVO hebben daarmee ingestemd.") < 1
