"""The formats that mark their paragraphs up: Word, ODT, HTML and official XML."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.models import Footnote, Paragraph, Style
from pipeline.reading import read_document
from pipeline.reading.composing import clean
from tests.pipeline.questionnaires import numbered
from tests.pipeline.writing import MARKED_UP

LETTERS = st.characters(
    codec="utf-8", categories=["L", "N", "P", "Sc", "Sm"], exclude_characters="\u00ad"
)
WORDS = st.text(LETTERS, max_size=12).map(lambda signs: clean(f"w{signs}"))


@st.composite
def paragraphs(draw: st.DrawFn) -> list[Paragraph]:
    """Paragraphs of any words, some in bold, some headings, some with notes."""
    made = []
    for words in draw(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=6)):
        text = "Zin " + " ".join(words)
        ends = [place for place, sign in enumerate(text) if sign == " "]
        offsets = draw(st.lists(st.sampled_from(ends), max_size=2, unique=True))
        heading, bold = draw(st.booleans()), draw(st.booleans())
        notes = tuple(Footnote("", "", offset) for offset in sorted(offsets))
        style = Style.HEADING if heading else Style.BODY
        made.append(Paragraph(text, 1, 1, notes, style, bold or heading))
    texts = numbered(made)
    return [
        Paragraph(each.text, 1, 1, each.footnotes, plain.style, plain.emphasised)
        for each, plain in zip(texts, made, strict=True)
    ]


@pytest.mark.parametrize("form", MARKED_UP)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(written=paragraphs())
def test_what_is_written_is_what_is_read(form: str, written: list[Paragraph]) -> None:
    read = read_document(MARKED_UP[form](written), f"stuk.{form}").paragraphs
    assert list(read) == written
