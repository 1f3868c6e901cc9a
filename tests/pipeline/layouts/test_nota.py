"""Answers to a committee's report on a bill, with numbers and without."""

from __future__ import annotations

from pipeline.layouts import parse
from pipeline.models import Kind, Parsed
from pipeline.reading import read_document

NOTA = """36 999 Regels over het tellen van bijen (Wet bijentelling)

Nr. 6 NOTA NAAR AANLEIDING VAN HET VERSLAG

Ontvangen 3 maart 2024

2.1 Voorgeschiedenis en probleembeschrijving

1

De leden van de VVD-fractie lezen dat bijen worden geteld. Kan de regering uitleggen hoe?

Antwoord

De bijen worden met de hand geteld. Dat gaat zo:

1. eerst kijken;

2. dan tellen;

3. dan opschrijven.

2.2 Hoofdlijnen

De leden van de ChristenUnie-fractie onderschrijven het belang van bijen.

2

De leden van de D66-fractie vragen waarom.

Antwoord

Omdat het moet.

De leden van de SP-fractie vragen of het sneller kan.

Antwoord

Ja, dat kan.

3, 4 en 5

Wat kost het? Wie betaalt?

Hoe lang duurt het?

Antwoord

Voor het antwoord op deze vraag verwijs ik naar het antwoord op vraag 1.
"""
MEMORIE = """36 999 Regels over het tellen van bijen

C MEMORIE VAN ANTWOORD

Ontvangen 26 april 2024

Inleiding

De regering heeft met belangstelling kennisgenomen van de vragen. Zij gaat daar hieronder op in.

Kosten

De leden van de VVD-fractie constateren dat tellen geld kost. Zij vragen de regering hoeveel.

In 2023 kostte het tellen drie euro. Voor 2024 is vier euro geraamd.

De leden van de fractie van D66 willen weten wie betaalt.

Gemeenten betalen de helft.

Het Rijk betaalt de rest.
"""


def parsed(text: str) -> Parsed:
    """The text of a paper, parsed."""
    return parse(read_document(text.encode("utf-8"), "stuk.txt"))


def test_numbered_questions_between_lists_headings_and_remarks() -> None:
    document = parsed(NOTA)
    assert document.kind is Kind.NOTA
    assert [(each.numbers, each.party, each.section) for each in document.exchanges] == [
        ((1,), "VVD", "2.1 Voorgeschiedenis en probleembeschrijving"),
        ((2,), "D66", "2.2 Hoofdlijnen"),
        ((), "SP", "2.2 Hoofdlijnen"),
        ((3, 4, 5), "", "2.2 Hoofdlijnen"),
    ]
    assert document.exchanges[0].answer.endswith("3. dan opschrijven.")
    assert document.exchanges[2].answer == "Ja, dat kan."
    assert document.exchanges[3].refers_to == (1,)
    assert [(each.party, each.text) for each in document.remarks] == [
        (
            "ChristenUnie",
            "De leden van de ChristenUnie-fractie onderschrijven het belang van bijen.",
        )
    ]
    assert document.id == "kst-36999-6"


def test_nothing_labelled_goes_by_who_speaks() -> None:
    document = parsed(MEMORIE)
    assert document.kind is Kind.NOTA
    assert document.id == "kst-36999-c"
    found = [(each.party, each.section, each.question, each.answer) for each in document.exchanges]
    assert found == [
        ("VVD", "Kosten",
         "De leden van de VVD-fractie constateren dat tellen geld kost. Zij vragen de regering hoeveel.",
         "In 2023 kostte het tellen drie euro. Voor 2024 is vier euro geraamd."),
        ("D66", "Kosten", "De leden van de fractie van D66 willen weten wie betaalt.",
         "Gemeenten betalen de helft.\n\nHet Rijk betaalt de rest."),
    ]  # fmt: skip


GLUED = """36 999 Regels over het tellen van bijen

Nr. 7 NOTA NAAR AANLEIDING VAN HET NADER VERSLAG

Ontvangen 3 maart 2024

Kosten

De leden van de VVD-fractie vragen wat tellen kost. Het tellen is geraamd op drie euro. Meer is niet nodig.

De leden van de D66-fractie en van de SP-fractie vragen of de regering vaker wil tellen. De regering is daartoe bereid.

De leden van de CDA-fractie merken op dat imkers klagen. Waarover klagen zij? De regering kent die klachten niet.
"""


def test_an_answer_in_the_paragraph_of_its_question() -> None:
    document = parsed(GLUED)
    assert [(each.party, each.question, each.answer) for each in document.exchanges] == [
        ("VVD", "De leden van de VVD-fractie vragen wat tellen kost.",
         "Het tellen is geraamd op drie euro. Meer is niet nodig."),
        ("D66, SP", "De leden van de D66-fractie en van de SP-fractie vragen of de regering vaker wil tellen.",
         "De regering is daartoe bereid."),
        ("CDA", "De leden van de CDA-fractie merken op dat imkers klagen. Waarover klagen zij?",
         "De regering kent die klachten niet."),
    ]  # fmt: skip
    assert {each.section for each in document.exchanges} == {"Kosten"}


def test_what_members_add_to_a_question_stays_theirs_where_an_answer_follows() -> None:
    asked = "De leden van de VVD-fractie vragen wat tellen kost. De regering zei eerder dat het niets kost."
    text = (
        GLUED.partition("De leden")[0]
        + f"{asked}\n\nDrie euro.\n\n{asked}\n\nNog altijd drie euro.\n"
    )
    assert [(each.question, each.answer) for each in parsed(text).exchanges] == [
        (asked, "Drie euro."),
        (asked, "Nog altijd drie euro."),
    ]


def test_an_answer_that_says_it_is_one_is_parted_in_any_case() -> None:
    text = GLUED.partition("De leden")[0] + (
        "De leden van de VVD-fractie vragen wat tellen kost. In antwoord op deze vraag: drie euro."
        "\n\nEn geen cent meer.\n"
    )
    (only,) = parsed(text).exchanges
    assert only.answer == "In antwoord op deze vraag: drie euro.\n\nEn geen cent meer."


def test_numbers_lists_and_members_pointed_at_where_nothing_is_labelled() -> None:
    text = GLUED.partition("De leden")[0] + (
        "1 De leden van de VVD-fractie vragen wie telt.\n\nDit zijn de tellers:\n\n- imkers;\n\n- provincies.\n\n"
        "2 Deze leden vragen wat dat kost.\n\nNiets.\n"
    )
    document = parsed(text)
    assert document.id == "kst-36999-7"
    assert [(each.numbers, each.party, each.question, each.answer) for each in document.exchanges] == [
        ((1,), "VVD", "De leden van de VVD-fractie vragen wie telt.",
         "Dit zijn de tellers:\n\n- imkers;\n\n- provincies."),
        ((2,), "VVD", "Deze leden vragen wat dat kost.", "Niets."),
    ]  # fmt: skip


def test_numbered_headings_are_no_questions_where_answers_have_no_numbers() -> None:
    text = """36 999 Wet op de bijen

D NADERE MEMORIE VAN ANTWOORD

Ontvangen 26 april 2024

1. Inleiding

Ik dank de leden van de fracties voor hun nadere vragen.

2. Kosten

De leden van de SP-fractie vragen of de wet uitvoerbaar is.

Antwoord: De wet is uitvoerbaar.

Tevens vragen zij naar de kosten.

Antwoord: De kosten zijn beperkt.

3. Overig

Kan de regering aangeven of bijen worden gehoord?

Antwoord: Nee.
"""
    found = parsed(text).exchanges
    assert [(each.numbers, each.question, each.answer) for each in found] == [
        ((), "De leden van de SP-fractie vragen of de wet uitvoerbaar is.", "De wet is uitvoerbaar."),
        ((), "Tevens vragen zij naar de kosten.", "De kosten zijn beperkt."),
        ((), "Kan de regering aangeven of bijen worden gehoord?", "Nee."),
    ]  # fmt: skip
    assert [each.section for each in found][2] == "3. Overig"


def test_a_fracties_heading_ends_the_answer_before_it_and_signatures_are_none() -> None:
    headed = """36 999 Wet op de bijen

C MEMORIE VAN ANTWOORD

De regering heeft kennisgenomen van de vragen van de leden van enkele fracties.

Vragen en opmerkingen van de leden van de fractie van BBB

De leden van de BBB-fractie vragen of imkers last hebben van het tellen.

Met imkers is driemaal gesproken.

Vragen en opmerkingen van de leden van de fracties van de SP en de PvdD

De fractieleden van SP en PvdD vragen of bijen gebaat zijn bij tellen.

Ja, zij raken minder in de war.

De Minister van Bijen,

A.B. Imker
"""
    assert [(each.party, each.answer) for each in parsed(headed).exchanges] == [
        ("BBB", "Met imkers is driemaal gesproken."),
        ("SP, PvdD", "Ja, zij raken minder in de war."),
    ]
