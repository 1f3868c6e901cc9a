"""What is written in is what comes out: every manner of labelling, in every format."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.layouts import parse
from pipeline.models import Exchange, Kind
from pipeline.reading import read_document
from tests.pipeline.questionnaires import MANNERS, Asked, questionnaires, written
from tests.pipeline.writing import WITH_NOTES, WITHOUT_NOTES

SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
SUFFIXES = {"wrapped": "txt", "text": "txt"}


def outcome(exchange: Exchange) -> tuple[tuple[int, ...], str, str]:
    """What a reader compares: the numbers and both texts, line ends folded."""
    return (
        exchange.numbers,
        " ".join(exchange.question.split()),
        " ".join(exchange.answer.split()),
    )


def intended(asked: Asked) -> tuple[tuple[int, ...], str, str]:
    """The same of what was written."""
    return (
        asked.numbers,
        " ".join(paragraph.text for paragraph in asked.questions),
        " ".join(paragraph.text for paragraph in asked.answer),
    )


@pytest.mark.parametrize("form", [*WITH_NOTES, *WITHOUT_NOTES])
@pytest.mark.parametrize("manner", MANNERS)
@SLOW
@given(data=st.data())
def test_exchanges_come_out_as_written(manner: str, form: str, data: st.DataObject) -> None:
    style = MANNERS[manner]
    asked = data.draw(questionnaires(apart=style.apart, notes=form in WITH_NOTES))
    paragraphs = written(asked, style)
    file = {**WITH_NOTES, **WITHOUT_NOTES}[form](paragraphs)
    parsed = parse(read_document(file, f"vragen.{SUFFIXES.get(form, form)}"))
    assert parsed.kind is Kind.KAMERVRAGEN
    assert [outcome(each) for each in parsed.exchanges] == [intended(each) for each in asked]
    if form in WITH_NOTES:
        notes = [note for each in parsed.exchanges for note in each.footnotes]
        meant = [note for paragraph in paragraphs for note in paragraph.footnotes]
        assert sorted(note.text for note in notes) == sorted(note.text for note in meant)
        owners = [[note.label for note in each.footnotes] for each in parsed.exchanges]
        assert all(labels == sorted(labels, key=int) or style.apart for labels in owners)
