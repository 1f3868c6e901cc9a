"""PDF → paragraphs, by pypdf: each line with its place and look on the page.

It does not see text in pictures; a scan is refused. pypdf's own warnings go to the log.
"""

from __future__ import annotations

import logging
import struct
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DeprecationError, PyPdfError

from pipeline.errors import BrokenDocument, EncryptedDocument, OversizedDocument, TextlessDocument
from pipeline.models import Declared
from pipeline.reading.content import Content, pages_of
from pipeline.reading.furniture import official_id
from pipeline.reading.lines import Line, readable
from pipeline.reading.paragraphs import build_paragraphs

SMALL = 0.9  # of the size of the running text: a note is set smaller than this
ASIDE = 0.72  # of the page width: a small line that begins beyond it stands in the margin
GAP = 1.35  # of the ordinary line distance: more than this parts paragraphs
LEAST_PITCH = 0.8  # of the size of type: lines that are nearer are one line with a raised figure
MOST_PITCH = 1.9  # of the size of type: lines that are further apart are paragraphs of one line
COMMON = 0.25  # of the most frequent line distance: so often one must occur to be ordinary
MAX_FIGURE = 3  # digits of a raised figure
MIN_LETTERS = 20  # in a whole file; a scan has stray marks at most
EMPHASIS = ("bold", "black", "heavy", "italic", "oblique")

# What pypdf raises on damaged files, besides its own errors.
_DAMAGE = (
    PyPdfError, DeprecationError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError,
    ArithmeticError, RecursionError, NotImplementedError, OSError, struct.error, zlib.error,
)  # fmt: skip
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Line:
    """A line in the making; sizes in points, `letters` counted by size and by look."""

    text: str = ""
    x: float = 0.0
    y: float | None = None
    sizes: dict[float, int] = field(default_factory=dict)
    emphasised: int = 0
    letters: int = 0

    @property
    def size(self) -> float:
        return max(self.sizes, key=self.sizes.__getitem__, default=0.0)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The lines of a page and its width in points; none of a page that cannot be read."""

    lines: Sequence[_Line] = ()
    width: float = 0.0


def read_pdf(data: bytes, name: str, max_pages: int) -> Content:
    """The paragraphs of a PDF; raises Broken-, Encrypted-, Oversized- or TextlessDocument."""
    reader = _opened(data, name, max_pages)
    drawn: list[_Drawn] = []
    warnings: list[str] = []
    damaged: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        try:
            drawn.append(_Drawn(_lines_of(page), float(page.mediabox.width)))
            if not any(line.letters for line in drawn[-1].lines) and _has_pictures(page):
                warnings.append(f"bladzijde {number} is een plaatje zonder tekst en niet gelezen")
        except _DAMAGE as error:
            _log.warning("%s: page %d: %r", name, number, error)
            warnings.append(f"bladzijde {number} is beschadigd en niet gelezen")
            damaged.append(number)
            drawn.append(_Drawn())
    if drawn and len(damaged) == len(drawn):
        raise BrokenDocument(name, "no page can be read")
    if sum(line.letters for page in drawn for line in page.lines) < MIN_LETTERS:
        raise TextlessDocument(name)
    lines = _looked_at(drawn)
    declared = Declared(official_id=official_id(lines))
    return Content(pages_of(build_paragraphs(lines)), declared, tuple(warnings))


def _opened(data: bytes, name: str, max_pages: int) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise EncryptedDocument(name)
        count = len(reader.pages)
    except _DAMAGE as error:
        raise BrokenDocument(name, str(error)) from error
    if count > max_pages:
        raise OversizedDocument(name, f"{count} pages, at most {max_pages}")
    if not count:
        raise BrokenDocument(name, "it has no pages")
    return reader


def _has_pictures(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return resources is not None and bool(resources.get_object().get("/XObject"))


def _lines_of(page: PageObject) -> list[_Line]:
    lines = [_Line()]
    looks: dict[int, tuple[Any, bool]] = {}  # by identity: a page has few fonts and many calls

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        if not text:
            return
        first, *others = text.split("\n")
        if first:
            _add(lines[-1], first, cm, tm, size, emphasis(font))
        for piece in others:
            lines.append(_Line())
            if piece:
                _add(lines[-1], piece, cm, tm, size, emphasis(font))

    def emphasis(font: Any) -> bool:
        if id(font) not in looks:
            face = str(font.get("/BaseFont", "")).lower() if font else ""
            looks[id(font)] = font, any(word in face for word in EMPHASIS)
        return looks[id(font)][1]

    page.extract_text(visitor_text=visit)
    return _with_raised_figures(lines)


def _with_raised_figures(lines: Sequence[_Line]) -> list[_Line]:
    """The lines, with figures set small and high, and what follows them, on the line they stand on."""
    whole: list[_Line] = []
    raised = False
    for line in lines:
        above = whole[-1] if whole else None
        if above is not None and (_is_raised(line, above) or (raised and _is_level(line, above))):
            raised = _is_raised(line, above)
            _append(above, line)
        elif above is not None and raised and not line.letters:
            continue
        else:
            raised = False
            whole.append(line)
    return whole


def _is_raised(line: _Line, on: _Line) -> bool:
    figure = line.text.strip()
    if not figure.isdecimal() or len(figure) > MAX_FIGURE or line.y is None or on.y is None:
        return False
    rise = line.y - on.y
    return line.size < SMALL * on.size and 0 < rise < LEAST_PITCH * on.size and line.x > on.x


def _is_level(line: _Line, on: _Line) -> bool:
    return line.y is not None and on.y is not None and line.x > on.x and abs(line.y - on.y) < 1.0


def _append(line: _Line, further: _Line) -> None:
    line.text += further.text
    line.letters += further.letters
    line.emphasised += further.emphasised
    for points, letters in further.sizes.items():
        line.sizes[points] = line.sizes.get(points, 0) + letters


def _add(
    line: _Line, piece: str, cm: Sequence[float], tm: Sequence[float], size: float, emphasis: bool
) -> None:
    line.text += piece
    letters = len(piece) - piece.count(" ")
    if not letters:
        return
    if line.y is None:
        line.x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        line.y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    line.letters += letters
    points = round(abs(size * tm[3] * cm[3]), 1)
    line.sizes[points] = line.sizes.get(points, 0) + letters
    if emphasis:
        line.emphasised += letters


def _looked_at(pages: Sequence[_Drawn]) -> list[Line]:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            for points, letters in line.sizes.items():
                sizes[points] += letters
    running = sizes.most_common(1)[0][0] if sizes else 0.0
    pitch = _line_distances(pages)
    return [
        line
        for number, page in enumerate(pages, 1)
        for line in _page_lines(page, number, running, pitch)
    ]


def _page_lines(
    page: _Drawn, number: int, running: float, pitch: Mapping[float, float]
) -> list[Line]:
    shown: list[Line] = []
    above: float | None = None
    gap = True
    for line in page.lines:
        text = readable(line.text).strip()
        if not text:
            gap = True
            continue
        size = line.size
        small = 0 < size < SMALL * running
        distance = above - line.y if above is not None and line.y is not None else 0.0
        ordinary = pitch.get(size, 0.0)
        shown.append(
            Line(
                text,
                number,
                gap=gap or distance > GAP * ordinary or distance < -ordinary,
                small=small,
                aside=small and line.x > ASIDE * page.width,
                emphasised=line.emphasised > 0.9 * line.letters,
                page_top=line.text[:1] == " " and line.text[1:2] not in {"", " "},
            )
        )
        above, gap = line.y, False
    return shown


def _line_distances(pages: Sequence[_Drawn]) -> dict[float, float]:
    """By size of type, the distance of lines within a paragraph: the least that is common in the file.

    Where paragraphs are short most distances are those between paragraphs.
    """
    steps: dict[float, Counter[float]] = {}
    for page in pages:
        set_lines = [line for line in page.lines if line.y is not None]
        for above, below in pairwise(set_lines):
            step = round((above.y or 0.0) - (below.y or 0.0), 1)
            if above.size == below.size and step > LEAST_PITCH * below.size:
                steps.setdefault(below.size, Counter())[step] += 1
    return {size: _ordinary(size, counts) for size, counts in steps.items()}


def _ordinary(size: float, steps: Mapping[float, int]) -> float:
    within = {step: count for step, count in steps.items() if step <= MOST_PITCH * size}
    if sum(within.values()) < 2:
        within = dict(steps)
    often = COMMON * max(within.values())
    return min(step for step, count in within.items() if count >= often)
