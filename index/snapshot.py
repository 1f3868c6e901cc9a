"""What is read from the catalogue, all of it as of one commit.

It knows the tables. It does not know how vectors are searched or answers ranked.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.commits import EmbeddedPassage
from index.errors import IndexDamaged, UnknownDocument
from index.filtering import LISTED, Scope, conditions_of
from index.integrity import check_row, is_sound_blob
from index.listings import altered_listings, kept_listings
from index.models import DocumentRecord, ExchangeRecord
from index.occurrences import Occurrences, number_list
from index.passage_rows import PASSAGES, embedded_passage
from index.places import Place, Pointer, StoredEvidence
from index.queries import (
    ANSWER_LETTERS,
    ANSWERS_BY_PARTY,
    DOCUMENT,
    EVIDENCE,
    EXCHANGE,
    PASSAGES_OF_DOCUMENTS,
    PASSAGES_OF_EXCHANGES,
    PLACE_OF_EXCHANGE,
    PLACE_OF_PASSAGE,
    POINTING,
    TITLE_OF_EXCHANGE,
    UNANSWERED,
    VECTOR,
)
from index.recalling import Recall, recall_documents
from index.rows import document_record
from index.state import State, are_words_sound, read_state
from index.whole_documents import WholeDocuments, complete, exchange_record
from pipeline.models import PARTY_BREAK, Part

PARTS = {part.value: part for part in Part}  # quicker than Part(), of hundreds for a question


@dataclass(frozen=True, slots=True)
class StoredVector:
    """A passage's vector as it lies in the database: float32, little-endian."""

    passage_id: int
    blob: bytes


class SqliteSnapshot(Occurrences, WholeDocuments):
    """The catalogue as of one commit."""

    def state(self) -> State:
        """The generation of this snapshot and the model of its vectors."""
        return read_state(self._connection)

    def check_whole(self, checked: dict[str, int]) -> None:
        """Raises IndexDamaged when passages, exchanges or words would not be found as written.

        `checked` says of which documents this is known, and is brought up to date.
        """
        if not are_words_sound(self._connection):
            raise IndexDamaged("the index", "its word index was altered")
        altered = altered_listings(self._connection, checked)
        if altered:
            raise IndexDamaged("the index", f"not everything in {altered[0]} is where it was")
        checked.clear()
        checked.update(kept_listings(self._connection))

    def documents(self) -> list[DocumentRecord]:
        """All documents, by id."""
        found = [document_record(row) for row in self._rows(f"{DOCUMENT} NOT INDEXED")]
        return sorted(found, key=lambda record: record.id)

    def find_document(self, document_id: str) -> DocumentRecord | None:
        """The document with this id, if there is one."""
        return self._document_where("d.id = ?", document_id)

    def sha256_of_document(self, document_id: str) -> str:
        """The bytes of a document, also of one whose row is damaged; raises UnknownDocument."""
        for row in self._rows("SELECT sha256 FROM documents WHERE id = ?", document_id):
            return str(row["sha256"])
        raise UnknownDocument(document_id)

    def document_of_bytes(self, sha256: str) -> DocumentRecord | None:
        """The document that has exactly these bytes now, if there is one."""
        return self._document_where("d.sha256 = ?", sha256)

    def document_of_name(self, name: str) -> DocumentRecord | None:
        """The document to which a file of this name belongs, if there is one."""
        return self._document_where("d.id = (SELECT document_id FROM files WHERE name = ?)", name)

    def files(self, document_id: str) -> dict[str, str]:
        """The names under which a document came, each with the sha256 of its bytes."""
        found = self._rows("SELECT name, sha256 FROM files WHERE document_id = ?", document_id)
        return {row["name"]: row["sha256"] for row in found}

    def sha256_of_name(self, name: str) -> str:
        """The bytes that a file of this name had when it was added; empty when it never was."""
        for row in self._rows("SELECT sha256 FROM files WHERE name = ?", name):
            return str(row["sha256"])
        return ""

    def exchanges_by_row(self, rows: Sequence[int]) -> dict[int, ExchangeRecord]:
        """The exchanges in these rows of the table, each under its row."""
        found = self._rows(f"{EXCHANGE} WHERE id IN {LISTED}", number_list(rows))
        documents: dict[str, DocumentRecord] = {}
        records = {}
        for row in found:
            name = row["document_id"]
            document = documents.get(name) or self.find_document(name)
            if document is None:
                raise IndexDamaged("the index", f"the document of {name}.{row['key']} is gone")
            documents[name] = document
            records[int(row["id"])] = exchange_record(row, document)
        return complete(records, rows, "exchanges")

    def places_of_passages(self, passage_ids: Sequence[int]) -> dict[int, Place]:
        """For each passage the place of its exchange."""
        found = self._rows(f"{PLACE_OF_PASSAGE} WHERE p.id IN {LISTED}", number_list(passage_ids))
        places = {
            row["id"]: Place(row["document_id"], row["exchange_position"], row["exchange_id"])
            for row in found
            if check_row("passages", row)
        }
        return complete(places, passage_ids, "passages")

    def passage_ids(self, scope: Scope = Scope()) -> list[int]:
        """The passages of the exchanges that may be found, in no order."""
        conditions, values = conditions_of(scope)
        query = PASSAGES_OF_DOCUMENTS if scope.only is None else PASSAGES_OF_EXCHANGES
        if conditions:
            query += f"WHERE {' AND '.join(conditions)}"
        else:
            query = "SELECT json_group_array(id) AS ids FROM passages"
        found: list[int] = json.loads(self._rows(query, *values)[0]["ids"])
        return found

    def vectors(self, passage_ids: Iterable[int] | None = None) -> Iterator[StoredVector]:
        """The vectors of these passages, or of all in the order of their ids.

        Raises IndexDamaged when one was altered.
        """
        if passage_ids is None:
            found = self._connection.execute(f"{VECTOR} ORDER BY id")
        else:
            found = self._connection.execute(
                f"{VECTOR} WHERE id IN {LISTED}", (number_list(passage_ids),)
            )
        for row in found:
            if not is_sound_blob(row["vector"], row["vector_checksum"]):
                raise IndexDamaged("the index", f"the vector of passage {row['id']} was altered")
            yield StoredVector(row["id"], row["vector"])

    def passages(self, document_id: str) -> list[EmbeddedPassage]:
        """The passages of a document in the order of its text, as they were embedded."""
        found = self._rows(PASSAGES, document_id)
        return [embedded_passage(row, row["vector"]) for row in found]

    def recall(self, document_ids: Iterable[str]) -> Recall:
        """What the texts of these documents were embedded as, where that is sound."""
        return recall_documents(self._connection, document_ids)

    def places_of_exchanges(
        self, exchange_rows: Iterable[int], scope: Scope = Scope()
    ) -> list[Place]:
        """The places of those of these exchanges that may be found."""
        conditions, values = conditions_of(scope)
        where = " AND ".join([f"e.id IN {LISTED}", *conditions])
        found = self._rows(
            f"{PLACE_OF_EXCHANGE} WHERE {where}", number_list(exchange_rows), *values
        )
        return [Place(row["document_id"], row["position"], row["id"]) for row in found]

    def places_in(
        self, document_ids: Iterable[str], most: int, scope: Scope = Scope()
    ) -> list[Place]:
        """The places in these documents that may be found, of those with at most so many."""
        conditions, values = conditions_of(scope)
        where = " AND ".join([f"d.id IN {LISTED}", "d.exchange_count <= ?", *conditions])
        query = f"{PLACE_OF_EXCHANGE} WHERE {where}"
        found = self._rows(query, json.dumps(list(document_ids)), most, *values)
        return [Place(row["document_id"], row["position"], row["id"]) for row in found]

    def titles_of(self, exchange_rows: Iterable[int]) -> dict[int, str]:
        """The title of the document of each of these exchanges."""
        found = self._rows(
            f"{TITLE_OF_EXCHANGE} WHERE e.id IN {LISTED}", number_list(exchange_rows)
        )
        return {row["id"]: row["title"] for row in found}

    def pointing(self, exchange_rows: Iterable[int], letters: int) -> list[Pointer]:
        """Where those of these that have at most so many letters in their answer point to."""
        where = f"p.id IN {LISTED} AND p.refers_to <> '[]' AND {ANSWER_LETTERS} <= ?"
        found = self._rows(f"{POINTING} WHERE {where}", number_list(exchange_rows), letters)
        return [
            Pointer(pointing, number, target, position, bool(same), bool(before))
            for pointing, number, target, position, same, before in found
        ]

    def vectors_of(self, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        """The vectors of these exchanges; raises IndexDamaged when one was altered."""
        return self._evidence("vector", exchange_rows)

    def tokens_of(self, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        """The coded tokens of these exchanges; raises IndexDamaged when they were altered."""
        return self._evidence("tokens", exchange_rows)

    def counts(self) -> dict[str, int]:
        """How many rows each table of interest holds."""
        tables = ("documents", "pages", "exchanges", "remarks", "passages")
        return {table: self._count(table) for table in tables}

    def unanswered(self) -> dict[str, int]:
        """How many exchanges have no answer in each document that has such exchanges."""
        return {row["document_id"]: row["unanswered"] for row in self._rows(UNANSWERED)}

    def answers_by_party(self) -> dict[str, int]:
        """How many answers each fractie has, where one is known; most first."""
        answers: Counter[str] = Counter()
        for row in self._rows(f"{ANSWERS_BY_PARTY} ORDER BY party"):
            answers.update(dict.fromkeys(row["party"].split(PARTY_BREAK), row["answers"]))
        return dict(answers.most_common())

    def _evidence(self, kind: str, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        query = f"{EVIDENCE.format(kind=kind)} WHERE exchange_id IN {LISTED}"
        found = self._rows(
            f"{query} ORDER BY exchange_id, part, position", number_list(exchange_rows)
        )
        for row in found:
            check_row("passages", row)
            if not is_sound_blob(row["blob"], row["blob_checksum"]):
                problem = f"the {kind} of passage {row['id']} was altered"
                raise IndexDamaged("the index", problem)
        return [
            StoredEvidence(row["exchange_id"], PARTS[row["part"]], row["blob"]) for row in found
        ]

    def _parts(self, table: str, document_id: str, count: int) -> list[sqlite3.Row]:
        """The rows that make up a document, in their order and none missing."""
        query = f"SELECT * FROM {table} WHERE document_id = ? ORDER BY position"  # noqa: S608
        found = self._rows(query, document_id)
        if [row["position"] for row in found] != list(range(count)):
            raise IndexDamaged("the index", f"not all {table} of {document_id} are there")
        return found

    def _document_where(self, condition: str, value: str) -> DocumentRecord | None:
        rows = self._rows(f"{DOCUMENT} WHERE {condition}", value)
        return document_record(rows[0]) if rows else None
