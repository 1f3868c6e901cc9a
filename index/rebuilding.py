"""Embeds everything anew from the text in the catalogue, for another model.

The new passages gather beside the old ones, a few exchanges at a time, so that a rebuild that was
broken off goes on where it was; the old index serves until all are there and take their place in
one commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.catalogue import Catalogue
from index.commits import Space, passage_row
from index.embedded import Counter, embed_passages, space_of, split, uncounted
from index.models import RebuildReport

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

EXCHANGES_A_STEP = 16  # what a rebuild that is broken off does again at most

STAGE = """
INSERT INTO rebuilt (exchange_id, fingerprint, part, position, text, first_page, last_page, vector,
    checksum, vector_checksum, tokens, tokens_checksum)
VALUES (:exchange_id, :fingerprint,
    :part, :position, :text, :first_page, :last_page, :vector,
    :checksum, :vector_checksum, :tokens, :tokens_checksum)
"""


def rebuild_vectors(
    catalogue: Catalogue, embedder: Embedder, on_progress: Counter
) -> RebuildReport:
    """Embeds all exchanges with this model; whoever calls it holds the writer lock.

    `on_progress` hears how many exchanges of how many are done.
    """
    space = space_of(embedder)
    with catalogue.aside() as connection:
        connection.execute("DELETE FROM rebuilt WHERE fingerprint <> ?", (space.fingerprint,))
        pending = _pending(connection)
        total = int(connection.execute("SELECT count(*) FROM exchanges").fetchone()[0])
    resumed = total - len(pending)
    on_progress(resumed, total)
    for start in range(0, len(pending), EXCHANGES_A_STEP):
        step = pending[start : start + EXCHANGES_A_STEP]
        _stage(catalogue, embedder, space, step)
        on_progress(resumed + start + len(step), total)
    return RebuildReport(total, _adopt(catalogue, space), resumed)


def _pending(connection: sqlite3.Connection) -> list[int]:
    query = "SELECT id FROM exchanges WHERE id NOT IN (SELECT exchange_id FROM rebuilt) ORDER BY id"
    return [int(row["id"]) for row in connection.execute(query)]


def _stage(catalogue: Catalogue, embedder: Embedder, space: Space, step: Sequence[int]) -> None:
    with catalogue.snapshot() as snapshot:
        records = snapshot.exchanges_by_row(step)
    passages = [
        (row, passage)
        for row, record in records.items()
        for passage in split(embedder, record.exchange)
    ]
    embedded = embed_passages(embedder, [passage for _, passage in passages], uncounted)
    rows = [
        {"fingerprint": space.fingerprint, **passage_row(row, item)}
        for (row, _), item in zip(passages, embedded, strict=True)
    ]
    with catalogue.aside() as connection:
        connection.executemany(STAGE, rows)


def _adopt(catalogue: Catalogue, space: Space) -> int:
    with catalogue.commit() as (_, commit):
        return commit.adopt_rebuilt(space)
