"""Who asked whom what and when, in the phrases that documents open with."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.metadata import (
    Asked,
    Paper,
    read_adopted_on,
    read_answered_on,
    read_asked_on,
    read_askers,
    read_case_number,
    read_committee,
    read_ministers,
    read_paper,
    read_unofficial_number,
    session_start_year,
    title_of_file,
)
from pipeline.respondents import Answered, meant_by, read_respondent, read_respondents

ASKERS = [
    ("Vragen van het lid Aa (VVD) aan de Minister van Bijen over honing", Asked(("Aa",), "VVD")),
    (
        "Vragen van de leden Van Aa, Romke de Bee en Cee (allen D66) aan de Minister",
        Asked(("Van Aa", "Romke de Bee", "Cee"), "D66"),
    ),
    (
        "Vragen van de leden Aa, Bee (GroenLinks-PvdA), Cee (CDA) en Dee (BBB) over bijen",
        Asked(("Aa", "Bee", "Cee", "Dee"), "GroenLinks-PvdA, CDA, BBB"),
    ),
    (
        "op Kamervragen van het lid Van Haa (Groep Van Haa) aan de Ministers van A en van B",
        Asked(("Van Haa",), "Groep Van Haa"),
    ),
    (
        "Vragen van het lid De Aa (SP) op 12 februari 2001 medegedeeld aan de minister van Bijen",
        Asked(("De Aa",), "SP"),
    ),
    ("Vragen gesteld door de leden der Kamer, met de daarop gegeven antwoorden", Asked()),
    (
        "Vragen gesteld door de leden der Kamer 17 Vragen van het lid Aa (SP) aan de Minister",
        Asked(("Aa",), "SP"),
    ),
    ("De regering beantwoordt de vragen.", Asked()),
]


@pytest.mark.parametrize(("text", "asked"), ASKERS)
def test_who_asked(text: str, asked: Asked) -> None:
    assert read_askers(text) == asked


RESPONDENTS = [
    ("Antwoord van Minister Aa (Financiën) (ontvangen 3 mei 2024).", Answered("Minister Aa", "Financiën")),
    ("Antwoord van Staatssecretaris Van Aa (Financiën – Fiscaliteit), mede namens de Minister van B (ontvangen",
     Answered("Staatssecretaris Van Aa", "Financiën – Fiscaliteit")),
    ("Antwoord van Minister Aa (Landbouw, Natuur) en van Minister Bee (Stikstof) (ontvangen 7 juni 2022).",
     Answered("Minister Aa en Minister Bee", "Landbouw, Natuur en Stikstof")),
    ("Mededeling van Minister De Aa (Binnenlandse Zaken) (ontvangen (ontvangen 7 juni 2024).",
     Answered("Minister De Aa", "Binnenlandse Zaken")),
    ("Antwoorden van de minister van Justitie en Veiligheid op Kamervragen van het lid Aa",
     Answered("Minister van Justitie en Veiligheid", "Justitie en Veiligheid")),
    ("De minister antwoordt.", Answered()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answered"), RESPONDENTS)
def test_who_answered(text: str, answered: Answered) -> None:
    assert read_respondent(text) == answered


MINISTERS = [
    ("aan de Minister van Bijen over honing", ("Minister van Bijen",)),
    ("aan de Ministers van Aa en van Bee en Cee over bijen", ("Minister van Aa", "Minister van Bee en Cee")),
    (
        "aan de Staatssecretaris van Aa en de Minister voor Bee over bijen",
        ("Staatssecretaris van Aa", "Minister voor Bee"),
    ),
    ("zonder geadresseerde", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ministers"), MINISTERS)
def test_who_was_asked(text: str, ministers: tuple[str, ...]) -> None:
    assert read_ministers(text) == ministers


def test_dates() -> None:
    assert read_asked_on("(ingezonden 3 mei 2024)") == date(2024, 5, 3)
    assert read_asked_on("In antwoord op uw brief van 5 juli 2024, nr. 2024Z1") == date(2024, 7, 5)
    assert read_asked_on("medegedeeld aan de minister op 14 november 2002 over") == date(
        2002, 11, 14
    )
    assert read_answered_on("(ontvangen (ontvangen 7 juni 2024)") == date(2024, 6, 7)
    assert read_answered_on("beantwoord bij brief van 12 september 2022.") == date(2022, 9, 12)
    assert read_answered_on("bij brief van … toegezonden") is None
    assert read_adopted_on("Vastgesteld 4 december 2018") == date(2018, 12, 4)
    assert read_adopted_on("Vastgesteld, .. xxxx 2025") is None


PAPERS = [
    (["36 450 Regels voor bijen", "Nr. 6 NOTA"], Paper("36450", "Regels voor bijen", "kst-36450-6")),
    (["35 010 Wijziging", "C MEMORIE VAN ANTWOORD"], Paper("35010", "Wijziging", "kst-35010-C")),
    (["36 600 X Vaststelling", "Nr. 20", "VERSLAG"], Paper("36600-X", "Vaststelling", "kst-36600-X-20")),
    (["21 501-32 Landbouwraad", "Nr. 1731"], Paper("21501-32", "Landbouwraad", "kst-21501-32-1731")),
    (["36725-X Verslag", "DE MINISTER VAN BIJEN"], Paper("36725-X", "Verslag", "")),
    (["Geen nummer"], Paper()),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "paper"), PAPERS)
def test_papers(lines: list[str], paper: Paper) -> None:
    assert read_paper(lines) == paper


def test_numbers_and_names() -> None:
    assert read_case_number("AH 617 2024Z 17972") == "2024Z17972"
    assert read_unofficial_number("AH 617", date(2024, 11, 20)) == "ah-tk-20242025-617"
    assert read_unofficial_number("AH 617", None) == ""
    assert [session_start_year(day) for day in (date(2024, 9, 16), date(2024, 9, 17))] == [
        2023,
        2024,
    ]
    assert (
        read_committee("De vaste commissie voor Bijen heeft een aantal vragen")
        == "vaste commissie voor Bijen"
    )
    assert title_of_file("002_Antwoord_op_vragen.docx.txt") == "002 Antwoord op vragen"


def test_a_label_means_one_of_those_who_answered() -> None:
    answered = read_respondents(
        "Antwoord van Minister Aa (Geld), Minister Bee (Bijen) en Staatssecretaris Cee (Bijen) (ontvangen 3 mei 2024)"
    )
    meant = {
        label: meant_by(label, answered)
        for label in (
            "minister van Bijen",
            "staatssecretaris",
            "Minister Aa",
            "minister",
            "kabinet",
        )
    }
    assert {label: each.respondent if each else None for label, each in meant.items()} == {
        "minister van Bijen": "Minister Bee",
        "staatssecretaris": "Staatssecretaris Cee",
        "Minister Aa": "Minister Aa",
        "minister": None,
        "kabinet": None,
    }
