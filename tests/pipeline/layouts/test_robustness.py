"""Any text is parsed: none raises, none loses its text, and none takes long."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.layouts import LAYOUTS, UNKNOWN, parse
from pipeline.models import Document, Page, Paragraph, Style
from pipeline.reading import read_document
from tests.pipeline.large_texts import LARGE

LINES = st.sampled_from(
    [
        *(
            "Vraag 1",
            "Vraag 2, 3 en 4",
            "Antwoord",
            "Antwoord 1",
            "Antwoord op vragen 2 t/m 9",
            "Vraag",
        ),
        *("1", "2 en 3", "3. Hoe dan?", "4) Zo", "5 | Wat? Dit.", "1 Noot. 2 Noot.", "2.1 Kosten"),
        *("Mededeling", "Toelichting:", "Geachte voorzitter,", "Hoogachtend,", "AH 1", "Nr. 4"),
        *("De leden van de VVD-fractie vragen hoe.", "Het kabinet zegt ja.", "Vragen van het lid"),
        *(
            "NOTA NAAR AANLEIDING VAN HET VERSLAG",
            "Lijst van vragen en antwoorden",
            "36 600 X Titel",
        ),
        *("VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", "Kamerstuk 36 600, nr. 3"),
    ]
)
TEXTS = st.text(max_size=60) | LINES | st.lists(LINES, max_size=4).map(" ".join)
PARAGRAPHS = st.builds(
    Paragraph,
    text=TEXTS.map(str.strip).filter(bool),
    page=st.just(1),
    last_page=st.just(1),
    style=st.sampled_from(Style),
    emphasised=st.booleans(),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PARAGRAPHS, max_size=25))
def test_no_paragraphs_raise(paragraphs: list[Paragraph]) -> None:
    document = Document("stuk.txt", "0" * 64, "text", (Page(1, tuple(paragraphs)),))
    for layout in (*LAYOUTS, UNKNOWN):
        layout.transcribe(document)
    parsed = parse(document)
    keys = [exchange.key for exchange in parsed.exchanges]
    assert len(keys) == len(set(keys))
    assert all(exchange.pages == (1, 1) for exchange in parsed.exchanges)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300) | st.lists(TEXTS, max_size=20).map("\n".join).map(str.encode))
@pytest.mark.parametrize(
    "opening",
    [b"", b"%PDF-1.4\n", b"PK\x03\x04word/document", b"<html>", b"<?xml version='1.0'?><a>"],
)
def test_no_bytes_raise_anything_but_an_unreadable_document(opening: bytes, data: bytes) -> None:
    try:
        document = read_document(opening + data, "stuk")
    except UnreadableDocument:
        return
    parse(document)


AT_MOST = 1.0  # second of processor time a megabyte


@pytest.fixture(scope="module")
def seconds_a_megabyte() -> dict[str, float]:
    """Seconds a megabyte for each large text, in a process that nothing else has filled."""
    command = [sys.executable, "-m", "tests.pipeline.large_texts", str(AT_MOST)]
    found: dict[str, float] = json.loads(subprocess.check_output(command))
    return found


@pytest.mark.parametrize("case", LARGE)
def test_time_grows_with_the_text_and_no_faster(
    case: str, seconds_a_megabyte: dict[str, float]
) -> None:
    assert seconds_a_megabyte[case] < AT_MOST
