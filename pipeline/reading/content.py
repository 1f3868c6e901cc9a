"""What every format reader returns: paragraphs on pages, before anything is made of them.

It does not know which format they came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from pipeline.models import Declared, Page, Paragraph


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one file, with what the format itself declares and what gave doubt."""

    pages: tuple[Page, ...]
    declared: Declared = Declared()
    warnings: tuple[str, ...] = ()


def pages_of(paragraphs: Iterable[Paragraph]) -> tuple[Page, ...]:
    """Pages that hold the paragraphs beginning on them; the paragraphs are in page order."""
    return tuple(
        Page(number, tuple(group)) for number, group in groupby(paragraphs, attrgetter("page"))
    )
