"""How well each answer that was found meets the question, and with which of its sentences.

It fetches what `relevance` and `highlights` weigh. It knows the catalogue, not how answers are
ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.background import Background
from index.evidence import EvidenceReader
from index.highlights import find_highlights, find_sentences
from index.models import ExchangeRecord
from index.ranking import WEIGHED
from index.relevance import COMPARED, Signs, find_likenesses, find_signs, relevance_of
from index.reranking import Candidate
from pipeline.models import Part
from pipeline.token_vectors import Embedding

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

MARKED_FROM = 0.1  # relevance; an answer below it is hardly ever a right one

Vectors = NDArray[np.float32]
Sides = Mapping[Part, Sequence[Vectors]]  # of each passage, in the order of the text


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely an answer meets the question, and the sentences that do."""

    relevance: float
    highlights: tuple[str, ...]


class Judge:
    """Judges answers with the vectors of one model; any thread may use it."""

    def __init__(self, embedder: Embedder, background: Background) -> None:
        self._mean = embedder.token_mean
        self._by_tokens = bool(background.tokens.size)
        self._background = background
        if not self._by_tokens:
            self._background = replace(background, tokens=background.sentences)

    def judge(
        self,
        evidence: EvidenceReader,
        question: Embedding,
        ranked: Sequence[Candidate],
        coverage: Mapping[int, float],
        shown: Mapping[int, ExchangeRecord],
    ) -> dict[int, Verdict]:
        """A verdict on each exchange that is shown, by its row.

        The first COMPARED of `ranked` are weighed whatever is shown, so that a verdict does not
        depend on how many are; `coverage` is as `lexical` finds it.
        """
        weighed = ranked[: max(len(shown), COMPARED)]
        sides = self._sides_of(evidence, weighed)
        signs = self._signs(question, weighed, coverage, sides, _searched(evidence, ranked))
        verdicts = {}
        for row, record in shown.items():
            relevance = relevance_of(signs[row])
            marks = self._by_tokens and relevance >= MARKED_FROM
            highlights = self._highlights(evidence, question, record, row) if marks else ()
            verdicts[row] = Verdict(relevance, highlights)
        return verdicts

    def signs(
        self,
        evidence: EvidenceReader,
        question: Embedding,
        ranked: Sequence[Candidate],
        coverage: Mapping[int, float],
    ) -> dict[int, Signs]:
        """What speaks for each of the first COMPARED exchanges, by its row: to fit weights on."""
        weighed = ranked[:COMPARED]
        sides = self._sides_of(evidence, weighed)
        return self._signs(question, weighed, coverage, sides, _searched(evidence, ranked))

    def _signs(
        self,
        question: Embedding,
        weighed: Sequence[Candidate],
        coverage: Mapping[int, float],
        sides: Mapping[int, Sides],
        exchanges: int,
    ) -> dict[int, Signs]:
        asked = question
        if not self._by_tokens:
            asked = Embedding(question.vector, question.vector[np.newaxis])
        rows = [each.place.exchange_row for each in weighed]
        likenesses = find_likenesses(
            asked.tokens,
            [[passage for side in sides[row].values() for passage in side] for row in rows],
            [coverage.get(row, 0.0) for row in rows],
        )
        found = find_signs(asked, likenesses, self._background, exchanges)
        return dict(zip(rows, found, strict=True))

    def _highlights(
        self, evidence: EvidenceReader, question: Embedding, record: ExchangeRecord, row: int
    ) -> tuple[str, ...]:
        answer = [each.vectors for each in evidence.tokens_of([row]) if each.part is Part.ANSWER]
        if not answer:
            return ()
        letters = evidence.letters_of(row, Part.ANSWER)
        sentences = find_sentences(record.exchange, np.concatenate(answer), letters)
        return find_highlights(question.tokens, sentences, self._mean)

    def _sides_of(self, evidence: EvidenceReader, weighed: Sequence[Candidate]) -> dict[int, Sides]:
        """The tokens of each exchange by side; its passages' vectors where a model has no tokens."""
        rows = [each.place.exchange_row for each in weighed]
        read = evidence.tokens_of(rows) if self._by_tokens else evidence.vectors_of(rows)
        parts: defaultdict[int, defaultdict[Part, list[Vectors]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for each in read:
            parts[each.exchange_row][each.part].append(each.vectors)
        return dict(parts)


def _searched(evidence: EvidenceReader, ranked: Sequence[Candidate]) -> int:
    """Among how many exchanges these were found: where a filter left few, they are all there are."""
    return len(ranked) if len(ranked) < WEIGHED else evidence.count_exchanges()
