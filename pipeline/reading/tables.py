"""Composes the rows of a table, in whichever format it comes; a head over questions says what is what.

"Nr. | Vraag | Antwoord" over the columns names each cell; then cells are labelled as running text
would be. Other tables are lines of figures, or text arranged on a page. It knows no mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.labels import NUMBERS
from pipeline.models import Paragraph, Style
from pipeline.reading.composing import CELL_BREAK

Cell = Sequence[Paragraph]

# What the head of a column says of its cells. References to the pages of another paper are no part
# of a question.
_COLUMNS = {
    "number": re.compile(r"(?:vraag)?(?:\s*(?:nr|no)\.?|\s*nummer)|#", re.I),
    "question": re.compile(r"vra(?:ag|gen)(?:\s*(?:/|en|&|\+)\s*antwoord(?:en)?)?", re.I),
    "answer": re.compile(r"(?:be)?antwoord(?:en|ing)?|reactie(?:\s+(?:van\s+)?(?:het\s+)?kabinet)?", re.I),
    "reference": re.compile(r"bijlagen?|(?:blz|pag|bladz)\.?.{0,12}|(?:pagina|bladzijde).{0,12}", re.I),
}  # fmt: skip
_ASKED = frozenset({"question"})
_TELLING = frozenset({"answer", "reference"})
_NUMBER = re.compile(rf"\s*(?P<numbers>{NUMBERS})\s*[.:)]?\s*")
_OPENING_NUMBER = re.compile(rf"(?P<numbers>{NUMBERS})\s*[.:)]\s*(?=\D)")


def compose_table(rows: Sequence[Sequence[Cell]]) -> list[Paragraph]:
    """The paragraphs of a table, row after row."""
    columns: tuple[str, ...] = ()
    paragraphs: list[Paragraph] = []
    for row in rows:
        if named := _columns_of(row):  # the head may come again on each page
            columns = named
        else:
            paragraphs += _compose_asked(row, columns) if columns else compose_row(row)
    return paragraphs


def compose_row(cells: Sequence[Cell]) -> list[Paragraph]:
    """The paragraphs of a table row.

    Cells of one paragraph each make one line; a row in which a cell holds more serves to arrange
    text on the page and is read cell after cell.
    """
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(len(cell) > 1 for cell in filled):
        return [paragraph for cell in filled for paragraph in cell]
    return [_join([cell[0] for cell in filled])]


def _columns_of(head: Sequence[Cell]) -> tuple[str, ...]:
    """What each column holds, where the row names columns of questions; empty where it does not."""
    if any(len(cell) > 1 for cell in head):
        return ()
    texts = [cell[0].text if cell else "" for cell in head]
    columns = tuple(
        next((kind for kind, names in _COLUMNS.items() if names.fullmatch(text)), "")
        for text in texts
    )
    named = frozenset(columns)
    return columns if named >= _ASKED and named & _TELLING and "" not in named else ()


def _compose_asked(row: Sequence[Cell], columns: Sequence[str]) -> list[Paragraph]:
    """A row under such a head, without the references; with labels where answers have a column."""
    if len(row) != len(columns):  # cells that were merged
        return compose_row(row)
    kept = [(kind, cell) for kind, cell in zip(columns, row, strict=True) if kind != "reference"]
    if "answer" not in columns:
        return compose_row([cell for _, cell in kept])
    held = {
        kind: [each for name, cell in kept if name == kind for each in cell] for kind in _COLUMNS
    }
    numbers, question = _numbered(held["number"], held["question"])
    labels = [Paragraph(f"{word} {numbers}".strip(), 1, 1) for word in ("Vraag", "Antwoord")]
    if not question and not numbers:  # an answer that goes on
        return held["answer"]
    return [labels[0], *question, *([labels[1], *held["answer"]] if held["answer"] else [])]


def _numbered(number: Cell, question: Sequence[Paragraph]) -> tuple[str, Sequence[Paragraph]]:
    """The number of a question, from its own cell or from its first words, and the question."""
    found = _NUMBER.fullmatch(number[0].text) if number else None
    if found or not question:
        return (found["numbers"] if found else ""), [*(() if found else number), *question]
    opening = _OPENING_NUMBER.match(question[0].text)
    if not opening:
        return "", [*number, *question]
    return opening["numbers"], [*number, question[0].cut(opening.end()), *question[1:]]


def _join(cells: Iterable[Paragraph]) -> Paragraph:
    text, notes, emphasised, page = "", [], True, 1
    for cell in cells:
        text += CELL_BREAK if text else ""
        notes += [replace(note, offset=note.offset + len(text)) for note in cell.footnotes]
        text += cell.text
        emphasised &= cell.emphasised
    return Paragraph(text, page, page, tuple(notes), Style.TABLE, emphasised)
