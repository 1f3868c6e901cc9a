from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import (
    BrokenDocument,
    EmptyDocument,
    OversizedDocument,
    TextlessDocument,
    UnknownFormat,
    UnreadableDocument,
)
from pipeline.models import Paragraph
from pipeline.reading import Limits, read_document

WRAPPED = """Het kabinet heeft de afgelopen jaren met de gemeente Waterveen gesproken over de
herinrichting van de haven en over de kosten die daarmee samenhangen. De uitkomst daarvan
is op 3 mei 2024 naar uw Kamer gestuurd.

De leden vragen daarnaast of de minister de cijfers van
1 januari 2025 kent.
"""


def paragraphs(text: str, name: str = "stuk.txt") -> list[str]:
    return [each.text for each in read(text.encode(), name)]


def read(data: bytes, name: str = "stuk.txt") -> tuple[Paragraph, ...]:
    return read_document(data, name).paragraphs


def test_hard_line_breaks_are_undone() -> None:
    first, second = paragraphs(WRAPPED)
    assert "over de herinrichting van de haven" in first
    assert first.endswith("naar uw Kamer gestuurd.")
    assert second == "De leden vragen daarnaast of de minister de cijfers van 1 januari 2025 kent."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vraag 1\nKlopt dat?\nAntwoord 1\nJa.\nVraag 2\nZeker?", 6),
        ("• eerste punt;\n• tweede punt;\n• derde punt.", 3),
        ("Een regel\n\nEen andere regel", 2),
        ("Een zin die nog niet af is,\n\nmaar verder gaat.", 1),
    ],
)
def test_where_a_paragraph_ends(text: str, expected: int) -> None:
    assert len(paragraphs(text)) == expected


def test_a_form_feed_is_a_page_break() -> None:
    document = read_document(b"Eerste bladzijde.\n\n1\n\fTweede bladzijde.\n\n2", "stuk.txt")
    assert [page.number for page in document.pages] == [1, 2]
    assert [each.text for each in document.paragraphs] == ["Eerste bladzijde.", "Tweede bladzijde."]


def test_a_paragraph_that_runs_over_a_page_keeps_both_pages() -> None:
    lines = (
        "Het kabinet werkt samen met de provincies aan een plan voor de uiterwaarden en de\n" * 3
    )
    (paragraph,) = read((lines + "\fdijken langs de rivier.").encode())
    assert (paragraph.page, paragraph.last_page) == (1, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "De minister vindt dat één café geen reden is voor beleid. Ook in België niet."
    text = " ".join([text] * 5)
    assert [each.text for each in read(text.encode(encoding))] == [text]


def test_decomposed_text_is_composed() -> None:
    assert paragraphs("Een ge\u0301e\u0301n antwoord op de vraag.") == [
        "Een géén antwoord op de vraag."
    ]


def test_an_accent_set_beside_its_letter_joins_it() -> None:
    assert paragraphs("Het lid Kostic´ vraagt naar 5´ en S¸ahin.") == [
        "Het lid Kostić vraagt naar 5´ en Şahin."
    ]


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "leeg.pdf", EmptyDocument),
        (b"   \n\n ", "wit.txt", UnreadableDocument),
        (b"gewone tekst zonder opmaak", "stuk.pdf", BrokenDocument),
        (b"gewone tekst zonder opmaak", "stuk.exe", UnknownFormat),
        (bytes(range(256)) * 10, "stuk.txt", UnknownFormat),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "plaatje.png", UnknownFormat),
        (b"een twee drie", "groot.txt", OversizedDocument),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=name) as caught:
        read_document(data, name, Limits(max_bytes=10 if name.startswith("groot") else 10_000))
    assert isinstance(caught.value, UnreadableDocument)
    assert caught.value.remedy


def test_furniture_alone_is_no_text() -> None:
    with pytest.raises(TextlessDocument):
        read_document("Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1".encode(), "voet.txt")


@given(st.text(max_size=400))
def test_any_text_gives_paragraphs_or_a_clear_error(text: str) -> None:
    try:
        found = read(text.encode("utf-8", "surrogatepass"))
    except UnreadableDocument as error:
        assert str(error).startswith("stuk.txt: ")  # noqa: PT017  (either outcome is right)
    else:
        assert all(each.text == each.text.strip() != "" for each in found)


@given(
    st.lists(st.sampled_from("de minister kent het plan van Waterveen niet".split()), min_size=30)
)
def test_no_word_is_lost(words: list[str]) -> None:
    lines = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
    assert " ".join(paragraphs("\n".join(lines))).split() == words


@pytest.mark.parametrize(
    "text",
    ["Vraag 1\n" * 60_000, "woord " * 170_000, "\n" * 100_000 + "Een zin.", "1 noot\n" * 60_000],
    ids=["labels", "one line", "blank lines", "notes"],
)
def test_reading_takes_linear_time(text: str) -> None:
    start = time.perf_counter()
    read(text.encode())
    assert time.perf_counter() - start < 10  # seconds; measured below 1


def test_the_signs_of_quoted_mail_are_no_text() -> None:
    quoted = "".join(f"> {line}".rstrip() + "\n" for line in WRAPPED.split("\n"))
    assert paragraphs(quoted) == paragraphs(WRAPPED)
    assert paragraphs("Het aantal\n> 30 is te hoog.")[0].endswith("> 30 is te hoog.")
