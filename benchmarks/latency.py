"""How long a question takes, step by step, in an index of a given size.

The passages of the large index get vectors without the model, which changes no step that is timed
here: a question is embedded by the real one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import document, questions
from index.indexing import Indexer
from index.search import Searcher
from pipeline.embedding import Embedder
from pipeline.settings import Settings
from pipeline.token_vectors import Embedding

EXCHANGES_A_DOCUMENT = 40
WARM_UP = 5


class RandomPassages:
    """An `Embedder` that asks the real one about questions only."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self._random = np.random.default_rng(0)

    @property
    def fingerprint(self) -> str:
        """That of the real one."""
        return self._real.fingerprint

    @property
    def dimension(self) -> int:
        """That of the real one."""
        return self._real.dimension

    @property
    def max_tokens(self) -> int:
        """That of the real one."""
        return self._real.max_tokens

    def count_tokens(self, text: str) -> int:
        """That of the real one."""
        return self._real.count_tokens(text)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Random directions of shape (n, dimension)."""
        return self._directions(len(texts), self.dimension)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """That of the real one."""
        return self._real.embed_question(text)

    @property
    def token_mean(self) -> NDArray[np.float32]:
        """That of the real one."""
        return self._real.token_mean

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        """Random directions for the texts and for their tokens, as many as they have."""
        return [
            Embedding(vector, self._directions(self.count_tokens(text), len(self.token_mean)))
            for text, vector in zip(texts, self.embed_passages(texts), strict=True)
        ]

    def embed_question_in_tokens(self, text: str) -> Embedding:
        """That of the real one."""
        return self._real.embed_question_in_tokens(text)

    def _directions(self, count: int, components: int) -> NDArray[np.float32]:
        vectors = self._random.standard_normal((count, components), dtype=np.float32)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def fill_index(settings: Settings, embedder: Embedder, exchanges: int) -> int:
    """Indexes fictional documents until there are so many exchanges; gives their number."""
    indexer = Indexer.open(settings, RandomPassages(embedder))
    held = 0
    while held < exchanges:
        seed = held // EXCHANGES_A_DOCUMENT
        report = indexer.add_bytes(document(EXCHANGES_A_DOCUMENT, seed), f"paper-{seed}.txt")
        if not report.exchanges:
            raise RuntimeError(f"a fictional document was not understood: {report}")
        held += report.exchanges
    indexer.close()
    return held


def measure_latency(
    settings: Settings, embedder: Embedder, asked: int
) -> dict[str, NDArray[np.float64]]:
    """The p50 and p95 in milliseconds of each step and of all, by name, over so many questions."""
    searcher = Searcher.open(settings, embedder)
    for question in questions(WARM_UP, seed=2):
        searcher.search(question)
    results = [searcher.search(question).seconds for question in questions(asked)]
    searcher.close()
    steps = {name: [seconds[name] for seconds in results] for name in results[0]}
    steps["all"] = [sum(seconds.values()) for seconds in results]
    return {name: np.percentile(times, [50, 95]) * 1000 for name, times in steps.items()}
