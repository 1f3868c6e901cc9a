"""Files and folders on the disk: which ones there are and what is in them.

It does not know what a document is; it only refuses what is no plain file or is too large to read.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnfitFile, UnsettledFile
from pipeline.errors import EmptyDocument, MissingPath, OversizedDocument

RECENT_SECONDS = 2.0  # the coarsest time of change that file systems keep
UNNAMED = "document"  # a file whose name is empty, or a folder's such as ".."
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder and its folders, and the folders that could not be looked into."""

    files: tuple[Path, ...]
    troubles: tuple[UnfitFile, ...] = ()


def list_files(path: Path) -> Listing:
    """The path itself, or the files in the folder and its folders, by name.

    Links are followed, each folder is visited once. Hidden files and folders inside a folder are
    left out; everything else is listed, also what turns out to be no document. Raises MissingPath.
    """
    if not os.path.lexists(path):
        raise MissingPath(printable(str(path)))
    if not path.is_dir():
        return Listing((path,))
    files: list[Path] = []
    troubles: list[OSError] = []
    visited: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(path, onerror=troubles.append, followlinks=True):
        if _identity(folder) in visited:
            folders.clear()
            continue
        visited.add(_identity(folder))
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        files += [Path(folder, name) for name in sorted(names) if not is_hidden(name)]
    return Listing(tuple(files), tuple(_unfit_folder(path, error) for error in troubles))


def _identity(folder: str) -> tuple[int, int]:
    status = os.stat(folder)  # noqa: PTH116  # os.walk gives strings
    return status.st_dev, status.st_ino


def _unfit_folder(path: Path, error: OSError) -> UnfitFile:
    name = printable(str(error.filename or path))
    return UnfitFile(
        name, f"cannot be looked into ({error.strerror})", "grant the right to read it"
    )


def is_hidden(name: str) -> bool:
    """Whether the system that made it does not show it; such files are no documents."""
    return name.startswith(".")


def read_file(path: Path, max_megabytes: int) -> bytes:
    """The bytes of a plain file.

    Raises MissingPath, UnfitFile, EmptyDocument or OversizedDocument.
    """
    name = printable(str(path))
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe must not make us wait
    except FileNotFoundError:
        raise MissingPath(name) from None
    except OSError as error:
        raise UnfitFile(name, f"cannot be opened ({error.strerror})", "check its rights") from error
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise UnfitFile(name, "is no plain file", "give a file or a folder with files")
        check_size(name, before.st_size, max_megabytes)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(max_megabytes * MEGABYTE + 1)
            after = os.fstat(descriptor)
            file.seek(0)
            settled = not is_recent(after) or data == file.read(max_megabytes * MEGABYTE + 1)
    except OSError as error:
        raise UnfitFile(name, f"cannot be read ({error.strerror})", "copy it anew") from error
    finally:
        os.close(descriptor)
    check_size(name, len(data), max_megabytes)
    if not settled or len(data) != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise UnsettledFile(name)
    return data


def is_recent(status: os.stat_result) -> bool:
    """Whether a file was changed so shortly ago that its time may not tell two changes apart."""
    return abs(time.time() - status.st_mtime) < RECENT_SECONDS


def check_size(name: str, size: int, max_megabytes: int) -> None:
    """Raises EmptyDocument or OversizedDocument."""
    if size == 0:
        raise EmptyDocument(name)
    if size > max_megabytes * MEGABYTE:
        detail = f"{size / MEGABYTE:.1f} MB, and at most {max_megabytes} MB is read"
        raise OversizedDocument(name, detail)


def file_name(name: str) -> str:
    """The name of a file without folders, as it is kept."""
    bare = printable(name.replace("\\", "/").rpartition("/")[2])
    return bare if bare.strip(". ") else UNNAMED


def printable(name: str) -> str:
    """A name that fits in a database and on one line: no stray bytes, no control characters."""
    text = os.fsencode(name).decode("utf-8", errors="replace")
    return "".join(letter if letter.isprintable() else "�" for letter in text)
