"""Any text is parsed: none raises, none loses its text, and none takes long."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.layouts import LAYOUTS, UNKNOWN, parse
from pipeline.models import Document, Page, Paragraph, Style
from pipeline.reading import read_document

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


LIST = "Lijst van vragen en antwoorden\n\n"
REPORT = "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG\n\nVragen van de leden van de VVD-fractie\n\n"
LARGE = {
    "5,000 pages of labels": "Vraag 1\nKunt u dit zeggen?\nAntwoord 1\nJa, dat kan.\n\f" * 5_000,
    "ever higher numbers": "".join(
        f"Vraag {n}\nKunt u dit?\nAntwoord {n}\nJa.\n" for n in range(1, 10_000)
    ),
    "label lines, no two alike": "".join(
        f"Vraag {n} Kunt u {n} zeggen over bijen?\nAntwoord {n} Ja, {n} keer.\n"
        for n in range(1, 9_000)
    ),
    "one answer, many times": "Vraag 1\nHoe?\n" + "Antwoord 1\nZo.\n" * 15_000,
    "a list without end": "1. Kunt u dit?\n\n" * 20_000,
    "1 MB on one line": "Antwoord van de minister op de vragen van het lid " * 20_000,
    "1 MB of one word": "a" * 1_000_000,
    "1 MB of questions": LIST + "Vraag 1\nHoe? " + "Wat? Zo? " * 110_000,
    "100,000 blank lines": "\n" * 100_000 + "Vraag 1\nHoe?\nAntwoord 1\nZo.",
    "short paragraphs": "".join(f"Nummer {n}.\n\n" for n in range(20_000)),
    "an answer of short paragraphs": REPORT
    + "Hoe?\n\nAntwoord van de minister\n\n"
    + "Zo is het.\n\n" * 25_000,
    "one sentence that asks at its end": REPORT + "Ik zie dat ik zie wat ik " * 40_000 + "zie?",
    "a note a sentence": "".join(
        f"Dat staat in de wet{n}.\n\n{n} Kamerstuk 36 600, nr. {n}\n\n" for n in range(1, 9_000)
    ),
    "citations": "".join(f"Zie Kamerstuk 36 600 XVII, nr. {n} en 2024Z{n:05d}. " for n in range(12_000)),
    "pointers": "".join(f"Zie ook het antwoord op de vragen {n % 900} en 3. " for n in range(12_000)),
}  # fmt: skip
AT_MOST = 1.0  # second of processor time a megabyte
TRIES = 8  # the best of which counts: others use the same cores
LOOP = 0.038  # seconds that a million sums take where a second a megabyte was measured


@pytest.fixture(scope="module")
def small_heap() -> Iterator[None]:
    """Nothing that other tests left for the collector to walk over."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("small_heap")
@pytest.mark.parametrize("case", LARGE)
def test_time_grows_with_the_text_and_no_faster(case: str) -> None:
    data = LARGE[case].encode()
    allowed = AT_MOST * len(data) / 1e6
    tries = (
        _taken(lambda: parse(read_document(data, "groot.txt"))) / _slowness() for _ in range(TRIES)
    )
    assert any(seconds < allowed for seconds in tries), f"over {allowed:.2f} s"


def _slowness() -> float:
    """How many times slower than where it was measured this machine is just now."""
    return max(1.0, _taken(lambda: sum(n % 7 for n in range(1_000_000))) / LOOP)


def _taken(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
