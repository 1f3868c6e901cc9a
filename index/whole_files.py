"""Writes a file so that at every moment there is the old one or the new one, whole.

It does not know what is in it, nor what becomes of a folder in a power cut.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

UNFINISHED = ".part"  # how the names of files end that are being written


@contextmanager
def writing_whole(target: Path) -> Iterator[IO[bytes]]:
    """A file to write into, which takes the place of `target` at the end; raises OSError."""
    with NamedTemporaryFile(
        dir=target.parent, prefix=target.name, suffix=UNFINISHED, delete=False
    ) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(file.name).unlink()
            raise
