"""What a layout is: the clues that betray it and the function that reads it.

A new kind of document is one module that ends in a `LAYOUT`, and one row in `layouts/__init__.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.models import Document, Exchange, Kind, Metadata, Remark


@dataclass(frozen=True, slots=True)
class Clue:
    """A pattern that speaks for a layout when a paragraph matches it, and what it tells.

    `weight` is what the first match counts; more matches add nothing. A text without `sign`, in
    lower case, need not be searched.
    """

    pattern: re.Pattern[str]
    weight: float
    tells: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a layout makes of a document."""

    metadata: Metadata
    exchanges: tuple[Exchange, ...]
    remarks: tuple[Remark, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of document, how to tell it, and how to read it."""

    kind: Kind
    clues: tuple[Clue, ...]
    transcribe: Callable[[Document], Transcript]
