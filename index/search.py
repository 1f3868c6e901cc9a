"""From a question to ranked hits.

The stages: the question's vector, the passages near it, the exchanges they belong to (candidates),
those in the order of all they say, and those with their text and the answers they point to (hits). It does not know the
screen, and reads one commit of the catalogue for one question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.background import open_background
from index.commits import Space
from index.common_ground import CommonGround
from index.errors import EmptyQuestion
from index.evidence import EvidenceReader
from index.filtering import Scope
from index.judging import Judge, Verdict
from index.lexical import Wording, read_wording, rows_of
from index.models import ExchangeRecord, Hit, SearchFilter, SearchResult
from index.places import Near, Place
from index.ranking import WEIGHED
from index.relevance import Signs
from index.reranking import Candidate, Reranker, rounded
from index.store import Reader, Snapshot, Vectors
from index.stores import open_reader
from index.strength import is_answered
from pipeline.settings import Settings
from pipeline.token_vectors import Embedding, TokenCodec

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

PASSAGES_A_HIT = 4  # first guess of how many passages near a question share an exchange
EVERYTHING = SearchFilter()
EVERYWHERE = Scope()


class Searcher:
    """Answers questions from the index; any thread may use it, and it sees each new commit."""

    def __init__(self, reader: Reader, settings: Settings, embedder: Embedder) -> None:
        self._reader = reader
        self._embedder = embedder
        self._codec = TokenCodec(embedder.token_mean)
        background = open_background(embedder, settings.cache)
        self._common = CommonGround(background.usual)
        self._judge = Judge(embedder, background)

    @classmethod
    def open(cls, settings: Settings, embedder: Embedder) -> Searcher:
        """Opens the index for questions; raises ModelMismatch and what `open_reader` raises."""
        space = Space(embedder.fingerprint, embedder.dimension)
        return cls(open_reader(settings, space), settings, embedder)

    def close(self) -> None:
        """Lets go of the index."""
        self._reader.close()

    def search(
        self, question: str, limit: int = 10, filters: SearchFilter = EVERYTHING
    ) -> SearchResult:
        """At most `limit` hits, best first; raises EmptyQuestion or ModelMismatch."""
        if not question.strip():
            raise EmptyQuestion
        started = perf_counter()
        wording = read_wording(question)
        asked = self._embedder.embed_question_in_tokens(wording.text)
        embedded = perf_counter()
        result = self._reader.read(
            lambda snapshot, vectors: self._answer(
                snapshot, vectors, question, wording, asked, limit, filters
            )
        )
        return replace(result, seconds={"embed": embedded - started, **result.seconds})

    def _answer(
        self,
        snapshot: Snapshot,
        vectors: Vectors,
        question: str,
        wording: Wording,
        asked: Embedding,
        limit: int,
        filters: SearchFilter,
    ) -> SearchResult:
        started = perf_counter()
        evidence = EvidenceReader(snapshot, self._codec)
        ranked, coverage = self._rank(evidence, snapshot, vectors, wording, asked, limit, filters)
        searched = perf_counter()
        shown = [candidate.place.exchange_row for candidate in ranked[:limit]]
        records = snapshot.exchanges_by_row(shown)
        verdicts = self._judge.judge(evidence, asked, ranked, coverage, records)
        hits = make_hits(snapshot, ranked[:limit], records, verdicts)
        seconds = {"search": searched - started, "fetch": perf_counter() - searched}
        answered = is_answered([hit.relevance for hit in hits])
        return SearchResult(question, hits, answered, vectors.generation, seconds)

    def signs(self, question: str, filters: SearchFilter = EVERYTHING) -> dict[str, Signs]:
        """What speaks for the answers found first, by their ids, best first: to fit weights on."""
        wording = read_wording(question)
        asked = self._embedder.embed_question_in_tokens(wording.text)

        def weigh(snapshot: Snapshot, vectors: Vectors) -> dict[str, Signs]:
            evidence = EvidenceReader(snapshot, self._codec)
            ranked, coverage = self._rank(evidence, snapshot, vectors, wording, asked, 1, filters)
            found = self._judge.signs(evidence, asked, ranked, coverage)
            records = snapshot.exchanges_by_row(list(found))
            return {records[row].id: signs for row, signs in found.items()}

        return self._reader.read(weigh)

    def _rank(
        self,
        evidence: EvidenceReader,
        snapshot: Snapshot,
        vectors: Vectors,
        wording: Wording,
        asked: Embedding,
        limit: int,
        filters: SearchFilter,
    ) -> tuple[list[Candidate], Mapping[int, float]]:
        """At least `limit` exchanges where there are so many, best first, and their coverage."""
        scope = Scope(filters, *rows_of(wording, snapshot))
        count = max(limit, WEIGHED)
        found = find_candidates(snapshot, vectors, asked.vector, count, scope)
        reranker = Reranker(snapshot, asked, self._common, evidence, wording.text)
        return reranker.order(found, scope), reranker.coverage


def find_candidates(
    snapshot: Snapshot,
    vectors: Vectors,
    question: NDArray[np.float32],
    limit: int,
    scope: Scope = EVERYWHERE,
) -> list[Candidate]:
    """The `limit` exchanges whose best passage is nearest to the question, nearest first.

    Exact: more passages are asked for until no other exchange can come among the first `limit`.
    """
    count = limit * PASSAGES_A_HIT
    while True:
        near = vectors.nearest(question, count, scope)
        candidates, settled = rank_candidates(snapshot, near, limit)
        if settled or len(near) < count:  # there are no more
            return candidates
        count *= 2


def rank_candidates(
    snapshot: Snapshot, near: Sequence[Near], limit: int
) -> tuple[list[Candidate], bool]:
    """The first `limit` exchanges of these passages, and whether none beyond can come among them.

    The passages come nearest first, and so do the exchanges by their best passage, equal ones in
    document order. No more passages are looked up than it takes.
    """
    best: dict[Place, float] = {}
    candidates: list[Candidate] = []
    for start in range(0, len(near), limit):
        passages = near[start : start + limit]
        places = snapshot.places_of_passages([found.passage_id for found in passages])
        for found in passages:
            best.setdefault(places[found.passage_id], rounded(found.similarity))
        ranked = sorted((-similarity, place) for place, similarity in best.items())
        candidates = [Candidate(place, -similarity) for similarity, place in ranked[:limit]]
        last = rounded(passages[-1].similarity)
        if len(candidates) == limit and last < candidates[-1].similarity:
            return candidates, True
    return candidates, False


def make_hits(
    snapshot: Snapshot,
    ranked: Sequence[Candidate],
    records: Mapping[int, ExchangeRecord],
    verdicts: Mapping[int, Verdict],
) -> tuple[Hit, ...]:
    """The exchanges in the order given, with their verdicts and the answers they point to."""
    return tuple(
        Hit(
            rank=rank,
            found=records[row],
            similarity=candidate.similarity,
            relevance=verdicts[row].relevance,
            highlights=verdicts[row].highlights,
            referred=referred_answers(snapshot, records[row]),
        )
        for rank, candidate in enumerate(ranked, start=1)
        for row in [candidate.place.exchange_row]
    )


def referred_answers(snapshot: Snapshot, found: ExchangeRecord) -> tuple[ExchangeRecord, ...]:
    """The answers in the same document that an answer points to, in the order it names them.

    Where a number occurs more than once, as when each fractie counts anew, the one in the same
    section is meant, or else the last before the answer.
    """
    if not found.exchange.refers_to:
        return ()
    siblings = snapshot.exchanges(found.document.id)
    here = [sibling.id for sibling in siblings].index(found.id)
    referred: dict[str, ExchangeRecord] = {}
    for number in found.exchange.refers_to:
        meant = [
            (sibling.exchange.section == found.exchange.section, at < here, at, sibling)
            for at, sibling in enumerate(siblings)
            if number in sibling.exchange.numbers and at != here
        ]
        if meant:
            best = max(meant, key=lambda choice: choice[:3])[-1]
            referred.setdefault(best.id, best)
    return tuple(referred.values())
