"""What the fault tests share: how much to break, what was broken, and an index to compare with."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

from index.indexing import Indexer
from index.models import Outcome
from index.parser import Parser
from index.search import Searcher
from index.stores import open_store
from pipeline.errors import UnreadableDocument
from pipeline.layouts import parse
from pipeline.models import Exchange, Parsed
from pipeline.reading import read_document
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import paper

FULL = os.environ.get("FAULTS") == "full"

tally: Counter[str] = Counter()

Answer = tuple[str, float, Exchange]
QUESTIONS = ("Hoe vaak brandt de vuurtoren?", "Wat kost artikel 2?", "Houdt de dijk het?")


def rounds(full: int, short: int) -> int:
    """How often to break something: in `make faults`, and in `make test`."""
    return full if FULL else short


class InProcessParser(Parser):
    """Parses where it is called, so that a process to be killed has no child to start first."""

    def submit(self, data: bytes, name: str) -> Future[Parsed]:
        """The document understood, at once."""
        future: Future[Parsed] = Future()
        try:
            future.set_result(parse(read_document(data, name)))
        except UnreadableDocument as error:
            future.set_exception(error)
        return future


def embedder(model: str) -> HashingEmbedder:
    """A small embedder; another name makes another model."""
    return HashingEmbedder(dimension=32, name=model)


def open_indexer(settings: Settings, model: str = "a", *, any_model: bool = False) -> Indexer:
    """An indexer that parses in this process."""
    store, made = open_store(settings), embedder(model)
    indexer = Indexer(store, settings, made, InProcessParser(settings))
    if not any_model:
        indexer.check_model()
    return indexer


def contents(name: str, variant: int) -> bytes:
    """A paper of two answers, other ones for each variant."""
    return paper(
        f"{name} {variant}",
        (f"hoe vaak vuurtoren {variant} brandt.", f"Vuurtoren {variant} van {name} brandt vaak."),
        (f"wat artikel {variant} kost.", f"Artikel {variant} kost {variant} gulden; zie vraag 1."),
    )


def answers(settings: Settings, model: str = "a") -> list[Answer]:
    """What the index answers to each of the questions."""
    with closing(Searcher.open(settings, embedder(model))) as searcher:
        return found_by(searcher)


def found_by(searcher: Searcher) -> list[Answer]:
    """What a searcher that is open answers to each of the questions."""
    return [
        (hit.found.id, hit.similarity, hit.found.exchange)
        for question in QUESTIONS
        for hit in searcher.search(question, 5).hits
    ]


def answers_afresh(documents: Mapping[str, bytes], model: str = "a") -> list[Answer]:
    """What an index answers that is built anew from these documents."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        with closing(open_indexer(settings, model)) as indexer:
            for name, data in documents.items():
                assert indexer.add_bytes(data, name).outcome is Outcome.INDEXED
        return answers(settings, model)


def documents(settings: Settings) -> dict[str, str]:
    """The names of the documents in the index, each with the sha256 of its bytes."""
    with closing(open_store(settings)) as store:
        return {record.name: record.sha256 for record in store.documents()}
