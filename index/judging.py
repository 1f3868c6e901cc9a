"""How well each answer that was found meets the question, and with which of its sentences.

It fetches what `relevance` and `highlights` weigh. It knows the catalogue, not how answers are
ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.background import Background, open_background
from index.embedded import STORED
from index.highlights import find_highlights, find_sentences
from index.models import ExchangeRecord
from index.relevance import COMPARED, Signs, find_likenesses, find_signs, relevance_of
from index.reranking import Candidate
from index.store import Snapshot
from pipeline.models import Part
from pipeline.token_vectors import Embedding, TokenCodec

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

MARKED_FROM = 0.02  # relevance: below, no sentence of an answer meets the question

Vectors = NDArray[np.float32]
Sides = Mapping[Part, Vectors]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely an answer meets the question, and the sentences that do."""

    relevance: float
    highlights: tuple[str, ...]


class Judge:
    """Judges answers with the vectors of one model; any thread may use it."""

    def __init__(self, embedder: Embedder, cache: Path) -> None:
        self._mean = embedder.token_mean
        self._codec = TokenCodec(self._mean)
        self._count_tokens: Callable[[str], int] = embedder.count_tokens
        background = open_background(embedder, cache)
        self._by_tokens = bool(background.tokens.size)
        self._background = background
        if not self._by_tokens:
            self._background = Background(background.sentences, background.sentences)

    def judge(
        self,
        snapshot: Snapshot,
        question: Embedding,
        ranked: Sequence[Candidate],
        coverage: Mapping[int, float],
        shown: Mapping[int, ExchangeRecord],
    ) -> dict[int, Verdict]:
        """A verdict on each exchange that is shown, by its row.

        The first COMPARED of `ranked` are weighed whatever is shown, so that a verdict does not
        depend on how many are; `coverage` is as `lexical` finds it.
        """
        count = max(len(shown), COMPARED)
        weighed = ranked[:count]
        sides = self._sides_of(snapshot, [each.place.exchange_row for each in weighed])
        signs = self._signs(snapshot, question, weighed, coverage, sides)
        verdicts = {}
        for row, record in shown.items():
            relevance = relevance_of(signs[row])
            marks = self._by_tokens and relevance >= MARKED_FROM
            highlights = self._highlights(question, record, sides[row]) if marks else ()
            verdicts[row] = Verdict(relevance, highlights)
        return verdicts

    def signs(
        self,
        snapshot: Snapshot,
        question: Embedding,
        ranked: Sequence[Candidate],
        coverage: Mapping[int, float],
    ) -> dict[int, Signs]:
        """What speaks for each of the first COMPARED exchanges, by its row: to fit weights on."""
        weighed = ranked[:COMPARED]
        sides = self._sides_of(snapshot, [each.place.exchange_row for each in weighed])
        return self._signs(snapshot, question, weighed, coverage, sides)

    def _signs(
        self,
        snapshot: Snapshot,
        question: Embedding,
        weighed: Sequence[Candidate],
        coverage: Mapping[int, float],
        sides: Mapping[int, Sides],
    ) -> dict[int, Signs]:
        asked = question
        if not self._by_tokens:
            asked = Embedding(question.vector, question.vector[np.newaxis])
        rows = [each.place.exchange_row for each in weighed]
        likenesses = find_likenesses(
            asked.tokens,
            [np.concatenate(list(sides[row].values())) for row in rows],
            [each.similarity for each in weighed],
            [coverage.get(row, 0.0) for row in rows],
        )
        exchanges = snapshot.count_exchanges()
        found = find_signs(asked, likenesses, self._background, exchanges)
        return dict(zip(rows, found, strict=True))

    def _highlights(
        self, question: Embedding, record: ExchangeRecord, sides: Sides
    ) -> tuple[str, ...]:
        answer = sides.get(Part.ANSWER)
        if answer is None:
            return ()
        sentences = find_sentences(record.exchange, answer, self._count_tokens)
        return find_highlights(question.tokens, sentences, self._mean)

    def _sides_of(self, snapshot: Snapshot, rows: Sequence[int]) -> dict[int, Sides]:
        """The tokens of each exchange by side; its passages' vectors where a model has no tokens."""
        stored = snapshot.tokens_of(rows) if self._by_tokens else snapshot.vectors_of(rows)
        parts: defaultdict[int, defaultdict[Part, list[Vectors]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for each in stored:
            parts[each.exchange_row][each.part].append(self._decode(each.blob))
        return {
            row: {part: np.concatenate(vectors) for part, vectors in sides.items()}
            for row, sides in parts.items()
        }

    def _decode(self, blob: bytes) -> Vectors:
        if self._by_tokens:
            return self._codec.decode(blob)
        return np.frombuffer(blob, STORED).astype(np.float32)[np.newaxis]
