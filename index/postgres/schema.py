"""The tables on the server, as numbered steps.

A step is never changed once released; a new one is added below it. Every key holds the id of the
document, so that the tables can be distributed by it: what belongs to a document lies on one machine.
Names and values are those of SQLite's tables wherever both have them.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import Connection, errors

from index.errors import NewerServer, ServerUnfit

OLDEST_PGVECTOR = (0, 8)  # the first that goes on looking where a filter takes out what it found
MIGRATING = 6_241_731_907  # the number of the lock under which steps are taken; any will do

TABLES = """
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation BIGINT NOT NULL CHECK (generation >= 0),  -- one more at each commit
    token TEXT NOT NULL,        -- renewed at each commit: equal tokens, equal contents
    fingerprint TEXT NOT NULL,  -- of the model that made the vectors; '' before the first one
    dimension INTEGER NOT NULL CHECK (dimension >= 0),
    exchanges BIGINT NOT NULL,  -- how many there are
    words BIGINT NOT NULL       -- how many words these have together
);
INSERT INTO state VALUES (1, 0, 'new', '', 0, 0, 0);

CREATE TABLE documents (
    id TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    format TEXT NOT NULL,
    kind TEXT NOT NULL,
    evidence TEXT NOT NULL,
    title TEXT NOT NULL,
    official_id TEXT NOT NULL,
    dossier TEXT NOT NULL,
    case_number TEXT NOT NULL,
    committee TEXT NOT NULL,
    ministers TEXT NOT NULL,
    askers TEXT NOT NULL,
    respondent TEXT NOT NULL,
    asked_on TEXT COLLATE "C",
    answered_on TEXT COLLATE "C",
    adopted_on TEXT COLLATE "C",
    warnings TEXT NOT NULL,
    added_at TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    exchange_count INTEGER NOT NULL,
    remark_count INTEGER NOT NULL,
    listing BIGINT NOT NULL,  -- the sum of what its exchanges and passages are found by
    checksum BIGINT NOT NULL
);
CREATE INDEX documents_of_bytes ON documents (sha256);

CREATE TABLE files (
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name <> ''),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (document_id, name)
);
CREATE INDEX files_of_name ON files (name);

CREATE TABLE originals (
    document_id TEXT COLLATE "C" PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL,
    data BYTEA NOT NULL
);
ALTER TABLE originals ALTER COLUMN data SET STORAGE EXTERNAL;  -- most are compressed already
CREATE INDEX originals_of_bytes ON originals (sha256);

CREATE TABLE pages (
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    paragraphs TEXT NOT NULL,
    checksum BIGINT NOT NULL,
    PRIMARY KEY (document_id, position)
);

CREATE TABLE remarks (
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    party TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    checksum BIGINT NOT NULL,
    PRIMARY KEY (document_id, position)
);

-- `id` is drawn at random and never given twice, as that of passages.
CREATE TABLE exchanges (
    document_id TEXT COLLATE "C" NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    key TEXT COLLATE "C" NOT NULL CHECK (key <> ''),
    numbers TEXT NOT NULL,
    section TEXT NOT NULL,
    party TEXT NOT NULL,
    askers TEXT NOT NULL,
    respondent TEXT NOT NULL,
    ministry TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    citations TEXT NOT NULL,
    refers_to TEXT NOT NULL,
    checksum BIGINT NOT NULL,
    answer_letters INTEGER NOT NULL,
    words INTEGER NOT NULL,
    PRIMARY KEY (document_id, id),
    UNIQUE (document_id, key),
    UNIQUE (document_id, position)
);
CREATE INDEX exchanges_of_row ON exchanges (id);

-- The words of an exchange and its notes, in stretches that a tsvector can number.
CREATE TABLE exchange_words (
    document_id TEXT COLLATE "C" NOT NULL,
    exchange_id BIGINT NOT NULL,
    stretch INTEGER NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (document_id, exchange_id, stretch),
    FOREIGN KEY (document_id, exchange_id)
        REFERENCES exchanges (document_id, id) ON DELETE CASCADE
);
CREATE INDEX exchange_words_of_row ON exchange_words (exchange_id);
CREATE INDEX exchanges_of_word ON exchange_words USING gin (words) WITH (fastupdate = off);

-- In how many exchanges a word occurs.
CREATE TABLE word_counts (
    word TEXT COLLATE "C" PRIMARY KEY,
    exchanges BIGINT NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE passages (
    document_id TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    exchange_id BIGINT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('question', 'answer')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL CHECK (last_page >= first_page),
    vector VECTOR NOT NULL,
    tokens BYTEA NOT NULL,  -- the coded vectors of its tokens
    checksum BIGINT NOT NULL,
    vector_checksum BIGINT NOT NULL,
    tokens_checksum BIGINT NOT NULL,
    PRIMARY KEY (document_id, id),
    UNIQUE (document_id, exchange_id, part, position),
    FOREIGN KEY (document_id, exchange_id)
        REFERENCES exchanges (document_id, id) ON DELETE CASCADE
);
ALTER TABLE passages ALTER COLUMN vector SET STORAGE MAIN;  -- beside its row, for exact search
ALTER TABLE passages ALTER COLUMN tokens SET STORAGE EXTERNAL;
CREATE INDEX passages_of_id ON passages (id);
CREATE INDEX passages_of_row ON passages (exchange_id);

-- Files that wait to be understood; who takes which, `procrastinate_jobs` tells.
CREATE TABLE arrivals (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    data BYTEA NOT NULL,
    problem TEXT NOT NULL DEFAULT '',  -- why it could not be added
    UNIQUE (sha256, name)
);
ALTER TABLE arrivals ALTER COLUMN data SET STORAGE EXTERNAL;

-- Passages under way to another model; they take the place of `passages` when all are there.
CREATE TABLE rebuilt (LIKE passages INCLUDING ALL EXCLUDING INDEXES);
ALTER TABLE rebuilt ADD COLUMN fingerprint TEXT NOT NULL;
ALTER TABLE rebuilt ADD PRIMARY KEY (document_id, exchange_id, part, position);
ALTER TABLE rebuilt ADD FOREIGN KEY (document_id, exchange_id)
    REFERENCES exchanges (document_id, id) ON DELETE CASCADE;
"""
STEPS: tuple[str, ...] = (TABLES,)

# One for each length of vector that was ever used: a column without a length holds any. The cast
# says which length a question looks for, and the condition keeps the others out of the index.
VECTOR_INDEX = """
CREATE INDEX IF NOT EXISTS passages_of_vector_{dimension} ON passages
    USING hnsw ((vector::vector({dimension})) vector_ip_ops) WITH (m = 16, ef_construction = 200)
    WHERE vector_dims(vector) = {dimension}
"""

# Made of all passages at once, the index takes an eighth of the time that they take one by one, as
# long as it fits in this memory; it is the process's own, for shared memory is scarce in containers.
INDEXING_KILOBYTES = 1_048_576  # that of 400,000 passages; no more is taken than they need
MORE_MEMORY = """
SELECT set_config(name, greatest(setting::bigint, %s)::text, true)
FROM pg_settings WHERE name = 'maintenance_work_mem'
"""
ALONE = "SET LOCAL max_parallel_maintenance_workers = 0"

# Those that a question looks into. Without statistics, as after many rows came at once, whole tables
# are read for it; the server takes them by itself, but only a minute later.
TAKE_STATISTICS = "ANALYZE documents, exchanges, exchange_words, word_counts, passages"


def index_vectors(connection: Connection[Any], dimension: int) -> None:
    """Makes the index over the vectors of this length, where there is none."""
    name = f"passages_of_vector_{dimension}"
    if connection.execute("SELECT to_regclass(%s)", (name,)).fetchone() == (None,):
        connection.execute(MORE_MEMORY, (INDEXING_KILOBYTES,))
        connection.execute(ALONE)
        connection.execute(VECTOR_INDEX.format(dimension=dimension).encode())


def bring_up_to_date(connection: Connection[Any], name: str) -> None:
    """Takes the steps that are missing; raises NewerServer or ServerUnfit."""
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise ServerUnfit(name, "keeps no UTF-8", "make a database with ENCODING 'UTF8'")
    if taken_steps(connection) != len(STEPS):
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATING,))
            _take_steps(connection, name)
    _check_pgvector(connection, name)


def taken_steps(connection: Connection[Any]) -> int:
    """How many steps this database has taken; 0 for a new one."""
    if connection.execute("SELECT to_regclass('schema_steps')").fetchone() == (None,):
        return 0
    row = connection.execute("SELECT coalesce(max(number), 0) FROM schema_steps").fetchone()
    return int(row[0]) if row else 0


def _take_steps(connection: Connection[Any], name: str) -> None:
    taken = taken_steps(connection)
    if taken > len(STEPS):
        raise NewerServer(name, taken, len(STEPS))
    if not taken:
        _add_pgvector(connection, name)
        connection.execute(
            "CREATE TABLE schema_steps (number INTEGER PRIMARY KEY, taken_at TIMESTAMPTZ NOT NULL)"
        )
    for number in range(taken + 1, len(STEPS) + 1):
        connection.execute(STEPS[number - 1].encode())
        connection.execute("INSERT INTO schema_steps VALUES (%s, now())", (number,))


def _add_pgvector(connection: Connection[Any], name: str) -> None:
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except errors.InsufficientPrivilege:
        remedy = "have an administrator run CREATE EXTENSION vector in this database"
        raise ServerUnfit(name, "lets this role add no extension", remedy) from None
    except (errors.FeatureNotSupported, errors.UndefinedFile, psycopg.OperationalError):
        remedy = "install pgvector 0.8 or later on the server"
        raise ServerUnfit(name, "has no pgvector", remedy) from None


def _check_pgvector(connection: Connection[Any], name: str) -> None:
    query = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
    row = connection.execute(query).fetchone()
    found = str(row[0]) if row else "none"
    if not row or tuple(map(int, found.split(".")[:2])) < OLDEST_PGVECTOR:
        remedy = "install pgvector 0.8 or later and run ALTER EXTENSION vector UPDATE"
        raise ServerUnfit(name, f"has pgvector {found}", remedy)
