"""Gives labels that stand amid a paragraph one of their own: "… zijn er? Antwoord: Zeven."

Only a colon makes them sure, behind the end of a sentence. It knows no kind of document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.labels import NUMBERS
from pipeline.models import Document, Page, Paragraph

LOOK_BACK = 8  # characters before a label in which its number stands
_AMID = re.compile(
    r"(?<=[.?!»”)\]])\s+"
    rf"(?=(?:Antwoord|Vraag)(?:\s+(?:op\s+)?(?:(?:de\s+)?vra(?:ag|gen)\s+)?{NUMBERS})?\s*:\s)"
)
_NUMBER = re.compile(r"(?:^|[.?!]\s)\(?\d{1,3}[.)]$")  # that belongs to the label: "2. Antwoord: …"
_SIGNS = ("Antwoord", "Vraag")


def with_labels_apart(document: Document) -> Document:
    """The document, each paragraph cut before the labels amid it."""
    if not any(": " in each.text and _holds_label(each) for each in document.paragraphs):
        return document
    pages = tuple(
        Page(page.number, tuple(piece for each in page.paragraphs for piece in _pieces(each)))
        for page in document.pages
    )
    return replace(document, pages=pages)


def _holds_label(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if ": " not in text or not any(text.find(sign, 1) > 0 for sign in _SIGNS):
        return False
    return bool(_starts(text))


def _starts(text: str) -> list[int]:
    """Where labels begin amid the text."""
    places = (found.start() for found in _AMID.finditer(text))
    return [at for at in places if not _NUMBER.search(text, max(0, at - LOOK_BACK), at)]


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    if not _holds_label(paragraph):
        yield paragraph
        return
    for start, end in pairwise([0, *_starts(paragraph.text), len(paragraph.text)]):
        yield paragraph.cut(start, end)
