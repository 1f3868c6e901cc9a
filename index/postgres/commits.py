"""What changes what the server keeps: one commit keeps or removes a whole document.

It knows the tables, and that a generation is one commit. It does not know files or models.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection, errors
from psycopg.rows import dict_row

from index.commits import EmbeddedPassage, Space, first_passage_id, passage_row
from index.errors import ContradictoryDocument, UnknownDocument
from index.integrity import COVERED, is_sound, row_checksum
from index.postgres.copying import copy_rows
from index.postgres.listing import listing_of
from index.postgres.schema import index_vectors
from index.postgres.vectors import vector_of
from index.postgres.words import stretches, words_of
from index.rows import document_row, exchange_row, paragraphs_to_json
from pipeline.models import Exchange, Parsed

BROKEN = (errors.IntegrityError, errors.DataError, errors.ProgramLimitExceeded)

COUNT_WORDS = """
INSERT INTO word_counts AS w (word, exchanges)
SELECT * FROM unnest(%s::text[], %s::bigint[])
ON CONFLICT (word) DO UPDATE SET exchanges = w.exchanges + excluded.exchanges
"""
WORDS_OF_DOCUMENT = """
SELECT found.lexeme, count(DISTINCT w.exchange_id)
FROM exchange_words w, unnest(w.words) AS found WHERE w.document_id = %s GROUP BY found.lexeme
"""
TOTALS_OF_DOCUMENT = """
SELECT count(*), coalesce(sum(words), 0)::bigint FROM exchanges WHERE document_id = %s
"""
ADOPT = """
INSERT INTO passages (document_id, id, exchange_id, part, position, text, first_page, last_page,
    vector, tokens, checksum, vector_checksum, tokens_checksum)
SELECT document_id, id, exchange_id, part, position, text, first_page, last_page,
    vector, tokens, checksum, vector_checksum, tokens_checksum
FROM rebuilt
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An exchange with its row and its words."""

    row: int
    position: int
    exchange: Exchange
    words: list[str]


class PostgresCommit:
    """The changes of one transaction; whoever opened it makes them last or vanish together.

    When it is one of many that fill an index, vectors are found without the help of one until then.
    """

    def __init__(self, connection: Connection[Any], *, one_of_many: bool = False) -> None:
        self._connection = connection
        self._one_of_many = one_of_many
        self._changed = False

    def advance(self) -> None:
        """Marks what is kept, if it was changed, as a generation further, under a new token."""
        if self._changed:
            mark_changed(self._connection)

    def use_space(self, space: Space) -> None:
        """Says with which model the vectors are made, and has them found."""
        row = self._connection.execute("SELECT fingerprint, dimension FROM state").fetchone()
        kept = (space.fingerprint, space.dimension)
        if row != kept:
            self._change("UPDATE state SET fingerprint = %s, dimension = %s", *kept)
        if not self._one_of_many:
            index_vectors(self._connection, space.dimension)

    def remove_document(self, document_id: str) -> None:
        """Removes a document with all that belongs to it; raises UnknownDocument."""
        words = self._connection.execute(WORDS_OF_DOCUMENT, (document_id,)).fetchall()
        totals = self._connection.execute(TOTALS_OF_DOCUMENT, (document_id,)).fetchone()
        if self._change("DELETE FROM documents WHERE id = %s", document_id) == 0:
            raise UnknownDocument(document_id)
        exchanges, length = totals or (0, 0)
        self._count({word: -having for word, having in words}, -exchanges, -length)

    def add_document(
        self, parsed: Parsed, embedded: Sequence[EmbeddedPassage], added_at: datetime
    ) -> None:
        """Adds a document, its text, exchanges, remarks and passages.

        Raises ContradictoryDocument when they break a rule, such as two exchanges with one key.
        """
        base = first_passage_id()
        kept = [
            _Kept(base + at, at, exchange, words_of(exchange))
            for at, exchange in enumerate(parsed.exchanges)
        ]
        try:
            document = document_row(parsed, added_at)
            self._copy("documents", [document])
            self._add_text(parsed)
            self._copy("exchanges", [_exchange_row(parsed.id, each) for each in kept])
            self._add_words(parsed.id, kept)
            rows = {each.exchange.key: each.row for each in kept}
            self._add_passages(parsed.id, rows, embedded)
            self._seal_listing(parsed.id)
        except BROKEN as error:
            name = parsed.document.name
            raise ContradictoryDocument(name, str(error).partition("\n")[0]) from error

    def add_file(self, name: str, sha256: str, document_id: str) -> None:
        """Remembers that this document came as this file."""
        self._change("DELETE FROM files WHERE name = %s", name)
        self._change("INSERT INTO files VALUES (%s, %s, %s)", document_id, name, sha256)

    def keep_original(self, document_id: str, sha256: str, data: bytes, name: str) -> None:
        """Keeps the file as it came, of a document that was added."""
        self._change("DELETE FROM originals WHERE document_id = %s", document_id)
        query = "INSERT INTO originals VALUES (%s, %s, %s, %b)"
        self._change(query, document_id, sha256, name, data)

    def drop_originals(self, digests: Iterable[str]) -> None:
        """Lets go of the originals of documents that were removed."""
        self._change("DELETE FROM originals WHERE sha256 = ANY(%s::text[])", list(digests))

    def replace_passages(self, document_id: str, embedded: Sequence[EmbeddedPassage]) -> None:
        """Gives a document other passages; its exchanges stay as they are."""
        query = "SELECT key, id FROM exchanges WHERE document_id = %s"
        rows: dict[str, int] = dict(self._connection.execute(query, (document_id,)).fetchall())
        self._change("DELETE FROM passages WHERE document_id = %s", document_id)
        self._add_passages(document_id, rows, embedded)
        self._seal_listing(document_id)

    def adopt_rebuilt(self, space: Space) -> int:
        """Puts the rebuilt passages in the place of all passages; returns how many they are."""
        self._change("DELETE FROM passages")
        adopted = self._change(ADOPT)
        self.use_space(space)
        self._change("DELETE FROM rebuilt")
        for (document_id,) in self._connection.execute("SELECT id FROM documents").fetchall():
            self._seal_listing(document_id)
        return adopted

    def _add_text(self, parsed: Parsed) -> None:
        pages = [(page.number, page.paragraphs) for page in parsed.document.pages]
        remarks = [(remark.party, remark.paragraphs) for remark in parsed.remarks]
        for table, column, parts in (("pages", "number", pages), ("remarks", "party", remarks)):
            rows = [
                {
                    "document_id": parsed.id,
                    "position": at,
                    column: value,
                    "paragraphs": paragraphs_to_json(paragraphs),
                }
                for at, (value, paragraphs) in enumerate(parts)
            ]
            self._copy(table, rows)

    def _add_words(self, document_id: str, kept: Sequence[_Kept]) -> None:
        with self._connection.cursor().copy(
            "COPY exchange_words (document_id, exchange_id, stretch, words) FROM STDIN"
        ) as copy:
            for each in kept:
                for at, words in enumerate(stretches(each.words)):
                    copy.write_row((document_id, each.row, at, words))
        having = Counter(word for each in kept for word in set(each.words))
        self._count(dict(having), len(kept), sum(len(each.words) for each in kept))

    def _count(self, having: dict[str, int], exchanges: int, words: int) -> None:
        """Counts words in so many more exchanges, which have so many words more together."""
        names = sorted(having)
        numbers = [having[word] for word in names]
        self._change(COUNT_WORDS, names, numbers)
        query = "DELETE FROM word_counts WHERE exchanges <= 0 AND word = ANY(%s::text[])"
        if exchanges < 0:
            self._change(query, names)
        query = "UPDATE state SET exchanges = exchanges + %s, words = words + %s"
        self._change(query, exchanges, words)

    def _add_passages(
        self, document_id: str, rows: dict[str, int], embedded: Sequence[EmbeddedPassage]
    ) -> None:
        base = first_passage_id()
        passages = [
            stored_passage(document_id, base + at, rows[item.passage.exchange_key], item)
            for at, item in enumerate(embedded)
        ]
        self._copy("passages", passages)

    def _seal_listing(self, document_id: str) -> None:
        """Writes what a document's exchanges and passages are found by into its row."""
        cursor = self._connection.cursor(row_factory=dict_row)
        row = cursor.execute("SELECT * FROM documents WHERE id = %s", (document_id,)).fetchone()
        if row is None or not is_sound("documents", row):
            return  # damage of before must not pass for what was written
        row["listing"] = listing_of(self._connection, document_id)
        query = "UPDATE documents SET listing = %s, checksum = %s WHERE id = %s"
        self._change(query, row["listing"], row_checksum("documents", row), document_id)

    def _copy(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        self._changed = True
        if table in COVERED and rows and "checksum" not in rows[0]:
            rows = [row | {"checksum": row_checksum(table, row)} for row in rows]
        copy_rows(self._connection, table, rows)

    def _change(self, query: str, *values: Any) -> int:
        self._changed = True
        return self._connection.execute(query.encode(), values).rowcount


def mark_changed(connection: Connection[Any]) -> None:
    """Has readers see a new generation, and forget what they remember of the one before."""
    query = "UPDATE state SET generation = generation + 1, token = %s"
    connection.execute(query, (secrets.token_hex(16),))


def stored_passage(
    document_id: str, passage_id: int, exchange_id: int, item: EmbeddedPassage
) -> dict[str, Any]:
    """The columns that `passages` and `rebuilt` share."""
    row = passage_row(exchange_id, item)
    return {"document_id": document_id, "id": passage_id} | row | {"vector": vector_of(item.vector)}


def _exchange_row(document_id: str, kept: _Kept) -> dict[str, Any]:
    letters = sum(len(paragraph.text) for paragraph in kept.exchange.answer_paragraphs)
    place = {"document_id": document_id, "id": kept.row, "position": kept.position}
    row = place | exchange_row(kept.exchange)
    row["checksum"] = row_checksum("exchanges", row)
    return row | {"answer_letters": letters, "words": len(kept.words)}
