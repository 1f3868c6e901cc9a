"""A page of a PDF as a picture, with a passage marked on it.

It does not know the screen, nor where files are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from ctypes import c_int
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import PdfDocument, PdfPage, raw

from ui.stretches import find_stretches

SCALE = 1.8  # pixels a point: 1,071 wide for A4, sharp on a laptop and quick to send
MAX_SIDE = 2_600  # pixels; a page as large as a wall is drawn smaller
MARK_COLOUR = (255, 236, 130)
MARK_MARGIN = 1.5  # points around the letters
PNG_EFFORT = 3  # of 9: a page in about 30 ms, and hardly larger than at 9

# PDFium may be used by one thread at a time, in the whole process.
_pdfium = Lock()

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, and where the passage begins on it, if it does.

    `height` is a share of the width, and `passage_top` of the height: so the place is known before
    the picture has come, however large it is shown.
    """

    png: bytes
    height: float
    passage_top: float | None

    @property
    def marked(self) -> bool:
        """Whether the passage was found on the page."""
        return self.passage_top is not None


def draw_page(
    pdf: bytes, number: int, passage: Iterable[str], before: Iterable[str] = ()
) -> Picture:
    """Page `number`, counted from 1, with the texts of the passage marked.

    `before` are the texts that the passage follows, by which a short one is found. Raises
    PdfiumError for a file that cannot be drawn, or that has no such page.
    """
    with _pdfium, closing(PdfDocument(pdf)) as document:
        page = document[number - 1]
        scale = min(SCALE, MAX_SIDE / max(page.get_size()))
        image = page.render(scale=scale).to_pil().convert("RGB")
        boxes = [_on_image(page, image, box) for box in _boxes(page, list(passage), list(before))]
    marks = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(marks)
    for box in boxes:
        draw.rectangle(box, fill=MARK_COLOUR)
    file = BytesIO()
    ImageChops.multiply(image, marks).save(file, "PNG", compress_level=PNG_EFFORT)
    top = min((box[1] for box in boxes), default=None)
    share = None if top is None else top / image.height
    return Picture(file.getvalue(), image.height / image.width, share)


def _boxes(page: PdfPage, passage: list[str], before: list[str]) -> list[Box]:
    """A box a line around the letters of the passage, in the page's own coordinates."""
    with closing(page.get_textpage()) as text_page:
        count = text_page.count_chars()
        text = "".join(chr(raw.FPDFText_GetUnicode(text_page, at)) for at in range(count))
        boxes: list[Box] = []
        for start, end in find_stretches(text, passage, before):
            lines = text_page.count_rects(start, end - start)
            boxes += [text_page.get_rect(line) for line in range(lines)]
        return boxes


def _on_image(page: PdfPage, image: Image.Image, box: Box) -> Box:
    """The box in pixels, wherever the page is turned or cut to."""
    left, bottom, right, top = box
    corners = [
        _pixel(page, image, left - MARK_MARGIN, bottom - MARK_MARGIN),
        _pixel(page, image, right + MARK_MARGIN, top + MARK_MARGIN),
    ]
    (x0, x1), (y0, y1) = (sorted(side) for side in zip(*corners, strict=True))
    return x0, y0, x1, y1


def _pixel(page: PdfPage, image: Image.Image, x: float, y: float) -> tuple[int, int]:
    column, row = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *image.size, 0, x, y, column, row)
    return column.value, row.value
