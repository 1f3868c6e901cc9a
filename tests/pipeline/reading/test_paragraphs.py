"""Where paragraphs end, and where they only look as if they did."""

from __future__ import annotations

import pytest

from pipeline.reading.lines import Line
from pipeline.reading.paragraphs import build_paragraphs

FULL = "Het kabinet zet de dijkversterking voort en verwacht haar te voltooien op 1 augustus"
PAGE_TURNS = (
    (FULL, "2029 en niet eerder.", [f"{FULL} 2029 en niet eerder."]),
    (FULL, "Deltaprogramma 2030 volgt.", [f"{FULL} Deltaprogramma 2030 volgt."]),
    (f"{FULL}.", "Deze dag staat vast.", [f"{FULL}.", "Deze dag staat vast."]),
    (FULL, "Antwoord 2", [FULL, "Antwoord 2"]),
    ("Een korte kop", "Deze dag staat vast.", ["Een korte kop", "Deze dag staat vast."]),
)


@pytest.mark.parametrize(("above", "below", "expected"), PAGE_TURNS)
def test_a_page_turn_parts_no_sentence(above: str, below: str, expected: list[str]) -> None:
    lines = [Line(FULL, 1), Line(FULL, 1), Line(above, 1, gap=True), Line(below, 2, gap=True)]
    assert [paragraph.text for paragraph in build_paragraphs(lines)][1:] == expected
