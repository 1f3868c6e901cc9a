"""What the index asks of whatever keeps it: the one interface between what is kept and what is asked.

Two keep it: a folder, with SQLite and FAISS (`catalogue`, `local_reader`), and a PostgreSQL server
with pgvector (`index/postgres/`). `stores` opens the one that the settings name; nobody else knows
which it is. A store sees to it that a reader sees whole commits, and that a commit is kept or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from index.commits import EmbeddedPassage, Space
from index.errors import ModelMismatch
from index.filtering import Scope
from index.lexical import Words
from index.models import DocumentRecord, ExchangeRecord
from index.places import Near, Place, Pointer, StoredEvidence
from index.recalling import Recall
from index.state import State
from pipeline.models import Page, Parsed, Remark

if TYPE_CHECKING:  # for its types alone: the terminal lists documents without it
    import numpy as np
    from numpy.typing import NDArray

Result = TypeVar("Result")


class Snapshot(Words, Protocol):
    """What is kept as of one commit; where words occur in it, `Words` asks."""

    def state(self) -> State:
        """The generation of this snapshot and the model of its vectors."""

    def counts(self) -> dict[str, int]:
        """How many documents, pages, exchanges, remarks and passages there are."""

    def unanswered(self) -> dict[str, int]:
        """How many exchanges have no answer in each document that has such exchanges."""

    def documents(self) -> list[DocumentRecord]:
        """All documents, by id."""

    def document(self, document_id: str) -> DocumentRecord:
        """One document; raises UnknownDocument."""

    def find_document(self, document_id: str) -> DocumentRecord | None:
        """The document with this id, if there is one."""

    def document_of_bytes(self, sha256: str) -> DocumentRecord | None:
        """The document that has exactly these bytes now, if there is one."""

    def document_of_name(self, name: str) -> DocumentRecord | None:
        """The document to which a file of this name belongs, if there is one."""

    def sha256_of_document(self, document_id: str) -> str:
        """The bytes of a document, also of one whose row is damaged; raises UnknownDocument."""

    def sha256_of_name(self, name: str) -> str:
        """The bytes that a file of this name had when it was added; empty when it never was."""

    def files(self, document_id: str) -> dict[str, str]:
        """The names under which a document came, each with the sha256 of its bytes."""

    def pages(self, document_id: str) -> list[Page]:
        """The text of a document; raises UnknownDocument."""

    def remarks(self, document_id: str) -> list[Remark]:
        """What nobody answered in a document; raises UnknownDocument."""

    def exchanges(self, document_id: str) -> list[ExchangeRecord]:
        """The exchanges of a document in its order; raises UnknownDocument."""

    def exchange(self, answer_id: str) -> ExchangeRecord:
        """One exchange by its permanent id; raises UnknownAnswer."""

    def exchanges_by_row(self, rows: Sequence[int]) -> dict[int, ExchangeRecord]:
        """The exchanges in these rows of the table, each under its row."""

    def places_of_passages(self, passage_ids: Sequence[int]) -> dict[int, Place]:
        """For each passage the place of its exchange."""

    def places_of_exchanges(
        self, exchange_rows: Iterable[int], scope: Scope = Scope()
    ) -> list[Place]:
        """The places of those of these exchanges that may be found."""

    def places_in(
        self, document_ids: Iterable[str], most: int, scope: Scope = Scope()
    ) -> list[Place]:
        """The places in these documents that may be found, of those with at most so many."""

    def titles_of(self, exchange_rows: Iterable[int]) -> dict[int, str]:
        """The title of the document of each of these exchanges."""

    def pointing(self, exchange_rows: Iterable[int], letters: int) -> list[Pointer]:
        """Where those of these that have at most so many letters in their answer point to."""

    def vectors_of(self, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        """The vectors of these exchanges; raises IndexDamaged when one was altered."""

    def tokens_of(self, exchange_rows: Iterable[int]) -> list[StoredEvidence]:
        """The coded tokens of these exchanges; raises IndexDamaged when they were altered."""

    def answers_by_party(self) -> dict[str, int]:
        """How many answers each fractie has, where one is known; most first."""

    def passages(self, document_id: str) -> list[EmbeddedPassage]:
        """The passages of a document in the order of its text, as they were embedded."""

    def recall(self, document_ids: Iterable[str]) -> Recall:
        """What the texts of these documents were embedded as, where that is sound."""


class Commit(Protocol):
    """The changes of one transaction; a commit in which nothing changed makes no generation."""

    def use_space(self, space: Space) -> None:
        """Says with which model the vectors are made."""

    def add_document(
        self, parsed: Parsed, embedded: Sequence[EmbeddedPassage], added_at: datetime
    ) -> None:
        """Adds a document and all that belongs to it; raises ContradictoryDocument."""

    def add_file(self, name: str, sha256: str, document_id: str) -> None:
        """Remembers that this document came as this file."""

    def keep_original(self, document_id: str, sha256: str, data: bytes, name: str) -> None:
        """Keeps the file as it came, of a document that was added."""

    def remove_document(self, document_id: str) -> None:
        """Removes a document with all that belongs to it; raises UnknownDocument."""

    def drop_originals(self, digests: Iterable[str]) -> None:
        """Lets go of the originals of documents that were removed."""

    def replace_passages(self, document_id: str, embedded: Sequence[EmbeddedPassage]) -> None:
        """Gives a document other passages; its exchanges stay as they are."""

    def adopt_rebuilt(self, space: Space) -> int:
        """Puts the rebuilt passages in the place of all passages; returns how many they are."""


class Rebuilding(Protocol):
    """Passages that gather beside those that serve, until all are there."""

    def total(self) -> int:
        """How many exchanges there are."""

    def pending(self) -> list[int]:
        """The rows of the exchanges that were not staged yet."""

    def stage(self, staged: Sequence[tuple[int, EmbeddedPassage]]) -> None:
        """Puts passages aside, each with the row of its exchange."""


class Store(Protocol):
    """Where documents and all that was made of them are kept; any thread may use it."""

    @property
    def name(self) -> str:
        """What messages call it; never with a secret."""

    def close(self) -> None:
        """Lets go of it."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """What is kept as of the last commit; what others commit meanwhile is not seen."""

    def commit(self) -> AbstractContextManager[tuple[Snapshot, Commit]]:
        """What is there and the changes to it, kept when the block ends well.

        One at a time; raises IndexLocked when others do not come to an end.
        """

    def filling(self) -> AbstractContextManager[None]:
        """For many documents at once: what is sooner made for all together is made at the end.

        Each commit is whole all the same; where the end is not reached, the next commit sees to it.
        """

    def rebuilding(self, space: Space) -> AbstractContextManager[Rebuilding]:
        """What a rebuild with this model has done; an earlier one with another is forgotten."""

    def original(self, sha256: str) -> bytes:
        """A file as it came; raises LostOriginal."""

    def stock(self) -> Mapping[str, str]:
        """How much room it takes and by which schema, in words."""

    def documents(self) -> list[DocumentRecord]:
        """All documents, by id."""

    def document(self, document_id: str) -> DocumentRecord:
        """One document; raises UnknownDocument."""

    def pages(self, document_id: str) -> list[Page]:
        """The text of a document; raises UnknownDocument."""

    def exchanges(self, document_id: str) -> list[ExchangeRecord]:
        """The exchanges of a document in its order; raises UnknownDocument."""

    def exchange(self, answer_id: str) -> ExchangeRecord:
        """One exchange by its permanent id; raises UnknownAnswer."""

    def remarks(self, document_id: str) -> list[Remark]:
        """What nobody answered in a document; raises UnknownDocument."""

    def generation(self) -> int:
        """How many commits were made."""


class Vectors(Protocol):
    """The vectors of one commit."""

    @property
    def generation(self) -> int:
        """The commit that they are of."""

    def nearest(self, question: NDArray[np.float32], count: int, scope: Scope) -> list[Near]:
        """The `count` that are nearest to a vector of shape (dimension,), nearest first.

        Fewer come only where no more may be found.
        """


class Reader(Protocol):
    """Commits with their vectors, for a searcher; any thread may use it."""

    def read(self, work: Callable[[Snapshot, Vectors], Result]) -> Result:
        """What the work gives on the last commit; raises ModelMismatch.

        The work only reads: it is done once more where its connection was lost.
        """

    def close(self) -> None:
        """Lets go of the store."""


def check_space(snapshot: Snapshot, space: Space, name: str) -> None:
    """Raises ModelMismatch when the vectors in the snapshot come from another model."""
    kept = snapshot.state().fingerprint
    if kept not in ("", space.fingerprint):
        raise ModelMismatch(name, kept, space.fingerprint)
