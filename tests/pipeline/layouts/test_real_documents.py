"""What stands in each real document, as a reader of the file counts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from pipeline.layouts import parse
from pipeline.models import Document, Kind, Parsed
from pipeline.reading import read_document
from tests.shared import DOCUMENTS, needs_shared

pytestmark = needs_shared()

Numbers = tuple[int, ...]


def singles(last: int) -> list[Numbers]:
    """Questions 1 to `last`, each answered by itself."""
    return [(number,) for number in range(1, last + 1)]


@dataclass(frozen=True)
class Expected:
    """What a reader finds in one file."""

    groups: list[Numbers]
    official_id: str = ""
    case_number: str = ""
    askers: tuple[str, ...] = ()
    party: str = ""
    respondent: str = ""
    asked_on: date | None = None
    answered_on: date | None = None
    notes: int = 0
    answered: bool = True


WOLVEGA = (
    "Beantwoording Kamervragen leden Mutluer (GL-PvdA) et al. over de voorgenomen sluiting van het"
    " politiebureau in Wolvega (1).docx"
)
FIRE_BRIGADE = (
    "Beantwoording Kamervragen van de leden Temmink en van Nispen (SP) aan de minister van Justitie"
    " en Veiligheid over het niet noodgevallen nummer .docx"
)
POLICE_DOG = (
    "Beantwoording Kamervragen van het lid Teunissen (PvdD) aan de minster van Justitie en"
    " Veiligheid en van Landbouw, Visserij, Voedselzekerheid en.docx"
)
ARGOS = (
    "Beantwoording van Kamervragen van de leden Mutluer (PvDA) en Ellemeet (GroenLinks) over een"
    " uitzending van Argos over de dood van Sammy Baker (.docx"
)
JUSTICE = "Minister van Justitie en Veiligheid"

WRITTEN_QUESTIONS: dict[str, Expected] = {
    "002_Antwoord_op_vragen_van_het_lid_Mutluer_o.docx.txt": Expected(
        [(1,), (2,), (3, 4), (5,), (6,), (7,), (8,)],
        "ah-tk-20242025-604", "2024Z18294",
        respondent="Minister Van Weel", answered_on=date(2024, 11, 20),
    ),
    "003_Antwoord_op_vragen_van_het_lid_Boswijk_o.pdf.txt": Expected(
        [(1,), (2,), (3,), (4, 5), (6,), (7,), (8,), (9,)],
        "ah-tk-20242025-575", "", ("Boswijk",), "CDA", "Minister Veldkamp",
        date(2024, 10, 24), date(2024, 11, 18), 2,
    ),
    "005_Antwoord_op_vragen_van_het_lid_Nordkamp_.docx.txt": Expected(
        singles(6), "ah-tk-20242025-617", "2024Z17972",
        respondent="Minister Brekelmans", answered_on=date(2024, 11, 20),
    ),
    "016_Antwoord_op_vragen_van_de_leden_Ellian_e.pdf.txt": Expected(
        [(1,), (2,), (3,), (4, 5, 7, 8), (6,)],
        "ah-tk-20242025-582", "", ("Ellian", "Paternotte"), "VVD, D66", "Minister Veldkamp",
        date(2024, 11, 6), date(2024, 11, 18),
    ),
    "019_Antwoord_op_vragen_van_het_lid_El_Abassi.pdf.txt": Expected(
        [(1,), (2,), (3,), (4,), (5, 6, 7), (8,), (9, 10, 11)],
        "ah-tk-20242025-570", "", ("El Abassi",), "DENK", "Minister Van Weel",
        date(2024, 9, 25), date(2024, 11, 18), 1,
    ),
    "022_Antwoord_op_vragen_van_het_lid_Beckerman.docx.txt": Expected(
        singles(7), "ah-tk-20242025-610", "2024Z15078",
        respondent="Minister Hermans", answered_on=date(2024, 11, 19),
    ),
    "046_Antwoord_op_vragen_van_de_leden_Kathmann.docx.txt": Expected(
        singles(12), "ah-tk-20242025-608", "2024Z14419",
        respondent="Minister Van Hijum", answered_on=date(2024, 11, 19),
    ),
    "055_Antwoord_op_vragen_van_het_lid_Boswijk_o.docx.txt": Expected(
        [(1, 2, 3, 4, 5)], "ah-tk-20242025-605", "2024Z18792",
        respondent="Minister Klever", answered_on=date(2024, 11, 20),
    ),
    WOLVEGA: Expected(
        [(1,), (2,), (3, 8), (4,), (5,), (6,), (7,)],
        "", "2024Z11859", ("Mutluer", "Lahlah", "Boswijk", "Helder"),
        "GroenLinks-PvdA, CDA, BBB", JUSTICE, date(2024, 7, 5),
    ),
    FIRE_BRIGADE: Expected(
        [(1,), (2, 3), (4, 5), (6,), (7, 8, 9), (10,)],
        "", "2023Z19677", ("Temmink", "Van Nispen"), "SP", JUSTICE,
        date(2023, 12, 6), date(2024, 1, 11), 3,
    ),
    POLICE_DOG: Expected(
        [*singles(10), (11, 12, 13), *((number,) for number in range(14, 23))],
        "", "2024Z11889", ("Teunissen",), "PvdD", JUSTICE,
        date(2024, 7, 8), date(2024, 8, 26), 5,
    ),
    ARGOS: Expected(
        [(1,), (2,), (3, 4), (5,), (6,)],
        "", "2023Z16994", ("Mutluer", "Ellemeet"), "PvdA, GroenLinks", JUSTICE,
        date(2023, 10, 10), date(2023, 11, 7), 4,
    ),
    "ah-tk-20142015-698.pdf": Expected(
        [(1,), (2, 3), (4,), (5,), (6,)],
        "ah-tk-20142015-698", "", ("Bouwmeester",), "PvdA", "Minister Schippers",
        date(2014, 10, 3), date(2014, 11, 26), 4,
    ),
    "ah-tk-20202021-3235.html": Expected(
        singles(9), "ah-tk-20202021-3235", "2021Z09739",
        ("Van Weyenberg", "Romke de Jong", "Kat"), "D66", "Minister Koolmees",
        date(2021, 6, 3), date(2021, 6, 21),
    ),
    "ah-tk-20202021-3235.xml": Expected(
        singles(9), "ah-tk-20202021-3235", "",
        ("Van Weyenberg", "Romke de Jong", "Kat"), "D66", "Minister Koolmees",
        date(2021, 6, 3), date(2021, 6, 21),
    ),
    "ah-tk-20232024-1076.pdf": Expected(
        singles(5), "ah-tk-20232024-1076", "", ("Van Haga",), "Groep Van Haga",
        "Minister De Jonge", date(2023, 11, 20), date(2024, 2, 20), 3,
    ),
    "ah-tk-20232024-1292.pdf": Expected(
        singles(10), "ah-tk-20232024-1292", "", ("Keijzer",), "BBB",
        "Minister De Jonge", date(2024, 3, 11), date(2024, 3, 21), 1,
    ),
    "ah-tk-20232024-1314.pdf": Expected(
        [(1,), (2,), (3, 4, 5), (6,)],
        "ah-tk-20232024-1314", "", ("Mutluer", "Kostić"), "GroenLinks-PvdA, PvdD",
        "Minister Dijkgraaf", date(2024, 3, 6), date(2024, 3, 25), 2,
    ),
    "ah-tk-20232024-1786.pdf": Expected(
        [*singles(9), (10, 11), (12,), (13,), (14,), (15,)],
        "ah-tk-20232024-1786", "", ("Hirsch", "Teunissen"), "GroenLinks-PvdA, PvdA",
        "Staatssecretaris Van Rij", date(2024, 4, 4), date(2024, 5, 21), 16,
    ),
    "ah-tk-20232024-1893.pdf": Expected(
        singles(7), "ah-tk-20232024-1893", "", ("Klaver",), "GroenLinks-PvdA",
        "Minister Bruins Slot", date(2024, 4, 18), date(2024, 6, 3), 1,
    ),
    "ah-tk-20232024-1999.pdf": Expected(
        singles(3), "ah-tk-20232024-1999", "", ("Sneller", "Chakor", "Van Nispen"),
        "D66, GroenLinks-PvdA, SP", "Minister De Jonge", date(2024, 5, 30), date(2024, 6, 7), 1,
        answered=False,
    ),
    "ah-tk-20232024-2129.pdf": Expected(
        singles(9), "ah-tk-20232024-2129", "", ("Ceder", "Dobbe"), "ChristenUnie, SP",
        "Minister Bruins Slot en Minister Schreinemacher",
        date(2024, 6, 5), date(2024, 6, 28), 5,
    ),
    "ah-tk-20232024-2210.pdf": Expected(
        singles(13), "ah-tk-20232024-2210", "", ("Erkens",), "VVD",
        "Minister Hermans", date(2024, 7, 2), date(2024, 7, 23), 2,
    ),
    "ah-tk-20232024-2367.pdf": Expected(
        [(1,), (2,), (3, 4, 5, 6), (7, 8, 9, 10, 11), (12,)],
        "ah-tk-20232024-2367", "", ("Van der Lee",), "GroenLinks-PvdA",
        "Minister Heinen", date(2024, 6, 28), date(2024, 8, 29), 4,
    ),
    "ah-tk-20232024-2395.pdf": Expected(
        singles(5), "ah-tk-20232024-2395", "", ("Crijns",), "PVV",
        "Staatssecretaris Karremans", date(2024, 8, 15), date(2024, 8, 30), 2,
    ),
}  # fmt: skip
OTHERS: dict[str, tuple[Kind, str]] = {
    "kst-32545-143.html": (Kind.OTHER, "kst-32545-143"),
    "kst-32545-143.odt": (Kind.OTHER, "kst-32545-143"),
    "kst-32545-143.pdf": (Kind.OTHER, "kst-32545-143"),
    "kst-32545-143.xml": (Kind.OTHER, "kst-32545-143"),
    "verzamelbrief-luchtvaart.pdf": (Kind.BRIEF, "verzamelbrief-luchtvaart"),
    "verslag-schriftelijk-overleg-wrr.txt": (
        Kind.SCHRIFTELIJK_OVERLEG,
        "verslag-schriftelijk-overleg-wrr",
    ),
}


def read_real(name: str) -> Document:
    """The real document of that name, read."""
    return read_document((DOCUMENTS / name).read_bytes(), name)


def parsed(name: str) -> Parsed:
    """The real document of that name, parsed."""
    return parse(read_real(name))


def test_every_real_document_is_in_a_table() -> None:
    names = {path.name for path in DOCUMENTS.iterdir()}
    assert names == set(WRITTEN_QUESTIONS) | set(OTHERS)


@pytest.mark.parametrize("name", WRITTEN_QUESTIONS)
def test_which_questions_are_answered_together(name: str) -> None:
    document, expected = parsed(name), WRITTEN_QUESTIONS[name]
    assert document.kind is Kind.KAMERVRAGEN
    assert [exchange.numbers for exchange in document.exchanges] == expected.groups
    assert all(exchange.question for exchange in document.exchanges)
    assert [bool(exchange.answer) for exchange in document.exchanges] == [expected.answered] * len(
        expected.groups
    )


@pytest.mark.parametrize("name", WRITTEN_QUESTIONS)
def test_who_asked_whom_and_when(name: str) -> None:
    document, expected = parsed(name), WRITTEN_QUESTIONS[name]
    found = document.metadata
    assert (found.official_id, found.case_number) == (expected.official_id, expected.case_number)
    assert found.askers == expected.askers
    assert (found.asked_on, found.answered_on) == (expected.asked_on, expected.answered_on)
    assert found.respondent == expected.respondent
    assert {each.party.lower() for each in document.exchanges} == {expected.party.lower()}


@pytest.mark.parametrize("name", WRITTEN_QUESTIONS)
def test_every_note_stands_at_a_question_or_answer(name: str) -> None:
    notes = [note for exchange in parsed(name).exchanges for note in exchange.footnotes]
    assert len(notes) == WRITTEN_QUESTIONS[name].notes


@pytest.mark.parametrize("name", OTHERS)
def test_what_has_no_numbered_questions(name: str) -> None:
    document = parsed(name)
    assert (document.kind, document.id) == OTHERS[name]


def test_a_letter_is_findable_by_section_and_pairs_nothing() -> None:
    letter = parsed("verzamelbrief-luchtvaart.pdf")
    assert all(exchange.answer and not exchange.question for exchange in letter.exchanges)
    assert "4. Verbod korte vluchten Benelux" in {each.section for each in letter.exchanges}
    assert "geen vragen en antwoorden herkend" in letter.warnings
    assert letter.metadata.title == "Verzamelbrief luchtvaart"
    assert letter.metadata.answered_on == date(2023, 10, 18)


def test_a_postponement_says_so() -> None:
    warnings = " ".join(parsed("ah-tk-20232024-1999.pdf").warnings)
    assert "mededeling in plaats van antwoorden: De schriftelijke vragen" in warnings
    assert "Aanhangsel" not in warnings


def test_xml_and_html_give_the_same_exchanges() -> None:
    assert (
        parsed("ah-tk-20202021-3235.xml").exchanges == parsed("ah-tk-20202021-3235.html").exchanges
    )


@pytest.mark.parametrize("form", ["html", "odt", "pdf"])
def test_a_motion_reads_the_same_in_every_format(form: str) -> None:
    texts = [
        " ".join(p.text for p in read_real(f"kst-32545-143.{f}").paragraphs) for f in ("xml", form)
    ]
    assert texts[0] == texts[1]
