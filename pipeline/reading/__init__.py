"""Bytes → Document: tells the format from the bytes and calls its reader.

It does not know what the document is about, nor who asked what.
"""

from __future__ import annotations

import hashlib
import re
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
from pipeline.reading.html import read_html
from pipeline.reading.odt import read_odt
from pipeline.reading.pdf import read_pdf
from pipeline.reading.text import read_text
from pipeline.reading.word import read_word, refuse_old_word
from pipeline.reading.xml import read_xml

MAX_BYTES = 100 * 1024 * 1024
MAX_PAGES = 5_000
HEAD = 1024  # bytes looked at to tell the format; a PDF may have that much before its mark
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"^\W{0,8}(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|table|meta|title|[uod]l|section|article|main|span|center|pre)[\s>/]",
    re.I | re.S,
)
_XML = re.compile(rb"\W{0,8}<(?:\?xml\s|!--|!doctype\s|[a-z][\w.-]*(?:\s|>|/))", re.I)
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
    Format(
        "odt",
        lambda data: data.startswith(ZIP) and b"vnd.oasis.opendocument.text" in data[:HEAD],
        lambda data, name, _: read_odt(data, name),
    ),
    Format(
        "docx",
        lambda data: data.startswith(ZIP) and b"word/document" in data,
        lambda data, name, _: read_word(data, name),
    ),
    Format("doc", lambda data: data.startswith(OLE), lambda d, name, _: refuse_old_word(d, name)),
    Format(
        "html",
        lambda data: _HTML.search(_opening(data)) is not None,
        lambda data, name, _: read_html(data, name),
    ),
    Format(
        "xml",
        lambda data: _XML.match(_opening(data)) is not None,
        lambda data, name, _: read_xml(data, name),
    ),
)


def _opening(data: bytes) -> bytes:
    """The first bytes, those of UTF-16 as if they were ASCII."""
    return data[:HEAD].replace(b"\x00", b"")


def read_document(data: bytes, name: str, limits: Limits = Limits()) -> Document:
    """The document in `data`; raises an UnreadableDocument that names it and the remedy."""
    if not data:
        raise EmptyDocument(name)
    if len(data) > limits.max_bytes:
        raise OversizedDocument(name, f"{len(data):,} bytes, at most {limits.max_bytes:,}")
    told = next((each for each in FORMATS if each.tells(data)), None)
    try:
        content = told.read(data, name, limits) if told else _as_text(data, name)
    except RecursionError as error:
        raise BrokenDocument(name, "its elements are nested too deeply") from error
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
