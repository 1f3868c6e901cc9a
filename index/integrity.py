"""Checksums that tell whether what is kept is still what was written.

SQLite notices damage to its own structure, not to a letter in a text or a bit in a vector; a
document is therefore kept with a digest of its rows, and a passage with a checksum.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib

# Columns by name: one that a later step adds must not make every older document look damaged.
CONTENTS = (
    "SELECT id, name, sha256, format, kind, evidence, title, official_id, dossier, case_number,"
    " committee, ministers, askers, respondent, asked_on, answered_on, adopted_on, warnings,"
    " added_at FROM documents WHERE id = ?",
    "SELECT position, number, paragraphs FROM pages WHERE document_id = ? ORDER BY position",
    "SELECT position, key, numbers, section, party, askers, respondent, ministry, question, answer,"
    " citations, refers_to FROM exchanges WHERE document_id = ? ORDER BY position",
    "SELECT position, party, paragraphs FROM remarks WHERE document_id = ? ORDER BY position",
)


def document_digest(connection: sqlite3.Connection, document_id: str) -> str:
    """The sha256 of all rows that make up a document, its passages excepted."""
    digest = hashlib.sha256()
    for query in CONTENTS:
        for row in connection.execute(query, (document_id,)):
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def passage_checksum(text: str, vector: bytes) -> int:
    """The CRC-32 of a passage's text and vector."""
    return zlib.crc32(vector, zlib.crc32(text.encode("utf-8", "surrogatepass")))
