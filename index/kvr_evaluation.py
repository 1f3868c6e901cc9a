"""How well answers are found among real written questions, beside plain search.

The collection is embedded once, into indexes of its own: one with questions and answers, one with
the answers alone. In the first the abstract of each document must find one of its answers, in the
second a question that can be read by itself must find its answer. Both are asked of the whole
search, of the nearest passage alone and of BM25. It prints nothing.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.embedded import Counter, embed_passages, space_of, split, uncounted
from index.evaluation import DEPTH, RIGHT, Asked, Judged, ask_all, report
from index.kvr import WrittenQuestions
from index.lexical import find_words
from index.local_reader import LocalReader
from index.search import Searcher, find_candidates
from index.store import Snapshot, Vectors
from pipeline.models import Exchange, Parsed
from pipeline.settings import Settings

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

ON_THIS_MACHINE = {"database": None, "database_read": None}
FOLDER = "written-questions"  # in the cache: the indexes that are measured
SHORTEST_QUESTION = 60  # letters; a shorter one hardly says what it is about
SHORTEST_ANSWER = 100  # letters; "Ja." answers many questions
LEANING = re.compile(  # what points to something that was said before
    r"\b(?:dit|deze|dat|die|hier\w*|daar\w*|zo (?:ja|neen?)|boven\w*|genoemde?|bedoelde?|zijn|haar)\b",
    re.I,
)

Ask = Callable[[Judged], Asked]


def evaluate_written(
    settings: Settings,
    embedder: Embedder,
    written: Sequence[WrittenQuestions],
    on_progress: Counter = uncounted,
) -> dict[str, Any]:
    """What `evaluation.report` tells, by kind of question and by way of searching.

    `on_progress` hears how many documents of how many are embedded.
    """
    documents = [each.parsed for each in written]
    answers = [_answers_alone(document) for document in documents]
    total = len(documents) + len(answers)
    whole = _filled(settings, embedder, documents, lambda done, _: on_progress(done, total))
    alone = _filled(
        settings, embedder, answers, lambda done, _: on_progress(done + len(documents), total)
    )
    return {
        "abstracts": _compare(whole, embedder, documents, list(_abstracts(written))),
        "standalone": _compare(alone, embedder, answers, list(_standalone(documents))),
    }


def _answers_alone(document: Parsed) -> Parsed:
    exchanges = tuple(replace(each, question_paragraphs=()) for each in document.exchanges)
    sha256 = hashlib.sha256(f"answers of {document.document.sha256}".encode()).hexdigest()
    return replace(
        document, document=replace(document.document, sha256=sha256), exchanges=exchanges
    )


def _abstracts(written: Sequence[WrittenQuestions]) -> Iterator[Judged]:
    for each in written:
        grades = {each.parsed.answer_id(exchange): RIGHT for exchange in each.parsed.exchanges}
        yield Judged(each.parsed.id, "nl", each.abstract, grades)


def _standalone(documents: Sequence[Parsed]) -> Iterator[Judged]:
    for document in documents:
        for exchange in document.exchanges:
            if _stands_alone(exchange):
                name = document.answer_id(exchange)
                yield Judged(name, "nl", exchange.question, {name: RIGHT})


def _stands_alone(exchange: Exchange) -> bool:
    return (
        len(exchange.question_paragraphs) == len(exchange.numbers) == 1
        and len(exchange.question) >= SHORTEST_QUESTION
        and len(exchange.answer) >= SHORTEST_ANSWER
        and not LEANING.search(exchange.question)
    )


def _filled(
    settings: Settings, embedder: Embedder, documents: Sequence[Parsed], on_progress: Counter
) -> Settings:
    """The settings of an index of these documents, filled where it was not yet."""
    name = hashlib.sha256("".join(d.document.sha256 for d in documents).encode()).hexdigest()
    own = settings.model_copy(
        update={"data": settings.cache / FOLDER / name[:16], **ON_THIS_MACHINE}
    )
    catalogue = Catalogue.open(own)
    catalogue.check_space(space_of(embedder))
    kept = {record.id for record in catalogue.documents()}
    for done, document in enumerate(documents, start=1):
        if document.id not in kept:
            passages = [p for each in document.exchanges for p in split(embedder, each)]
            embedded = embed_passages(embedder, passages, uncounted)
            with catalogue.commit() as (_, commit):
                commit.use_space(space_of(embedder))
                commit.add_document(document, embedded, datetime.now(UTC))
        on_progress(done, len(documents))
    catalogue.close()
    return own


def _compare(
    settings: Settings, embedder: Embedder, documents: Sequence[Parsed], questions: list[Judged]
) -> dict[str, Any]:
    searcher = Searcher.open(settings, embedder)
    found = {"search": report(ask_all(searcher.search, questions))}
    searcher.close()
    for name, ask in (
        ("nearest passage", _nearest_passage(settings, embedder)),
        ("bm25", _bm25(documents)),
    ):
        found[name] = report([ask(question) for question in questions])
    return found


def _nearest_passage(settings: Settings, embedder: Embedder) -> Ask:
    """Plain dense search: exchanges by their passage nearest to the question."""
    reader = LocalReader.open(settings, space_of(embedder))

    def ask(question: Judged) -> Asked:
        started = perf_counter()
        vector = embedder.embed_question(question.text)
        found = reader.read(lambda snapshot, vectors: _find(snapshot, vectors, vector))
        return Asked(question, found, perf_counter() - started)

    return ask


def _find(snapshot: Snapshot, vectors: Vectors, vector: NDArray[np.float32]) -> tuple[str, ...]:
    near = find_candidates(snapshot, vectors, vector, DEPTH)
    rows = [candidate.place.exchange_row for candidate in near]
    records = snapshot.exchanges_by_row(rows)
    return tuple(records[row].id for row in rows)


def _bm25(documents: Sequence[Parsed]) -> Ask:
    """BM25 as FTS5 has it, over title, question and answer."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE texts USING fts5 (id UNINDEXED, text)")
    table.executemany(
        "INSERT INTO texts VALUES (?, ?)",
        [
            (document.answer_id(each), f"{document.metadata.title} {each.question} {each.answer}")
            for document in documents
            for each in document.exchanges
        ],
    )

    def ask(question: Judged) -> Asked:
        started = perf_counter()
        words = " OR ".join(f'"{word}"' for word in find_words(question.text))
        query = f"SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {DEPTH}"  # noqa: S608
        found = tuple(row[0] for row in table.execute(query, (words,)))
        return Asked(question, found, perf_counter() - started)

    return ask
