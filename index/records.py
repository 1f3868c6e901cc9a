"""What is read of a store with one question each, the same in every store.

It knows snapshots, not what they are taken of.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from index.models import DocumentRecord, ExchangeRecord
from index.store import Snapshot
from pipeline.models import Page, Remark

Result = TypeVar("Result")


class Records(ABC):
    """A store, read one thing at a time; what is to fit together is read in one snapshot."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """What is kept as of the last commit."""

    def look_up(self, work: Callable[[Snapshot], Result]) -> Result:
        """What the work, which only reads, gives on the last commit."""
        with self.snapshot() as snapshot:
            return work(snapshot)

    def documents(self) -> list[DocumentRecord]:
        """All documents, by id."""
        return self.look_up(lambda snapshot: snapshot.documents())

    def document(self, document_id: str) -> DocumentRecord:
        """One document; raises UnknownDocument."""
        return self.look_up(lambda snapshot: snapshot.document(document_id))

    def pages(self, document_id: str) -> list[Page]:
        """The text of a document; raises UnknownDocument."""
        return self.look_up(lambda snapshot: snapshot.pages(document_id))

    def exchanges(self, document_id: str) -> list[ExchangeRecord]:
        """The exchanges of a document in its order; raises UnknownDocument."""
        return self.look_up(lambda snapshot: snapshot.exchanges(document_id))

    def exchange(self, answer_id: str) -> ExchangeRecord:
        """One exchange by its permanent id; raises UnknownAnswer."""
        return self.look_up(lambda snapshot: snapshot.exchange(answer_id))

    def remarks(self, document_id: str) -> list[Remark]:
        """What nobody answered in a document; raises UnknownDocument."""
        return self.look_up(lambda snapshot: snapshot.remarks(document_id))

    def generation(self) -> int:
        """How many commits were made."""
        return self.look_up(lambda snapshot: snapshot.state().generation)
