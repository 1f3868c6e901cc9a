"""What is read from the server, all of it as of one commit.

It knows the tables. It does not know how answers are ranked. Every row is checked by its checksum, as
in a folder: answers are shown as the cabinet's own words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from psycopg.rows import DictRow

from index.commits import EmbeddedPassage
from index.errors import IndexDamaged, UnknownDocument
from index.filtering import Scope
from index.integrity import check_row, is_sound, is_sound_blob
from index.models import DocumentRecord, ExchangeRecord
from index.passage_rows import embedded_passage
from index.places import Place, Pointer, StoredEvidence
from index.postgres.conditions import conditions_of, documents_for
from index.postgres.occurrences import PostgresOccurrences
from index.postgres.queries import (
    ANSWERS_BY_PARTY,
    EVIDENCE,
    PASSAGES_OF_DOCUMENT,
    PLACE_OF_EXCHANGE,
    PLACE_OF_PASSAGE,
    POINTING,
    RECALLED,
    TITLE_OF_EXCHANGE,
    UNANSWERED,
)
from index.postgres.vectors import blob_of
from index.recalling import Kept, Recall
from index.rows import document_record
from index.state import State
from index.whole_documents import WholeDocuments, complete, exchange_record
from pipeline.models import PARTY_BREAK, Part


class PostgresSnapshot(PostgresOccurrences, WholeDocuments):
    """What the server keeps as of one commit."""

    def state(self) -> State:
        """The generation of this snapshot and the model of its vectors."""
        row = self._state_row()
        return State(row["generation"], row["token"], row["fingerprint"], row["dimension"])

    def counts(self) -> dict[str, int]:
        """How many rows each table of interest holds."""
        tables = ("documents", "pages", "exchanges", "remarks", "passages")
        return {table: self._count(table) for table in tables}

    def documents(self) -> list[DocumentRecord]:
        """All documents, by id."""
        found = [document_record(row) for row in self._rows("SELECT * FROM documents")]
        return sorted(found, key=lambda record: record.id)

    def find_document(self, document_id: str) -> DocumentRecord | None:
        """The document with this id, if there is one."""
        return self._document_where("id = %s", document_id)

    def sha256_of_document(self, document_id: str) -> str:
        """The bytes of a document, also of one whose row is damaged; raises UnknownDocument."""
        for row in self._rows("SELECT sha256 FROM documents WHERE id = %s", document_id):
            return str(row["sha256"])
        raise UnknownDocument(document_id)

    def document_of_bytes(self, sha256: str) -> DocumentRecord | None:
        """The document that has exactly these bytes now, if there is one."""
        return self._document_where("sha256 = %s", sha256)

    def document_of_name(self, name: str) -> DocumentRecord | None:
        """The document to which a file of this name belongs, if there is one."""
        for row in self._rows("SELECT document_id FROM files WHERE name = %s", name):
            return self.find_document(row["document_id"])
        return None

    def files(self, document_id: str) -> dict[str, str]:
        """The names under which a document came, each with the sha256 of its bytes."""
        found = self._rows("SELECT name, sha256 FROM files WHERE document_id = %s", document_id)
        return {row["name"]: row["sha256"] for row in found}

    def sha256_of_name(self, name: str) -> str:
        """The bytes that a file of this name had when it was added; empty when it never was."""
        for row in self._rows("SELECT sha256 FROM files WHERE name = %s", name):
            return str(row["sha256"])
        return ""

    def exchanges_by_row(self, rows: Sequence[int]) -> dict[int, ExchangeRecord]:
        """The exchanges in these rows of the table, each under its row."""
        found = self._rows("SELECT * FROM exchanges WHERE id = ANY(%s::bigint[])", list(rows))
        names = list({row["document_id"] for row in found})
        owners = self._rows("SELECT * FROM documents WHERE id = ANY(%s::text[])", names)
        documents = {row["id"]: document_record(row) for row in owners}
        if set(names) - set(documents):
            raise IndexDamaged("the index", "the document of an answer is gone")
        records = {
            int(row["id"]): exchange_record(row, documents[row["document_id"]]) for row in found
        }
        return complete(records, rows, "exchanges")

    def places_of_passages(self, passage_ids: Sequence[int]) -> dict[int, Place]:
        """For each passage the place of its exchange."""
        found = self._rows(PLACE_OF_PASSAGE, list(passage_ids))
        places = {
            row["id"]: Place(row["document_id"], row["exchange_position"], row["exchange_id"])
            for row in found
            if check_row("passages", row)
        }
        return complete(places, passage_ids, "passages")

    def places_of_exchanges(
        self, exchange_rows: Iterable[int], scope: Scope = Scope()
    ) -> list[Place]:
        """The places of those of these exchanges that may be found."""
        conditions, values = conditions_of(scope)
        return self._places(["e.id = ANY(%s::bigint[])", *conditions], list(exchange_rows), *values)

    def places_in(
        self, document_ids: Iterable[str], most: int, scope: Scope = Scope()
    ) -> list[Place]:
        """The places in these documents that may be found, of those with at most so many."""
        conditions, values = conditions_of(scope)
        chosen = ["d.id = ANY(%s::text[])", "d.exchange_count <= %s", *conditions]
        return self._places(chosen, list(document_ids), most, *values)

    def titles_of(self, exchange_rows: Iterable[int]) -> dict[int, str]:
        """The title of the document of each of these exchanges."""
        found = self._rows(TITLE_OF_EXCHANGE, list(exchange_rows))
        return {row["id"]: row["title"] for row in found}

    def pointing(self, exchange_rows: Iterable[int], letters: int) -> list[Pointer]:
        """Where those of these that have at most so many letters in their answer point to."""
        return [
            Pointer(
                pointing=row["pointing"],
                number=number,
                target=row["target"],
                position=row["position"],
                section_is_same=row["section_is_same"],
                is_before=row["is_before"],
            )
            for row in self._rows(POINTING, list(exchange_rows), letters)
            for number in json.loads(row["refers_to"])
            for same in json.loads(row["numbers"])
            if number == same
        ]

    def vectors_of(self, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        """The vectors of these exchanges; raises IndexDamaged when one was altered."""
        return self._evidence("vector", exchange_rows)

    def tokens_of(self, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        """The coded tokens of these exchanges; raises IndexDamaged when they were altered."""
        return self._evidence("tokens", exchange_rows)

    def unanswered(self) -> dict[str, int]:
        """How many exchanges have no answer in each document that has such exchanges."""
        return {row["document_id"]: row["unanswered"] for row in self._rows(UNANSWERED)}

    def answers_by_party(self) -> dict[str, int]:
        """How many answers each fractie has, where one is known; most first."""
        answers: Counter[str] = Counter()
        for row in sorted(self._rows(ANSWERS_BY_PARTY), key=lambda row: row["party"]):
            answers.update(dict.fromkeys(row["party"].split(PARTY_BREAK), row["answers"]))
        return dict(answers.most_common())

    def passages(self, document_id: str) -> list[EmbeddedPassage]:
        """The passages of a document in the order of its text, as they were embedded."""
        found = self._rows(PASSAGES_OF_DOCUMENT, document_id)
        return [embedded_passage(row, blob_of(row["vector"])) for row in found]

    def recall(self, document_ids: Iterable[str]) -> Recall:
        """What the texts of these documents were embedded as, where that is sound."""
        found = self._rows(RECALLED, list(document_ids))
        kept = {
            row["text"]: Kept(blob_of(row["vector"]), row["tokens"])
            for row in found
            if _is_sound(row)
        }
        return kept.get

    def _evidence(self, kind: str, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        found = self._rows(EVIDENCE.format(kind=kind), list(exchange_rows))
        evidence = []
        for row in found:
            check_row("passages", row)
            blob = row["blob"] if kind == "tokens" else blob_of(row["blob"])
            if not is_sound_blob(blob, row["blob_checksum"]):
                problem = f"the {kind} of passage {row['id']} was altered"
                raise IndexDamaged("the index", problem)
            evidence.append(StoredEvidence(row["exchange_id"], Part(row["part"]), blob))
        return evidence

    def _places(self, conditions: list[str], *values: Any) -> list[Place]:
        where = " AND ".join(conditions)
        query = f"{PLACE_OF_EXCHANGE} {documents_for(conditions)} WHERE {where}"
        found = self._rows(query, *values)
        return [Place(row["document_id"], row["position"], row["id"]) for row in found]

    def _parts(self, table: str, document_id: str, count: int) -> list[DictRow]:
        """The rows that make up a document, in their order and none missing."""
        query = f"SELECT * FROM {table} WHERE document_id = %s ORDER BY position"  # noqa: S608
        found = self._rows(query, document_id)
        if [row["position"] for row in found] != list(range(count)):
            raise IndexDamaged("the index", f"not all {table} of {document_id} are there")
        return found

    def _document_where(self, condition: str, value: str) -> DocumentRecord | None:
        rows = self._rows(f"SELECT * FROM documents WHERE {condition}", value)  # noqa: S608
        return document_record(rows[0]) if rows else None

    def _count(self, table: str) -> int:
        return int(self._rows(f"SELECT count(*) AS number FROM {table}")[0]["number"])  # noqa: S608


def _is_sound(row: DictRow) -> bool:
    return (
        is_sound("passages", row)
        and is_sound_blob(blob_of(row["vector"]), row["vector_checksum"])
        and is_sound_blob(row["tokens"], row["tokens_checksum"])
    )
