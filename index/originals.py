"""The files as they came, each named by the sha256 of its bytes.

It knows bytes and the folder they lie in, not what is in them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from index.errors import IndexUnwritable

UNFINISHED = ".part"


def keep_original(folder: Path, sha256: str, data: bytes) -> None:
    """Writes the bytes so that the file is there whole, also after a power cut, or not at all."""
    target = folder / sha256
    if target.exists() and target.stat().st_size == len(data):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(target, data)
    except OSError as error:
        raise IndexUnwritable(str(folder), error.strerror or str(error)) from error


def drop_original(folder: Path, sha256: str) -> None:
    """Removes the file, if it is there."""
    try:
        (folder / sha256).unlink(missing_ok=True)
    except OSError as error:
        raise IndexUnwritable(str(folder), error.strerror or str(error)) from error


def _write_whole(target: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=target.parent, suffix=UNFINISHED, delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(file.name).unlink()
            raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes a new name in the folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
