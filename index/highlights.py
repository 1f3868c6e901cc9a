"""Which sentences of an answer meet a question.

A sentence is weighed by its tokens as they stand in the whole answer: for each token of the
question the nearest one in the sentence counts (MaxSim), by what sets them apart from the mean
token. It knows sentences and vectors; no model and no screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from index.ranking import starts_of
from pipeline.models import Exchange
from pipeline.sentences import sentence_spans
from pipeline.token_vectors import Letters, count_letters

Vectors = NDArray[np.float32]

MOST = 3  # sentences that are marked: more is no help to a reader
NEARLY = 0.03  # how far, in cosine, a sentence may be behind the best one to be marked as well
DIGITS = 6  # beyond these, float32 sums differ between machines
TINY = 1e-6  # below any distance between tokens


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer as it is written, with the vectors of its tokens."""

    text: str
    tokens: Vectors


def find_sentences(exchange: Exchange, tokens: Vectors, letters: Letters) -> list[Sentence]:
    """The sentences of the answer with what is theirs of its tokens, (tokens, components).

    How many letters each token stands for tells in which sentence it ends; one of none opens the
    next word. A token that is all zeros was not kept; a sentence of which none was has nothing to
    be weighed by.
    """
    if not len(tokens):
        return []
    texts = list(_sentences(exchange))
    ends = np.array([0, *accumulate(map(count_letters, texts))])
    told = letters.cumsum(dtype=np.int64)
    scale = told[-1] / max(1, ends[-1])  # 1, but where a model does not tell of each token
    ends = (ends * scale).round()
    begun, ended = np.searchsorted(told - letters, ends), np.searchsorted(told, ends, side="right")
    places = np.minimum(begun, ended).tolist()
    sentences = [
        Sentence(text, _kept(tokens[start:end]))
        for text, (start, end) in zip(texts, pairwise(places), strict=True)
    ]
    return [sentence for sentence in sentences if sentence.tokens.size]


def _kept(tokens: Vectors) -> Vectors:
    kept: Vectors = tokens[tokens.any(axis=1)]
    return kept


def _sentences(exchange: Exchange) -> Iterator[str]:
    for paragraph in exchange.answer_paragraphs:
        for start, end in sentence_spans(paragraph.text):
            if text := paragraph.text[start:end].strip():
                yield text


def find_highlights(
    question: Vectors, sentences: Sequence[Sentence], mean: Vectors
) -> tuple[str, ...]:
    """The sentences that meet the question, at most MOST, best first, each once.

    `mean` is that of all tokens.
    """
    if not sentences:
        return ()
    tokens = _apart(np.concatenate([each.tokens for each in sentences]), mean)
    starts = starts_of(len(each.tokens) for each in sentences)
    cosines = tokens @ _apart(question, mean).T
    nearest = np.maximum.reduceat(cosines, starts, axis=0).mean(axis=1)
    close = {at: round(cosine, DIGITS) for at, cosine in enumerate(nearest.tolist())}
    best = sorted(close, key=lambda at: (-close[at], at))[:MOST]
    marked = [sentences[at].text for at in best if close[at] >= close[best[0]] - NEARLY]
    return tuple(dict.fromkeys(marked))  # a sentence that is written twice is marked twice anyway


def _apart(tokens: Vectors, mean: Vectors) -> Vectors:
    """What sets tokens apart from their mean, L2-normalised."""
    distance = tokens - mean
    apart: Vectors = distance / np.maximum(np.linalg.norm(distance, axis=1, keepdims=True), TINY)
    return apart
