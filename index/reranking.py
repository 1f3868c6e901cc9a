"""Puts the candidates for a question in order: by vectors, by their words, by single tokens.

It fetches what `ranking` and `lexical` weigh. It knows the catalogue, not FAISS and no model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.evidence import EvidenceReader
from index.filtering import Scope
from index.lexical import LEAST_COVERAGE, coverage_of, lexical_evidence, weigh_words
from index.places import Place
from index.pointers import find_targets, lean_on_targets
from index.ranking import (
    COMPARED,
    WEIGHED,
    WORDED,
    Vectors,
    rank_by_tokens,
    rank_by_vectors,
)
from index.store import Snapshot
from pipeline.token_vectors import Embedding

SIMILARITY_DIGITS = 6  # beyond these, float32 sums differ with the order in which vectors lie


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exchange, by its place in the catalogue, with the cosine of its best passage."""

    place: Place
    similarity: float


class Reranker:
    """Orders candidates for one question, as of one commit."""

    def __init__(
        self,
        snapshot: Snapshot,
        question: Embedding,
        usual: Vectors,
        evidence: EvidenceReader,
        text: str,
    ) -> None:
        self._snapshot = snapshot
        self._question = question
        self._usual = usual
        self._evidence = evidence
        self._words = weigh_words(text, snapshot)
        self._coverage = coverage_of(self._words, snapshot)

    @property
    def coverage(self) -> Mapping[int, float]:
        """For exchanges, by row, the share of the question's rarity that their words cover."""
        return self._coverage

    def order(self, candidates: Sequence[Candidate], scope: Scope) -> list[Candidate]:
        """The first WEIGHED candidates and those found by their words, best first; then the rest.

        So the first hits are the same however many are asked for.
        """
        near = list(candidates[:WEIGHED])
        near += self._found_by_words({candidate.place for candidate in near}, scope)
        ordered = self._weigh(near)
        known = {candidate.place for candidate in ordered}
        return ordered + [other for other in candidates[WEIGHED:] if other.place not in known]

    def _weigh(self, near: list[Candidate]) -> list[Candidate]:
        titles = self._snapshot.titles_of(_rows(near))
        said = lexical_evidence(self._words, self._coverage, titles, self._snapshot)
        vectors = self._evidence.vectors_of(_rows(near))
        dense = rank_by_vectors(self._question.vector, vectors)
        nearest = _sorted(near, dense, said)
        compared, others = nearest[:COMPARED], nearest[COMPARED:]
        tokens = self._evidence.tokens_of(_rows(compared))
        by_vectors = {row: dense[row] for row in _rows(compared)}
        close = rank_by_tokens(self._question.tokens, self._usual, tokens, by_vectors)
        found = {row: near + said.get(row, 0.0) for row, near in close.items()}
        targets = find_targets(self._snapshot, found)
        return _sorted(compared, lean_on_targets(found, targets), {}) + others

    def _found_by_words(self, known: set[Place], scope: Scope) -> list[Candidate]:
        """The candidates that most of the question's own words speak for, beside those known."""
        covered = [row for row, share in self._coverage.items() if share > LEAST_COVERAGE]
        places = self._snapshot.places_of_exchanges(covered, scope)
        places.sort(key=lambda place: (-rounded(self._coverage[place.exchange_row]), place))
        added = [Candidate(place, 0.0) for place in places[:WORDED] if place not in known]
        nearest: dict[int, float] = {}
        for passage in self._evidence.vectors_of(_rows(added)):
            cosine = float((passage.vectors @ self._question.vector).max())
            nearest[passage.exchange_row] = max(cosine, nearest.get(passage.exchange_row, cosine))
        return [
            Candidate(candidate.place, rounded(nearest[candidate.place.exchange_row]))
            for candidate in added
            if candidate.place.exchange_row in nearest
        ]


def _rows(candidates: Iterable[Candidate]) -> list[int]:
    return [candidate.place.exchange_row for candidate in candidates]


def _sorted(
    candidates: list[Candidate], close: dict[int, float], said: dict[int, float]
) -> list[Candidate]:
    """Closest first, with what the words add; equal ones in document order."""

    def place(candidate: Candidate) -> tuple[float, Place]:
        row = candidate.place.exchange_row
        return -rounded(close[row] + said.get(row, 0.0)), candidate.place

    return sorted(candidates, key=place)


def rounded(similarity: float) -> float:
    """A similarity to as many digits as hold on every machine."""
    return round(similarity, SIMILARITY_DIGITS)
