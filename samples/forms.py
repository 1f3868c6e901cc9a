"""The mast-heads of the official papers: what stands around the text of each form."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.pdfgen.canvas import Canvas

from samples.setting import Type, font_of
from samples.sheets import COLUMN, LEFT, RIGHT, Form

Front = Mapping[str, str]


def _write(canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = True) -> None:
    canvas.setFont(font_of(bold, False), size)
    canvas.drawString(x, y, text)


def _draw_masthead(canvas: Canvas, front: Front, series: str) -> None:
    _write(canvas, LEFT, 795, "Tweede Kamer der Staten-Generaal", 19)
    canvas.setFont(font_of(True, False), 50)
    canvas.drawRightString(RIGHT, 771, "2")
    canvas.line(LEFT, 749, RIGHT, 749)
    _write(canvas, LEFT, 732, f"Vergaderjaar {front['session']}", 10.5, bold=False)
    _write(canvas, COLUMN, 732, series, 10.5)
    canvas.line(LEFT, 690, RIGHT, 690)


def _draw_aanhangsel_head(canvas: Canvas, front: Front) -> None:
    _draw_masthead(canvas, front, "Aanhangsel van de Handelingen")
    _write(canvas, COLUMN, 670, "Vragen gesteld door de leden der Kamer, met de daarop door de", 10)
    _write(canvas, COLUMN, 659, "regering gegeven antwoorden", 10)
    _write(canvas, COLUMN, 552, front["number"], 14)


def _draw_kamerstuk_head(canvas: Canvas, front: Front) -> None:
    _draw_masthead(canvas, front, "")
    _write(canvas, LEFT, 674, front["dossier"], 13)
    _write(canvas, COLUMN, 674, front["dossier_title"], 13)
    _write(canvas, LEFT, 572, f"Nr. {front['number']}", 10)
    _write(canvas, COLUMN, 572, front["heading"], 10)
    _write(canvas, COLUMN, 560, front["dated"], 9, bold=False)


def _aanhangsel_id(front: Front) -> str:
    first, _, last = front["session"].partition("–")
    return f"ah-tk-{first}{last}-{front['number']}"


def _kamerstuk_id(front: Front) -> str:
    return f"kst-{front['dossier'].replace(' ', '')}-{front['number']}"


FORMS = {
    "aanhangsel": Form(
        Type(9, 10.4), 0, False, 528, _aanhangsel_id, "Aanhangsel", _draw_aanhangsel_head
    ),
    "kamerstuk": Form(
        Type(9, 11.6), 11.6, True, 546, _kamerstuk_id, "{dossier}, nr. {number}", _draw_kamerstuk_head
    ),
}  # fmt: skip
