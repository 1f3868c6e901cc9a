"""From exchanges to passages with vectors, as they are kept.

It knows the embedder only by what it promises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from index.commits import EmbeddedPassage, Space
from pipeline.models import Exchange, Passage
from pipeline.passages import split_exchange
from pipeline.token_vectors import TokenCodec

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
    codec = TokenCodec(embedder.token_mean)
    bits = _bits_of(embedder, codec, passages)
    on_progress(0, len(passages))
    for start in range(0, len(passages), BATCH):
        batch = slice(start, start + BATCH)
        texts = [passage.text for passage in passages[batch]]
        embedded += [
            EmbeddedPassage(
                passage,
                embedding.vector.astype("<f4").tobytes(),
                codec.encode(embedding.tokens, bits_a_component),
            )
            for passage, embedding, bits_a_component in zip(
                passages[batch],
                embedder.embed_passages_in_tokens(texts),
                bits[batch],
                strict=True,
            )
        ]
        on_progress(len(embedded), len(passages))
    return embedded


def _bits_of(embedder: Embedder, codec: TokenCodec, passages: Sequence[Passage]) -> list[int]:
    """For each passage the bits a component of its tokens gets, the same for a whole exchange."""
    bits: list[int] = []
    for _, group in groupby(passages, key=lambda passage: passage.exchange_key):
        exchange = list(group)
        tokens = sum(embedder.count_tokens(passage.text) for passage in exchange)
        bits += [codec.bits_for(tokens)] * len(exchange)
    return bits
