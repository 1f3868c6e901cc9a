"""What a document holds, put together from its rows: the same in every store.

It knows rows by the names of their columns, and no SQL.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeVar

from index.errors import IndexDamaged, UnknownAnswer, UnknownDocument
from index.integrity import StoredRow
from index.models import DocumentRecord, ExchangeRecord
from index.places import possible_documents
from index.rows import exchange_of, page_of, remark_of
from pipeline.models import Page, Remark

Found = TypeVar("Found")


class WholeDocuments(ABC):
    """Documents with all that belongs to them, as of one commit."""

    @abstractmethod
    def find_document(self, document_id: str) -> DocumentRecord | None:
        """The document with this id, if there is one."""

    @abstractmethod
    def _parts(self, table: str, document_id: str, count: int) -> Sequence[StoredRow]:
        """The rows that make up a document, in their order and none missing."""

    def document(self, document_id: str) -> DocumentRecord:
        """One document; raises UnknownDocument."""
        found = self.find_document(document_id)
        if found is None:
            raise UnknownDocument(document_id)
        return found

    def pages(self, document_id: str) -> list[Page]:
        """The text of a document; raises UnknownDocument."""
        document = self.document(document_id)
        return [page_of(row) for row in self._parts("pages", document_id, document.pages)]

    def remarks(self, document_id: str) -> list[Remark]:
        """What nobody answered in a document; raises UnknownDocument."""
        document = self.document(document_id)
        return [remark_of(row) for row in self._parts("remarks", document_id, document.remarks)]

    def exchanges(self, document_id: str) -> list[ExchangeRecord]:
        """The exchanges of a document in its order; raises UnknownDocument."""
        document = self.document(document_id)
        found = self._parts("exchanges", document_id, document.exchanges)
        return [exchange_record(row, document) for row in found]

    def exchange(self, answer_id: str) -> ExchangeRecord:
        """One exchange by its permanent id; raises UnknownAnswer."""
        for document_id in possible_documents(answer_id):
            found = self.exchanges(document_id) if self.find_document(document_id) else []
            for record in found:
                if record.id == answer_id:
                    return record
        raise UnknownAnswer(answer_id)


def exchange_record(row: StoredRow, document: DocumentRecord) -> ExchangeRecord:
    """An exchange with its permanent id and its document."""
    return ExchangeRecord(f"{document.id}.{row['key']}", document, exchange_of(row))


def complete(found: dict[int, Found], wanted: Sequence[int], what: str) -> dict[int, Found]:
    """What was found; raises IndexDamaged when something that must be there is not."""
    missing = set(wanted) - set(found)
    if missing:
        raise IndexDamaged("the index", f"{len(missing)} {what} are not where they should be")
    return found
