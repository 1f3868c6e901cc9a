"""What changes the catalogue: one commit keeps or removes a whole document.

It knows the tables, that a generation is one commit, and that originals lie beside the database and
come and go with it. It does not know models.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from index.errors import ContradictoryDocument, UnknownDocument
from index.integrity import COVERED, blob_checksum, is_sound, row_checksum
from index.listings import listing_of
from index.originals import Originals
from index.rows import Row, document_row, exchange_row, paragraphs_to_json
from index.state import are_words_sound, seal_state, seal_words
from pipeline.models import Exchange, Parsed, Passage

# A passage's id is 42 random bits, shared by the passages of one commit, and a 20-bit counter, so
# that ids are never given twice (not in a restored backup either) and neighbours lie together.
COUNTER_BITS = 20
RANDOM_BITS = 62 - COUNTER_BITS  # SQLite's integers have 63 bits and a sign

ADOPT = """
INSERT INTO passages (id, exchange_id, part, position, text, first_page, last_page, vector,
    checksum, vector_checksum, tokens, tokens_checksum)
SELECT ? + rowid, exchange_id, part, position, text, first_page, last_page, vector,
    checksum, vector_checksum, tokens, tokens_checksum
FROM rebuilt
"""


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage and its vector: float32, little-endian, L2-normalised; and its tokens, coded."""

    passage: Passage
    vector: bytes
    tokens: bytes = b""


@dataclass(frozen=True, slots=True)
class Space:
    """What makes vectors comparable: the model's fingerprint and their length."""

    fingerprint: str
    dimension: int


class SqliteCommit:
    """The changes of one transaction; whoever opened it makes them last or vanish together."""

    def __init__(self, connection: sqlite3.Connection, originals: Originals) -> None:
        self._connection = connection
        self._originals = originals
        self._arriving: list[str] = []
        self._leaving: list[str] = []
        self._next_id = first_passage_id()
        self._words_were_sound = are_words_sound(connection)
        self._changes = connection.total_changes

    def advance(self) -> None:
        """Marks the catalogue, if it was changed, as a generation further, under a new token."""
        if self._connection.total_changes == self._changes:
            return
        self._connection.execute(
            "UPDATE state SET generation = generation + 1, token = ?", (secrets.token_hex(16),)
        )
        if self._words_were_sound:  # damage of before must not pass for what was written
            seal_words(self._connection)
        seal_state(self._connection)

    def use_space(self, space: Space) -> None:
        """Says with which model the vectors are made."""
        self._connection.execute(
            "UPDATE state SET fingerprint = ?, dimension = ?", (space.fingerprint, space.dimension)
        )

    def keep_original(self, document_id: str, sha256: str, data: bytes, name: str) -> None:  # noqa: ARG002
        """Keeps the file as it came; it counts as arriving until the commit is made."""
        self._originals.keep(sha256, data, name)
        self._arriving.append(sha256)

    def drop_originals(self, digests: Iterable[str]) -> None:
        """Marks originals as leaving; they go when the commit is made."""
        leaving = list(digests)
        self._originals.mark_leaving(leaving)
        self._leaving += leaving

    def settle_originals(self) -> None:
        """Does what was promised about originals; to be called when the commit is made."""
        for sha256 in self._arriving:
            self._originals.settle(sha256)
        self._originals.drop(self._leaving)

    def remove_document(self, document_id: str) -> None:
        """Removes a document with all that belongs to it; raises UnknownDocument."""
        gone = self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        if gone.rowcount == 0:
            raise UnknownDocument(document_id)

    def add_document(
        self, parsed: Parsed, embedded: Sequence[EmbeddedPassage], added_at: datetime
    ) -> None:
        """Adds a document, its text, exchanges, remarks and passages.

        Raises ContradictoryDocument when they break a rule, such as two exchanges with one key.
        """
        try:
            self._insert("documents", document_row(parsed, added_at))
            self._add_text(parsed)
            rows = {
                exchange.key: self._add_exchange(parsed.id, at, exchange)
                for at, exchange in enumerate(parsed.exchanges)
            }
            for item in embedded:
                self._add_passage(rows[item.passage.exchange_key], item)
            self._seal_listing(parsed.id)
        except sqlite3.IntegrityError as error:
            raise ContradictoryDocument(parsed.document.name, str(error)) from error

    def add_file(self, name: str, sha256: str, document_id: str) -> None:
        """Remembers that this document came as this file."""
        self._connection.execute(
            "INSERT INTO files VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE"
            " SET sha256 = excluded.sha256, document_id = excluded.document_id",
            (name, sha256, document_id),
        )

    def replace_passages(self, document_id: str, embedded: Sequence[EmbeddedPassage]) -> None:
        """Gives a document other passages; its exchanges stay as they are."""
        query = "SELECT key, id FROM exchanges WHERE document_id = ?"
        rows = {row["key"]: row["id"] for row in self._connection.execute(query, (document_id,))}
        self._connection.execute(
            "DELETE FROM passages WHERE exchange_id IN"
            " (SELECT id FROM exchanges WHERE document_id = ?)",
            (document_id,),
        )
        for item in embedded:
            self._add_passage(rows[item.passage.exchange_key], item)
        self._seal_listing(document_id)

    def adopt_rebuilt(self, space: Space) -> int:
        """Puts the rebuilt passages in the place of all passages; returns how many they are."""
        self._connection.execute("DELETE FROM passages")
        adopted = self._connection.execute(ADOPT, (first_passage_id(),)).rowcount
        self._connection.execute("DELETE FROM rebuilt")
        for (document_id,) in self._connection.execute("SELECT id FROM documents").fetchall():
            self._seal_listing(document_id)
        self.use_space(space)
        return adopted

    def _add_text(self, parsed: Parsed) -> None:
        for at, page in enumerate(parsed.document.pages):
            paragraphs = paragraphs_to_json(page.paragraphs)
            row: Row = {"number": page.number, "paragraphs": paragraphs}
            self._insert("pages", {"document_id": parsed.id, "position": at, **row})
        for at, remark in enumerate(parsed.remarks):
            row = {"party": remark.party, "paragraphs": paragraphs_to_json(remark.paragraphs)}
            self._insert("remarks", {"document_id": parsed.id, "position": at, **row})

    def _add_exchange(self, document_id: str, position: int, exchange: Exchange) -> int:
        place: Row = {"document_id": document_id, "position": position}
        return self._insert("exchanges", place | exchange_row(exchange))

    def _add_passage(self, exchange_row: int, item: EmbeddedPassage) -> None:
        self._insert(
            "passages",
            {"id": self._next_id, **passage_row(exchange_row, item)},
        )
        self._next_id += 1

    def _seal_listing(self, document_id: str) -> None:
        """Writes what a document's exchanges and passages are found by into its row."""
        query = "SELECT * FROM documents WHERE id = ?"
        row = self._connection.execute(query, (document_id,)).fetchone()
        if not is_sound("documents", row):
            return  # damage of before must not pass for what was written
        sealed = dict(row) | {"listing": listing_of(self._connection, document_id)}
        self._connection.execute(
            "UPDATE documents SET listing = ?, checksum = ? WHERE id = ?",
            (sealed["listing"], row_checksum("documents", sealed), document_id),
        )

    def _insert(self, table: str, row: Row) -> int:
        if table in COVERED:
            row = row | {"checksum": row_checksum(table, row)}
        columns = ", ".join(row)
        marks = ", ".join(f":{column}" for column in row)
        query = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  # names from the code
        return int(self._connection.execute(query, row).lastrowid or 0)


def first_passage_id() -> int:
    """A number from which passages may be counted that was never given before."""
    return secrets.randbits(RANDOM_BITS) << COUNTER_BITS


def passage_row(exchange_id: int, item: EmbeddedPassage) -> dict[str, Any]:
    """The columns that `passages` and `rebuilt` share."""
    first_page, last_page = item.passage.pages
    row = {
        "exchange_id": exchange_id,
        "part": item.passage.part.value,
        "position": item.passage.position,
        "text": item.passage.text,
        "first_page": first_page,
        "last_page": last_page,
        "vector": item.vector,
        "vector_checksum": blob_checksum(item.vector),
        "tokens": item.tokens,
        "tokens_checksum": blob_checksum(item.tokens),
    }
    return row | {"checksum": row_checksum("passages", row)}
