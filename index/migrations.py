"""The schema of the catalogue, as numbered steps.

A step is never changed once released; a new one is added below it. The number of the last step
that was taken is SQLite's own `user_version`. It knows tables, and nothing of documents or models.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

TABLES = """
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL CHECK (generation >= 0),  -- one more at each commit
    token TEXT NOT NULL,        -- renewed at each commit: equal tokens, equal contents
    fingerprint TEXT NOT NULL,  -- of the model that made the vectors; '' before the first one
    dimension INTEGER NOT NULL CHECK (dimension >= 0),
    words INTEGER NOT NULL,     -- the sum of the word index
    checksum INTEGER NOT NULL
);
INSERT INTO state VALUES (1, 0, 'new', '', 0, 0, 0);

CREATE TABLE documents (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    format TEXT NOT NULL,
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    title TEXT NOT NULL,
    official_id TEXT NOT NULL,
    dossier TEXT NOT NULL,
    case_number TEXT NOT NULL,
    committee TEXT NOT NULL,
    ministers TEXT NOT NULL CHECK (json_valid(ministers)),
    askers TEXT NOT NULL CHECK (json_valid(askers)),
    respondent TEXT NOT NULL,
    asked_on TEXT,
    answered_on TEXT,
    adopted_on TEXT,
    warnings TEXT NOT NULL CHECK (json_valid(warnings)),
    added_at TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    exchange_count INTEGER NOT NULL,
    remark_count INTEGER NOT NULL,
    listing INTEGER NOT NULL,  -- the sum of what its exchanges and passages are found by
    checksum INTEGER NOT NULL
);

-- Every file name under which a document came, with the bytes it had then. Two renditions of one
-- official document are two files of one document; the document shows the one that came last.
CREATE TABLE files (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE
);
CREATE INDEX files_of_document ON files (document_id);

CREATE TABLE pages (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    paragraphs TEXT NOT NULL CHECK (json_valid(paragraphs)),
    checksum INTEGER NOT NULL,
    PRIMARY KEY (document_id, position)
);

CREATE TABLE exchanges (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    numbers TEXT NOT NULL CHECK (json_valid(numbers)),
    section TEXT NOT NULL,
    party TEXT NOT NULL,
    askers TEXT NOT NULL CHECK (json_valid(askers)),
    respondent TEXT NOT NULL,
    ministry TEXT NOT NULL,
    question TEXT NOT NULL CHECK (json_valid(question)),
    answer TEXT NOT NULL CHECK (json_valid(answer)),
    citations TEXT NOT NULL CHECK (json_valid(citations)),
    refers_to TEXT NOT NULL CHECK (json_valid(refers_to)),
    checksum INTEGER NOT NULL,
    UNIQUE (document_id, key),
    UNIQUE (document_id, position)
);

CREATE TABLE remarks (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    party TEXT NOT NULL,
    paragraphs TEXT NOT NULL CHECK (json_valid(paragraphs)),
    checksum INTEGER NOT NULL,
    PRIMARY KEY (document_id, position)
);

-- `id` is drawn at random and never given twice, in no copy of this catalogue: one id, one vector.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    exchange_id INTEGER NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('question', 'answer')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL CHECK (last_page >= first_page),
    vector BLOB NOT NULL CHECK (length(vector) > 0 AND length(vector) % 4 = 0),
    tokens BLOB NOT NULL,  -- the coded vectors of its tokens
    checksum INTEGER NOT NULL,
    vector_checksum INTEGER NOT NULL,
    tokens_checksum INTEGER NOT NULL
);
CREATE UNIQUE INDEX passages_of_exchange ON passages (exchange_id, part, position);

-- Passages under way to another model; they take the place of `passages` when all are there.
CREATE TABLE rebuilt (
    exchange_id INTEGER NOT NULL REFERENCES exchanges (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    part TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    vector BLOB NOT NULL,
    tokens BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    vector_checksum INTEGER NOT NULL,
    tokens_checksum INTEGER NOT NULL,
    PRIMARY KEY (exchange_id, part, position)
);
"""

# The words of an exchange with those of its notes, where Kamerstuk numbers and motions stand. The
# index holds no text of its own: what is taken out is told by the same expression as what went in.
TEXT_OF = """
(SELECT group_concat(
    json_extract(p.value, '$.text') || ' ' || coalesce(
        (SELECT group_concat(json_extract(n.value, '$[1]'), ' ')
         FROM json_each(p.value, '$.footnotes') n), ''), ' ')
 FROM json_each(COLUMN) p)
"""
WORDS_OF = " || ' ' || ".join(
    f"coalesce({TEXT_OF.replace('COLUMN', 'ROW.' + column)}, '')"
    for column in ("question", "answer")
)
EXCHANGE_WORDS = """
CREATE VIRTUAL TABLE exchange_words USING fts5 (
    text, content = '', tokenize = "unicode61 remove_diacritics 2"
);
"""
FILLED_WORDS = """
INSERT INTO exchange_words (rowid, text) SELECT exchanges.id, WORDS_OF_ALL FROM exchanges;
"""
VOCABULARY = """
CREATE VIRTUAL TABLE exchange_vocabulary USING fts5vocab (exchange_words, 'row');
"""
WORD_TRIGGERS = """
CREATE TRIGGER exchange_added AFTER INSERT ON exchanges BEGIN
    INSERT INTO exchange_words (rowid, text) VALUES (new.id, WORDS_OF_NEW);
END;
CREATE TRIGGER exchange_removed AFTER DELETE ON exchanges BEGIN
    INSERT INTO exchange_words (exchange_words, rowid, text)
    VALUES ('delete', old.id, WORDS_OF_OLD);
END;
"""
for mark, row in (("ALL", "exchanges"), ("NEW", "new"), ("OLD", "old")):
    words = WORDS_OF.replace("ROW", row)
    FILLED_WORDS = FILLED_WORDS.replace(f"WORDS_OF_{mark}", words)
    WORD_TRIGGERS = WORD_TRIGGERS.replace(f"WORDS_OF_{mark}", words)

MIGRATIONS: tuple[str, ...] = (TABLES + EXCHANGE_WORDS + VOCABULARY + WORD_TRIGGERS,)


def schema_version(connection: sqlite3.Connection) -> int:
    """How many steps this database has taken; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    connection: sqlite3.Connection, backups: Path, steps: Sequence[str] = MIGRATIONS
) -> None:
    """Takes the steps that are missing, each in a transaction of its own, after a backup."""
    taken = schema_version(connection)
    for number in range(taken + 1, len(steps) + 1):
        if taken:  # a new database has nothing to lose
            back_up(connection, backups / f"schema-{number - 1}.db")
        script = f"BEGIN IMMEDIATE; {steps[number - 1]} PRAGMA user_version = {number}; COMMIT;"
        try:
            connection.executescript(script)
        except sqlite3.Error:
            if connection.in_transaction:
                connection.rollback()
            raise


def expected_schema() -> set[tuple[str, ...]]:
    """The schema of a database that took all steps."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in MIGRATIONS:
            connection.executescript(step)
        return schema(connection)


def schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """The columns of each table, and the words of each index and trigger.

    The words of a table are not compared: another version of SQLite may alter it in other words.
    """
    columns = connection.execute(
        "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table'"
    )
    others = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL"
    )
    return {tuple(row) for row in columns} | {tuple(row) for row in others}


def back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Writes a copy of the database that is whole at every moment, or not there."""
    unfinished = path.with_suffix(".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(unfinished),))
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)
