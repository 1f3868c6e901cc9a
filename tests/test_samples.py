"""Each sample document is read as exactly what its manuscript says."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.layouts import parse
from pipeline.models import Kind, Paragraph, Parsed
from pipeline.reading import read_document
from samples.manuscript import Look, Manuscript, read_manuscript, runs_of
from samples.typeset import DOCUMENTS, TEXTS, make_documents

LANDSCHAP = "Partij voor het Landschap"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reader finds in a sample; `notes` are counted by the key of their exchange."""

    kind: Kind
    answered_on: date | None
    parties: dict[str, str]
    refers_to: dict[str, tuple[int, ...]]
    notes: dict[str, int]
    unlinked: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    sections: dict[str, str] = field(default_factory=dict)


def keys(*names: str | int) -> list[str]:
    return [str(name) for name in names]


EXPECTED = {
    "kst-99123-14.pdf": Expected(
        Kind.SCHRIFTELIJK_OVERLEG,
        date(2025, 5, 26),
        dict.fromkeys(keys(1, 2, 3), LANDSCHAP)
        | dict.fromkeys(keys(4, 5, 6, 7), "Stadslijst")
        | dict.fromkeys(keys(8, 9, 10, 11), "Middenbond")
        | dict.fromkeys(keys(12, 13, 14), "Vrij Water"),
        {"9": (2,), "14": (1, 3)},
        dict.fromkeys(keys(1, 2, 3, 5, 6, 7, 8, 10, 11, 13), 1) | {"4": 2},
        unlinked=("Kamerstuk 9912",),
        remarks=("Middenbond",),
        sections={"7": "Aanbeveling 2: Betrek bewoners vóór het ontwerp"},
    ),
    "ah-tk-20242025-9001.pdf": Expected(
        Kind.KAMERVRAGEN,
        date(2025, 2, 17),
        dict.fromkeys(keys(1, 2, "3-4-5", 6, 7), "Vrij Water"),
        {"7": (6,)},
        {"1": 1, "2": 1, "3-4-5": 1},
    ),
    "ah-tk-20242025-9002.pdf": Expected(
        Kind.KAMERVRAGEN,
        date(2025, 3, 31),
        dict.fromkeys(keys(1, "2-3", 4, 5, 6, "7-8-9"), "Stadslijst"),
        {},
        {"1": 1, "2-3": 1, "4": 1, "7-8-9": 1},
    ),
    "kst-99210-7.pdf": Expected(
        Kind.LIJST_VAN_VRAGEN,
        date(2025, 3, 14),
        dict.fromkeys(keys(1, 2, 3, 4, "5-6", 7, 8, 9, 10, 11, 12), ""),
        {"10": (2,)},
        {"1": 1, "2": 1, "7": 1, "11": 1},
    ),
    "beantwoording-kamervragen-contant-betalen.docx": Expected(
        Kind.KAMERVRAGEN,
        date(2025, 5, 8),
        dict.fromkeys(keys(1, 2, "3-4", 5, 6), "Middenbond"),
        {"6": (3, 4)},
        {"1": 1, "2": 1, "5": 1},
    ),
}
SAMPLES = pytest.mark.parametrize("name", EXPECTED)


@cache
def parsed(name: str) -> Parsed:
    return parse(read_document((DOCUMENTS / name).read_bytes(), name))


def manuscript(name: str) -> Manuscript:
    return read_manuscript((TEXTS / f"{Path(name).stem}.txt").read_text(encoding="utf-8"))


def test_every_sample_is_expected() -> None:
    assert {path.name for path in DOCUMENTS.iterdir()} == set(EXPECTED)


@SAMPLES
def test_a_sample_holds_these_exchanges(name: str) -> None:
    found, expected = parsed(name), EXPECTED[name]
    assert (found.kind, found.warnings) == (expected.kind, ())
    assert found.metadata.answered_on == expected.answered_on
    assert {each.key: each.party for each in found.exchanges} == expected.parties
    assert [each.key for each in found.exchanges] == list(expected.parties)
    assert {
        each.key: each.refers_to for each in found.exchanges if each.refers_to
    } == expected.refers_to
    assert {
        each.key: len(each.footnotes) for each in found.exchanges if each.footnotes
    } == expected.notes
    assert {each.key: each.section for each in found.exchanges if each.section} == expected.sections
    assert tuple(remark.party for remark in found.remarks) == expected.remarks
    cited = [citation for each in found.exchanges for citation in each.citations]
    assert tuple(each.text for each in cited if not each.url) == expected.unlinked


Written = tuple[str, tuple[tuple[str, str, int], ...]]


def as_written(source: Manuscript) -> list[tuple[Look, Written]]:
    """The blocks in plain text, each note with its number, its text and its place."""
    blocks = []
    for block in source.blocks:
        text, notes = "", []
        for run in runs_of(block.text):
            if run.marker:
                notes.append((run.text, source.notes[run.text], len(text)))
            else:
                text += run.text
        blocks.append((block.look, (text, tuple(notes))))
    return blocks


def as_read(paragraph: Paragraph) -> Written:
    text = re.sub(r"^[–•] ", "", paragraph.text)
    shift = len(paragraph.text) - len(text)
    notes = ((note.label, note.text, note.offset - shift) for note in paragraph.footnotes)
    return text, tuple(notes)


@SAMPLES
def test_questions_and_answers_are_verbatim(name: str) -> None:
    """No page furniture, marker digit, line-end hyphen or page break is left in the text."""
    found = parsed(name)
    blocks = as_written(manuscript(name))
    start = next(at for at, (look, _) in enumerate(blocks) if look in (Look.LABEL, Look.TITLE))
    agenda = ("III Volledige agenda", ())
    written = [block for _, block in blocks]
    end = written.index(agenda) if agenda in written else len(blocks)
    texts = [block for look, block in blocks[start:end] if look in (Look.BODY, Look.ITEM)]
    read = [
        as_read(paragraph)
        for each in found.exchanges
        for paragraph in (*each.question_paragraphs, *each.answer_paragraphs)
    ]
    remarks = [as_read(paragraph) for each in found.remarks for paragraph in each.paragraphs]
    assert [text for text in texts if text not in remarks] == read
    assert all(remark in texts for remark in remarks)


def test_answers_run_over_a_page_break() -> None:
    pages = [exchange.pages for exchange in parsed("kst-99123-14.pdf").exchanges]
    assert sum(first != last for first, last in pages) >= 3
    assert max(last for _, last in pages) == 5


@SAMPLES
def test_the_documents_kept_are_those_the_typesetter_makes(name: str) -> None:
    kept, made = (DOCUMENTS / name).read_bytes(), make_documents()[name]
    if name.endswith(".docx"):  # compressors differ by machine
        assert unpacked(kept) == unpacked(made)
    else:
        assert kept == made


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {part: package.read(part) for part in package.namelist()}
