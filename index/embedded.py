"""From exchanges to passages with vectors, as they are kept.

It knows the embedder only by what it promises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from index.commits import EmbeddedPassage, Space
from index.recalling import Recall, forget
from pipeline.models import Exchange, Passage
from pipeline.passages import split_exchange
from pipeline.token_vectors import TokenCodec

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

Counter = Callable[[int, int], None]  # hears how many of how many are done

STORED = np.dtype("<f4")  # how a vector lies in the database
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
    embedder: Embedder,
    passages: Sequence[Passage],
    on_progress: Counter,
    recall: Recall = forget,
) -> list[EmbeddedPassage]:
    """The passages with their vectors; tells how many of how many are done.

    What is recalled is not embedded again: it must come from the same model.
    """
    codec = TokenCodec(embedder.token_mean)
    shares = _shares_of(embedder, codec, passages)
    embedded = _recalled(passages, recall, STORED.itemsize * embedder.dimension)
    missing = [at for at in range(len(passages)) if at not in embedded]
    on_progress(len(embedded), len(passages))
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        made = embedder.embed_passages_in_tokens([passages[at].text for at in batch])
        for at, embedding in zip(batch, made, strict=True):
            vector = embedding.vector.astype(STORED).tobytes()
            tokens = codec.encode(embedding.tokens, shares[at], embedding.letters)
            embedded[at] = EmbeddedPassage(passages[at], vector, tokens)
        on_progress(len(embedded), len(passages))
    return [embedded[at] for at in range(len(passages))]


def _recalled(passages: Sequence[Passage], recall: Recall, size: int) -> dict[int, EmbeddedPassage]:
    """Those passages, by their place, whose text was embedded before."""
    kept = {at: recall(passage.text) for at, passage in enumerate(passages)}
    return {
        at: EmbeddedPassage(passages[at], found.vector, found.tokens)
        for at, found in kept.items()
        if found and len(found.vector) == size
    }


def _shares_of(embedder: Embedder, codec: TokenCodec, passages: Sequence[Passage]) -> list[float]:
    """For each passage the share of its tokens that is kept, the same for a whole exchange."""
    shares: list[float] = []
    for _, group in groupby(passages, key=lambda passage: passage.exchange_key):
        exchange = list(group)
        tokens = sum(embedder.count_tokens(passage.text) for passage in exchange)
        shares += [codec.share_for(tokens)] * len(exchange)
    return shares
