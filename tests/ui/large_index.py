"""An index of as many answers as a ministry has, for what is measured at the page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.latency import fill_index
from pipeline.embedding import load_embedder
from pipeline.settings import Settings

EXCHANGES = 10_000


@contextmanager
def large_index(data: Path | None) -> Iterator[Path]:
    """The data folder that is given, filled if it is empty, or else one that is gone afterwards."""
    if data is None:
        with tempfile.TemporaryDirectory(prefix="kamerantwoord-page-") as folder:
            yield filled(Path(folder) / "data")
    else:
        yield filled(data)


def filled(data: Path) -> Path:
    """The folder with an index in it; making one of this size takes minutes."""
    settings = Settings(data=data)
    if not settings.database_file.exists():
        print(f"{fill_index(settings, load_embedder(settings), EXCHANGES)} answers indexed")
    return data
