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

from index.catalogue import Catalogue
from index.errors import UnfitFile
from index.files import find_files, printable, read_file
from index.models import AddReport
from index.replacing import find_known
from index.reports import BAD_FILE, Listener, failure_report
from pipeline.errors import MissingPath
from pipeline.settings import Settings

if TYPE_CHECKING:  # for its type alone: importing it takes most of a second
    from index.indexing import Begun, Indexer


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be added, or the report on a path where there is none."""

    path: Path
    report: AddReport | None = None


def find_all(paths: Iterable[Path]) -> list[Found]:
    """Every file in the paths and their folders, each once; a path without files as a failure."""
    found: dict[Path, Found] = {}
    for path in paths:
        try:
            files = list(find_files(path))
            if not files:
                raise UnfitFile(str(path), "holds no files", "give a folder with documents")
        except (MissingPath, UnfitFile) as error:
            found[path] = Found(path, failure_report(printable(str(path)), error))
        else:
            found |= {file: Found(file) for file in files if file not in found}
    return list(found.values())


class Sweep:
    """One run over files. Two files of one name that differ cannot both be the same document."""

    def __init__(
        self, catalogue: Catalogue, settings: Settings, open_indexer: Callable[[], Indexer]
    ) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._open_indexer = open_indexer
        self._indexer: Indexer | None = None
        self._seen: dict[str, tuple[str, Path]] = {}

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
            listener = on_file(file)
            if isinstance(begun, AddReport):
                yield begun
            elif begun is not None:
                yield self._opened().finish(begun, listener)

    def _begin(self, found: Found) -> Begun | AddReport:
        if found.report:
            return found.report
        try:
            data = read_file(found.path, self._settings.max_megabytes)
            sha256 = hashlib.sha256(data).hexdigest()
            self._check_name(found.path, sha256)
        except BAD_FILE as error:
            return failure_report(printable(str(found.path)), error)
        with self._catalogue.snapshot() as snapshot:
            known = find_known(snapshot, printable(found.path.name), sha256)
        return known or self._opened().begin(data, found.path.name)

    def _opened(self) -> Indexer:
        self._indexer = self._indexer or self._open_indexer()
        return self._indexer

    def _check_name(self, path: Path, sha256: str) -> None:
        seen, first = self._seen.setdefault(path.name, (sha256, path))
        if seen != sha256:
            problem = f"has the name of {printable(str(first))} but other contents"
            raise UnfitFile(str(path), problem, "rename one of the two and add it again")
