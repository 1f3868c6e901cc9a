"""The collections of documents on which relevance is measured, made once and kept in a folder.

It knows where documents and questions with known answers lie. It asks nothing of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.catalogue import Catalogue
from index.embedded import embed_passages, space_of, split, uncounted
from index.indexing import Indexer
from index.kvr import WrittenQuestions, read_kvr
from index.recalling import Recall
from pipeline.embedding import Embedder
from pipeline.layouts import parse
from pipeline.models import Parsed
from pipeline.reading import read_document
from pipeline.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT.parent / "shared/documents"
REPORT = DOCUMENTS / "verslag-schriftelijk-overleg-wrr.txt"
REPORT_ID = REPORT.stem
WRITTEN = ROOT.parent / "shared/kvr/dev.jsonl.gz"
TRAINED_ON = ROOT.parent / "shared/kvr/train.jsonl.gz"  # but for the documents that were held back
LAY_QUESTIONS = ROOT / "training/questions.jsonl"

# How many documents of written questions lie beside the report and those with lay questions.
WRITTEN_DOCUMENTS = {"small": 0, "written": 100, "large": 400}


@dataclass(frozen=True, slots=True)
class LayQuestion:
    """What somebody without knowledge of the matter might ask, by language.

    `answer` is the place of the answer in its document, from 0.
    """

    document: str
    answer: int
    wordings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Where each collection is kept, and what there is to ask of it.

    `held` are the documents that lay questions are about, in every collection of written questions;
    `written` are the others in each.
    """

    settings: Mapping[str, Settings]
    held: Sequence[WrittenQuestions]
    lay: Sequence[LayQuestion]
    written: Mapping[str, Sequence[WrittenQuestions]]


def gather(folder: Path, embedder: Embedder) -> Gathered:
    """The collections in a folder; makes those that are missing."""
    lay = read_lay_questions(LAY_QUESTIONS)
    about = {each.document for each in lay}
    held = [each for each in read_kvr(TRAINED_ON) if each.parsed.id in about]
    others = read_kvr(WRITTEN)
    written = {name: others[:count] for name, count in WRITTEN_DOCUMENTS.items()}
    names = ("report", "papers", *written)
    settings = {name: Settings(data=folder / name) for name in names}
    for name, paths in (("report", [REPORT]), ("papers", sorted(DOCUMENTS.iterdir()))):
        if not settings[name].database_file.exists():
            _add_files(settings[name], embedder, paths)
    known = settings["report"]
    for name, documents in written.items():  # the smallest first: what it holds is taken from it
        if not settings[name].database_file.exists():
            _add_written(settings[name], embedder, [*held, *documents], (settings["report"], known))
        known = settings[name]
    return Gathered(settings, held, lay, written)


def read_lay_questions(path: Path) -> list[LayQuestion]:
    """Those about documents that were held back when the model was trained on the others."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        LayQuestion(
            row["document"].lower(),
            row["answer"],
            {language: row[language] for language in ("nl", "en", "de", "fr")},
        )
        for row in rows
        if row["held"]
    ]


def _add_files(settings: Settings, embedder: Embedder, paths: Sequence[Path]) -> None:
    with closing(Indexer.open(settings, embedder)) as indexer:
        for path in paths:
            indexer.add_path(path)


def _add_written(
    settings: Settings,
    embedder: Embedder,
    written: Sequence[WrittenQuestions],
    known: Sequence[Settings],
) -> None:
    """Fills a collection; what the known ones hold of it is taken from there."""
    documents = [each.parsed for each in written]
    with ExitStack() as opened:
        recalls = [opened.enter_context(_recalling(each)) for each in known]
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
