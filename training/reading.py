"""Reads what there is to learn from: written questions, and questions in plain words about them.

The questions in plain words were written for this project, as people would ask who have not seen
the text, and are kept in `questions.jsonl`: for one answer of a document one in each language. The
documents come from a collection of written questions, which is not kept here. It knows no tokens.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnfitFile
from index.kvr import WrittenQuestions, read_kvr
from pipeline.models import Exchange, joined

QUESTIONS = Path(__file__).with_name("questions.jsonl")
LANGUAGES = ("nl", "en", "de", "fr")

# A shorter question ("Kunt u dat toelichten?") is about something said elsewhere, and a shorter
# answer ("Ja.") could be that to many questions: neither teaches what belongs together.
LONG_QUESTION, LONG_ANSWER = 60, 120  # letters
SEVERAL = 2  # exchanges, so that there is one to tell from another about the same


@dataclass(frozen=True, slots=True)
class Pair:
    """What a document asks and the answer to it; the question may be empty."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AskedPair:
    """A pair with the questions in plain words that it answers, by language."""

    pair: Pair
    questions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlainLesson:
    """A document with questions in plain words to some of its pairs, and none to the others."""

    asked: tuple[AskedPair, ...]
    others: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class WrittenLesson:
    """A document whose own questions ask; the abstract, which may be empty, asks for all."""

    abstract: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is learned from, and the documents that are held out to measure on."""

    plain: tuple[PlainLesson, ...]
    written: tuple[WrittenLesson, ...]
    held_out: tuple[PlainLesson, ...]


@dataclass(frozen=True, slots=True)
class _Questions:
    """The questions in plain words about one document, by the place of the answer."""

    held: bool
    by_answer: Mapping[int, Mapping[str, str]]

    def are_about(self, document: WrittenQuestions | None) -> bool:
        """Whether the document is there with all these answers."""
        return document is not None and max(self.by_answer) < len(document.parsed.exchanges)


def read_lessons(questions: Path, written: Path) -> Lessons:
    """The lessons of both files; raises UnfitFile."""
    asked = _read_questions(questions)
    documents = {_name(document): document for document in read_kvr(written)}
    if absent := [name for name, each in asked.items() if not each.are_about(documents.get(name))]:
        raise UnfitFile(
            str(written),
            f"lacks {len(absent)} documents that questions were written about, such as {absent[0]}",
            "give the collection that the questions were written about",
        )
    lessons = {name: _plain_lesson(documents[name], each) for name, each in asked.items()}
    return Lessons(
        plain=tuple(lessons[name] for name, each in asked.items() if not each.held),
        written=tuple(_written_lessons(d for name, d in documents.items() if name not in asked)),
        held_out=tuple(lessons[name] for name, each in asked.items() if each.held),
    )


def _name(document: WrittenQuestions) -> str:
    return Path(document.parsed.document.name).stem


def _read_questions(path: Path) -> dict[str, _Questions]:
    by_answer: defaultdict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    held = set()
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            by_answer[row["document"]][row["answer"]] = {each: row[each] for each in LANGUAGES}
            if row["held"]:
                held.add(row["document"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"holds no questions in plain words ({type(error).__name__}: {error})"
        raise UnfitFile(str(path), problem, "take the file back from the repository") from error
    return {name: _Questions(name in held, answers) for name, answers in by_answer.items()}


def _plain_lesson(document: WrittenQuestions, questions: _Questions) -> PlainLesson:
    pairs = {at: _pair(each) for at, each in enumerate(document.parsed.exchanges)}
    asked = questions.by_answer
    return PlainLesson(
        tuple(AskedPair(pairs[at], asked[at]) for at in sorted(asked)),
        tuple(pair for at, pair in pairs.items() if at not in asked and pair.answer.strip()),
    )


def _written_lessons(documents: Iterable[WrittenQuestions]) -> Iterator[WrittenLesson]:
    for document in documents:
        pairs = tuple(_pair(each) for each in document.parsed.exchanges if _stands_alone(each))
        if len(pairs) >= SEVERAL:
            yield WrittenLesson(document.abstract or "", pairs)


def _stands_alone(exchange: Exchange) -> bool:
    question, answer = exchange.question_paragraphs, joined(exchange.answer_paragraphs)
    return (
        len(question) == 1 and len(question[0].text) >= LONG_QUESTION and len(answer) >= LONG_ANSWER
    )


def _pair(exchange: Exchange) -> Pair:
    return Pair(joined(exchange.question_paragraphs), joined(exchange.answer_paragraphs))
