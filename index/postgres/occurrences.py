"""In which exchanges words occur, and how much they weigh there, as of one commit.

It knows the tables of words, not what a question is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import Connection
from psycopg.rows import DictRow, dict_row

from index.errors import THE_INDEX, IndexDamaged
from index.occurrences import Counts, bm25, bm25_rarity
from index.postgres.words import count_new, cut, phrase_query

WITH_PHRASE = "SELECT DISTINCT exchange_id FROM exchange_words WHERE words @@ %s::tsquery"
COUNTED = "SELECT word, exchanges FROM word_counts WHERE word = ANY(%s::text[])"
PLACES = """
SELECT e.id, e.words, w.stretch, found.lexeme, found.positions
FROM exchanges e JOIN exchange_words w ON w.document_id = e.document_id AND w.exchange_id = e.id,
    unnest(w.words) AS found
WHERE w.exchange_id = ANY(%s::bigint[]) AND w.words @@ %s::tsquery
    AND found.lexeme = ANY(%s::text[])
"""


class PostgresOccurrences:
    """What the tables of words say, and how they are asked."""

    def __init__(self, connection: Connection[Any], counts: Counts | None = None) -> None:
        """With `counts`, what is asked again is remembered: the connection sees one commit alone."""
        self.connection = connection
        self._cursor = connection.cursor(binary=True, row_factory=dict_row)
        self._counts = counts
        self._kept_state: DictRow | None = None

    def count_exchanges(self) -> int:
        """How many exchanges there are."""
        return int(self._state_row()["exchanges"])

    def exchanges_with(self, word: str) -> int:
        """In how many exchanges or their notes a word occurs, in lower case, without accents."""
        return self._counted([word])[cut(word)]

    def rows_with(self, phrase: str) -> list[int]:
        """The rows of the exchanges in which these words stand next to each other."""
        query = phrase_query(phrase.split())
        return [row["exchange_id"] for row in self._rows(WITH_PHRASE, query)] if query else []

    def word_weights(self, words: Sequence[str], rows: Iterable[int]) -> dict[int, float]:
        """What BM25 gives these exchanges for these words; nothing where none occurs."""
        sought, chosen = [cut(word) for word in words], list(rows)
        state = self._state_row()
        total, all_words = state["exchanges"], state["words"]
        if not sought or not chosen or not all_words:
            return {}
        any_word = " | ".join(f"'{word}'" for word in sought)
        often: defaultdict[int, Counter[str]] = defaultdict(Counter)
        lengths: dict[int, int] = {}
        for row in self._rows(PLACES, chosen, any_word, sought):
            often[row["id"]][row["lexeme"]] += count_new(row["stretch"], row["positions"])
            lengths[row["id"]] = row["words"]
        rarity = {word: bm25_rarity(n, total) for word, n in self._counted(sought).items()}
        mean = all_words / total
        return {at: bm25(found, rarity, lengths[at] / mean) for at, found in often.items()}

    def _counted(self, words: Sequence[str]) -> dict[str, int]:
        known = self._counts.at(self._state_row()["token"]) if self._counts else {}
        sought = [cut(word) for word in words]
        new = [word for word in sought if word not in known]
        if new:
            found = {row["word"]: row["exchanges"] for row in self._rows(COUNTED, new)}
            known |= dict.fromkeys(new, 0) | found
        return {word: known[word] for word in sought}

    def _state_row(self) -> DictRow:
        if self._kept_state is None or self._counts is None:
            rows = self._rows("SELECT * FROM state")
            if not rows:
                raise IndexDamaged(THE_INDEX, "the row of its state is gone")
            self._kept_state = rows[0]
        return self._kept_state

    def _rows(self, query: str, *values: Any) -> list[DictRow]:
        return self._cursor.execute(query.encode(), values).fetchall()
