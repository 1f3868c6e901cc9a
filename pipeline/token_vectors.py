"""The vectors of a text's single tokens, and how they are kept small.

Late interaction compares each token of a question with each token of an answer. Full vectors would
take 1.5 kB a token; here each component is kept as its distance from the mean of all tokens, in a
step of two bits or of one. It knows no model.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

CODING = "residual-1"  # part of the fingerprint: change it when tokens are coded otherwise
MAX_BYTES = 40_000  # of the tokens of one exchange; beyond, a component gets one bit, not two
HEADER = struct.Struct("<BHH")  # bits a component, tokens, components
SPREAD_BYTES = 2  # a half-precision number for each token
STEP = 0.9957  # the best step of a two-bit quantiser, in standard deviations of what is coded
MEAN_SIZE = 0.7979  # of a normally distributed number, in standard deviations
LEVELS = {
    1: np.array([-1, 1], np.float32) * np.float32(MEAN_SIZE),
    2: np.array([-1.5, -0.5, 0.5, 1.5], np.float32) * np.float32(STEP),
}


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

    def bits_for(self, tokens: int) -> int:
        """How many bits a component may take, so that an exchange of so many tokens stays small."""
        return 2 if tokens * (len(self._mean) * 2 / 8 + SPREAD_BYTES) <= MAX_BYTES else 1

    def encode(self, tokens: Vectors, bits: int) -> bytes:
        """Unit vectors of shape (tokens, components) as bytes; the inverse of `decode`, nearly."""
        if not tokens.size:
            return b""
        distance = tokens - self._mean
        spread = np.sqrt((distance**2).mean(axis=1, keepdims=True))
        planes = [distance > 0]
        if bits == 2:
            planes.append((np.abs(distance) > STEP * spread) == (distance > 0))
        packed = [np.packbits(plane, axis=1).tobytes() for plane in planes]
        spreads = spread.astype("<f2").tobytes()
        return b"".join([HEADER.pack(bits, *tokens.shape), spreads, *packed])

    def decode(self, coded: bytes) -> Vectors:
        """Unit vectors of shape (tokens, components)."""
        if not coded:
            return np.zeros((0, len(self._mean)), np.float32)
        bits, count, components = HEADER.unpack_from(coded)
        spreads = np.frombuffer(coded, "<f2", count, HEADER.size).astype(np.float32)
        packed = np.frombuffer(coded, np.uint8, offset=HEADER.size + 2 * count)
        planes = np.unpackbits(packed.reshape(bits, count, -1), axis=2, count=components)
        level = planes[0] if bits == 1 else 2 * planes[0] + planes[1]
        vectors: Vectors = LEVELS[bits][level] * spreads[:, np.newaxis] + self._mean
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
