"""Cuts running text into sections under their headings.

It knows no kind of document and pairs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layouts.voices import is_heading
from pipeline.models import Paragraph, Style

_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.)\s+[A-Z«“(]")


def sections_of(paragraphs: Sequence[Paragraph]) -> list[tuple[str, list[Paragraph]]]:
    """The text under each heading; a heading with another below it is text of what it heads."""
    sections: list[tuple[str, list[Paragraph]]] = [("", [])]
    waiting: list[Paragraph] = []
    for paragraph in paragraphs:
        if _is_section_heading(paragraph):
            waiting.append(paragraph)
            continue
        if waiting:
            sections.append((waiting[-1].text, waiting[:-1]))
            waiting = []
        sections[-1][1].append(paragraph)
    sections[-1][1].extend(waiting)
    return [(heading, texts) for heading, texts in sections if texts]


def _is_section_heading(paragraph: Paragraph) -> bool:
    if paragraph.footnotes or not is_heading(paragraph):
        return False
    if paragraph.style is Style.HEADING or paragraph.emphasised:
        return bool(re.search(r"[A-Za-z]{3}", paragraph.text))
    return bool(_NUMBERED.match(paragraph.text))
