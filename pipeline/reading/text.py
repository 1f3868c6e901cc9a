"""Plain text → paragraphs: decodes, and keeps what line breaks and form feeds tell.

It knows no fonts; a text without form feeds has one page. A blank that opens lines which follow
something else is what some extractors leave at the top of a page, and is kept as a hint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from charset_normalizer import from_bytes

from pipeline.errors import UnknownFormat
from pipeline.labels import NUMBERS, is_party_heading, read_label
from pipeline.models import Declared
from pipeline.reading.content import Content, pages_of
from pipeline.reading.furniture import official_id
from pipeline.reading.lines import Line, readable
from pipeline.reading.lost_pages import break_pages
from pipeline.reading.paragraphs import build_paragraphs

MAX_UNREADABLE = 0.02  # share of control and replacement characters in what still is text
MIN_LETTERS = 0.3  # share of letters in what still is text

DOUBLED_GAPS = 0.9  # share of lines with a blank one above in a text that was doubled
DOUBLED_AMID = 0.2  # … and of lines that begin amid a sentence
MANY_LABELS = 2  # labels amid a line before their lines are taken to be lost
MOSTLY_QUOTED = 0.8  # share of lines that open with ">" in a text that was quoted
MANY_GLUED = 3  # sentences run together before it is taken for the extractor's doing

_GLUED_SENTENCES = re.compile(r"(?<=[a-zà-ÿ)»”][.?!])(?=[A-ZÀ-Ý][a-zà-ÿ]+\s)")
# A label amid a line, behind a sentence and before another: "… Ja. Vraag 2 Wat vindt u …".
_GLUED_LABELS = re.compile(
    r"([.?!»”):\f](?:(?<!\f)|(?=[^\n]{40}))\d{0,2}\f?)[^\S\n\f]*"
    rf"((?:Vra(?:ag|gen)|Antwoord(?:en)?(?:\s+op\s+(?:de\s+)?vra(?:ag|gen))?)\s+{NUMBERS}\s?[.:]?)"
    r"\s*(?=[A-ZÀ-Ý«“‘])"
)
# The first question's, which a title or a date may stand before: "… nr. 403 Vraag 1 Kent u …".
_FIRST_LABEL = re.compile(
    rf"\A([^\n]+?)[^\S\n]+(Vra(?:ag|gen)\s+(?=1(?!\d)){NUMBERS}\s?[.:]?)[^\S\n]+(?=[A-ZÀ-Ý«“‘])"
)
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MARKUP_OPENINGS = frozenset("-–•*|#_>")
_MARKUP = re.compile(r"(?:[-–•*|>]\s+|#{1,6}\s+|\*\*|__)+")
_QUOTED = re.compile(r"^(?:>[^\S\n]?)+", re.M)  # as e-mail sets what it answers to
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_OTHER_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x85\u2028\u2029]")


def read_text(data: bytes, name: str) -> Content:
    """The paragraphs of a plain-text file; raises UnknownFormat when it is not text."""
    lines = text_lines(_unglued(break_pages(_unquoted(_decoded(data, name)))))
    return Content(pages_of(build_paragraphs(lines)), Declared(official_id=official_id(lines)))


def _unquoted(text: str) -> str:
    """The text without the signs by which e-mail marks each line as quoted."""
    if not text.startswith(">") or text.count("\n>") < MOSTLY_QUOTED * text.count("\n"):
        return text
    return _QUOTED.sub("", text)


def _unglued(text: str) -> str:
    """The text with the blanks after sentences and the lines of labels that an extractor lost."""
    labelled, labels = _GLUED_LABELS.subn(r"\1\n\n\2\n", text)
    if labels >= MANY_LABELS:
        text = _FIRST_LABEL.sub(r"\1\n\n\2\n", labelled, count=1)
    if len(_GLUED_SENTENCES.findall(text)) < MANY_GLUED:
        return text
    return _GLUED_SENTENCES.sub(" ", text)


def text_lines(text: str) -> list[Line]:
    """The non-blank lines of a text; a blank line becomes a gap above the next."""
    lines: list[Line] = []
    text = _OTHER_LINE_BREAK.sub("\n", text)
    for number, page in enumerate(text.split("\f"), 1):
        gap = True
        for line in readable(page).split("\n"):
            if text := line.strip():
                if text[0] in _MARKUP_OPENINGS:
                    text = _without_markup(text)
                at_top = line[0] == " " and line[1] != " "  # a blank that opens a page
                lines.append(Line(text, number, gap, False, False, False, at_top))
            gap = not text
    return [line._replace(gap=False) for line in lines] if _is_doubled(lines) else lines


def _without_markup(line: str) -> str:
    """The line without bullets, Markdown or the rules of a table around a label."""
    plain = _MARKUP.sub("", line).replace("**", "").replace("__", "").rstrip("| ")
    return plain if read_label(plain) or is_party_heading(plain) else line


def _is_doubled(lines: Sequence[Line]) -> bool:
    """Whether an extractor left a blank line after every line, also within sentences."""
    if sum(line.gap for line in lines) <= DOUBLED_GAPS * len(lines):
        return False
    return sum(line.text[0].islower() for line in lines) > DOUBLED_AMID * len(lines)


def _decoded(data: bytes, name: str) -> str:
    text = _best_decoding(data)
    letters = sum(map(str.isalpha, text))
    if len(_STRANGE.findall(text)) > MAX_UNREADABLE * len(text) or letters < MIN_LETTERS * len(
        text.replace(" ", "").replace("\n", "")
    ):
        raise UnknownFormat(name, "it holds no readable text")
    return text


def _best_decoding(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=["cp1252", "latin_1", "utf_16_le", "cp850"]).best()
        return str(best) if best else data.decode("cp1252", errors="replace")
