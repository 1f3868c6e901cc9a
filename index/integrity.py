"""Checksums that tell whether what is kept is still what was written.

SQLite notices damage to its own structure, not to a letter in a text or a bit in a vector. Answers
are shown as the cabinet's own words, so every row carries a checksum that is checked when it is read.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping
from typing import Any

from index.errors import IndexDamaged

# Columns by name: one that a later step adds must not make every older row look damaged.
COVERED: dict[str, tuple[str, ...]] = {
    "state": ("generation", "token", "fingerprint", "dimension"),
    "documents": (
        *("id", "name", "sha256", "format", "kind", "evidence", "title", "official_id", "dossier"),
        *("case_number", "committee", "ministers", "askers", "respondent", "asked_on"),
        *("answered_on", "adopted_on", "warnings", "added_at"),
    ),
    "pages": ("document_id", "position", "number", "paragraphs"),
    "exchanges": (
        *("document_id", "position", "key", "numbers", "section", "party", "askers", "respondent"),
        *("ministry", "question", "answer", "citations", "refers_to"),
    ),
    "passages": ("part", "position", "text", "first_page", "last_page"),
    "remarks": ("document_id", "position", "party", "paragraphs"),
}


def row_checksum(table: str, row: Mapping[str, Any] | sqlite3.Row) -> int:
    """The CRC-32 of the columns of a row that are covered."""
    values = tuple(row[column] for column in COVERED[table])
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))


def check_row(table: str, row: sqlite3.Row) -> sqlite3.Row:
    """The row itself; raises IndexDamaged when it is not what was written."""
    try:
        altered = row_checksum(table, row) != row["checksum"]
    except IndexError as error:  # a column has lost its name
        raise IndexDamaged("the index", f"{table} lacks a column ({error})") from error
    if altered:
        raise IndexDamaged("the index", f"a row of {table} is not what was written")
    return row


def vector_checksum(vector: bytes) -> int:
    """The CRC-32 of the vector of a passage, or of its coded tokens."""
    return zlib.crc32(vector)
