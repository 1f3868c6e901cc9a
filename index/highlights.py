"""Which sentences of an answer meet a question.

A sentence is weighed by its tokens as they stand in the whole answer: for each token of the
question the nearest one in the sentence counts (MaxSim). It knows sentences and vectors; no model
and no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Exchange
from pipeline.sentences import sentence_spans

Vectors = NDArray[np.float32]

MOST = 3  # sentences that are marked: more is no help to a reader
NEARLY = 0.01  # how far, in cosine, a sentence may be behind the best one to be marked as well


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer as it is written, with the vectors of its tokens."""

    text: str
    tokens: Vectors


def find_sentences(
    exchange: Exchange, tokens: Vectors, count_tokens: Callable[[str], int]
) -> list[Sentence]:
    """The sentences of the answer with what is theirs of its tokens, (tokens, components).

    Tokens carry no place in the text; the number of tokens of each sentence tells where it ends.
    """
    texts = list(_sentences(exchange))
    ends = [0, *accumulate(count_tokens(text) for text in texts)]
    scale = len(tokens) / max(1, ends[-1])  # 1, but where a token was left out
    places = [round(end * scale) for end in ends]
    return [
        Sentence(text, tokens[start:end])
        for text, (start, end) in zip(texts, pairwise(places), strict=True)
        if start < end
    ]


def _sentences(exchange: Exchange) -> Iterator[str]:
    for paragraph in exchange.answer_paragraphs:
        for start, end in sentence_spans(paragraph.text):
            if text := paragraph.text[start:end].strip():
                yield text


def find_highlights(question: Vectors, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The sentences that meet the question, at most MOST, best first; none without tokens."""
    if not question.size:
        return ()
    weighed = [
        (float((question @ sentence.tokens.T).max(axis=1).mean()), -at)
        for at, sentence in enumerate(sentences)
    ]
    best = sorted(weighed, reverse=True)[:MOST]
    return tuple(sentences[-before].text for close, before in best if close >= best[0][0] - NEARLY)
