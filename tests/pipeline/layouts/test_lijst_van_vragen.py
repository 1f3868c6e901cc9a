"""Committees' lists, with and without labels on their answers."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.layouts import parse
from pipeline.models import Kind, Paragraph, Parsed
from pipeline.reading import read_document
from tests.pipeline.reading.test_word import docx, p, table
from tests.pipeline.writing import as_docx

HEAD = """36 999 Bijen tellen

Nr. 4 LIJST VAN VRAGEN EN ANTWOORDEN

Vastgesteld 4 december 2023

De vaste commissie voor Landbouw heeft een aantal vragen voorgelegd aan de Minister van Bijen over de
brief van 31 oktober 2023 inzake bijen (Kamerstuk 36 999, nr. 2).

De Minister heeft deze vragen beantwoord bij brief van 3 december 2023. Vragen en antwoorden zijn hierna
afgedrukt.

De voorzitter van de commissie, Klaassen

"""


def parsed(text: str) -> Parsed:
    """A list with these questions, parsed."""
    return parse(read_document((HEAD + text).encode("utf-8"), "lijst.txt"))


FORMS = {
    "labels": (
        "Vraag 1\n\nHoeveel zijn er? Graag per provincie.\n\nAntwoord op vraag 1:\n\nDrenthe\n\nVier.\n\n"
        "Vraag 2\n\nEn kosten?\n\nAntwoord op vraag 2:\n\nGeen."
    ),
    "question labels only": (
        "Vraag 1\n\nHoeveel zijn er? Graag per provincie.\n\nDrenthe\n\nVier.\n\n"
        "Vraag 2\n\nEn kosten?\n\nGeen."
    ),
    "numbers on the line": (
        "1. Hoeveel zijn er? Graag per provincie.\n\nDrenthe\n\nVier.\n\n2. En kosten?\n\nGeen."
    ),
    "numbers above": (
        "1\n\nHoeveel zijn er? Graag per provincie.\n\nDrenthe\n\nVier.\n\n2\n\nEn kosten?\n\nGeen."
    ),
    "numbers and answers": (
        "1\n\nHoeveel zijn er? Graag per provincie.\n\nAntwoord\n\nDrenthe\n\nVier.\n\n"
        "2\n\nEn kosten?\n\nAntwoord\n\nGeen."
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_way_of_setting_a_list(form: str) -> None:
    document = parsed(FORMS[form])
    assert document.kind is Kind.LIJST_VAN_VRAGEN
    assert [(each.numbers, each.question, each.answer) for each in document.exchanges] == [
        ((1,), "Hoeveel zijn er? Graag per provincie.", "Drenthe\n\nVier."),
        ((2,), "En kosten?", "Geen."),
    ]


def test_a_question_that_ends_in_a_list() -> None:
    asked = "Hoeveel gaat er (blz. 12)? Kunt u dit uitsplitsen naar:\n\na) rieten korven;\n\nb) houten korven?"
    answered = "Er gaat drie euro, waarvan:\n\na) een naar riet;\n\nb) twee naar hout."
    (first, _) = parsed(
        f"Vraag 1\n\n{asked}\n\n{answered}\n\nVraag 2\n\nEn nu?\n\nNiets."
    ).exchanges
    assert (first.question, first.answer) == (asked, answered)


def test_combined_questions_without_labels() -> None:
    text = (
        "1 en 2\n\nHoeveel? Klopt dat?\n\nWaaraan is het besteed?\n\nHet was veel.\n\nMeer was er niet.\n\n"
        "3\n\nEn nu?\n\nNiets."
    )
    found = [(each.numbers, each.question, each.answer) for each in parsed(text).exchanges]
    assert found == [
        (
            (1, 2),
            "Hoeveel? Klopt dat?\n\nWaaraan is het besteed?",
            "Het was veel.\n\nMeer was er niet.",
        ),
        ((3,), "En nu?", "Niets."),
    ]


def test_bold_type_parts_a_question_from_its_answer() -> None:
    texts = [("1", False), ("De minister telt bijen.", True), ("Wij vragen daar aandacht voor.", True),
             ("Die aandacht is er.", False), ("2", False), ("Hoe vaak? Elk jaar.", True), ("Vaak?", False)]  # fmt: skip
    head = [Paragraph(line, 1, 1) for line in HEAD.split("\n\n") if line]
    body = [Paragraph(text, 1, 1, emphasised=bold) for text, bold in texts]
    found = parse(read_document(as_docx([*head, *body]), "lijst.docx")).exchanges
    assert [(each.numbers, each.question, each.answer) for each in found] == [
        ((1,), "De minister telt bijen.\n\nWij vragen daar aandacht voor.", "Die aandacht is er."),
        ((2,), "Hoe vaak? Elk jaar.", "Vaak?"),
    ]


TABLES = {
    "question and answer in a cell": table([p("1"), p("Hoeveel?") + p("Vier.")], [p("2"), p("En nu?") + p("Niets.")]),
    "three columns": table([p("Nr."), p("Vraag"), p("Antwoord")], [p("1"), p("Hoeveel?"), p("Vier.")],
                           [p("2"), p("En nu?"), p("Niets.")]),
    "references to pages beside them": table(
        [p("Nr"), p("Vraag"), p("Bijlage"), p("Blz. (van)"), p("Antwoord")],
        [p("1"), p("Hoeveel?"), p("MvT"), p("12"), p("Vier.")],
        [p("2"), p("En nu?"), p(""), p("13"), p("Niets.")],
    ),
    "answers in rows of their own, under a head": table(
        [p("Nr"), p("Vraag"), p("Blz.")], [p("1"), p("Hoeveel?"), p("12")], [p(""), p("Antwoord: Vier."), p("")],
        [p("2"), p("En nu?"), p("13")], [p(""), p("Antwoord: Niets."), p("")],
    ),
    "question beside answer, without numbers of their own": table(
        [p("Vraag"), p("Antwoord")], [p("1. Hoeveel?"), p("Vier.")], [p("2. En nu?"), p("Niets.")],
    ),
    "one paragraph": table([p("1"), p("Hoeveel? Vier.")], [p("2"), p("En nu? Niets.")]),
}  # fmt: skip


@pytest.mark.parametrize("form", TABLES)
def test_a_list_in_a_table(form: str) -> None:
    head = p("Lijst van vragen en antwoorden") + p("Geachte voorzitter,")
    found = parse(read_document(docx(head + TABLES[form]), "lijst.docx")).exchanges
    assert [(each.numbers, each.question, each.answer) for each in found] == [
        ((1,), "Hoeveel?", "Vier."),
        ((2,), "En nu?", "Niets."),
    ]


def test_answers_to_a_budget_debate_are_under_the_members_who_asked() -> None:
    text = (
        "Hierbij treft u de schriftelijke antwoorden aan op vragen gesteld tijdens de eerste termijn van de"
        " begrotingsbehandeling.\n\nVragen van het lid Aa (VVD)\n\nVraag\n\nHoeveel?\n\nAntwoord\n\nVier.\n\nVraag\n\n"
        "En nu?\n\nAntwoord\n\nNiets.\n\nVragen van de leden Bee en Cee (SP)\n\nVraag\n\nWaarom?\n\nAntwoord\n\nDaarom."
    )
    document = parse(read_document(text.encode(), "brief.txt"))
    assert document.kind is Kind.LIJST_VAN_VRAGEN
    assert [
        (each.askers, each.party, each.question, each.answer) for each in document.exchanges
    ] == [
        (("Aa",), "VVD", "Hoeveel?", "Vier."),
        (("Aa",), "VVD", "En nu?", "Niets."),
        (("Bee", "Cee"), "SP", "Waarom?", "Daarom."),
    ]


def test_what_the_paper_says_of_itself() -> None:
    found = parsed("1\n\nHoeveel?\n\nVier.").metadata
    assert (found.official_id, found.dossier) == ("kst-36999-4", "36999")
    assert found.title == "Lijst van vragen en antwoorden: Bijen tellen"
    assert found.committee == "vaste commissie voor Landbouw"
    assert (found.ministers, found.respondent) == (("Minister van Bijen",), "Minister van Bijen")
    assert (found.answered_on, found.adopted_on) == (date(2023, 12, 3), date(2023, 12, 4))


def test_each_question_of_a_debate_is_asked_by_whom_its_label_names() -> None:
    text = (
        "Antwoorden op vragen uit de eerste termijn van het wetgevingsoverleg Bijen\n\n"
        "Vraag van het lid Aa (VVD):\n\nHoeveel?\n\nAntwoord:\n\nVier.\n\n"
        "Vraag van de leden Bee (SP) en Cee (D66):\n\nWie telt?\n\nAntwoord:\n\nDe imker."
    )
    found = parse(read_document(text.encode(), "brief.txt")).exchanges
    assert [(each.askers, each.party, each.question, each.answer) for each in found] == [
        (("Aa",), "VVD", "Hoeveel?", "Vier."),
        (("Bee", "Cee"), "SP, D66", "Wie telt?", "De imker."),
    ]


def test_the_head_of_columns_is_no_label_where_a_page_has_lost_its_table() -> None:
    rows = "".join(f"{n}\n\nHoeveel zijn er in jaar {n}?\n\nEr zijn er {n}.\n\n" for n in (1, 2, 3))
    found = parsed(f"Nr\n\nVraag\n\nAntwoord\n\n{rows}").exchanges
    assert [(each.numbers, each.answer) for each in found] == [
        ((1,), "Er zijn er 1."),
        ((2,), "Er zijn er 2."),
        ((3,), "Er zijn er 3."),
    ]


CELLS = "<tr><td>{}</td><td>{}</td></tr>"
MIXED_TABLES = {
    "number, question, answer; one answer of two paragraphs": (
        "<tr><td>Nr.</td><td>Vraag</td><td>Antwoord</td></tr>"
        "<tr><td>1</td><td>Wat is de stand?</td><td>Op schema.</td></tr>"
        "<tr><td>2</td><td>Hoeveel torens zijn er?</td><td><p>Er zijn er 27.</p><p>Er branden er 20.</p></td></tr>"
        "<tr><td>3</td><td>En nu?</td><td>Niets.</td></tr>"
    ),
    "labels in the first cell": (
        CELLS.format("Vraag 1", "Wat is de stand?") + CELLS.format("Antwoord 1", "Op schema.")
        + CELLS.format("Vraag 2", "Hoeveel torens zijn er?")
        + CELLS.format("Antwoord 2", "<p>Er zijn er 27.</p><p>Er branden er 20.</p>")
        + CELLS.format("Vraag 3", "En nu?") + CELLS.format("Antwoord 3", "Niets.")
    ),
    "numbers and a label in the first cell": (
        CELLS.format("1", "Wat is de stand?") + CELLS.format("Antwoord", "Op schema.")
        + CELLS.format("2", "Hoeveel torens zijn er?")
        + CELLS.format("Antwoord", "<p>Er zijn er 27.</p><p>Er branden er 20.</p>")
        + CELLS.format("3", "En nu?") + CELLS.format("Antwoord", "Niets.")
    ),
    "question beside answer": (
        CELLS.format("Vraag", "Antwoord") + CELLS.format("1. Wat is de stand?", "Op schema.")
        + CELLS.format("2. Hoeveel torens zijn er?", "<p>Er zijn er 27.</p><p>Er branden er 20.</p>")
        + CELLS.format("3. En nu?", "Niets.")
    ),
}  # fmt: skip


@pytest.mark.parametrize("rows", MIXED_TABLES.values(), ids=MIXED_TABLES.keys())
def test_tables_of_every_make(rows: str) -> None:
    page = f"<html><body><p>Lijst van vragen en antwoorden</p><table>{rows}</table></body></html>"
    found = parse(read_document(page.encode(), "lijst.html")).exchanges
    assert [(each.numbers, each.question, each.answer) for each in found] == [
        ((1,), "Wat is de stand?", "Op schema."),
        ((2,), "Hoeveel torens zijn er?", "Er zijn er 27.\n\nEr branden er 20."),
        ((3,), "En nu?", "Niets."),
    ]


def test_a_letter_with_answers_to_a_committee() -> None:
    text = """Geachte voorzitter,

Hierbij ontvangt u de beantwoording van de vragen die de vaste commissie voor Kust op 3 mei 2024 stelde over torens.

De minister van Kustbeheer,

A. Zand

Vraag 1

Waar is het geld?

Antwoord op vraag 1

In de toren.
"""
    document = parse(read_document(text.encode(), "brief.txt"))
    found = document.metadata
    assert document.kind is Kind.LIJST_VAN_VRAGEN
    assert (found.committee, found.asked_on) == ("vaste commissie voor Kust", date(2024, 5, 3))
    assert document.exchanges[0].respondent == "Minister van Kustbeheer"


def test_who_signs_the_letter_in_front_answers_and_is_no_heading() -> None:
    text = """Geachte voorzitter,

Hierbij zend ik u de antwoorden op de feitelijke vragen over de eerste suppletoire begroting 2024.

Hoogachtend,

de minister van Kustbeheer,

A. Zand

Vraag 1

Waar is het geld?

Antwoord

In de toren.
"""
    (only,) = parse(read_document(text.encode(), "brief.txt")).exchanges
    assert (only.respondent, only.section) == ("Minister van Kustbeheer", "")
