"""Embeds everything anew from the text in the catalogue, for another model.

The new passages gather beside the old ones, a few exchanges at a time, so that a rebuild that was
broken off goes on where it was; the old index serves until all are there and take their place in
one commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.commits import Space
from index.embedded import Counter, embed_passages, space_of, split, uncounted
from index.models import RebuildReport
from index.store import Rebuilding, Store

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

EXCHANGES_A_STEP = 16  # what a rebuild that is broken off does again at most


def rebuild_vectors(store: Store, embedder: Embedder, on_progress: Counter) -> RebuildReport:
    """Embeds all exchanges with this model.

    `on_progress` hears how many exchanges of how many are done.
    """
    space = space_of(embedder)
    with store.rebuilding(space) as rebuilding:
        total = rebuilding.total()
        pending = rebuilding.pending()
        resumed = total - len(pending)
        on_progress(resumed, total)
        done = set[int]()
        while True:
            for start in range(0, len(pending), EXCHANGES_A_STEP):
                step = pending[start : start + EXCHANGES_A_STEP]
                _stage(store, rebuilding, embedder, step)
                done.update(step)
                on_progress(resumed + len(done), max(total, resumed + len(done)))
            adopted = _adopt(store, rebuilding, space, done)
            if adopted is not None:
                return RebuildReport(resumed + len(done), adopted, resumed)
            pending = [row for row in rebuilding.pending() if row not in done]


def _stage(store: Store, rebuilding: Rebuilding, embedder: Embedder, step: Sequence[int]) -> None:
    with store.snapshot() as snapshot:
        records = snapshot.exchanges_by_row(step)
    passages = [
        (row, passage)
        for row, record in records.items()
        for passage in split(embedder, record.exchange)
    ]
    embedded = embed_passages(embedder, [passage for _, passage in passages], uncounted)
    rows = [row for row, _ in passages]
    rebuilding.stage(list(zip(rows, embedded, strict=True)))


def _adopt(store: Store, rebuilding: Rebuilding, space: Space, done: set[int]) -> int | None:
    """How many passages took the place of all; None when documents came meanwhile."""
    with store.commit() as (_, commit):
        if set(rebuilding.pending()) - done:
            return None
        return commit.adopt_rebuilt(space)
