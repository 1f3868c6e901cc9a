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
from index.siblings import find_siblings, lean_on_documents
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
        self._by_vectors: dict[int, float] = {}
        self._by_words: dict[int, float] = {}

    @property
    def coverage(self) -> Mapping[int, float]:
        """For exchanges, by row, the share of the question's rarity that their words cover."""
        return self._coverage

    def order(self, candidates: Sequence[Candidate], scope: Scope) -> list[Candidate]:
        """The first WEIGHED candidates and those found beside them, best first; then the rest.

        So the first hits are the same however many are asked for.
        """
        near = list(candidates[:WEIGHED])
        near += self._found_by_words({candidate.place for candidate in near}, scope)
        self._weigh(near)
        near += self._candidates(find_siblings(self._snapshot, self._close(near), scope))
        self._weigh(near)
        ordered = self._order(near)
        known = {candidate.place for candidate in ordered}
        return ordered + [other for other in candidates[WEIGHED:] if other.place not in known]

    def _weigh(self, near: list[Candidate]) -> None:
        """Finds out how close candidates are by their vectors, and what their words add."""
        rows = [row for row in _rows(near) if row not in self._by_vectors]
        titles = self._snapshot.titles_of(rows)
        said = lexical_evidence(self._words, self._coverage, titles, self._snapshot)
        vectors = self._evidence.vectors_of(rows)
        self._by_vectors.update(rank_by_vectors(self._question.vector, vectors))
        self._by_words.update(said)

    def _close(self, near: Iterable[Candidate]) -> dict[Place, float]:
        """How close candidates that were weighed are, before their tokens are looked at."""
        places = [candidate.place for candidate in near]
        return {
            place: self._by_vectors[place.exchange_row] + self._by_words.get(place.exchange_row, 0)
            for place in places
        }

    def _order(self, near: list[Candidate]) -> list[Candidate]:
        """The candidates, best first: COMPARED by their tokens, and those behind as they are."""
        nearest = _sorted(near, self._close(near))
        compared, others = nearest[:COMPARED], nearest[COMPARED:]
        rows = _rows(compared)
        by_vectors = {row: self._by_vectors[row] for row in rows}
        tokens = self._evidence.tokens_of(rows)
        close = rank_by_tokens(self._question.tokens, self._usual, tokens, by_vectors)
        found = {row: near + self._by_words.get(row, 0.0) for row, near in close.items()}
        leaning = lean_on_targets(found, find_targets(self._snapshot, found))
        by_place = {each.place: leaning[each.place.exchange_row] for each in compared}
        return _sorted(compared, by_place) + others

    def _found_by_words(self, known: set[Place], scope: Scope) -> list[Candidate]:
        """The candidates that most of the question's own words speak for, beside those known."""
        least = LEAST_COVERAGE
        if scope == Scope() and len(self._coverage) > WORDED:  # a filter may leave only the others
            least = max(least, sorted(self._coverage.values())[-WORDED])
        covered = [row for row, share in self._coverage.items() if share >= least]
        places = self._snapshot.places_of_exchanges(covered, scope)
        places.sort(key=lambda place: (-rounded(self._coverage[place.exchange_row]), place))
        return self._candidates([place for place in places[:WORDED] if place not in known])

    def _candidates(self, places: Sequence[Place]) -> list[Candidate]:
        """The exchanges in these places that have passages, with the cosine of the nearest."""
        rows = [place.exchange_row for place in places]
        nearest: dict[int, float] = {}
        for passage in self._evidence.vectors_of(rows):
            cosine = float((passage.vectors @ self._question.vector).max())
            nearest[passage.exchange_row] = max(cosine, nearest.get(passage.exchange_row, cosine))
        return [
            Candidate(place, rounded(nearest[place.exchange_row]))
            for place in places
            if place.exchange_row in nearest
        ]


def _rows(candidates: Iterable[Candidate]) -> list[int]:
    return [candidate.place.exchange_row for candidate in candidates]


def _sorted(candidates: list[Candidate], close: Mapping[Place, float]) -> list[Candidate]:
    """Closest first, each with its share in its document's closeness; equal ones in their order."""
    leaning = lean_on_documents(close)
    return sorted(candidates, key=lambda each: (-rounded(leaning[each.place]), each.place))


def rounded(similarity: float) -> float:
    """A similarity to as many digits as hold on every machine."""
    return round(similarity, SIMILARITY_DIGITS)
