"""The files as they came, each under the sha256 of its bytes, with the name it came under beside it.

With them alone the index can be made again. It knows bytes and the folder they lie in, not what is
in them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexUnwritable, LostOriginal
from index.whole_files import UNFINISHED, writing_whole

NAME = ".json"  # the name under which it came
ARRIVING = ".arriving"  # a mark that its document is being added
LEAVING = ".leaving"  # a mark that its document is being removed
MARKS = (ARRIVING, LEAVING)  # a killed process leaves them; the database tells how it ended


class Originals:
    """The folder of originals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, sha256: str, data: bytes, name: str) -> None:
        """Writes the bytes so that they are there whole, also after a power cut, or not at all.

        They count as arriving until `settle` is called, when the document is committed.
        """
        with _writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self.is_sound(sha256):
                self._path(sha256, ARRIVING).touch()
                with writing_whole(self._path(sha256)) as file:
                    file.write(data)
            with writing_whole(self._path(sha256, NAME)) as file:
                file.write(json.dumps({"name": name}).encode())
            self._path(sha256, LEAVING).unlink(missing_ok=True)
            _sync_folder(self.folder)

    def settle(self, sha256: str) -> None:
        """Notes that the document of an original was committed."""
        with _writing(self.folder):
            self._path(sha256, ARRIVING).unlink(missing_ok=True)

    def mark_leaving(self, digests: Iterable[str]) -> None:
        """Notes that these will not be needed once the commit under way is made."""
        with _writing(self.folder):
            for sha256 in digests:
                self._path(sha256, LEAVING).touch()
            if self.folder.exists():
                _sync_folder(self.folder)

    def drop(self, digests: Iterable[str]) -> None:
        """Removes originals, and last the mark that they are leaving."""
        with _writing(self.folder):
            for sha256 in digests:
                for suffix in ("", NAME, *MARKS):
                    self._path(sha256, suffix).unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """The bytes; raises LostOriginal when they are not there, or are not what they were."""
        try:
            data = self._path(sha256).read_bytes()
        except OSError as error:
            raise LostOriginal(str(self._path(sha256)), error.strerror or str(error)) from error
        check_bytes(data, sha256, str(self._path(sha256)))
        return data

    def name(self, sha256: str) -> str:
        """The name under which it came, or its sha256 where that is not known."""
        try:
            return str(json.loads(self._path(sha256, NAME).read_text("utf-8"))["name"])
        except (OSError, ValueError, KeyError, TypeError):
            return sha256

    def is_sound(self, sha256: str) -> bool:
        """Whether the bytes are there and are what they were."""
        try:
            self.read(sha256)
        except LostOriginal:
            return False
        return True

    def is_leaving(self, sha256: str) -> bool:
        """Whether its document was being removed."""
        return self._path(sha256, LEAVING).exists()

    def digests(self) -> list[str]:
        """The sha256 of every original in the folder, sound or not."""
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if not path.suffix)

    def settled(self) -> set[str]:
        """Those whose documents were committed, and are not being removed."""
        try:
            names = set(os.listdir(self.folder))  # noqa: PTH208  # the names alone, and at once
        except OSError:
            return set()  # a reader need not have the right to see them
        marked = {name.removesuffix(mark) for name in names for mark in MARKS if mark in name}
        return {name for name in names if "." not in name} - marked

    def by_age(self) -> list[str]:
        """The sha256 of every original, the one that was kept first in front."""
        return sorted(self.digests(), key=lambda sha256: (self.age_mark(sha256), sha256))

    def age_mark(self, sha256: str) -> float:
        """When it was kept, in seconds since 1970; 0 when it is gone."""
        try:
            return self._path(sha256).stat().st_mtime
        except FileNotFoundError:
            return 0

    def sweep(self, needed: set[str]) -> int:
        """Removes what a killed process left behind; returns how many files that were.

        `needed` are the originals of documents. Those that nobody needs stay, unless they were
        arriving or leaving.
        """
        leftovers = [path for path in self._extras() if self._is_leftover(path, needed)]
        with _writing(self.folder):
            for path in leftovers:
                path.unlink(missing_ok=True)
        return len(leftovers)

    def _extras(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from sorted(self.folder.iterdir(), key=lambda path: path.suffix in MARKS)

    def _is_leftover(self, path: Path, needed: set[str]) -> bool:
        sha256 = path.stem
        marked = any(self._path(sha256, mark).exists() for mark in MARKS)
        gone = sha256 not in needed and marked
        stale = sha256 in needed and path.suffix in MARKS
        orphan = path.suffix == NAME and not self._path(sha256).exists()
        return gone or stale or orphan or path.suffix == UNFINISHED

    def _path(self, sha256: str, suffix: str = "") -> Path:
        return self.folder / f"{sha256}{suffix}"


def check_bytes(data: bytes, sha256: str, place: str) -> None:
    """Raises LostOriginal when the bytes are not what they were."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise LostOriginal(place, "its bytes are no longer what they were")


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexUnwritable(str(folder), error.strerror or str(error)) from error


def _sync_folder(folder: Path) -> None:
    """Makes the names in the folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
