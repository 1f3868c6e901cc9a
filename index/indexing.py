"""Adds, replaces and removes documents and re-embeds them: all that changes the index.

Reading, parsing and embedding happen before the lock is taken, keeping under it, so that two
programs that add documents hardly wait for each other. It does not know the screen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.catalogue import Catalogue, check_space
from index.commits import EmbeddedPassage
from index.embedded import Counter, embed_passages, space_of, split, uncounted
from index.files import MEGABYTE, check_size, printable, read_file
from index.locking import writer_lock
from index.models import AddReport, Outcome, Progress, RebuildReport, Stage
from index.originals import drop_original, keep_original
from index.rebuilding import rebuild_vectors
from index.removing import remove_document
from index.replacing import find_known, find_placement, replace_documents
from index.reports import BAD_FILE, Listener, failure_report, success_report, unheard
from pipeline.layouts import parse
from pipeline.models import Parsed
from pipeline.reading import Limits, read_document
from pipeline.settings import Settings

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder


@dataclass(frozen=True, slots=True)
class Understood:
    """A document with its passages embedded, ready to be kept."""

    parsed: Parsed
    data: bytes
    embedded: list[EmbeddedPassage]


class Indexer:
    """Changes the index. It holds no lock between two calls, so that others can write too."""

    def __init__(self, catalogue: Catalogue, settings: Settings, embedder: Embedder) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._embedder = embedder
        self._space = space_of(embedder)
        self._limits = Limits(settings.max_megabytes * MEGABYTE, settings.max_pages)

    @classmethod
    def open(cls, settings: Settings, embedder: Embedder, *, any_model: bool = False) -> Indexer:
        """Opens the index for writing; raises what Catalogue.open raises, and ModelMismatch.

        With `any_model` an index made with another model opens too, to be rebuilt.
        """
        indexer = cls(Catalogue.open(settings), settings, embedder)
        if not any_model:
            indexer._catalogue.check_space(indexer._space)
        return indexer

    def close(self) -> None:
        """Lets go of the database."""
        self._catalogue.close()

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
        name = printable(Path(name).name)
        try:
            check_size(name, len(data), self._settings.max_megabytes)
            return self._add(data, name, on_progress)
        except BAD_FILE as error:
            return failure_report(name, error)

    def remove(self, document_id: str) -> None:
        """Removes a document and its original; raises UnknownDocument."""
        remove_document(self._catalogue, self._settings, document_id)

    def rebuild(self, on_progress: Counter = uncounted) -> RebuildReport:
        """Embeds everything anew, going on where an earlier attempt was broken off.

        `on_progress` hears how many exchanges of how many are done.
        """
        with writer_lock(self._settings.data):
            return rebuild_vectors(self._catalogue, self._embedder, on_progress)

    def _add(self, data: bytes, name: str, on_progress: Listener) -> AddReport:
        sha256 = hashlib.sha256(data).hexdigest()
        with self._catalogue.snapshot() as snapshot:
            known = find_known(snapshot, name, sha256)
        if known:
            return known
        understood = self._understand(data, name, on_progress)
        on_progress(Progress(Stage.KEEP, 0, 1))
        with writer_lock(self._settings.data):
            with self._catalogue.snapshot() as snapshot:
                known = find_known(snapshot, name, sha256)  # another program may have added it
            report = known or self._keep(understood)
        on_progress(Progress(Stage.KEEP, 1, 1))
        return report

    def _understand(self, data: bytes, name: str, on_progress: Listener) -> Understood:
        on_progress(Progress(Stage.READ, 0, 1))
        document = read_document(data, name, self._limits)
        on_progress(Progress(Stage.PARSE, 0, 1))
        parsed = parse(document)
        passages = [p for exchange in parsed.exchanges for p in split(self._embedder, exchange)]
        embedded = embed_passages(
            self._embedder,
            passages,
            lambda done, total: on_progress(Progress(Stage.EMBED, done, total)),
        )
        return Understood(parsed, data, embedded)

    def _keep(self, understood: Understood) -> AddReport:
        originals = self._settings.originals
        keep_original(originals, understood.parsed.document.sha256, understood.data)
        with self._catalogue.commit() as (snapshot, commit):
            check_space(snapshot, self._space, self._catalogue.path)
            commit.use_space(self._space)
            placement = find_placement(snapshot, understood.parsed)
            replace_documents(commit, placement, understood.embedded)
        for record in placement.former:
            drop_original(originals, record.sha256)
        outcome = Outcome.REPLACED if placement.former else Outcome.INDEXED
        return success_report(placement.parsed, len(understood.embedded), outcome)
