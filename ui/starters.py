"""Questions to begin with, taken from the documents that were added last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.models import ExchangeRecord
from index.store import Snapshot
from pipeline.sentences import sentence_spans

MOST = 3  # questions, each from another document
SHORTEST, LONGEST = 30, 110  # characters; shorter says too little, longer does not fit on a line
POINTING_WORDS = frozenset(
    "dit dat deze die hierover hiervan daarover daarvan daarbij hierbij daar hier hij zij het".split()
)


def starting_questions(snapshot: Snapshot) -> list[str]:
    """Up to three questions that the index holds an answer to."""
    latest = sorted(snapshot.documents(), key=lambda document: document.added_at, reverse=True)
    found: list[str] = []
    for document in latest[: MOST * 3]:
        question = next(_questions(snapshot.exchanges(document.id)), None)
        if question and question not in found:
            found.append(question)
    return found[:MOST]


def _questions(exchanges: Sequence[ExchangeRecord]) -> Iterator[str]:
    """The sentences that ask something, were answered, and can be read by themselves."""
    for found in exchanges:
        if not found.exchange.answer_paragraphs:
            continue
        for paragraph in found.exchange.question_paragraphs:
            for start, end in sentence_spans(paragraph.text):
                sentence = " ".join(paragraph.text[start:end].split())
                if stands_alone(sentence):
                    yield sentence


def stands_alone(sentence: str) -> bool:
    """Whether a sentence is a question that points to nothing said before it."""
    words = {word.strip("?,.;:").casefold() for word in sentence.split()}
    fits = SHORTEST <= len(sentence) <= LONGEST
    return fits and sentence.endswith("?") and not words & POINTING_WORDS
