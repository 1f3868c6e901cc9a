"""Whether the word index holds the words of the exchanges, and how it is made again.

It knows how FTS5 keeps an index in tables, for one that is damaged can only be mended there.
"""

from __future__ import annotations

import sqlite3

from index.migrations import EXCHANGE_WORDS, FILLED_WORDS

RENEWED_WORDS = tuple(
    statement
    for table in ("data", "idx", "docsize", "config")
    for statement in (
        f"DELETE FROM exchange_words_{table}",  # noqa: S608  # names from the code
        f"INSERT INTO exchange_words_{table} SELECT * FROM temp.new_words_{table}",  # noqa: S608
    )
)


def words_are_right(connection: sqlite3.Connection) -> bool:
    """Whether the word index is whole, and has each word as often as a new one would."""
    connection.execute("INSERT INTO exchange_words (exchange_words) VALUES ('integrity-check')")
    counted = "SELECT (SELECT count(*) FROM exchange_words_docsize), count(*) FROM exchanges"
    listed, there = connection.execute(counted).fetchone()
    fill_new_words(connection)
    kept = connection.execute("SELECT term, doc, cnt FROM exchange_vocabulary").fetchall()
    made = connection.execute("SELECT term, doc, cnt FROM temp.new_vocabulary").fetchall()
    drop_new_words(connection)
    same = [tuple(row) for row in kept] == [tuple(row) for row in made]
    return same and listed == there


def make_words_again(connection: sqlite3.Connection) -> None:
    """Makes the word index again, even one that SQLite can no longer open.

    Its tables are given the contents of a new one, for it can be neither dropped nor emptied before
    it can be opened.
    """
    fill_new_words(connection)
    for statement in RENEWED_WORDS:
        connection.execute(statement)
    drop_new_words(connection)


def fill_new_words(connection: sqlite3.Connection) -> None:
    """Makes a word index of the exchanges beside the one that is kept."""
    for statement in (EXCHANGE_WORDS, FILLED_WORDS):
        connection.execute(statement.replace("exchange_words", "temp.new_words", 1))
    connection.execute(
        "CREATE VIRTUAL TABLE temp.new_vocabulary USING fts5vocab (temp, new_words, 'row')"
    )


def drop_new_words(connection: sqlite3.Connection) -> None:
    """Takes away what `fill_new_words` made."""
    connection.execute("DROP TABLE temp.new_vocabulary")
    connection.execute("DROP TABLE temp.new_words")
