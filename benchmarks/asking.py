"""What questions find in collections of documents, and what speaks for each answer.

It knows which questions are asked where, and what answers them. It does not know how relevance is
weighed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from benchmarks.gathering import REPORT_ID, ROOT, Gathered, LayQuestion, gather
from index.catalogue import Catalogue
from index.kvr import WrittenQuestions
from index.models import SearchFilter
from index.relevance import Signs
from index.search import Searcher
from pipeline.embedding import Embedder
from pipeline.settings import Settings
from pipeline.token_vectors import Embedding

QUESTIONS = ROOT / "tests/index/questions"
LOOKED_AT = 10  # hits, as many as a page shows
FRESH = "fresh"  # the split and the kind of questions that are never fitted on
HALVES = ("fit", "kept")  # of the questions that are fitted on
EVERYTHING = SearchFilter()
LANGUAGES = (("en", "fr"), ("nl", "de"))  # in turns, where asking all would take long
ABSTRACTS = {"written": 2, "large": 6}  # one abstract of so many is asked


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the ids of its answers; without any it has none in these documents."""

    id: str
    kind: str
    language: str
    split: str
    text: str
    answers: frozenset[str]

    @property
    def documents(self) -> set[str]:
        """The ids of the documents that answer it."""
        return {answer.rsplit(".", 1)[0] for answer in self.answers}


@dataclass(frozen=True, slots=True)
class Search:
    """A question as it is asked, and whether one of the exchanges that are searched answers it."""

    question: Question
    filters: SearchFilter
    answerable: bool


@dataclass(frozen=True, slots=True)
class Observation:
    """A hit for a question: whether it is right, and what speaks for it.

    `kind` is that of the question: `question`, `name`, `lay`, `abstract`; or, for those that
    nothing answers, `far`, `near`, and `absent` where the documents that answer were left out.
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
    gathered = gather(folder, embedder)
    return [
        observation
        for name in (*gathered.settings, "few")
        for observation in _observe(name, gathered, reader)
    ]


def _observe(name: str, gathered: Gathered, embedder: Embedder) -> Iterator[Observation]:
    settings = gathered.settings["small" if name == "few" else name]
    with closing(Searcher.open(settings, embedder)) as searcher:
        for search in searches_in(name, gathered):
            yield from _hits(name, searcher, search)


def searches_in(name: str, gathered: Gathered) -> Iterator[Search]:
    """All that is asked of a collection; `few` is the small one, of which a filter leaves few."""
    questions = read_questions("wrr.json") + [
        replace(each, split=FRESH, kind=FRESH) for each in read_questions("wrr_more.json")
    ]
    if name == "few":
        yield from _within_documents(lay_questions(gathered, every=False), gathered)
        yield from _within_parties(questions, gathered)
        return
    if name == "papers":
        questions += read_questions("papers.json")
    if name in ("small", "written", "large"):
        questions += lay_questions(gathered, every=name == "small")
    if name in ABSTRACTS:
        questions += abstracts_of(gathered.written[name])[:: ABSTRACTS[name]]
    yield from _with_and_without(questions, _document_ids(gathered.settings[name]))


def _with_and_without(questions: Sequence[Question], documents: set[str]) -> Iterator[Search]:
    """Each question over all documents; most once more without those that answer it."""
    for at, question in enumerate(questions):
        yield Search(question, EVERYTHING, bool(question.answers))
        others = tuple(sorted(documents - question.documents))
        if question.answers and others and (at % 2 == 0 or question.kind == "lay"):
            yield Search(question, SearchFilter(document_ids=others), answerable=False)


def _within_documents(questions: Sequence[Question], gathered: Gathered) -> Iterator[Search]:
    """Each question of one to three documents: with the one that answers it, and without."""
    lay = sorted(each.parsed.id for each in gathered.held)
    for at, question in enumerate(questions):
        own = next(iter(question.documents))
        others = list(islice(cycle([each for each in lay if each != own]), at, at + 6))
        more = max(0, at % 6 - 3)  # one document most times, as when a reader looks into one
        yield Search(question, SearchFilter(document_ids=(own, *others[:more])), answerable=True)
        left_out = SearchFilter(document_ids=tuple(others[-1 - more :]))
        yield Search(question, left_out, answerable=False)


def _within_parties(questions: Sequence[Question], gathered: Gathered) -> Iterator[Search]:
    """Each question of what one fractie asked in the report: one that asked it, and another."""
    parties = _parties(gathered.settings["small"])
    everyone = sorted(set(parties.values()))
    lay = sorted(each.parsed.id for each in gathered.held)
    for at, question in enumerate(questions):
        asking = sorted({parties[answer] for answer in question.answers})
        others = [party for party in everyone if party not in asking]
        if asking:
            of_one = SearchFilter(parties=(asking[at % len(asking)],))
            yield Search(question, of_one, answerable=True)
        elsewhere = SearchFilter(parties=(others[at % len(others)],))
        yield Search(question, elsewhere, answerable=False)
        if not question.answers:
            document = SearchFilter(document_ids=(lay[at % len(lay)],))
            again = replace(question, id=f"{question.id}/document")
            yield Search(again, document, answerable=False)


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


def lay_questions(gathered: Gathered, *, every: bool) -> list[Question]:
    """Questions in lay words that the model was not trained on; half of them, or every one."""
    documents = {each.parsed.id: each.parsed for each in gathered.held}
    halves = dict(zip(sorted(documents), cycle(HALVES), strict=False))

    def put(asked: LayQuestion, language: str) -> Question:
        document = documents[asked.document]
        answer = document.answer_id(document.exchanges[asked.answer])
        return Question(
            f"{answer}/{language}",
            "lay",
            language,
            halves[asked.document],
            asked.wordings[language],
            frozenset({answer}),
        )

    return [
        put(asked, language)
        for at, asked in enumerate(gathered.lay)
        for language in (asked.wordings if every else LANGUAGES[at % 2])
    ]


def abstracts_of(written: Sequence[WrittenQuestions]) -> list[Question]:
    """What clerks wrote of written questions, as questions that all their answers meet."""
    return [
        Question(
            each.parsed.id,
            "abstract",
            "nl",
            HALVES[at // max(ABSTRACTS.values()) % 2],
            each.abstract,
            frozenset(map(each.parsed.answer_id, each.parsed.exchanges)),
        )
        for at, each in enumerate(written)
        if each.abstract
    ]


def _document_ids(settings: Settings) -> set[str]:
    with closing(Catalogue.open(settings)) as catalogue, catalogue.snapshot() as snapshot:
        return {record.id for record in snapshot.documents()}


def _parties(settings: Settings) -> dict[str, str]:
    """For each answer in the report the fractie that asked."""
    with closing(Catalogue.open(settings)) as catalogue, catalogue.snapshot() as snapshot:
        return {each.id: each.exchange.party for each in snapshot.exchanges(REPORT_ID)}


def _hits(collection: str, searcher: Searcher, search: Search) -> Iterator[Observation]:
    question = search.question
    kind = "absent" if question.answers and not search.answerable else question.kind
    found = list(searcher.signs(question.text, search.filters).items())[:LOOKED_AT]
    for rank, (answer_id, signs) in enumerate(found, start=1):
        yield Observation(
            collection,
            f"{question.id}/{kind}",
            kind,
            question.language,
            question.split,
            search.answerable,
            rank,
            answer_id in question.answers,
            signs,
        )
