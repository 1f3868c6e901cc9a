"""From exchanges to passages with vectors, as they are kept.

It knows the embedder only by what it promises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from index.commits import EmbeddedPassage, Space
from pipeline.models import Exchange, Passage
from pipeline.passages import split_exchange

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

Counter = Callable[[int, int], None]  # hears how many of how many are done

BATCH = 64  # passages embedded between two reports of progress


def uncounted(done: int, total: int) -> None:
    """Counts nothing."""


def space_of(embedder: Embedder) -> Space:
    """What makes this embedder's vectors comparable."""
    return Space(embedder.fingerprint, embedder.dimension)


def split(embedder: Embedder, exchange: Exchange) -> list[Passage]:
    """The passages of an exchange that fit the model."""
    return split_exchange(exchange, embedder.count_tokens, embedder.max_tokens)


def embed_passages(
    embedder: Embedder, passages: Sequence[Passage], on_progress: Counter
) -> list[EmbeddedPassage]:
    """The passages with their vectors; tells how many of how many are done."""
    embedded: list[EmbeddedPassage] = []
    on_progress(0, len(passages))
    for start in range(0, len(passages), BATCH):
        embedded += _embed(embedder, passages[start : start + BATCH])
        on_progress(len(embedded), len(passages))
    return embedded


def _embed(embedder: Embedder, passages: Sequence[Passage]) -> list[EmbeddedPassage]:
    vectors = embedder.embed_passages([passage.text for passage in passages])
    stored = vectors.astype("<f4", copy=False)
    return [
        EmbeddedPassage(passage, vector.tobytes())
        for passage, vector in zip(passages, stored, strict=True)
    ]
