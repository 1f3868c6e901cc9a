"""Makes exercises of lessons: questions, the exchanges among which theirs must be found.

All exchanges of an exercise stand against each other: those of the same document, which are about
the same and hard to tell apart, and those of others. It knows no tokens and no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from training.reading import Lessons, Pair, PlainLesson, WrittenLesson

# As many as are taught in 4 s of two cores; half of what is asked comes out of documents.
PLAIN_DOCUMENTS, WRITTEN_DOCUMENTS = 5, 2
LANGUAGES_A_PAIR = 2  # of the four, anew each time
OTHER_PAIRS = 3  # of a document, to which no question in plain words belongs
WRITTEN_PAIRS = 3  # of a document
WITHOUT_QUESTION = 0.25  # of the pairs: an answer must be found by what it says itself
REWORDED = 0.6  # of a document's own questions lose words, so that shared ones do not give it away
LOST = 0.6  # of the words that are shared
SAME_WORD = 5  # letters at the start of two words by which they are taken for one, in Dutch
SHORTEST = 25  # letters of a question that lost words; below it the question stays as it is
BACKGROUND = 8  # sentences about anything, whose vectors are to stay where they are

_WORD = re.compile(r"\w+")

Lesson = TypeVar("Lesson")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and which of the pairs answer it."""

    question: str
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """Questions and the pairs among which theirs must be found; and sentences about anything."""

    background: tuple[str, ...]
    pairs: tuple[Pair, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """The part of an exercise that comes out of one document."""

    pairs: tuple[Pair, ...]
    asked: tuple[Asked, ...]


def exercises(lessons: Lessons, background: Sequence[str], chance: Random) -> Iterator[Exercise]:
    """Exercises without end; raises ValueError when there is too little to learn from."""
    if len(lessons.plain) < PLAIN_DOCUMENTS or len(lessons.written) < WRITTEN_DOCUMENTS:
        raise ValueError(f"an exercise takes {PLAIN_DOCUMENTS} and {WRITTEN_DOCUMENTS} documents")
    plain = _drawn(lessons.plain, PLAIN_DOCUMENTS, chance)
    written = _drawn(lessons.written, WRITTEN_DOCUMENTS, chance)
    while True:
        tasks = [_plain_task(lesson, chance) for lesson in next(plain)]
        tasks += [_written_task(lesson, chance) for lesson in next(written)]
        yield _put_together(tasks, tuple(chance.sample(background, BACKGROUND)))


def _drawn(pool: Sequence[Lesson], count: int, chance: Random) -> Iterator[list[Lesson]]:
    """So many lessons at a time, each once before any comes again."""
    while True:
        shuffled = chance.sample(pool, len(pool))
        for start in range(0, len(pool) - count + 1, count):
            yield shuffled[start : start + count]


def _put_together(tasks: Sequence[_Task], background: tuple[str, ...]) -> Exercise:
    pairs: list[Pair] = []
    asked: list[Asked] = []
    for task in tasks:
        first = len(pairs)
        asked += [Asked(a.question, tuple(first + at for at in a.right)) for a in task.asked]
        pairs += task.pairs
    return Exercise(background, tuple(pairs), tuple(asked))


def _plain_task(lesson: PlainLesson, chance: Random) -> _Task:
    asked = tuple(
        Asked(question, (at,))
        for at, each in enumerate(lesson.asked)
        for question in chance.sample(list(each.questions.values()), LANGUAGES_A_PAIR)
    )
    others = chance.sample(lesson.others, min(OTHER_PAIRS, len(lesson.others)))
    pairs = [each.pair for each in lesson.asked] + others
    return _Task(tuple(_now_and_then_alone(pair, chance) for pair in pairs), asked)


def _now_and_then_alone(pair: Pair, chance: Random) -> Pair:
    return replace(pair, question="") if chance.random() < WITHOUT_QUESTION else pair


def _written_task(lesson: WrittenLesson, chance: Random) -> _Task:
    """The document's own questions ask, so that they may not stand beside the answers."""
    pairs = chance.sample(lesson.pairs, min(WRITTEN_PAIRS, len(lesson.pairs)))
    asked = [Asked(_reworded(pair, chance), (at,)) for at, pair in enumerate(pairs)]
    if lesson.abstract:
        asked.append(Asked(lesson.abstract, tuple(range(len(pairs)))))
    return _Task(tuple(replace(pair, question="") for pair in pairs), tuple(asked))


def _reworded(pair: Pair, chance: Random) -> str:
    if chance.random() >= REWORDED:
        return pair.question
    return without_shared_words(pair, chance)


def without_shared_words(pair: Pair, chance: Random) -> str:
    """The question without most of the longer words that the answer has too."""
    answered = {word[:SAME_WORD] for word in _WORD.findall(pair.answer.lower())}

    def is_lost(word: str) -> bool:
        start = "".join(_WORD.findall(word.lower()))[:SAME_WORD]
        return len(start) == SAME_WORD and start in answered and chance.random() < LOST

    shorter = " ".join(word for word in pair.question.split() if not is_lost(word))
    return shorter if len(shorter) >= SHORTEST else pair.question
