"""Passages of a document as they were kept, with their vectors and tokens.

It knows the columns that a folder's tables and a server's share.
"""

from __future__ import annotations

from index.commits import EmbeddedPassage
from index.errors import IndexDamaged
from index.integrity import StoredRow, check_row, is_sound_blob
from pipeline.models import Part, Passage

PASSAGES = """
SELECT p.*, e.key FROM passages p JOIN exchanges e ON e.id = p.exchange_id
WHERE e.document_id = ? ORDER BY e.position, p.part DESC, p.position
"""


def embedded_passage(row: StoredRow, vector: bytes) -> EmbeddedPassage:
    """A row of `passages` with the `key` of its exchange; raises IndexDamaged when altered."""
    check_row("passages", row)
    for blob, checksum in ((vector, "vector_checksum"), (row["tokens"], "tokens_checksum")):
        if not is_sound_blob(blob, row[checksum]):
            raise IndexDamaged("the index", f"what passage {row['id']} was embedded as was altered")
    pages = (row["first_page"], row["last_page"])
    passage = Passage(row["key"], Part(row["part"]), row["position"], row["text"], pages)
    return EmbeddedPassage(passage, vector, row["tokens"])
