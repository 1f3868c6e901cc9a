"""Collections of documents, and what speaks for the answers that questions find in them.

It knows where questions with known answers are kept. It does not know how relevance is weighed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.catalogue import Catalogue
from index.embedded import embed_passages, space_of, split, uncounted
from index.indexing import Indexer
from index.kvr import WrittenQuestions, read_kvr
from index.models import SearchFilter
from index.recalling import Recall
from index.relevance import Signs
from index.search import Searcher
from pipeline.embedding import Embedder
from pipeline.layouts import parse
from pipeline.models import Parsed
from pipeline.reading import read_document
from pipeline.settings import Settings
from pipeline.token_vectors import Embedding

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests/index/questions"
DOCUMENTS = ROOT.parent / "shared/documents"
REPORT = DOCUMENTS / "verslag-schriftelijk-overleg-wrr.txt"
WRITTEN = ROOT.parent / "shared/kvr/dev.jsonl.gz"
LOOKED_AT = 10  # hits, as many as a page shows
FRESH = "fresh"  # the split and the kind of questions that are never fitted on

# How many documents of written questions lie beside the report, and of which share of these the
# abstract is asked: 853 and some 2,000 exchanges, 80 and 100 abstracts.
WRITTEN_DOCUMENTS = {"large": 400, "written": 160}
ASKED_ABSTRACTS = {"large": 4, "written": 2}


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


def observe_all(folder: Path, embedder: Embedder) -> list[Observation]:
    """The hits of every question in every collection; makes the collections that are missing."""
    reader: Embedder = Remembering(embedder)  # type: ignore[assignment]  # the rest it hands on
    report = read_questions("wrr.json") + [
        replace(each, split=FRESH, kind=FRESH) for each in read_questions("wrr_more.json")
    ]
    asked = {"report": report, "papers": report + read_questions("papers.json")}
    data = {name: Settings(data=folder / name) for name in ("report", "papers", *WRITTEN_DOCUMENTS)}
    for name, paths in (("report", [REPORT]), ("papers", sorted(DOCUMENTS.iterdir()))):
        if not data[name].database_file.exists():
            _add_files(data[name], embedder, paths)
    written = read_kvr(WRITTEN)
    for name, count in WRITTEN_DOCUMENTS.items():  # the largest first: the rest is taken from it
        if not data[name].database_file.exists():
            _add_written(data[name], embedder, written[:count], data["report"], data["large"])
        asked[name] = report + abstracts_of(written[: count : ASKED_ABSTRACTS[name]])
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
        for row in content["queries"] + content.get("out_of_scope", [])
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
    settings: Settings,
    embedder: Embedder,
    written: Sequence[WrittenQuestions],
    report: Settings,
    larger: Settings,
) -> None:
    """Fills a collection; what another one holds of it is taken from there."""
    documents = [each.parsed for each in written]
    with ExitStack() as opened:
        others = [known for known in (report, larger) if known != settings]
        recalls = [opened.enter_context(_recalling(known)) for known in others]
        catalogue = opened.enter_context(closing(Catalogue.open(settings)))
        for document in [_parsed(REPORT), *documents]:
            passages = [p for exchange in document.exchanges for p in split(embedder, exchange)]
            embedded = embed_passages(embedder, passages, uncounted, _first_of(recalls))
            with catalogue.commit() as (_, commit):
                commit.use_space(space_of(embedder))
                commit.add_document(document, embedded, datetime.now(UTC))


@contextmanager
def _recalling(settings: Settings) -> Iterator[Recall]:
    with closing(Catalogue.open(settings)) as catalogue, catalogue.snapshot() as snapshot:
        yield snapshot.recall([record.id for record in snapshot.documents()])


def _first_of(recalls: Sequence[Recall]) -> Recall:
    return lambda text: next(filter(None, (recall(text) for recall in recalls)), None)


def _parsed(path: Path) -> Parsed:
    return parse(read_document(path.read_bytes(), path.name))
