"""Manuscript → PDF that looks like an official paper: Kamerstuk or Aanhangsel.

The text stands in the right-hand column, notes small at the page's foot, furniture around them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from samples.manuscript import Block, Look, Manuscript, Run, runs_of
from samples.setting import MARKER_SIZE, SetLine, Type, font_of, set_lines

LEFT, COLUMN, RIGHT = 40.0, 221.0, 570.0  # points from the left edge of the page
TOP, BOTTOM = 795.0, 120.0  # points from the lower edge, of the first and last line of text
FOOT = 40.0
INDENT = 8.0  # of notes and list items
RAISED = 0.35  # of the size: how far the marker of a note stands above the line
NOTE = Type(7.0, 9.0)
NOTES_GAP = 16.0  # between the text and the first note


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of paper is set: its type, its mast-head and its running foot."""

    type: Type
    paragraph_gap: float  # points
    bold_labels: bool
    first_line: float  # points from the lower edge: where the text begins on page 1
    identify: Callable[[Mapping[str, str]], str]
    running_foot: str
    draw_head: Callable[[Canvas, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its place; x and y in points."""

    line: SetLine
    type: Type
    x: float
    y: float


@dataclass(slots=True)
class _Sheet:
    """A page in the making; `y` is where its last line stands."""

    y: float
    lines: list[_Placed] = field(default_factory=list)
    notes: list[tuple[str, list[SetLine]]] = field(default_factory=list)


def make_pdf(manuscript: Manuscript, form: Form) -> bytes:
    """The paper; the same manuscript always gives the same bytes."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(form.identify(manuscript.front))
    canvas.setSubject("Fictief voorbeeld")
    for number, sheet in enumerate(_sheets(manuscript, form), 1):
        if number == 1:
            form.draw_head(canvas, manuscript.front)
        for placed in [*sheet.lines, *_placed_notes(sheet)]:
            _draw(canvas, placed)
        _draw_foot(canvas, number, form, manuscript.front)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _sheets(manuscript: Manuscript, form: Form) -> list[_Sheet]:
    sheets = [_Sheet(form.first_line)]
    before: Block | None = None
    for block in manuscript.blocks:
        x = COLUMN + (INDENT if block.look is Look.ITEM else 0)
        lines = set_lines(_runs(block, form), form.type.size, RIGHT - x)
        gap = _gap(before, block, form)
        for at, line in enumerate(lines):
            notes = [(mark, _note_lines(manuscript.notes[mark])) for mark in line.markers]
            follows = 2 if block.look in (Look.LABEL, Look.TITLE, Look.TOPIC) else 1
            needed = form.type.leading * follows + (gap if at == 0 else 0)
            if sheets[-1].y - needed < _text_ends([*sheets[-1].notes, *notes]):
                sheets.append(_Sheet(TOP + form.type.leading))
            elif at == 0:
                sheets[-1].y -= gap
            sheets[-1].y -= form.type.leading
            sheets[-1].lines.append(_Placed(line, form.type, x, sheets[-1].y))
            sheets[-1].notes.extend(notes)
        before = block
    return sheets


def _runs(block: Block, form: Form) -> list[Run]:
    bold = block.look is Look.TITLE or (block.look is Look.LABEL and form.bold_labels)
    runs = runs_of(block.text, bold=bold, italic=block.look is Look.TOPIC)
    return [Run("– "), *runs] if block.look is Look.ITEM else runs


def _gap(before: Block | None, block: Block, form: Form) -> float:
    """Points between two blocks; the Aanhangsel parts paragraphs by nothing but their line end."""
    if before is None or block.look in (Look.ITEM, Look.LINE):
        return 0.0
    if before.look is Look.LABEL:
        return form.paragraph_gap
    heading = block.look in (Look.LABEL, Look.TITLE, Look.TOPIC)
    return form.type.leading if heading else form.paragraph_gap


def _note_lines(text: str) -> list[SetLine]:
    return set_lines(runs_of(text), NOTE.size, RIGHT - COLUMN - INDENT)


def _text_ends(notes: Sequence[tuple[str, list[SetLine]]]) -> float:
    """The lowest place of a line of text above these notes."""
    count = sum(len(lines) for _, lines in notes)
    return BOTTOM + (NOTE.leading * count + NOTES_GAP if count else 0)


def _placed_notes(sheet: _Sheet) -> list[_Placed]:
    y = _text_ends(sheet.notes) - NOTES_GAP
    placed: list[_Placed] = []
    for label, lines in sheet.notes:
        for at, line in enumerate(lines):
            if at == 0:
                mark = replace(line.words[0], runs=(Run(label, marker=True),))
                placed.append(_Placed(SetLine((mark, *line.words)), NOTE, COLUMN, y))
            else:
                placed.append(_Placed(line, NOTE, COLUMN + INDENT, y))
            y -= NOTE.leading
    return placed


def _draw(canvas: Canvas, placed: _Placed) -> None:
    text = canvas.beginText(placed.x, placed.y)
    size = placed.type.size
    runs = [run for word in placed.line.words for run in (*word.runs, Run(" "))][:-1]
    for run in runs:
        text.setFont(font_of(run.bold, run.italic), size * (MARKER_SIZE if run.marker else 1))
        text.setRise(size * RAISED if run.marker else 0)
        text.textOut(run.text)
    canvas.drawText(text)


def _draw_foot(canvas: Canvas, number: int, form: Form, front: Mapping[str, str]) -> None:
    if number == 1:
        canvas.setFont(font_of(False, False), 6)
        marks = (form.identify(front), "ISSN 0000 - 0000", f"’s-Gravenhage {front['year']}")
        for at, mark in enumerate(marks):
            canvas.drawString(LEFT, FOOT + 14 - 7 * at, mark)
    canvas.setFont(font_of(False, False), 9)
    foot = f"Tweede Kamer, vergaderjaar {front['session']}, {form.running_foot.format(**front)}"
    canvas.drawString(COLUMN, FOOT, foot)
    canvas.drawRightString(RIGHT, FOOT, str(number))
