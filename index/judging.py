"""How well each answer that was found meets the question, and with which of its sentences.

It fetches for the answers that are shown what `relevance` and `highlights` weigh. It knows the
catalogue, not how answers are ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.highlights import find_highlights, find_sentences
from index.models import ExchangeRecord
from index.relevance import find_signs, relevance_of
from index.snapshot import Snapshot
from pipeline.models import Part
from pipeline.token_vectors import Embedding, TokenCodec

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

Vectors = NDArray[np.float32]
Sides = Mapping[Part, Vectors]

# Sentences about anything at all, as the documents and their readers write: what a question has in
# common with these says nothing about an answer.
BACKGROUND = (
    "De trein van half negen was vanochtend weer vol, dus ik heb de hele weg gestaan.",
    "De leden van de fractie danken de minister voor de brief en hebben nog enkele vragen.",
    "Hoeveel geld is er beschikbaar en wie is daarvoor verantwoordelijk?",
    "The study shows that the number of cases rose last year.",
    "Die Regierung arbeitet mit den Gemeinden an einem Plan für die nächsten Jahre.",
    "Émincez finement les oignons et faites-les revenir à feu doux.",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely an answer meets the question, and the sentences that do."""

    relevance: float
    highlights: tuple[str, ...]


class Judge:
    """Judges answers, with a model that is at hand."""

    def __init__(self, embedder: Embedder) -> None:
        self._codec = TokenCodec(embedder.token_mean)
        self._count_tokens: Callable[[str], int] = embedder.count_tokens
        embedded = embedder.embed_passages_in_tokens(BACKGROUND)
        self._background = np.concatenate([each.tokens for each in embedded])

    def judge(
        self,
        snapshot: Snapshot,
        question: Embedding,
        found: Mapping[int, ExchangeRecord],
        coverage: Mapping[int, float],
    ) -> dict[int, Verdict]:
        """A verdict on each exchange, by its row; `coverage` as `lexical` finds it."""
        sides = self._tokens_of(snapshot, list(found))
        verdicts = {}
        for row, record in found.items():
            tokens = np.concatenate(list(sides[row].values()))
            signs = find_signs(question, tokens, self._background, coverage.get(row, 0.0))
            answer = sides[row].get(Part.ANSWER, tokens[:0])
            sentences = find_sentences(record.exchange, answer, self._count_tokens)
            highlights = find_highlights(question.tokens, sentences)
            verdicts[row] = Verdict(relevance_of(signs), highlights)
        return verdicts

    def _tokens_of(self, snapshot: Snapshot, rows: Sequence[int]) -> dict[int, Sides]:
        parts: defaultdict[int, defaultdict[Part, list[Vectors]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for stored in snapshot.tokens_of(rows):
            parts[stored.exchange_row][stored.part].append(self._codec.decode(stored.blob))
        return {
            row: {part: np.concatenate(tokens) for part, tokens in sides.items()}
            for row, sides in parts.items()
        }
