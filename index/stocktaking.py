"""What is in the index and how much room it takes: the lines of `info`.

It counts; it does not check.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.catalogue import Catalogue
from index.migrations import MIGRATIONS
from pipeline.settings import Settings

MEGABYTE = 1_000_000


def take_stock(settings: Settings) -> dict[str, str]:
    """What each thing is called and how much or which it is, in the order to be shown."""
    catalogue = Catalogue.open(settings)
    with catalogue.snapshot() as snapshot:
        state, counts = snapshot.state(), snapshot.counts()
    catalogue.close()
    database = settings.database_file
    log = database.with_name(database.name + "-wal")
    return {
        "data folder": str(settings.data.resolve()),
        **{name: str(count) for name, count in counts.items()},
        "generation": str(state.generation),
        "schema": str(len(MIGRATIONS)),
        "model": state.fingerprint or "none yet",
        "dimension": str(state.dimension),
        "database": _megabytes(_size(database) + _size(log)),
        "originals": _megabytes(sum(map(_size, _files(settings.originals)))),
        "cache": _megabytes(sum(map(_size, _files(settings.cache)))),
    }


def _files(folder: Path) -> Iterator[Path]:
    return folder.rglob("*") if folder.is_dir() else iter(())


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f} MB"
