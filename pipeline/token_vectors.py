"""The vectors of a text's single tokens, and how they are kept small.

Late interaction compares each token of a question with each token of an answer. Full vectors would
take 1.5 kB a token; here each component is kept in two bits as its distance from the mean of all
tokens, and of a long exchange those tokens are left out that another one is most like. It knows no
model.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

CODING = "residual-2"  # part of the fingerprint: change it when tokens are coded otherwise
MAX_BYTES = 40_000  # of the tokens of one exchange
BITS = 2  # a component
HEADER = struct.Struct("<HHH")  # tokens, those kept, components
SPREAD_BYTES = 2  # a half-precision number for each token that is kept
OVERHEAD_BYTES = 0.5  # a token: its bit in the mask, its part of a header; passages of 20 tokens
STEP = 0.9957  # the best step of a two-bit quantiser, in standard deviations of what is coded
LEVELS = np.array([-1.5, -0.5, 0.5, 1.5], np.float32) * np.float32(STEP)
BYTE = 8  # components whose bits of one plane share a byte


def _levels_of_bytes() -> Vectors:
    """The levels of eight components, (65536, 8), by a byte of the first plane and of the second.

    To look eight up at once takes a third of the time of taking bits apart.
    """
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1)
    levels: Vectors = LEVELS[2 * bits[:, np.newaxis] + bits[np.newaxis]].reshape(-1, BYTE)
    return levels


LEVELS_OF_BYTES = _levels_of_bytes()


@dataclass(frozen=True, slots=True)
class Embedding:
    """A text's vector of shape (dimension,) and those of its tokens, (tokens, components).

    All are L2-normalised. A model that gives no tokens leaves them empty.
    """

    vector: Vectors
    tokens: Vectors


class TokenCodec:
    """Codes token vectors as distances from their mean, which belongs to the model."""

    def __init__(self, mean: Vectors) -> None:
        self._mean = mean

    def share_for(self, tokens: int) -> float:
        """The share of its tokens that an exchange of so many may keep, to stay small."""
        size = len(self._mean) * BITS / 8 + SPREAD_BYTES
        left = max(0.0, MAX_BYTES - tokens * OVERHEAD_BYTES)
        return min(1.0, left / (max(tokens, 1) * size))

    def encode(self, tokens: Vectors, share: float = 1.0) -> bytes:
        """Unit vectors of shape (tokens, components) as bytes; the inverse of `decode`, nearly.

        Of the tokens this share is kept, one at least.
        """
        if not tokens.size:
            return b""
        kept = _most_telling(tokens, max(1, int(len(tokens) * share)))
        distance = tokens[kept] - self._mean
        spread = np.sqrt((distance**2).mean(axis=1, keepdims=True))
        planes = [distance > 0, (np.abs(distance) > STEP * spread) == (distance > 0)]
        packed = [np.packbits(plane, axis=1).tobytes() for plane in planes]
        header = HEADER.pack(len(tokens), len(distance), tokens.shape[1])
        return b"".join(
            [header, np.packbits(kept).tobytes(), spread.astype("<f2").tobytes(), *packed]
        )

    def decode(self, coded: bytes) -> Vectors:
        """Unit vectors of shape (tokens, components); zeros for a token that was left out."""
        return self.decode_all([coded])[0]

    def decode_all(self, coded: Sequence[bytes]) -> list[Vectors]:
        """What `decode` gives for each, one behind the other in one piece of memory."""
        counts = (HEADER.unpack_from(each)[0] if each else 0 for each in coded)
        ends = list(accumulate(counts, initial=0))
        block = np.zeros((ends[-1], len(self._mean)), np.float32)
        vectors = [block[start:end] for start, end in pairwise(ends)]
        for each, room in zip(coded, vectors, strict=True):
            if each:
                self._decode_into(room, each)
        return vectors

    def _decode_into(self, room: Vectors, coded: bytes) -> None:
        """Fills `room`, (tokens, components), all zeros; each step within what the caches hold."""
        tokens, count, components = HEADER.unpack_from(coded)
        mask_end = HEADER.size + -(-tokens // 8)
        spreads = np.frombuffer(coded, "<f2", count, mask_end).astype(np.float32)
        packed = np.frombuffer(coded, np.uint8, offset=mask_end + SPREAD_BYTES * count)
        signs, sizes = packed.reshape(BITS, count, -1).astype(np.intp)
        levels = LEVELS_OF_BYTES.take((signs << BYTE) | sizes, axis=0)
        kept = levels.reshape(count, -1)[:, :components]
        kept *= spreads[:, np.newaxis]
        kept += self._mean
        lengths = np.sqrt(np.einsum("ij,ij->i", kept, kept))[:, np.newaxis]
        if count == tokens:
            np.divide(kept, lengths, out=room)
            return
        mask = np.frombuffer(coded, np.uint8, mask_end - HEADER.size, HEADER.size)
        room[np.unpackbits(mask, count=tokens).astype(bool)] = kept / lengths


def _most_telling(tokens: Vectors, count: int) -> NDArray[np.bool_]:
    """Which tokens to keep: of the two that are most alike one is left out, until so few are left.

    What is asked finds the other one nearly as near.
    """
    kept = np.ones(len(tokens), bool)
    left = len(tokens)
    if left == count:
        return kept
    one, other = np.triu_indices(left, 1)
    alike = (tokens @ tokens.T)[one, other]
    for pair in np.argsort(-alike, kind="stable"):
        if left == count:
            break
        if kept[one[pair]] and kept[other[pair]]:
            kept[one[pair]] = False
            left -= 1
    return kept
