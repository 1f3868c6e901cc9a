"""Where things stand in a store, and what is found there: plain values without SQL or FAISS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.models import Part


@dataclass(frozen=True, slots=True)
class Near:
    """A passage near a question; `similarity` is the cosine, higher is closer."""

    passage_id: int
    similarity: float


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A passage's vector, or its coded tokens, with its exchange's row, its side and length."""

    exchange_row: int
    part: Part
    blob: bytes


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an exchange stands: its document, its position there, and its row in the table."""

    document_id: str
    position: int
    exchange_row: int


@dataclass(frozen=True, slots=True)
class Pointer:
    """A number that an answer names, and an exchange in the same document that has that number.

    `pointing` and `target` are rows; `position` is that of the target.
    """

    pointing: int
    number: int
    target: int
    position: int
    section_is_same: bool
    is_before: bool


def possible_documents(answer_id: str) -> Iterator[str]:
    """Every way to part an answer's id in a document's id and a key; both may hold dots."""
    for at, letter in enumerate(answer_id):
        if letter == ".":
            yield answer_id[:at]
