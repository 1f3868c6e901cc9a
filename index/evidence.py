"""What the passages of exchanges are weighed by, for one question, as of one commit.

Ranking and judging look at the same exchanges; each passage is read and decoded once. It knows the
catalogue, not how evidence is weighed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from index.embedded import STORED
from index.places import StoredEvidence
from index.ranking import Evidence, Vectors
from index.store import Snapshot
from pipeline.models import Part
from pipeline.token_vectors import Letters, TokenCodec, read_letters


class EvidenceReader:
    """Reads passages by the rows of their exchanges, and keeps what it read."""

    def __init__(self, snapshot: Snapshot, codec: TokenCodec) -> None:
        self._snapshot = snapshot
        self._vectors = _Kept(snapshot.vectors_of, _as_vectors)
        self._tokens = _Kept(snapshot.tokens_of, codec.decode_all)

    def count_exchanges(self) -> int:
        """How many exchanges there are, read or not."""
        return self._snapshot.count_exchanges()

    def vectors_of(self, exchange_rows: Iterable[int]) -> list[Evidence]:
        """Each passage of these exchanges with its vector, of shape (1, dimension)."""
        return self._vectors.of(list(exchange_rows))

    def tokens_of(self, exchange_rows: Iterable[int]) -> list[Evidence]:
        """Each passage of these exchanges with the vectors of its tokens, (tokens, components)."""
        return self._tokens.of(list(exchange_rows))

    def letters_of(self, exchange_row: int, part: Part) -> Letters:
        """How many letters each token of one side of an exchange stands for, (tokens,)."""
        stored = self._tokens.stored(exchange_row)
        return np.concatenate([read_letters(each.blob) for each in stored if each.part is part])


class _Kept:
    """The evidence of one kind, by exchange."""

    def __init__(
        self,
        stored: Callable[[Iterable[int]], list[StoredEvidence]],
        decode: Callable[[Sequence[bytes]], list[Vectors]],
    ) -> None:
        self._stored = stored
        self._decode = decode
        self._known: defaultdict[int, list[tuple[StoredEvidence, Evidence]]] = defaultdict(list)

    def of(self, exchange_rows: list[int]) -> list[Evidence]:
        """What is kept of these exchanges, in their order; what is not yet is read."""
        new = [row for row in exchange_rows if row not in self._known]
        stored = self._stored(new) if new else []
        decoded = self._decode([each.blob for each in stored])
        for each, vectors in zip(stored, decoded, strict=True):
            evidence = Evidence(each.exchange_row, each.part, vectors)
            self._known[each.exchange_row].append((each, evidence))
        return [evidence for row in exchange_rows for _, evidence in self._known[row]]

    def stored(self, exchange_row: int) -> list[StoredEvidence]:
        """What is kept of this exchange as it lies in the store."""
        self.of([exchange_row])
        return [stored for stored, _ in self._known[exchange_row]]


def _as_vectors(blobs: Sequence[bytes]) -> list[Vectors]:
    if not blobs:
        return []
    block = np.frombuffer(b"".join(blobs), STORED).astype(np.float32, copy=False)
    return list(block.reshape(len(blobs), 1, -1))
