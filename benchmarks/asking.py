"""Collections of documents, and what speaks for the answers that questions find in them.

It knows where questions with known answers are kept. It does not know how relevance is weighed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.catalogue import Catalogue
from index.embedded import embed_passages, space_of, split, uncounted
from index.indexing import Indexer
from index.kvr import WrittenQuestions, read_kvr
from index.models import SearchFilter
from index.relevance import Signs
from index.search import Searcher
from pipeline.embedding import Embedder, load_embedder
from pipeline.settings import Settings, load_settings
from pipeline.token_vectors import Embedding

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests/index/questions"
DOCUMENTS = ROOT.parent / "shared/documents"
REPORT = DOCUMENTS / "verslag-schriftelijk-overleg-wrr.txt"
WRITTEN = ROOT.parent / "shared/kvr/dev.jsonl.gz"
WRITTEN_DOCUMENTS = 160  # about 800 exchanges; they take ten minutes to embed
LOOKED_AT = 10  # hits, as many as a page shows


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the ids of its answers; without any it has none in these documents."""

    id: str
    kind: str
    language: str
    split: str
    text: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Observation:
    """A hit for a question: whether it is right, and what speaks for it.

    `kind` is that of the question: `question`, `name`, `abstract`; or, for those that nothing
    answers, `far`, `near`, and `absent` where the document that answers was left out.
    """

    collection: str
    question: str
    kind: str
    language: str
    split: str
    answerable: bool
    rank: int
    right: bool
    signs: Signs


class Remembering:
    """Searches collections with one model, which reads each question once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Embedding] = {}

    def __getattr__(self, name: str) -> object:
        return getattr(self._embedder, name)

    def embed_question_in_tokens(self, text: str) -> Embedding:
        """That of the model."""
        if text not in self._known:
            self._known[text] = self._embedder.embed_question_in_tokens(text)
        return self._known[text]


def observe_all(folder: Path) -> list[Observation]:
    """The hits of every question in every collection; makes the collections that are missing."""
    usual = load_settings()
    embedder = load_embedder(usual)
    reader: Embedder = Remembering(embedder)  # type: ignore[assignment]  # the rest it hands on
    report, papers = read_questions("wrr.json"), read_questions("papers.json")
    written = read_kvr(WRITTEN)[:WRITTEN_DOCUMENTS]
    data = {
        name: Settings(data=folder / name, model=usual.model)
        for name in ("report", "papers", "written")
    }
    if not data["report"].database_file.exists():
        _add_files(data["report"], embedder, [REPORT])
    if not data["papers"].database_file.exists():
        _add_files(data["papers"], embedder, sorted(DOCUMENTS.iterdir()))
    if not data["written"].database_file.exists():
        _add_files(data["written"], embedder, [REPORT])
        _add_written(data["written"], embedder, written)
    asked = {
        "report": report,
        "papers": report + papers,
        "written": report + abstracts_of(written),
    }
    return [
        observation
        for name, questions in asked.items()
        for observation in _observe(name, data[name], reader, questions)
    ]


def read_questions(name: str) -> list[Question]:
    """The questions of a file, those without an answer too."""
    content = json.loads((QUESTIONS / name).read_text(encoding="utf-8"))
    return [
        Question(
            row["id"],
            "name" if row["kind"] == "keyword" else row["kind"],
            row.get("lang", ""),
            row["split"],
            row["query"],
            frozenset(row.get("rel", ())),
        )
        for row in content["queries"] + content["out_of_scope"]
    ]


def abstracts_of(written: Sequence[WrittenQuestions]) -> list[Question]:
    """What clerks wrote of written questions, as questions that all their answers meet."""
    return [
        Question(
            each.parsed.id,
            "abstract",
            "nl",
            "fit" if at % 2 else "kept",
            each.abstract,
            frozenset(map(each.parsed.answer_id, each.parsed.exchanges)),
        )
        for at, each in enumerate(written)
        if each.abstract
    ]


def _observe(
    collection: str, settings: Settings, embedder: Embedder, questions: Sequence[Question]
) -> Iterator[Observation]:
    """The hits of each question, and once more without the documents that answer it."""
    searcher = Searcher.open(settings, embedder)
    catalogue = Catalogue.open(settings)
    with catalogue.snapshot() as snapshot:
        documents = {record.id for record in snapshot.documents()}
    catalogue.close()
    for question in questions:
        answering = {answer.rsplit(".", 1)[0] for answer in question.answers}
        yield from _hits(collection, searcher, question, SearchFilter(), bool(answering))
        others = tuple(sorted(documents - answering))
        if answering and others:
            left_out = SearchFilter(document_ids=others)
            yield from _hits(collection, searcher, question, left_out, answerable=False)
    searcher.close()


def _hits(
    collection: str,
    searcher: Searcher,
    question: Question,
    filters: SearchFilter,
    answerable: bool,
) -> Iterator[Observation]:
    kind = "absent" if question.answers and not answerable else question.kind
    found = list(searcher.signs(question.text, filters).items())[:LOOKED_AT]
    for rank, (answer_id, signs) in enumerate(found, start=1):
        right = answer_id in question.answers
        yield Observation(
            collection,
            f"{question.id}/{kind}",
            kind,
            question.language,
            question.split,
            answerable,
            rank,
            right,
            signs,
        )


def _add_files(settings: Settings, embedder: Embedder, paths: Sequence[Path]) -> None:
    indexer = Indexer.open(settings, embedder)
    for path in paths:
        indexer.add_path(path)
    indexer.close()


def _add_written(
    settings: Settings, embedder: Embedder, written: Sequence[WrittenQuestions]
) -> None:
    catalogue = Catalogue.open(settings)
    for each in written:
        passages = [p for exchange in each.parsed.exchanges for p in split(embedder, exchange)]
        embedded = embed_passages(embedder, passages, uncounted)
        with catalogue.commit() as (_, commit):
            commit.use_space(space_of(embedder))
            commit.add_document(each.parsed, embedded, datetime.now(UTC))
    catalogue.close()
