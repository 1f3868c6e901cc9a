"""In which exchanges words occur, and how much they weigh there, as of one commit.

It knows the tables of words, not what a question is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from index.filtering import LISTED
from index.queries import WORD_WEIGHTS


class Occurrences:
    """What the word index says, and how it is asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def count_exchanges(self) -> int:
        """How many exchanges there are."""
        return self._count("exchanges")

    def exchanges_with(self, word: str) -> int:
        """In how many exchanges or their notes a word occurs, in lower case, without accents."""
        query = "SELECT doc FROM exchange_vocabulary WHERE term = ?"
        return sum(int(row["doc"]) for row in self._rows(query, word))

    def rows_with(self, phrase: str) -> list[int]:
        """The rows of the exchanges in which these words stand next to each other."""
        quoted = '"' + phrase.replace('"', " ") + '"'
        query = "SELECT rowid FROM exchange_words WHERE exchange_words MATCH ?"
        return [int(row["rowid"]) for row in self._rows(query, quoted)]

    def word_weights(self, words: Sequence[str], rows: Iterable[int]) -> dict[int, float]:
        """What BM25 gives these exchanges for these words; nothing where none occurs."""
        query = f"{WORD_WEIGHTS} AND rowid IN {LISTED}"
        any_word = " OR ".join(f'"{word}"' for word in words)
        return {
            row["rowid"]: row["weight"] for row in self._rows(query, any_word, number_list(rows))
        }

    def _count(self, table: str) -> int:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608  # a name from the code
        return int(self._connection.execute(query).fetchone()[0])

    def _rows(self, query: str, *values: str | int) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()


def number_list(numbers: Iterable[int]) -> str:
    """Numbers as a query takes them where it says LISTED."""
    return json.dumps([int(number) for number in numbers])
