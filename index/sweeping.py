"""Adds all files of some paths, one after the other, and reports on each.

It opens the model only for a file that is new. It knows files and the indexer, not the screen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import UnfitFile
from index.files import file_name, list_files, printable, read_file
from index.models import AddReport, Outcome
from index.replacing import find_known
from index.reports import BAD_FILE, Listener, failure_report, unheard
from index.store import Snapshot, Store
from pipeline.errors import MissingPath
from pipeline.settings import Settings

if TYPE_CHECKING:  # for its type alone: importing it takes most of a second
    from index.indexing import Begun, Indexer


NO_FILES = ("holds no files", "give a folder with documents")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was read, and the sha256 of its bytes."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be added, or the report on a path that cannot be."""

    path: Path
    report: AddReport | None = None


def find_all(paths: Iterable[Path]) -> list[Found]:
    """Every file in the paths and their folders, each once; what cannot be listed as a failure."""
    found: dict[Path, Found] = {}
    for path in paths:
        try:
            listing = list_files(path)
        except MissingPath as error:
            found[path] = _not_found(path, error)
            continue
        found |= {file: Found(file) for file in listing.files if file not in found}
        found |= {Path(error.subject): _not_found(path, error) for error in listing.troubles}
        if not listing.files and not listing.troubles:
            found[path] = _not_found(path, UnfitFile(str(path), *NO_FILES))
    return list(found.values())


class Sweep:
    """Runs over files. Two files of one name that differ cannot both be the same document."""

    def __init__(
        self, store: Store, settings: Settings, open_indexer: Callable[[], Indexer]
    ) -> None:
        self._store = store
        self._settings = settings
        self._open_indexer = open_indexer
        self._indexer: Indexer | None = None
        self._duplicates: list[Found] = []
        self.seen: dict[str, Seen] = {}

    def close(self) -> None:
        """Lets go of the indexer."""
        if self._indexer:
            self._indexer.close()

    def run(
        self, files: Sequence[Found], on_file: Callable[[Found], Listener]
    ) -> Iterator[AddReport]:
        """Adds the files in order and yields the report on each.

        `on_file` hears which file is next and gives who listens to its progress. The next file is
        parsed while one is embedded; no more than two are in memory. A bad file is reported; what
        would stop every other file too is raised.
        """
        ahead = self._begin(files[0]) if files else None
        for file, following in zip_longest(files, files[1:]):
            begun, ahead = ahead, self._begin(following) if following else None
            if begun is None or (isinstance(begun, AddReport) and _is_duplicate(begun)):
                begun = self._begin(file)  # what it equalled may have been replaced meanwhile
            report = self._finish(begun, on_file(file))
            if _is_duplicate(report):
                self._duplicates.append(file)
            yield report

    def overlooked(self) -> list[Found]:
        """The duplicates in the runs since of which the document was replaced after all."""
        duplicates, self._duplicates = self._duplicates, []
        with self._store.snapshot() as snapshot:
            return [found for found in duplicates if not self._is_there(snapshot, found)]

    def _finish(self, begun: Begun | AddReport, listener: Listener) -> AddReport:
        if isinstance(begun, AddReport):
            return begun
        return self.indexer().finish(begun, listener)

    def _is_there(self, snapshot: Snapshot, found: Found) -> bool:
        name = file_name(found.path.name)
        return find_known(snapshot, name, self.seen[name].sha256) is not None

    def read_again(self, path: Path, listener: Listener = unheard) -> AddReport:
        """Adds a file although its bytes were added before."""
        try:
            data = read_file(path, self._settings.max_megabytes)
        except BAD_FILE as error:
            return failure_report(printable(str(path)), error)
        begun = self.indexer().begin(data, path.name, afresh=True)
        return begun if isinstance(begun, AddReport) else self.indexer().finish(begun, listener)

    def indexer(self) -> Indexer:
        """The indexer, opened with its model when it is first needed."""
        self._indexer = self._indexer or self._open_indexer()
        return self._indexer

    def _begin(self, found: Found) -> Begun | AddReport:
        if found.report:
            return found.report
        try:
            data = read_file(found.path, self._settings.max_megabytes)
            sha256 = hashlib.sha256(data).hexdigest()
            self._see(found.path, sha256)
        except BAD_FILE as error:
            return failure_report(printable(str(found.path)), error)
        with self._store.snapshot() as snapshot:
            known = find_known(snapshot, file_name(found.path.name), sha256)
        return known or self.indexer().begin(data, found.path.name)

    def _see(self, path: Path, sha256: str) -> None:
        name = file_name(path.name)
        first = self.seen.get(name)
        if first and first.path != path and first.sha256 != sha256 and first.path.exists():
            problem = f"has the name of {printable(str(first.path))} but other contents"
            raise UnfitFile(str(path), problem, "rename one of the two and add it again")
        self.seen[name] = Seen(path, sha256)


def _is_duplicate(report: AddReport) -> bool:
    return report.outcome is Outcome.DUPLICATE


def _not_found(path: Path, error: MissingPath | UnfitFile) -> Found:
    return Found(path, failure_report(error.subject, error))
