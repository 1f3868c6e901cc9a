"""Sets lines of text on the pages of a PDF, as a word processor would print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

LEFT, TOP, FOOT = 60, 800, 40  # points
PITCH = {9: 12, 6: 8}  # line distance by size of type, both in points


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line and the size of its type in points."""

    text: str
    size: int = 9


def typeset_pages(pages: Sequence[Sequence[SetLine]], *, numbered: bool = True) -> bytes:
    """A PDF with these pages; the page grows with its lines, an empty line leaves a gap."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for number, lines in enumerate(pages, 1):
        height = TOP + max(0, 12 * (len(lines) - 60))
        canvas.setPageSize((595, height + 42))
        y = height
        for line in lines:
            canvas.setFont("Helvetica", line.size)
            canvas.drawString(LEFT, y, line.text)
            y -= PITCH[line.size]
        if numbered:
            canvas.setFont("Helvetica", 9)
            canvas.drawCentredString(297, FOOT, str(number))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def plain_lines(text: str) -> list[SetLine]:
    """Every line of a text in ordinary type."""
    return [SetLine(line.strip()) for line in text.split("\n")]
