from __future__ import annotations

import pytest

from pipeline.models import Paragraph
from pipeline.reading.markers import Note, attach_notes

MARKED = (
    ("Volgens het Rijksplan1 mag dat.", "Volgens het Rijksplan mag dat."),
    ("Dat is bekend.1 Daarom niet.", "Dat is bekend. Daarom niet."),
    ("Dat is bekend. 1 Daarom niet.", "Dat is bekend. Daarom niet."),
    ("Kent u het rapport van het instituut 1?", "Kent u het rapport van het instituut?"),
    ("Sinds juni 20241 geldt dat.", "Sinds juni 2024 geldt dat."),
    ("De uitstoot van CO1 daalt volgens het instituut1.", "De uitstoot van CO1 daalt volgens het instituut."),
    ("In artikel 1 staat dat het kan.1", "In artikel 1 staat dat het kan."),
    ("Op 1 januari is besloten»1 zo.", "Op 1 januari is besloten» zo."),
    ("Daar wees zij al op1 en het is gebeurd.", "Daar wees zij al op en het is gebeurd."),
)  # fmt: skip


def attach(text: str, *labels: int) -> Paragraph:
    notes = [Note(label, f"noot {label}", 1, 1) for label in labels]
    (paragraph,) = attach_notes([Paragraph(text, 1, 1)], notes, [1])
    return paragraph


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_a_marker_is_told_from_other_numbers(text: str, expected: str) -> None:
    paragraph = attach(text, 1)
    assert paragraph.text == expected
    assert [note.text for note in paragraph.footnotes] == ["noot 1"]


def test_markers_side_by_side() -> None:
    paragraph = attach("Kent u beide berichten?1, 2", 1, 2)
    assert paragraph.text == "Kent u beide berichten?"
    assert [note.offset for note in paragraph.footnotes] == [len(paragraph.text)] * 2


def test_markers_rise_with_the_numbers() -> None:
    paragraph = attach("De heer Vos2 zei1 dat het CPB2 en DNB3 rekenen.", 1, 2, 3)
    assert paragraph.text == "De heer Vos2 zei dat het CPB en DNB rekenen."


def test_a_note_without_a_marker_stays_with_its_paragraph() -> None:
    paragraph = attach("Hier staat geen nummer.", 4)
    assert [(note.label, note.offset) for note in paragraph.footnotes] == [("4", 23)]
