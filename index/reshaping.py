"""Gives vectors the shape that fits their number, beside whoever searches them meanwhile.

It knows vectors and their cache; not the database.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from threading import Thread, get_native_id

import numpy as np

from index.shapes import EXACT_UP_TO, Exact, Inverted, Shape, make_inverted
from index.vector_cache import write_groups, writing_rows
from index.vector_rows import Rows
from index.vectors import VectorIndex

logger = logging.getLogger(__name__)

POLITENESS = 15  # how far the thread stands back for others, of 19


class Reshaping:
    """One change of shape in a thread of its own, which ends with the program."""

    def __init__(self, vectors: VectorIndex, cache: Path) -> None:
        self._vectors = vectors
        self._cache = cache
        self._shape: Shape | None = None
        self._thread = Thread(target=self._work, name="reshaping", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Waits for the end."""
        self._thread.join()

    def result(self) -> Shape | None:
        """The new shape, once it is there; None when it could not be made."""
        return None if self.running else self._shape

    def _work(self) -> None:
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), POLITENESS)
        try:
            self._shape = reshaped(self._vectors, self._cache)
        except (OSError, RuntimeError, MemoryError):
            logger.exception("The vectors could not be given another shape; searching goes on")


def reshaped(vectors: VectorIndex, cache: Path) -> Shape:
    """The same vectors in the shape that fits their number, kept in the cache."""
    large = vectors.large.rows
    if isinstance(large.vectors, np.memmap) and not vectors.changes:
        return _grouped(large, vectors, cache)
    try:
        # What was grouped before stays in the cache until these rows have groups as well.
        with writing_rows(cache, vectors.stamp, vectors.parts()) as rows:
            return _grouped(rows, vectors, cache)
    except OSError as error:
        logger.warning("The cache in %s could not be written: %s", cache, error)
        return _grouped(vectors.rows(), vectors, cache)


def _grouped(rows: Rows, vectors: VectorIndex, cache: Path) -> Shape:
    if len(rows) <= EXACT_UP_TO:
        return Exact(rows.in_memory())
    shape = make_inverted(rows, vectors.large if isinstance(vectors.large, Inverted) else None)
    with suppress(OSError):  # of a cache that cannot be written, whoever wrote the rows has told
        write_groups(cache, shape)
    return shape
