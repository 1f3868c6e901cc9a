"""Checksums that tell whether what is kept is still what was written.

SQLite notices damage to its own structure, not to a letter in a text or a bit in a vector. Answers
are shown as the cabinet's own words, so every row carries a checksum that is checked when it is read.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, TypeVar

from index.errors import IndexDamaged

StoredRow = sqlite3.Row | Mapping[str, Any]  # of SQLite, or of a server
AnyRow = TypeVar("AnyRow", bound=StoredRow)

# Columns by name: one that a later step adds must not make every older row look damaged.
COVERED: dict[str, tuple[str, ...]] = {
    "state": ("generation", "token", "fingerprint", "dimension", "words"),
    "documents": (
        *("id", "name", "sha256", "format", "kind", "evidence", "title", "official_id", "dossier"),
        *("case_number", "committee", "ministers", "askers", "respondent", "asked_on"),
        *("answered_on", "adopted_on", "warnings", "added_at"),
        *("page_count", "exchange_count", "remark_count", "listing"),
    ),
    "pages": ("document_id", "position", "number", "paragraphs"),
    "exchanges": (
        *("document_id", "position", "key", "numbers", "section", "party", "askers", "respondent"),
        *("ministry", "question", "answer", "citations", "refers_to"),
    ),
    "passages": ("exchange_id", "part", "position", "text", "first_page", "last_page"),
    "remarks": ("document_id", "position", "party", "paragraphs"),
}
_READ: dict[str, Callable[[StoredRow], tuple[Any, ...]]] = {
    table: itemgetter(*columns) for table, columns in COVERED.items()
}
# The columns by which a row is named when it is damaged.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "documents": ("id",),
    "pages": ("document_id", "number"),
    "exchanges": ("document_id", "key"),
    "passages": ("id",),
    "remarks": ("document_id", "position"),
}


def checksum(values: Iterable[Any]) -> int:
    """The CRC-32 of plain values; the same in every version of Python."""
    return zlib.crc32(ascii(tuple(values)).encode())  # repr would ask which letters are printable


def row_checksum(table: str, row: StoredRow) -> int:
    """The checksum of the columns of a row that are covered."""
    return checksum(_READ[table](row))


def is_sound(table: str, row: StoredRow) -> bool:
    """Whether a row is what was written; raises IndexDamaged when it lacks a column."""
    try:
        return bool(row_checksum(table, row) == row["checksum"])
    except IndexError as error:  # a column has lost its name
        raise IndexDamaged("the index", f"{table} lacks a column ({error})") from error


def check_row(table: str, row: AnyRow) -> AnyRow:
    """The row itself; raises IndexDamaged, naming it, when it is not what was written."""
    if not is_sound(table, row):
        name = " ".join(ascii(row[column]).strip("'") for column in NAMED_BY.get(table, ()))
        raise IndexDamaged("the index", f"what {table} holds of {name or 'it'} was altered")
    return row


def blob_checksum(blob: bytes) -> int:
    """The CRC-32 of the vector of a passage, or of its coded tokens."""
    return zlib.crc32(blob)


def is_sound_blob(blob: object, written: object) -> bool:
    """Whether this is a blob, and the one of which the checksum was written."""
    return isinstance(blob, bytes) and blob_checksum(blob) == written
