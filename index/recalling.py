"""Vectors that were made before, found again by their text, so that no text is embedded twice.

Only what is still as it was written is taken. Whether the same model made it, the caller asks.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.connections import undecoded
from index.integrity import is_sound, is_sound_blob

PASSAGES = """
SELECT exchange_id, part, position, text, first_page, last_page, checksum,
    vector, vector_checksum, tokens, tokens_checksum
FROM passages
"""
OF_DOCUMENT = "WHERE exchange_id IN (SELECT id FROM exchanges WHERE document_id = ?)"
ORDERS = ("ASC", "DESC")  # where reading ends at a damaged page, from the other side there is more
DIGEST_BYTES = 16
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)  # an error may quote what is no UTF-8


@dataclass(frozen=True, slots=True)
class Kept:
    """What a text was embedded as: its vector and its coded tokens."""

    vector: bytes
    tokens: bytes


Recall = Callable[[str], Kept | None]  # what a text was embedded as, if that is known


def forget(text: str) -> None:
    """Recalls nothing."""


def recall_documents(connection: sqlite3.Connection, document_ids: Iterable[str]) -> Recall:
    """Recalls the passages of these documents as they are kept now."""
    kept: dict[str, Kept] = {}
    with undecoded(connection):
        for document_id in document_ids:
            for row in connection.execute(f"{PASSAGES} {OF_DOCUMENT}", (document_id,)):
                if found := _sound(row):
                    kept[row["text"]] = found
    return kept.get


class Salvage:
    """Recalls what can still be read of a database that is damaged.

    It holds the place of each text only, for all vectors together may be larger than the memory.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._places: dict[bytes, int] = {}
        with undecoded(connection):
            for order in ORDERS:
                with suppress(*UNREADABLE):
                    for place, text in connection.execute(
                        f"SELECT id, text FROM passages NOT INDEXED ORDER BY id {order}"  # noqa: S608
                    ):
                        self._places[_digest(text)] = place

    def find(self, text: str) -> Kept | None:
        """What a text was embedded as, when that can be read and is as it was written."""
        place = self._places.get(_digest(text))
        if place is None:
            return None
        try:
            with undecoded(self._connection):
                row = self._connection.execute(f"{PASSAGES} WHERE id = ?", (place,)).fetchone()
        except UNREADABLE:
            return None
        return _sound(row) if row is not None and row["text"] == text else None


@contextmanager
def salvaged(database: Path, fingerprint: str) -> Iterator[Recall]:
    """Recalls the vectors that this model made, from a database that was put aside."""
    if not database.exists():
        yield forget
        return
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        yield Salvage(connection).find if _made_by(connection, fingerprint) else forget


def _made_by(connection: sqlite3.Connection, fingerprint: str) -> bool:
    with suppress(*UNREADABLE), undecoded(connection):
        row = connection.execute("SELECT fingerprint FROM state").fetchone()
        return row is not None and row["fingerprint"] == fingerprint
    return False


def _sound(row: sqlite3.Row) -> Kept | None:
    sound = (
        is_sound("passages", row)
        and is_sound_blob(row["vector"], row["vector_checksum"])
        and is_sound_blob(row["tokens"], row["tokens_checksum"])
    )
    return Kept(row["vector"], row["tokens"]) if sound else None


def _digest(text: object) -> bytes:
    return hashlib.blake2b(ascii(text).encode(), digest_size=DIGEST_BYTES).digest()
