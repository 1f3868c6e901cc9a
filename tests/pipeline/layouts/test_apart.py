"""Answers in a part of their own: the questions are repeated there, before each answer."""

from __future__ import annotations

import pytest

from pipeline.layouts import parse
from pipeline.reading import read_document
from tests.pipeline.layouts.test_schriftelijk_overleg import OPENING
from tests.pipeline.questionnaires import plain
from tests.pipeline.writing import WITH_NOTES, WITHOUT_NOTES

REPEATED = (
    OPENING
    + """Inhoudsopgave

I Vragen en opmerkingen vanuit de fracties 2

Vragen en opmerkingen van de leden van de Middenbond-fractie 2

II Antwoord/Reactie van de Minister 4

I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de Middenbond-fractie

De leden van de Middenbond-fractie waarderen de vuurtorens zeer.

De leden van de Middenbond-fractie vragen hoeveel vuurtorens er langs de kust staan.

Vragen en opmerkingen van de leden van de Stadslijst-fractie

De leden van de Stadslijst-fractie vragen wat het verven van een toren kost.

II Antwoord/Reactie van de Minister

Ik dank de leden voor hun inbreng.

De leden van de Middenbond-fractie vragen hoeveel vuurtorens er langs de kust staan.

Er staan er zevenentwintig. Daarvan branden er twintig.

De leden van de Stadslijst-fractie vragen wat het verven van een toren kost.

Een toren verven kost vijfduizend euro.
"""
)


@pytest.mark.parametrize("form", [*WITH_NOTES, *WITHOUT_NOTES])
def test_a_repeated_question_takes_the_answer_below_it(form: str) -> None:
    write = {**WITH_NOTES, **WITHOUT_NOTES}[form]
    paragraphs = [plain(text) for text in REPEATED.strip().split("\n\n")]
    parsed = parse(read_document(write(paragraphs), "verslag.txt"))
    assert [(each.party, each.question, each.answer) for each in parsed.exchanges] == [
        (
            "Middenbond",
            "De leden van de Middenbond-fractie vragen hoeveel vuurtorens er langs de kust staan.",
            "Er staan er zevenentwintig. Daarvan branden er twintig.",
        ),
        (
            "Stadslijst",
            "De leden van de Stadslijst-fractie vragen wat het verven van een toren kost.",
            "Een toren verven kost vijfduizend euro.",
        ),
    ]
    assert {each.text for each in parsed.remarks} == {
        "Ik dank de leden voor hun inbreng.",
        "De leden van de Middenbond-fractie waarderen de vuurtorens zeer.",
    }


def test_what_the_cabinet_says_before_the_first_question_can_be_found() -> None:
    told = "Sinds mijn brief is het aantal vuurtorens met een gedaald. De oudste is gesloopt."
    text = REPEATED.replace("Ik dank de leden voor hun inbreng.", told)
    first, *others = parse(read_document(text.encode(), "verslag.txt")).exchanges
    assert (first.party, first.question, first.answer) == ("", "", told)
    assert all(each.question for each in others)


def test_two_letters_with_repeated_numbers_need_no_labels() -> None:
    text = (
        OPENING
        + """BRIEF VAN DE VOORZITTER VAN DE VASTE COMMISSIE VOOR KUST EN ZEE

Aan de minister van Kustbeheer

Den Haag, 19 december 2023

De leden van de fractie van de PvdD hebben de volgende vragen.

1. Hoeveel vogels sterven er?

2. Wat doet u daartegen?

BRIEF VAN DE MINISTER VAN KUSTBEHEER

Aan de Voorzitter van de Eerste Kamer der Staten-Generaal

Vragen van de leden van de fractie van de PvdD

1. Hoeveel vogels sterven er?

Naar schatting tienduizend.

2. Wat doet u daartegen?

Het licht wordt gedimd.

De Minister van Kustbeheer, A. Zand
"""
    )
    parsed = parse(read_document(text.encode(), "verslag.txt"))
    assert [(e.numbers, e.party, e.question, e.answer) for e in parsed.exchanges] == [
        ((1,), "PvdD", "Hoeveel vogels sterven er?", "Naar schatting tienduizend."),
        ((2,), "PvdD", "Wat doet u daartegen?", "Het licht wordt gedimd."),
    ]


def test_answers_of_a_fractie_are_paired_by_their_numbers() -> None:
    text = (
        OPENING
        + """I Vragen en opmerkingen vanuit de fracties

Middenbond-fractie

1. Hoeveel torens zijn er?

2. Wat kosten ze?

II Reactie van de Staatssecretaris

Reactie op de vragen en opmerkingen van de leden van de Middenbond-fractie

1. Er zijn er 27.

2. Drie miljoen.
"""
    )
    parsed = parse(read_document(text.encode(), "verslag.txt"))
    assert [(e.numbers, e.party, e.question, e.answer) for e in parsed.exchanges] == [
        ((1,), "Middenbond", "Hoeveel torens zijn er?", "Er zijn er 27."),
        ((2,), "Middenbond", "Wat kosten ze?", "Drie miljoen."),
    ]


def test_topics_that_return_are_no_questions() -> None:
    text = (
        OPENING
        + """I Vragen en opmerkingen vanuit de fracties

Vragen en opmerkingen van de leden van de Middenbond-fractie

Onderhoud

De leden van de Middenbond-fractie vragen hoeveel torens er zijn.

Kosten

Deze leden vragen wat ze kosten.

II Reactie van de Staatssecretaris

Vragen en opmerkingen van de leden van de Middenbond-fractie

Onderhoud

Er zijn er 27.

Kosten

Drie miljoen.
"""
    )
    parsed = parse(read_document(text.encode(), "verslag.txt"))
    assert [(each.section, each.question, each.answer) for each in parsed.exchanges] == [
        (
            "Onderhoud",
            "De leden van de Middenbond-fractie vragen hoeveel torens er zijn.",
            "Er zijn er 27.",
        ),
        ("Kosten", "Deze leden vragen wat ze kosten.", "Drie miljoen."),
    ]
