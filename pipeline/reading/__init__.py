"""Bytes → Document: tells the format from the bytes and calls its reader.

It does not know what the document is about, nor who asked what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from pipeline.errors import (
    BrokenDocument,
    EmptyDocument,
    OversizedDocument,
    TextlessDocument,
    UnknownFormat,
)
from pipeline.models import Document
from pipeline.reading.content import Content
from pipeline.reading.pdf import read_pdf
from pipeline.reading.text import read_text

MAX_BYTES = 100 * 1024 * 1024
MAX_PAGES = 5_000
HEAD = 1024  # bytes looked at to tell the format; a PDF may have that much before its mark
TEXT_SUFFIXES = frozenset({"", ".txt", ".text"})


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest document that is read: bytes of the file, pages of a PDF."""

    max_bytes: int = MAX_BYTES
    max_pages: int = MAX_PAGES


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how its bytes are told, and its reader."""

    name: str
    tells: Callable[[bytes], bool]
    read: Callable[[bytes, str, Limits], Content]


FORMATS: tuple[Format, ...] = (
    Format(
        "pdf",
        lambda data: b"%PDF-" in data[:HEAD],
        lambda data, name, limits: read_pdf(data, name, limits.max_pages),
    ),
)


def read_document(data: bytes, name: str, limits: Limits = Limits()) -> Document:
    """The document in `data`; raises an UnreadableDocument that names it and the remedy."""
    if not data:
        raise EmptyDocument(name)
    if len(data) > limits.max_bytes:
        raise OversizedDocument(name, f"{len(data):,} bytes, at most {limits.max_bytes:,}")
    told = next((each for each in FORMATS if each.tells(data)), None)
    content = told.read(data, name, limits) if told else _as_text(data, name)
    if not any(page.paragraphs for page in content.pages):
        raise TextlessDocument(name)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=told.name if told else "text",
        pages=content.pages,
        declared=content.declared,
        warnings=content.warnings,
    )


def _as_text(data: bytes, name: str) -> Content:
    """Text has no mark of its own, so that a name which claims another format counts against it."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".pdf":
        raise BrokenDocument(name, "it is named .pdf but is none")
    if suffix not in TEXT_SUFFIXES:
        raise UnknownFormat(name)
    return read_text(data, name)
