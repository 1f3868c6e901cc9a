"""What can be tried of distribution without Citus: that the documented statements fit the tables."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from index.indexing import Indexer
from index.stores import open_store
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS
from tests.index.postgres.test_command import execute

pytestmark = pytest.mark.xdist_group("postgresql")

PAGE = (Path(__file__).parents[3] / "docs/postgresql.md").read_text()
STATEMENTS = [
    statement
    for block in re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    for statement in block.split(";\n")
    if statement.strip()
]
KEYS = """
DO $$ BEGIN
    IF EXISTS (
        SELECT 1 FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE (i.indisunique OR i.indisprimary) AND t.relnamespace = 'public'::regnamespace
            AND t.relname = ANY (ARRAY['files', 'originals', 'pages', 'remarks', 'exchanges',
                'exchange_words', 'passages', 'rebuilt'])
            AND NOT (SELECT a.attnum FROM pg_attribute a
                WHERE a.attrelid = t.oid AND a.attname = 'document_id') = ANY (i.indkey)
    ) THEN RAISE 'a key lacks the id of the document'; END IF;
END $$
"""


def test_every_key_holds_the_id_of_the_document(served: Settings) -> None:
    execute(served, KEYS)


def test_the_documented_statements_fit_the_tables(served: Settings) -> None:
    for statement in STATEMENTS:
        if "create_distributed_table" in statement or "create_reference_table" in statement:
            table = re.search(r"table\('(\w+)'(?:, '(\w+)')?", statement)
            assert table
            execute(served, f"SELECT {table[2] or '*'} FROM {table[1]}")
        else:
            execute(served, statement)
    with closing(Indexer.open(served, HashingEmbedder())) as indexer:
        indexer.add_bytes(BEACONS, "vuurtorens.txt")
        indexer.remove("vuurtorens")  # what belongs to it goes with it
    with closing(open_store(served)) as store, store.snapshot() as snapshot:
        assert set(snapshot.counts().values()) == {0}
