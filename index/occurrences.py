"""In which exchanges words occur, and how much they weigh there, as of one commit.

It knows the tables of words, not what a question is.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log

from index.filtering import LISTED
from index.integrity import check_row
from index.lexical import running_words
from index.queries import EXCHANGE, WORD_WEIGHTS

K1, B = 1.2, 0.75  # as FTS5 has them in bm25()
LEAST_RARITY = 1e-6  # of a word that is in more than half of all exchanges, as there
# As one text: of 20,000 rows, each by itself takes 20 ms more.
ROWS_WITH = (
    "SELECT json_group_array(rowid) AS rows FROM exchange_words WHERE exchange_words MATCH ?"
)
AVERAGES = 1  # where FTS5 keeps the numbers of texts and of words


# So many times do words occur in exchanges that weighing all of these in FTS5, which bm25() does to
# know how rare a word is, takes longer than reading the few exchanges that are asked about.
MANY_OCCURRENCES = 60_000
MOST_REMEMBERED = 50_000  # counts of words, some 5 MB


class Counts:
    """In how many exchanges words occur, remembered until the next commit.

    Counting a word that is nearly everywhere takes 6 ms among 200,000 exchanges, and every question
    has some.
    """

    def __init__(self) -> None:
        self._known: tuple[str, dict[str, int]] = ("", {})

    def at(self, token: str) -> dict[str, int]:
        """What is remembered of the commit with this token."""
        if self._known[0] != token or len(self._known[1]) > MOST_REMEMBERED:
            self._known = (token, {})
        return self._known[1]


class Occurrences:
    """What the word index says, and how it is asked."""

    def __init__(self, connection: sqlite3.Connection, counts: Counts | None = None) -> None:
        self._connection = connection
        self._remembered = counts or Counts()
        self._known: dict[str, int] | None = None  # what is remembered of this commit

    def count_exchanges(self) -> int:
        """How many exchanges there are."""
        return self._counted("", lambda: self._count("exchanges"))

    def exchanges_with(self, word: str) -> int:
        """In how many exchanges or their notes a word occurs, in lower case, without accents."""
        query = "SELECT count(*) AS found FROM exchange_words WHERE exchange_words MATCH ?"
        return self._counted(word, lambda: int(self._rows(query, _quoted(word))[0]["found"]))

    def rows_with(self, phrase: str) -> list[int]:
        """The rows of the exchanges in which these words stand next to each other."""
        rows: list[int] = json.loads(self._rows(ROWS_WITH, _quoted(phrase))[0]["rows"])
        return rows

    def word_weights(self, words: Sequence[str], rows: Iterable[int]) -> dict[int, float]:
        """What BM25 gives these exchanges for these words; nothing where none occurs."""
        if sum(map(self.exchanges_with, words)) > MANY_OCCURRENCES:
            return self.weigh_by_text(words, rows)
        query = f"{WORD_WEIGHTS} AND +rowid IN {LISTED}"  # with + all matches are walked once
        any_word = " OR ".join(map(_quoted, words))
        return {
            row["rowid"]: row["weight"] for row in self._rows(query, any_word, number_list(rows))
        }

    def weigh_by_text(self, words: Sequence[str], rows: Iterable[int]) -> dict[int, float]:
        """The same from the text of these exchanges, without looking at all others."""
        total, mean = self._sizes()
        rarity = {word: bm25_rarity(self.exchanges_with(word), total) for word in words}
        weights = {}
        for row in self._rows(f"{EXCHANGE} WHERE id IN {LISTED}", number_list(rows)):
            said = running_words(_text_of(check_row("exchanges", row)))
            often = Counter(word for word in said if word in rarity)
            if often:
                weights[int(row["id"])] = bm25(often, rarity, len(said) / mean)
        return weights

    def _sizes(self) -> tuple[int, float]:
        """How many exchanges there are, and how many words they have in the mean."""
        row = self._rows("SELECT block FROM exchange_words_data WHERE id = ?", AVERAGES)[0]
        total, words = _numbers(row["block"])
        return total, words / max(1, total)

    def _counted(self, word: str, count: Callable[[], int]) -> int:
        if self._known is None:
            self._known = self._remembered.at(self._rows("SELECT token FROM state")[0]["token"])
        if word not in self._known:
            self._known[word] = count()
        return self._known[word]

    def _count(self, table: str) -> int:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608  # a name from the code
        return int(self._connection.execute(query).fetchone()[0])

    def _rows(self, query: str, *values: str | int) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()


def bm25_rarity(having: int, total: int) -> float:
    """How much a word that occurs in so many of all exchanges says, as FTS5 weighs it."""
    return max(LEAST_RARITY, log((total - having + 0.5) / (having + 0.5)))


def bm25(often: Mapping[str, int], rarity: Mapping[str, float], length: float) -> float:
    """The weight of words that occur so often in a text so many times as long as the mean."""
    damped = K1 * (1 - B + B * length)
    return sum(rarity[word] * count * (K1 + 1) / (count + damped) for word, count in often.items())


def _quoted(phrase: str) -> str:
    return '"' + phrase.replace('"', " ") + '"'


def _text_of(row: sqlite3.Row) -> str:
    """The text of an exchange with that of its notes, as the word index has it."""
    return " ".join(
        part
        for column in ("question", "answer")
        for paragraph in json.loads(row[column])
        for part in (paragraph["text"], *(note[1] for note in paragraph.get("footnotes", ())))
    )


def _numbers(block: bytes) -> list[int]:
    """The numbers that FTS5 keeps in a block, seven bits a byte, the last byte of each below 128."""
    numbers, number = [], 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    return numbers


def number_list(numbers: Iterable[int]) -> str:
    """Numbers as a query takes them where it says LISTED."""
    return json.dumps([int(number) for number in numbers])
