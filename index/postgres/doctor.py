"""Examines everything that a server keeps, repairs what can be made again and names what is lost.

The server sees to its own pages and indexes (data checksums, `pg_amcheck`). Here it is asked whether
rows are what was written: a document can be made again from its original, its vectors from its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
from psycopg import Connection
from psycopg.rows import DictRow, dict_row

from index.embedded import STORED, space_of
from index.errors import LostOriginal
from index.findings import Check, Finding, Health, run_checks
from index.indexing import Indexer
from index.integrity import is_sound, is_sound_blob
from index.models import Outcome
from index.postgres.commits import mark_changed
from index.postgres.listing import listing_of
from index.postgres.store import PostgresStore
from index.postgres.vectors import blob_of
from index.store import check_space
from pipeline.settings import Settings

if TYPE_CHECKING:
    from index.opening import Workshop

# The tables whose rows make up a document, and the column that says which one.
OWNER = {
    "documents": "id",
    "pages": "document_id",
    "exchanges": "document_id",
    "remarks": "document_id",
}
INCOMPLETE = """
SELECT d.id FROM documents d
WHERE d.page_count <> (SELECT count(*) FROM pages p WHERE p.document_id = d.id)
    OR d.exchange_count <> (SELECT count(*) FROM exchanges e WHERE e.document_id = d.id)
    OR d.remark_count <> (SELECT count(*) FROM remarks r WHERE r.document_id = d.id)
"""
WITHOUT_PASSAGES = """
SELECT DISTINCT e.document_id FROM exchanges e
WHERE (e.question <> '[]' OR e.answer <> '[]') AND NOT EXISTS (
    SELECT 1 FROM passages p WHERE p.document_id = e.document_id AND p.exchange_id = e.id)
"""
COUNTED = """
SELECT found.lexeme AS word, count(DISTINCT w.exchange_id) AS exchanges
FROM exchange_words w, unnest(w.words) AS found GROUP BY found.lexeme
"""
MISCOUNTED = f"""
SELECT 1 FROM ({COUNTED}) AS made FULL JOIN word_counts AS kept USING (word, exchanges)
WHERE made.word IS NULL OR kept.word IS NULL LIMIT 1
"""  # noqa: S608  # no value is put in
TOTALS = "SELECT count(*) AS exchanges, coalesce(sum(words), 0)::bigint AS words FROM exchanges"
MISTAKEN = f"""
SELECT 1 FROM state JOIN ({TOTALS}) AS made
    ON made.exchanges <> state.exchanges OR made.words <> state.words
"""  # noqa: S608
COUNTED_AGAIN = (
    "DELETE FROM word_counts",
    f"INSERT INTO word_counts (word, exchanges) {COUNTED}",
    f"UPDATE state SET (exchanges, words) = ({TOTALS})",  # noqa: S608
)
ORIGINALS = "SELECT id, name, sha256 FROM documents"
# A few passages that are embedded again, to see that the model still makes the same vectors.
SAMPLED = "SELECT text, vector FROM passages LIMIT 4"
ROWS_AT_ONCE = 200  # of passages with their tokens, some two megabytes

SAME = 0.999  # the cosine from which two vectors of one text count as the same


def examine_server(
    store: PostgresStore, settings: Settings, workshop: Workshop
) -> Iterator[Finding]:
    """Checks documents, vectors, words, originals and model, in this order."""
    with closing(store):
        yield from _Examination(store, settings, workshop).run()


class _Examination:
    def __init__(self, store: PostgresStore, settings: Settings, workshop: Workshop) -> None:
        self._store = store
        self._settings = settings
        self._workshop = workshop
        self._indexer: Indexer | None = None

    def run(self) -> Iterator[Finding]:
        """All checks; a repair that cannot be made is told, and the next check goes on."""
        checks: dict[str, Check] = {
            "documents": self._check_documents,
            "vectors": self._check_vectors,
            "words": self._check_words,
            "originals": self._check_originals,
            "model": self._check_model,
        }
        yield from run_checks(checks, str(self._settings.data))
        if self._indexer:
            self._indexer.close()

    def _check_documents(self) -> Iterator[Finding]:
        """Every document is letter for letter what was written; else its original is read again."""
        with self._store.reading() as connection:
            altered = {
                str(row[owner])
                for table, owner in OWNER.items()
                for row in _each_row(connection, f"SELECT * FROM {table}")  # noqa: S608
                if not is_sound(table, row)
            }
            altered |= {str(row["id"]) for row in _each_row(connection, INCOMPLETE)}
        for document_id in sorted(altered):
            yield self._read_again(document_id)

    def _check_vectors(self) -> Iterator[Finding]:
        """Every text has passages with the vectors that were written; else it is embedded again."""
        with self._store.reading() as connection:
            altered = {
                str(row["document_id"])
                for row in _each_row(connection, "SELECT * FROM passages")
                if not is_sound("passages", row)
                or not is_sound_blob(blob_of(row["vector"]), row["vector_checksum"])
                or not is_sound_blob(row["tokens"], row["tokens_checksum"])
            }
            altered |= {str(row["document_id"]) for row in _each_row(connection, WITHOUT_PASSAGES)}
            kept = connection.execute("SELECT id, listing FROM documents").fetchall()
            altered |= {name for name, sum_ in kept if listing_of(connection, name) != sum_}
        for document_id in sorted(altered):
            self._open().embed_again(document_id)
            yield Finding(Health.REPAIRED, f"the vectors of {document_id} were made again")

    def _check_words(self) -> Iterator[Finding]:
        """Words are counted as often as they occur; else they are counted again."""
        with self._store.committing() as connection:
            wrong = [connection.execute(query).fetchone() for query in (MISCOUNTED, MISTAKEN)]
            if any(wrong):
                for statement in COUNTED_AGAIN:
                    connection.execute(statement)
                mark_changed(connection)
                yield Finding(Health.REPAIRED, "the words were counted again")

    def _check_originals(self) -> Iterator[Finding]:
        """Every document has its original, byte for byte."""
        with self._store.reading() as connection:
            documents = list(_each_row(connection, ORIGINALS))
        for row in documents:
            try:
                self._store.original(row["sha256"])
            except LostOriginal:
                told = f"the original of {row['id']} ({row['name']}) is gone or damaged"
                yield Finding(Health.LOST, f"{told}; its text is in the index; add the file again")

    def _check_model(self) -> Iterator[Finding]:
        """The model that the settings name makes the vectors that are kept."""
        embedder = self._workshop.embedder(self._settings)
        with self._store.snapshot() as snapshot:
            check_space(snapshot, space_of(embedder), self._store.name)
            sample = list(_each_row(snapshot.connection, SAMPLED))
        made = embedder.embed_passages([row["text"] for row in sample])
        kept = [np.frombuffer(blob_of(row["vector"]), STORED) for row in sample]
        if any(a @ b < SAME for a, b in zip(made, kept, strict=True)):
            yield Finding(
                Health.UNSOLVED,
                "the model makes other vectors than those that are kept; run `kamerantwoord rebuild`",
            )

    def _read_again(self, document_id: str) -> Finding:
        query = "SELECT name, sha256 FROM originals WHERE document_id = %s"
        with self._store.reading() as connection:
            row = connection.execute(query, (document_id,)).fetchone()
        try:
            if row is None:
                raise LostOriginal(document_id, "it is not there")
            name, data = str(row[0]), self._store.original(row[1])
        except LostOriginal as error:
            told = f"{document_id} is damaged and can only be removed, for {error}"
            return Finding(Health.LOST, told)
        indexer = self._open()
        with self._store.commit() as (snapshot, commit):
            indexer.remember(snapshot.recall([document_id]))
            commit.remove_document(document_id)
        report = indexer.add_bytes(data, name)
        if report.outcome is Outcome.FAILED:
            return Finding(Health.LOST, f"{document_id} was damaged, and {report.problem}")
        return Finding(Health.REPAIRED, f"{document_id} was damaged and read again")

    def _open(self) -> Indexer:
        self._indexer = self._indexer or self._workshop.indexer(self._settings)
        return self._indexer


def _each_row(connection: Connection[Any], query: str) -> Iterator[DictRow]:
    """The rows of a query, a few at a time: all of them may be more than fits in memory."""
    with connection.cursor("rows", row_factory=dict_row) as cursor:
        cursor.itersize = ROWS_AT_ONCE
        yield from cursor.execute(query.encode(), binary=True)
