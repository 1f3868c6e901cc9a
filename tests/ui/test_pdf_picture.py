from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdfium2 import PdfiumError
from reportlab.pdfgen.canvas import Canvas

from tests.ui.papers import BRIDGES, a_pdf
from ui.pdf_picture import MARK_COLOUR, MAX_SIDE, draw_page

ANSWER = "De kosten komen ten laste van het Mobiliteitsfonds; provincies betalen niet mee."


def yellow(png: bytes) -> NDArray[np.bool_]:
    """Which pixels have the colour of a mark, row by row."""
    pixels = np.asarray(Image.open(BytesIO(png)).convert("RGB"))
    marked: NDArray[np.bool_] = (pixels == MARK_COLOUR).all(axis=2)
    return marked


def yellow_pixels(png: bytes) -> int:
    return int(yellow(png).sum())


def first_yellow_row(png: bytes) -> float:
    """Its distance from the top as a share of the height."""
    rows: NDArray[np.bool_] = np.any(yellow(png), axis=1)
    assert rows.any()
    return int(rows.argmax()) / len(rows)


def test_page_is_drawn_with_the_passage_marked() -> None:
    picture = draw_page(a_pdf(BRIDGES), 1, [ANSWER])
    assert picture.marked
    assert yellow_pixels(picture.png) > 1_000
    assert picture.passage_top == pytest.approx(first_yellow_row(picture.png), abs=0.01)


def test_passage_of_another_page_marks_nothing() -> None:
    picture = draw_page(a_pdf(BRIDGES), 1, ["Dit staat nergens in het document te lezen."])
    assert not picture.marked
    assert yellow_pixels(picture.png) == 0


def test_mark_stands_in_the_same_place_when_the_page_is_turned() -> None:
    writer = PdfWriter(PdfReader(BytesIO(a_pdf(BRIDGES))))
    writer.pages[0].rotate(90)
    turned = BytesIO()
    writer.write(turned)
    upright = yellow_pixels(draw_page(a_pdf(BRIDGES), 1, [ANSWER]).png)
    assert yellow_pixels(draw_page(turned.getvalue(), 1, [ANSWER]).png) == pytest.approx(
        upright, rel=0.1
    )


def test_page_as_large_as_a_wall_is_drawn_smaller() -> None:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(14_000, 14_000))
    canvas.drawString(10, 10, "tekst")
    canvas.save()
    assert max(Image.open(BytesIO(draw_page(file.getvalue(), 1, []).png)).size) <= MAX_SIDE


@pytest.mark.parametrize(("data", "page"), [(b"%PDF-1.7 kapot", 1), (a_pdf("Een bladzijde."), 2)])
def test_what_cannot_be_drawn_is_an_error(data: bytes, page: int) -> None:
    with pytest.raises(PdfiumError):
        draw_page(data, page, [])
