"""An embedder without a model for fast tests: texts that share words lie close together.

It knows no language and no meaning. It is quick to import, and the same text always gives the same
vector, in every process.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b, shake_256

import numpy as np
from numpy.typing import NDArray

from pipeline.token_vectors import Embedding, Letters, letters_of_tokens

WORD = re.compile(r"\w+")
NOWHERE = "\x00"  # a text without words still needs a unit vector


class HashingEmbedder:
    """Hashes each word into one of `dimension` places with a sign; implements `Embedder`."""

    def __init__(self, dimension: int = 256, max_tokens: int = 200, name: str = "hashing") -> None:
        self._dimension = dimension
        self._max_tokens = max_tokens
        self._name = name

    @property
    def fingerprint(self) -> str:
        """Changes with anything that shapes a vector."""
        return f"{self._name}-{self._dimension}-{self._max_tokens}"

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """The longest passage, in words."""
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        """The number of words."""
        return len(WORD.findall(text))

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), L2-normalised."""
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.stack([self.embed_question(text) for text in texts])

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """A vector of shape (dimension,), L2-normalised."""
        vector = np.zeros(self._dimension, dtype=np.float32)
        words = WORD.findall(unicodedata.normalize("NFC", text).casefold())
        for word in words or [NOWHERE]:
            digest = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
            vector[(digest >> 1) % self._dimension] += 1 if digest & 1 else -1
        if not vector.any():  # every word was cancelled by another of the opposite sign
            vector[0] = 1
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit

    @property
    def token_mean(self) -> NDArray[np.float32]:
        """The middle of all words."""
        return np.zeros(self._dimension, dtype=np.float32)

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        """For each text its vector, and that of each word with the letters it stands for."""
        return [
            replace(self.embed_question_in_tokens(text), letters=_letters_of_words(text))
            for text in texts
        ]

    def embed_question_in_tokens(self, text: str) -> Embedding:
        """The vector of a question and that of each word: a corner of the unit cube by its hash."""
        words = WORD.findall(unicodedata.normalize("NFC", text).casefold()) or [NOWHERE]
        digests = [shake_256(word.encode()).digest(-(-self._dimension // 8)) for word in words]
        bits = np.unpackbits(np.array([list(digest) for digest in digests], np.uint8), axis=1)
        corners = (2.0 * bits[:, : self._dimension] - 1) / np.sqrt(self._dimension)
        return Embedding(self.embed_question(text), corners.astype(np.float32))


def _letters_of_words(text: str) -> Letters:
    normal = unicodedata.normalize("NFC", text)
    ends = [match.end() for match in WORD.finditer(normal.casefold())] or [len(normal)]
    return letters_of_tokens(normal, [min(end, len(normal)) for end in ends])
