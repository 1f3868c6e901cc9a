"""The vectors of a text's single tokens, and how they are kept small.

Late interaction compares each token of a question with each token of an answer. Full vectors would
take 1.5 kB a token; here each component is kept in two bits as its distance from the mean of all
tokens, and of a long exchange those tokens are left out that another one is most like. With them is
kept how many letters each token stands for, so that a sentence finds its tokens without the model
that made them. It knows no model.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Letters = NDArray[np.uint8]

CODING = "residual-3"  # part of the fingerprint: change it when tokens are coded otherwise
MAX_BYTES = 40_000  # of the tokens of one exchange
BITS = 2  # a component
HEADER = struct.Struct("<HHH")  # tokens, those kept, components
SPREAD_BYTES = 2  # a half-precision number for each token that is kept
OVERHEAD_BYTES = 1.5  # a token: its letters, its bit in the mask, a part of a header for 20 of them
MOST_LETTERS = 255  # that a token stands for; hardly any for more than 16
NO_LETTERS: Letters = np.zeros(0, np.uint8)
STEP = 0.9957  # the best step of a two-bit quantiser, in standard deviations of what is coded
LEVELS = np.array([-1.5, -0.5, 0.5, 1.5], np.float32) * np.float32(STEP)
FOUR = np.complex128  # as wide as the four components that share a byte: NumPy copies it in one go


def _levels_of_bytes() -> NDArray[np.complex128]:
    """The levels of four components by their byte."""
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1)
    codes = bits.reshape(-1, 8 // BITS, BITS) @ np.array([2, 1], np.uint8)
    return LEVELS[codes].view(FOUR).reshape(-1)


LEVELS_OF_BYTES = _levels_of_bytes()


@dataclass(frozen=True, slots=True)
class Embedding:
    """A text's vector of shape (dimension,) and those of its tokens, (tokens, components).

    All are L2-normalised. A model that gives no tokens leaves them empty. `letters` holds how many
    letters of the text each token stands for, (tokens,), as `letters_of_tokens` finds them; none
    where the model does not tell.
    """

    vector: Vectors
    tokens: Vectors
    letters: Letters = field(default_factory=lambda: NO_LETTERS)


class TokenCodec:
    """Codes token vectors as distances from their mean, which belongs to the model."""

    def __init__(self, mean: Vectors) -> None:
        self._mean = mean

    def share_for(self, tokens: int) -> float:
        """The share of its tokens that an exchange of so many may keep, to stay small."""
        size = len(self._mean) * BITS / 8 + SPREAD_BYTES
        left = max(0.0, MAX_BYTES - tokens * OVERHEAD_BYTES)
        return min(1.0, left / (max(tokens, 1) * size))

    def encode(self, tokens: Vectors, share: float = 1.0, letters: Letters = NO_LETTERS) -> bytes:
        """Unit vectors of shape (tokens, components) as bytes; the inverse of `decode`, nearly.

        Of the tokens this share is kept, one at least; of `letters` all. Where these are not known
        each token stands for as many.
        """
        if not tokens.size:
            return b""
        kept = _most_telling(tokens, max(1, int(len(tokens) * share)))
        distance = tokens[kept] - self._mean
        spread = np.sqrt((distance**2).mean(axis=1, keepdims=True))
        is_above = distance > 0
        bits = np.stack([is_above, (np.abs(distance) > STEP * spread) == is_above], axis=2)
        parts = (
            np.packbits(kept),
            spread.astype("<f2"),
            np.packbits(bits.reshape(len(distance), -1), axis=1),
            letters if len(letters) else np.ones(len(tokens), np.uint8),
        )
        header = HEADER.pack(len(tokens), len(distance), tokens.shape[1])
        return header + b"".join(part.tobytes() for part in parts)

    def decode(self, coded: bytes) -> Vectors:
        """Unit vectors of shape (tokens, components); zeros for a token that was left out."""
        return self.decode_all([coded])[0]

    def decode_all(self, coded: Sequence[bytes]) -> list[Vectors]:
        """What `decode` gives for each, one behind the other in one piece of memory."""
        counts = (HEADER.unpack_from(each)[0] if each else 0 for each in coded)
        ends = list(accumulate(counts, initial=0))
        components = len(self._mean)
        width = -(-components * BITS // 8) * 8 // BITS  # that of whole bytes
        block = np.empty((ends[-1], width), np.float32)
        rooms = [block[start:end] for start, end in pairwise(ends)]
        for each, room in zip(coded, rooms, strict=True):
            if each:
                self._decode_into(room, each)
        return [room[:, :components] for room in rooms]

    def _decode_into(self, room: Vectors, coded: bytes) -> None:
        """Fills `room`, (tokens, width), in its own memory: to ask for more takes longest of all."""
        tokens, count, components = HEADER.unpack_from(coded)
        mask_end = HEADER.size + -(-tokens // 8)
        levels_start = mask_end + SPREAD_BYTES * count
        spreads = np.frombuffer(coded, "<f2", count, mask_end).astype(np.float32)
        levels = np.frombuffer(coded, np.uint8, len(coded) - tokens - levels_start, levels_start)
        whole = room[:count]
        LEVELS_OF_BYTES.take(levels.reshape(count, -1), out=whole.view(FOUR), mode="clip")
        kept = whole[:, :components]
        kept *= spreads[:, np.newaxis]
        kept += self._mean
        kept /= np.sqrt(np.einsum("ij,ij->i", kept, kept))[:, np.newaxis]
        if count < tokens:
            mask = np.frombuffer(coded, np.uint8, mask_end - HEADER.size, HEADER.size)
            is_kept = np.unpackbits(mask, count=tokens).astype(bool)
            room[is_kept] = whole.copy()
            room[~is_kept] = 0


def read_letters(coded: bytes) -> Letters:
    """How many letters each token stands for, kept or not, of what `encode` gave."""
    tokens = HEADER.unpack_from(coded)[0] if coded else 0
    return np.frombuffer(coded, np.uint8, tokens, len(coded) - tokens)


def count_letters(text: str) -> int:
    """How many letters a text has beside white space, however it is cut and stripped."""
    return len("".join(unicodedata.normalize("NFC", text).split()))


def letters_of_tokens(text: str, ends: Sequence[int]) -> Letters:
    """How many letters of a text each token stands for, from where each ends in it, in order.

    White space is no letter. What stands between two tokens belongs to the latter, what stands
    behind the last one to that, and a letter that is several tokens to the last of these.
    """
    before = [0, *accumulate(not letter.isspace() for letter in text)]
    if not ends:
        return NO_LETTERS
    ends = [*ends[:-1], len(text)]
    told = [0]
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        told.append(told[-1] if end == following else before[end])
    most = MOST_LETTERS * np.arange(len(told))  # what is over goes to the next token
    return np.diff(np.minimum.accumulate(np.array(told) - most) + most).astype(np.uint8)


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
