"""Opens what takes seconds to import, when it is needed and not before.

The terminal answers `--help`, `list` and `info` in a fraction of a second because torch, FAISS and
whatever else is slow to load are imported here only, inside the functions. It knows which model the
settings name, nothing else.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.findings import Finding
from index.models import AddReport
from index.store import Store
from index.stores import examine
from index.sweeping import Sweep
from pipeline.settings import Settings

if TYPE_CHECKING:
    from index.indexing import Indexer
    from index.search import Searcher
    from index.watching import Watch
    from pipeline.embedding import Embedder


class Workshop:
    """Where the terminal gets what it works with; a test may bring an embedder of its own."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder

    def embedder(self, settings: Settings) -> Embedder:
        """The model that the settings name; raises ModelUnavailable."""
        if self._embedder is None:
            from pipeline.embedding import load_embedder

            self._embedder = load_embedder(settings)
        return self._embedder

    def indexer(self, settings: Settings, *, any_model: bool = False) -> Indexer:
        """The index, opened for writing; raises what Indexer.open raises."""
        from index.indexing import Indexer

        return Indexer.open(settings, self.embedder(settings), any_model=any_model)

    def sweep(self, settings: Settings, store: Store) -> Sweep:
        """A run over files that opens the model at the first file that is new."""
        return Sweep(store, settings, lambda: self.indexer(settings))

    def examine(self, settings: Settings) -> Iterator[Finding]:
        """What the doctor finds, while it examines and repairs."""
        return examine(settings, self)

    def read_again(
        self, indexer: Indexer, read_original: Callable[[str], bytes], sha256: str, name: str
    ) -> AddReport:
        """The report on an original that is read again under this name."""
        from index.rereading import read_original_again

        return read_original_again(indexer, read_original, sha256, name)

    def searcher(self, settings: Settings) -> Searcher:
        """The index, opened for questions; raises what Searcher.open raises."""
        from index.search import Searcher

        return Searcher.open(settings, self.embedder(settings))

    def watch(self, folder: Path) -> Watch:
        """A watch over a folder."""
        from index.watching import Watch

        return Watch(folder)
