"""`python -m benchmarks.keeping`: what it takes to keep, open and add to a large index.

Documents go the whole way through the indexer, from bytes to originals kept beside the database;
`make bench` (`growth`) writes larger indexes in bulk, and measures questions. Vectors come without
the model, which changes nothing that is timed here: the work after embedding.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corpus import document
from benchmarks.latency import EXCHANGES_A_DOCUMENT, RandomPassages, fill_index
from index.catalogue import Catalogue
from index.indexing import Indexer
from index.models import Progress, Stage
from index.search import Searcher
from index.stocktaking import take_stock
from index.vector_cache import CACHE_NAME
from pipeline.embedding import load_embedder
from pipeline.settings import load_settings

ADDITIONS = 5
SIZES = ("documents", "exchanges", "passages", "database", "originals", "cache")


def main() -> None:
    """Fills an index, measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.keeping", description=__doc__)
    parser.add_argument("--exchanges", type=int, default=20_000, help="size of the index")
    size = parser.parse_args().exchanges
    real = load_embedder(load_settings())
    table = Table("measured", "value", title=f"Keeping {size:,} exchanges")
    with tempfile.TemporaryDirectory(prefix="kamerantwoord-keeping-") as folder:
        settings = load_settings().model_copy(update={"data": Path(folder)})
        fill_index(settings, real, size)
        embedder = RandomPassages(real)
        (settings.cache / CACHE_NAME).unlink(missing_ok=True)
        for name in ("opening without a cache", "opening with a cache"):
            started = time.perf_counter()
            searcher = Searcher.open(settings, embedder)
            table.add_row(name, f"{time.perf_counter() - started:.2f} s")
            searcher.close()
        with (
            closing(Indexer.open(settings, embedder)) as indexer,
            closing(Searcher.open(settings, embedder)) as searcher,
        ):
            kept = sorted(keep_one(indexer, number) for number in range(ADDITIONS))
            started = time.perf_counter()
            searcher.search("Wat doet het kabinet?")
            found = time.perf_counter() - started
        table.add_row("adding one document, after embedding", f"{kept[ADDITIONS // 2]:.2f} s")
        table.add_row("  the slowest of five", f"{kept[-1]:.2f} s")
        table.add_row("first search after that, in an open reader", f"{found:.2f} s")
        with closing(Catalogue.open(settings)) as catalogue:
            started = time.perf_counter()
            catalogue.documents()
            table.add_row("listing the documents", f"{time.perf_counter() - started:.2f} s")
        stock = take_stock(settings)
        for name in SIZES:
            table.add_row(name, stock[name])
    Console(width=100).print(table)


def keep_one(indexer: Indexer, number: int) -> float:
    """The seconds from the last embedded passage of a new document until it is committed."""
    times: dict[Stage, float] = {}

    def hear(progress: Progress) -> None:
        times[progress.stage] = time.perf_counter()

    data = document(EXCHANGES_A_DOCUMENT, 1_000_000 + number)
    indexer.add_bytes(data, f"one-more-{number}.txt", hear)
    return times[Stage.KEEP] - times[Stage.EMBED]


if __name__ == "__main__":
    main()
