"""Adds, replaces and removes documents and re-embeds them: all that changes the index.

Reading, parsing and embedding happen before the lock is taken, keeping under it, so that two
programs that add documents hardly wait for each other. It does not know the screen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.commits import EmbeddedPassage
from index.embedded import Counter, embed_passages, space_of, split, uncounted
from index.files import check_size, file_name, printable, read_file
from index.models import AddReport, Outcome, Progress, RebuildReport, Stage
from index.parser import Parser
from index.rebuilding import rebuild_vectors
from index.recalling import Recall, forget
from index.removing import remove_document
from index.replacing import (
    find_better,
    find_known,
    find_placement,
    find_shown,
    replace_documents,
)
from index.reports import BAD_FILE, Listener, failure_report, success_report, unheard
from index.store import Store, check_space
from index.stores import open_store
from pipeline.errors import OversizedDocument
from pipeline.models import Exchange, Parsed, Passage
from pipeline.settings import Settings

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

LETTERS_A_PASSAGE = 1_500  # more than a passage of ordinary text has


@dataclass(frozen=True, slots=True)
class Begun:
    """A file that is being parsed."""

    name: str
    data: bytes
    afresh: bool
    parsed: Future[Parsed]


class Indexer:
    """Changes the index. It holds no lock between two calls, so that others can write too."""

    def __init__(
        self, store: Store, settings: Settings, embedder: Embedder, parser: Parser
    ) -> None:
        self._store = store
        self._settings = settings
        self._embedder = embedder
        self._parser = parser
        self._space = space_of(embedder)
        self._recall: Recall = forget

    @classmethod
    def open(cls, settings: Settings, embedder: Embedder, *, any_model: bool = False) -> Indexer:
        """Opens the index for writing; raises what `open_store` raises, and ModelMismatch.

        With `any_model` an index made with another model opens too, to be rebuilt.
        """
        indexer = cls(open_store(settings), settings, embedder, Parser(settings))
        with ExitStack() as opened:
            opened.callback(indexer.close)
            if not any_model:
                indexer.check_model()
            opened.pop_all()
        return indexer

    @property
    def fingerprint(self) -> str:
        """That of the model which makes the vectors."""
        return self._space.fingerprint

    def check_model(self) -> None:
        """Raises ModelMismatch when the vectors that are kept come from another model."""
        with self._store.snapshot() as snapshot:
            check_space(snapshot, self._space, self._store.name)

    def remember(self, recall: Recall) -> None:
        """Takes from here, until it is told otherwise, what was embedded before by this model."""
        self._recall = recall

    def close(self) -> None:
        """Lets go of the database and ends the parser."""
        self._parser.close()
        self._store.close()

    def add_path(self, path: Path, on_progress: Listener = unheard) -> AddReport:
        """Adds one file; a file that is bad in any way is reported as FAILED.

        Raises IndexLocked, IndexUnwritable, IndexDamaged or ModelMismatch: trouble that every other
        file would meet as well.
        """
        try:
            data = read_file(path, self._settings.max_megabytes)
        except BAD_FILE as error:
            return failure_report(printable(path.name), error)
        return self.add_bytes(data, path.name, on_progress)

    def add_bytes(self, data: bytes, name: str, on_progress: Listener = unheard) -> AddReport:
        """Adds one file by its bytes and its name without folders, and reports as `add_path`."""
        begun = self.begin(data, name)
        return self.finish(begun, on_progress) if isinstance(begun, Begun) else begun

    def begin(self, data: bytes, name: str, *, afresh: bool = False) -> Begun | AddReport:
        """Has a file parsed beside whatever else is done, for `finish` to keep.

        Gives the report at once on a file that need not be parsed, or cannot be. With `afresh` a
        file that was added before is read again all the same.
        """
        name = file_name(name)
        try:
            check_size(name, len(data), self._settings.max_megabytes)
        except BAD_FILE as error:
            return failure_report(name, error)
        if not afresh and (known := self._find_known(name, data)):
            return known
        return Begun(name, data, afresh, self._parser.submit(data, name))

    def finish(self, begun: Begun, on_progress: Listener = unheard) -> AddReport:
        """Embeds and keeps what `begin` began, and reports as `add_path`."""
        try:
            on_progress(Progress(Stage.READ, 0, 1))
            parsed = begun.parsed.result()
            on_progress(Progress(Stage.PARSE, 1, 1))
            if known := self._known(begun):  # a copy came just before it
                return known
            if not begun.afresh and (noted := self._note_rendition(parsed)):
                return noted
            recall = self._recall_former(parsed)
            embedded = self._embed(begun.name, parsed.exchanges, on_progress, recall)
            on_progress(Progress(Stage.KEEP, 0, 1))
            report = self._keep(parsed, embedded, begun)
            on_progress(Progress(Stage.KEEP, 1, 1))
        except BAD_FILE as error:
            return failure_report(begun.name, error)
        return report

    def remove(self, document_id: str) -> None:
        """Removes a document and its original; raises UnknownDocument."""
        remove_document(self._store, document_id)

    def rebuild(self, on_progress: Counter = uncounted) -> RebuildReport:
        """Embeds everything anew, going on where an earlier attempt was broken off.

        `on_progress` hears how many exchanges of how many are done.
        """
        return rebuild_vectors(self._store, self._embedder, on_progress)

    def embed_again(self, document_id: str) -> None:
        """Gives a document new passages and vectors from its text as it is kept."""
        exchanges = [record.exchange for record in self._store.exchanges(document_id)]
        with self._store.snapshot() as snapshot:
            recall = snapshot.recall([document_id])
        embedded = self._embed(document_id, exchanges, unheard, recall)
        with self._store.commit() as (snapshot, commit):
            check_space(snapshot, self._space, self._store.name)
            commit.replace_passages(document_id, embedded)

    def _known(self, begun: Begun) -> AddReport | None:
        return None if begun.afresh else self._find_known(begun.name, begun.data)

    def _find_known(self, name: str, data: bytes) -> AddReport | None:
        with self._store.snapshot() as snapshot:
            return find_known(snapshot, name, hashlib.sha256(data).hexdigest())

    def _note_rendition(self, parsed: Parsed) -> AddReport | None:
        """The report on a lesser rendition of a document that is there, which is remembered."""
        with self._store.snapshot() as snapshot:
            if not find_better(snapshot, parsed):
                return None
            former = find_shown(snapshot, parsed.document.name)
        if former:  # this file was another document before
            self.remove(former.id)
        with self._store.commit() as (snapshot, commit):
            better = find_better(snapshot, parsed)
            if better is None:
                return None
            commit.add_file(parsed.document.name, parsed.document.sha256, better.id)
        return AddReport(parsed.document.name, Outcome.DUPLICATE, better.id, better.kind)

    def _recall_former(self, parsed: Parsed) -> Recall:
        """What is the same in the documents whose place this one takes is not embedded again."""
        with self._store.snapshot() as snapshot:
            if snapshot.state().fingerprint != self._space.fingerprint:
                return forget
            former = find_placement(snapshot, parsed).former
            return snapshot.recall(record.id for record in former)

    def _embed(
        self, name: str, exchanges: Sequence[Exchange], on_progress: Listener, recall: Recall
    ) -> list[EmbeddedPassage]:
        return embed_passages(
            self._embedder,
            self._split(name, exchanges),
            lambda done, total: on_progress(Progress(Stage.EMBED, done, total)),
            lambda text: recall(text) or self._recall(text),
        )

    def _split(self, name: str, exchanges: Sequence[Exchange]) -> list[Passage]:
        most = self._settings.max_passages
        letters = sum(len(each.question) + len(each.answer) for each in exchanges)
        if letters > most * LETTERS_A_PASSAGE:  # told at once, for splitting so many takes minutes
            raise OversizedDocument(name, f"{letters} letters of text, for {most} passages at most")
        passages = [p for exchange in exchanges for p in split(self._embedder, exchange)]
        if len(passages) > most:
            raise OversizedDocument(name, f"{len(passages)} passages, and at most {most} are kept")
        return passages

    def _keep(self, parsed: Parsed, embedded: list[EmbeddedPassage], begun: Begun) -> AddReport:
        sha256 = parsed.document.sha256
        with self._store.commit() as (snapshot, commit):
            if not begun.afresh and (known := find_known(snapshot, begun.name, sha256)):
                return known  # another program was first
            check_space(snapshot, self._space, self._store.name)
            commit.use_space(self._space)
            placement = find_placement(snapshot, parsed)
            replace_documents(commit, placement, embedded)
            commit.keep_original(placement.parsed.id, sha256, begun.data, begun.name)
            commit.drop_originals({record.sha256 for record in placement.former} - {sha256})
        outcome = Outcome.REPLACED if placement.former else Outcome.INDEXED
        return success_report(placement.parsed, len(embedded), outcome)
