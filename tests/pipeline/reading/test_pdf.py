from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import (
    BrokenDocument,
    EncryptedDocument,
    OversizedDocument,
    TextlessDocument,
    UnreadableDocument,
)
from pipeline.reading import Limits, read_document
from tests.pipeline.typesetting import SetLine, typeset_pages

BODY = (
    "De minister heeft met de gemeente Waterveen afgesproken dat de haven wordt uitgediept en",
    "dat de kosten daarvan worden gedeeld.1 Over de verdeling van die kosten wordt nog gespro-",
    "ken; uw Kamer wordt daarover voor de zomer geïnformeerd.",
)
NOTE = "1 Kamerstuk 99 123, nr. 4."


def letter(*, pages: int = 1) -> bytes:
    lines = [*map(SetLine, BODY), SetLine(""), SetLine(NOTE, 6)]
    return typeset_pages([lines] * pages)


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(letter())))
    writer.encrypt(password, "eigenaar", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_lines_become_a_paragraph_with_its_note() -> None:
    document = read_document(letter(), "brief.pdf")
    (paragraph,) = document.paragraphs
    assert paragraph.text.endswith(
        "worden gedeeld. Over de verdeling van die kosten wordt nog "
        "gesproken; uw Kamer wordt daarover voor de zomer geïnformeerd."
    )
    (note,) = paragraph.footnotes
    assert (note.label, note.text) == ("1", "Kamerstuk 99 123, nr. 4.")
    assert paragraph.text[: note.offset].endswith("worden gedeeld.")
    assert document.format == "pdf"


def test_gaps_part_paragraphs_on_a_page_of_short_ones_too() -> None:
    short = ["2.", "Kent u de plannen voor de haven van Waterveen?", "Antwoord:", "Ja, die ken ik."]
    document = read_document(
        typeset_pages([[*map(SetLine, BODY)], [SetLine(t) for text in short for t in (text, "")]]),
        "brief.pdf",
    )
    assert [each.text for each in document.pages[1].paragraphs] == short


def test_page_numbers_are_no_text() -> None:
    document = read_document(letter(pages=4), "brief.pdf")
    assert len(document.pages) == 4
    assert not any(each.text.isdigit() for each in document.paragraphs)


def test_running_heads_and_feet_are_no_text() -> None:
    pages = [
        [
            SetLine("Ministerie van Waterstaat"),
            SetLine(""),
            SetLine(f"Op de dijk bij kilometer {number} is gewerkt."),
            SetLine(""),
            SetLine(f"Tweede Kamer, vergaderjaar 2024–2025, 99 123, nr. 4 {number}"),
        ]
        for number in range(1, 6)
    ]
    document = read_document(typeset_pages(pages), "dijk.pdf")
    assert [each.text for each in document.paragraphs] == [
        f"Op de dijk bij kilometer {number} is gewerkt." for number in range(1, 6)
    ]


def test_a_label_that_returns_at_the_edge_of_pages_is_text() -> None:
    pages = [
        [SetLine(f"Antwoord {number}"), SetLine(f"Het antwoord op vraag {number} is nee, helaas.")]
        for number in range(1, 6)
    ]
    texts = [each.text for each in read_document(typeset_pages(pages), "vragen.pdf").paragraphs]
    assert texts[::2] == [f"Antwoord {number}" for number in range(1, 6)]


def test_the_id_at_the_foot_is_declared() -> None:
    lines = [
        *map(SetLine, BODY),
        SetLine(""),
        SetLine("ah-tk-20242025-9001"),
        SetLine("ISSN 0921 - 7398"),
    ]
    document = read_document(typeset_pages([lines]), "stuk.pdf")
    assert document.declared.official_id == "ah-tk-20242025-9001"
    assert "ISSN" not in " ".join(each.text for each in document.paragraphs)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (letter()[:900], BrokenDocument),
        (b"%PDF-1.7\nniets", BrokenDocument),
        (letter().replace(b"/FlateDecode", b"/Fl         "), BrokenDocument),
        (b"%PDF-1.4\n" + bytes(2000), BrokenDocument),
        (encrypted("geheim"), EncryptedDocument),
        (typeset_pages([[]] * 3, numbered=False), TextlessDocument),
        (letter(pages=11), OversizedDocument),
    ],
    ids=["cut off", "no body", "old filter", "zeros", "encrypted", "scan", "too many pages"],
)
def test_what_cannot_be_read_says_why(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"stuk\.pdf"):
        read_document(data, "stuk.pdf", Limits(max_pages=10))


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    assert "Waterveen" in read_document(encrypted(""), "stuk.pdf").paragraphs[0].text


def test_the_name_does_not_matter() -> None:
    assert read_document(letter(), "brief.docx").format == "pdf"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.data())
def test_a_damaged_pdf_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(letter())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_document(bytes(damaged), "stuk.pdf")
    except UnreadableDocument as error:
        assert str(error).startswith("stuk.pdf: ")  # noqa: PT017  (either outcome is right)


def test_raised_figures_are_markers_on_their_line() -> None:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for text, x, y, size in (
        ("De gemeente Waterveen heeft besloten tot het verven van torens.", 60, 800, 10),
        ("1", 346, 804, 6),
        (" Dat kost geld", 350, 800, 10),
        ("en tijd. Meer is daarover op dit moment niet bekend bij de gemeente.", 60, 788, 10),
        ("1 De Klok, 2 mei 2024.", 60, 60, 7),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)
    canvas.save()
    (paragraph,) = read_document(file.getvalue(), "brief.pdf").paragraphs
    assert paragraph.text.startswith(
        "De gemeente Waterveen heeft besloten tot het verven van torens. Dat kost geld en tijd."
    )
    assert [(note.label, note.text) for note in paragraph.footnotes] == [
        ("1", "De Klok, 2 mei 2024.")
    ]


def test_a_question_number_at_the_foot_is_none_of_the_page() -> None:
    pages = [
        ["1", "Kent u de haven?", "", "Antwoord", "Ja.", "", "2"],
        ["Kent u de brug?", "", "Antwoord", "Nee.", "", "3", "En nu?", "", "Antwoord", "Niets."],
    ]
    lines = [
        [*map(SetLine, page), SetLine(f"Pagina {number} van 2")]
        for number, page in enumerate(pages, 1)
    ]
    document = read_document(typeset_pages(lines, numbered=False), "vragen.pdf")
    assert [each.text for each in document.paragraphs if each.text.isdecimal()] == ["1", "2", "3"]


def test_a_page_that_is_a_picture_is_named() -> None:
    file = BytesIO()
    canvas = Canvas(file)
    for line, text in enumerate(BODY):
        canvas.drawString(60, 800 - 12 * line, text)
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4))), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    document = read_document(file.getvalue(), "brief.pdf")
    assert document.warnings == ("bladzijde 2 is een plaatje zonder tekst en niet gelezen",)
