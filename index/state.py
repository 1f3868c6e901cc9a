"""The one row that says which commit this is, by which model, and what the word index adds up to.

It knows that row. What a commit changes beside it is not known here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from index.errors import IndexDamaged
from index.integrity import check_row, row_checksum
from index.listings import words_sum

FIRST = (1, 0, "new", "", 0, 0, 0)  # as the schema makes it: the only one without a checksum


@dataclass(frozen=True, slots=True)
class State:
    """Which commit this is, and the model behind its vectors; no `fingerprint` before the first."""

    generation: int
    token: str
    fingerprint: str
    dimension: int


def read_state(connection: sqlite3.Connection) -> State:
    """The state of the catalogue; raises IndexDamaged when it is not what was written."""
    row = connection.execute("SELECT * FROM state").fetchone()
    if row is None:
        raise IndexDamaged("the index", "the row of its state is gone")
    if tuple(row) != FIRST:
        check_row("state", row)
    return State(row["generation"], row["token"], row["fingerprint"], row["dimension"])


def seal_state(connection: sqlite3.Connection) -> None:
    """Writes the checksum of the state."""
    row = connection.execute("SELECT * FROM state").fetchone()
    connection.execute("UPDATE state SET checksum = ?", (row_checksum("state", row),))


def are_words_sound(connection: sqlite3.Connection) -> bool:
    """Whether the word index is as the last commit left it."""
    generation, words = connection.execute("SELECT generation, words FROM state").fetchone()
    return bool(generation == 0 or words == words_sum(connection))


def seal_words(connection: sqlite3.Connection) -> None:
    """Writes the sum of the word index into the state; `seal_state` is to follow."""
    connection.execute("SAVEPOINT words")  # has FTS5 write what it still holds in memory
    connection.execute("RELEASE words")
    connection.execute("UPDATE state SET words = ?", (words_sum(connection),))
