"""Puts the candidates for a question in order: by vectors, by their words, by single tokens.

It fetches what `ranking` and `lexical` weigh. It knows the catalogue, not FAISS and no model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.common_ground import CommonGround
from index.errors import IndexDamaged
from index.evidence import EvidenceReader
from index.filtering import Scope
from index.lexical import (
    LEAST_COVERAGE,
    coverage_of,
    lexical_evidence,
    rough_evidence,
    weigh_words,
)
from index.places import Place
from index.pointers import find_targets, lean_on_targets
from index.ranking import (
    COMPARED,
    WEIGHED,
    WORDED,
    find_nearest,
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
        common: CommonGround,
        evidence: EvidenceReader,
        text: str,
    ) -> None:
        self._snapshot = snapshot
        self._question = question
        self._common = common
        self._evidence = evidence
        self._words = weigh_words(text, snapshot)
        self._coverage = coverage_of(self._words, snapshot)
        self._dense: dict[int, float] = {}
        self._titles: dict[int, str] = {}

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
        near += self._siblings(near, scope)
        ordered = self._order(near)
        known = {candidate.place for candidate in ordered}
        return ordered + [other for other in candidates[WEIGHED:] if other.place not in known]

    def _siblings(self, near: list[Candidate], scope: Scope) -> list[Candidate]:
        """The candidates that stand in one document with what seems near at first sight."""
        titles = self._titles_of(near)
        said = rough_evidence(self._words, self._coverage, titles)
        close = _sums(near, self._by_vectors(near), said)
        return self._candidates(find_siblings(self._snapshot, close, scope))

    def _by_vectors(self, near: list[Candidate]) -> dict[int, float]:
        """How close they are by their vectors; each is weighed once."""
        rows = _rows(near)
        vectors = self._evidence.vectors_of(row for row in rows if row not in self._dense)
        self._dense |= rank_by_vectors(self._question.vector, vectors)
        return {row: self._dense[row] for row in rows}

    def _titles_of(self, near: list[Candidate]) -> dict[int, str]:
        """The titles of their documents; each is read once."""
        rows = _rows(near)
        self._titles |= self._snapshot.titles_of(row for row in rows if row not in self._titles)
        if not self._titles.keys() >= set(rows):
            raise IndexDamaged("the index", "an exchange belongs to a document that is not there")
        return {row: self._titles[row] for row in rows}

    def _order(self, near: list[Candidate]) -> list[Candidate]:
        """The candidates, best first: COMPARED by their tokens, and those behind as they are."""
        titles = self._titles_of(near)
        said = lexical_evidence(self._words, self._coverage, titles, self._snapshot)
        dense = self._by_vectors(near)
        nearest = _sorted(near, _sums(near, dense, said))
        compared, others = nearest[:COMPARED], nearest[COMPARED:]
        rows = _rows(compared)
        tokens = self._evidence.tokens_of(rows)
        by_vectors = {row: dense[row] for row in rows}
        common = self._common.of(self._snapshot.state().token, tokens)
        close = rank_by_tokens(self._question.tokens, tokens, by_vectors, common)
        found = {row: near + said.get(row, 0.0) for row, near in close.items()}
        leaning = lean_on_targets(found, find_targets(self._snapshot, found))
        return _sorted(compared, _sums(compared, leaning, {})) + others

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
        nearest = find_nearest(self._question.vector, self._evidence.vectors_of(rows))
        return [
            Candidate(place, rounded(nearest[place.exchange_row]))
            for place in places
            if place.exchange_row in nearest
        ]


def _rows(candidates: Iterable[Candidate]) -> list[int]:
    return [candidate.place.exchange_row for candidate in candidates]


def _sums(
    candidates: Iterable[Candidate], close: Mapping[int, float], said: Mapping[int, float]
) -> dict[Place, float]:
    """How close candidates are, with what their words add."""
    places = [candidate.place for candidate in candidates]
    return {
        place: close[place.exchange_row] + said.get(place.exchange_row, 0.0) for place in places
    }


def _sorted(candidates: list[Candidate], close: Mapping[Place, float]) -> list[Candidate]:
    """Closest first, each with its share in its document's closeness; equal ones in their order."""
    leaning = lean_on_documents(close)
    return sorted(candidates, key=lambda each: (-rounded(leaning[each.place]), each.place))


def rounded(similarity: float) -> float:
    """A similarity to as many digits as hold on every machine."""
    return round(similarity, SIMILARITY_DIGITS)
