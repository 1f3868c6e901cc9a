"""One writer at a time: a lock on a file in the data folder, and who holds it.

The lock is the operating system's, so that it is free again the moment its holder dies.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from index.errors import IndexLocked, IndexUnwritable

LOCK_NAME = "writer.lock"
HOLDER_NAME = "writer.json"  # a file of its own: the lock file is emptied by whoever tries it
PATIENCE = 30.0  # seconds; keeping one document takes well under one, a rebuild far more


@contextmanager
def writer_lock(data: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the right to write; raises IndexLocked, naming the holder, when it stays taken."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  # slow to load, and readers never lock

    lock = FileLock(data / LOCK_NAME, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise IndexLocked(str(data), holder(data)) from None
    except OSError as error:
        raise IndexUnwritable(str(data), error.strerror or str(error)) from error
    try:
        _write_holder(data)
        yield
    finally:
        with suppress(FileNotFoundError):
            (data / HOLDER_NAME).unlink()
        lock.release()


def holder(data: Path) -> str:
    """Who holds the lock, in words."""
    try:
        told = json.loads((data / HOLDER_NAME).read_text("utf-8"))
        return f"process {told['process']} ({told['command']}) since {told['since']}"
    except (OSError, ValueError, KeyError):
        return "another program"


def _write_holder(data: Path) -> None:
    told = {
        "process": os.getpid(),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]),
        "since": datetime.now().astimezone().strftime("%H:%M:%S"),
    }
    with suppress(OSError):  # a full disk must not keep anyone from removing documents
        (data / HOLDER_NAME).write_text(json.dumps(told), "utf-8")
