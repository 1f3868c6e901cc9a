"""How everything that is asked of an index grows with it: one row a measure, one column a size."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.baselines import measure_bm25
from benchmarks.large_index import write_index
from index.background import CACHE_NAME
from pipeline.embedding import Embedder
from pipeline.settings import PREFIX, Settings

MEGA = 1_000_000
ASKED_OF_BM25 = 50
LEAST_SIZES = 2  # from which on a growth can be told

# What is told, in which words and with how many decimals.
MEASURES: tuple[tuple[str, str, int], ...] = (
    ("embed p50", "question: forward pass of the model, p50 (ms)", 1),
    ("embed p95", "question: forward pass of the model, p95 (ms)", 1),
    ("vectors p50", "question: nearest passages, p50 (ms)", 2),
    ("vectors p95", "question: nearest passages, p95 (ms)", 2),
    ("search p50", "question: nearest, words and tokens, p50 (ms)", 1),
    ("search p95", "question: nearest, words and tokens, p95 (ms)", 1),
    ("fetch p50", "question: judging and fetching answers, p50 (ms)", 1),
    ("fetch p95", "question: judging and fetching answers, p95 (ms)", 1),
    ("all p50", "question as a whole, p50 (ms)", 1),
    ("all p95", "question as a whole, p95 (ms)", 1),
    ("ratio", "question as a whole, times its forward pass", 2),
    ("recall", "recall@10 of the nearest passages against comparing all", 4),
    ("numpy", "sanity: plain NumPy compares all vectors, p50 (ms)", 1),
    ("bm25s", "sanity: bm25s over the same texts, p50 (ms)", 1),
    ("build", "writing all documents, embedded already (s)", 1),
    ("first open", "opening without a cache (s)", 2),
    ("grouping", "grouping vectors, beside the questions (s)", 1),
    ("open", "opening (s)", 2),
    ("add", "adding one document, embedded already (s)", 2),
    ("seen", "the first question after that, beyond a usual one (s)", 2),
    ("memory", "memory beside the model (MB)", 0),
    ("database", "database on disk (MB)", 0),
    ("cache", "cache on disk (MB)", 0),
)


def measure_size(settings: Settings, embedder: Embedder, size: int, asked: int) -> dict[str, float]:
    """Every measure of an index of so many passages, which is made and removed.

    What the cache of `settings` has embedded already is not embedded again.
    """
    with tempfile.TemporaryDirectory(prefix="kamerantwoord-bench-") as folder:
        here = settings.model_copy(update={"data": Path(folder)})
        here.cache.mkdir()
        for background in settings.cache.glob(CACHE_NAME.format(key="*")):
            shutil.copy(background, here.cache)
        started = perf_counter()
        world = write_index(here, embedder, size, lambda done: _tell(size, done))
        told = {"build": perf_counter() - started}
        told |= _probe(here, size, asked)
        told |= measure_bm25(here, [text for text, _ in world.questions(ASKED_OF_BM25, seed=1)])
        told["database"] = here.database_file.stat().st_size / MEGA
        told["cache"] = sum(file.stat().st_size for file in here.cache.iterdir()) / MEGA
        told["ratio"] = told["all p50"] / told["embed p50"]
    return told


def _probe(settings: Settings, size: int, asked: int) -> dict[str, float]:
    environment = os.environ | {
        f"{PREFIX}DATA": str(settings.data),
        f"{PREFIX}MODEL": settings.model,
        f"{PREFIX}THREADS": str(settings.threads),
    }
    command = [sys.executable, "-m", "benchmarks.growth_probe"]
    done = subprocess.run(  # noqa: S603  # our own module, and numbers
        [*command, "--passages", str(size), "--questions", str(asked)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def table_of(measured: Mapping[int, Mapping[str, float]]) -> list[str]:
    """Lines of Markdown: a row a measure, a column a size, and how the measure grows."""
    sizes = sorted(measured)
    lines = [
        "| measured | " + " | ".join(f"{size:,} passages" for size in sizes) + " | grows as |",
        "| --- |" + " ---: |" * (len(sizes) + 1),
    ]
    for name, words, digits in MEASURES:
        values = [measured[size].get(name) for size in sizes]
        if any(value is not None for value in values):
            cells = ["–" if value is None else f"{value:,.{digits}f}" for value in values]
            lines.append(f"| {words} | {' | '.join(cells)} | {growth_of(sizes, values)} |")
    return lines


def growth_of(sizes: Sequence[int], values: Sequence[float | None]) -> str:
    """The power of the number of passages that fits best, by least squares of the logarithms."""
    known = [(size, value) for size, value in zip(sizes, values, strict=True) if value]
    if len(known) < LEAST_SIZES:
        return ""
    logarithms = np.log(np.array(known))
    power, _ = np.polyfit(logarithms[:, 0], logarithms[:, 1], 1)
    return f"n^{power:.2f}"


def _tell(size: int, written: int) -> None:
    sys.stderr.write(f"\rwriting {written:,} of {size:,} passages")
    if written >= size:
        sys.stderr.write("\n")
