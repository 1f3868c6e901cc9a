"""One run, one table: reading, embedding, questions, cold start and memory on this machine."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import torch
from rich.console import Console
from rich.table import Table

from benchmarks.cold_start import measure_cold_start
from benchmarks.corpus import passages
from benchmarks.latency import fill_index, measure_latency
from benchmarks.reading import measure_reading
from benchmarks.throughput import measure_throughput
from pipeline.bundled_model import bundled_model
from pipeline.embedding import load_embedder, load_model
from pipeline.settings import BUNDLED_MODEL, Settings, load_settings

GIGA = 1e9


def main() -> int:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--passages", type=int, default=160, help="passages that are embedded")
    parser.add_argument("--exchanges", type=int, default=10_000, help="size of the index")
    parser.add_argument("--questions", type=int, default=100, help="questions that are timed")
    parser.add_argument("--rounds", type=int, default=5, help="of each measurement")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kamerantwoord-bench-") as folder:
        settings = _settings(Path(folder))
        table = Table(
            "measured", "value", title=f"Kamerantwoord on {torch.get_num_threads()} threads"
        )
        for name, value in _measurements(settings, options):
            table.add_row(name, value)
    Console(width=100).print(table)
    return 0


def _settings(data: Path) -> Settings:
    """A data directory of its own, with the model that these settings have unpacked already."""
    usual = load_settings()
    model = str(bundled_model(usual.cache)) if usual.model == BUNDLED_MODEL else usual.model
    return usual.model_copy(update={"data": data, "model": model})


def _measurements(settings: Settings, options: argparse.Namespace) -> list[tuple[str, str]]:
    reading = measure_reading(options.rounds)
    embedder = load_embedder(settings)
    texts = passages(options.passages)
    speed = measure_throughput(embedder, load_model(settings), texts, options.rounds)
    held = fill_index(settings, embedder, options.exchanges)
    steps = measure_latency(settings, embedder, options.questions)
    start = measure_cold_start(settings)
    share = speed.operations_a_second / speed.possible_operations_a_second
    faster = speed.passages_a_second / speed.plain_passages_a_second
    return [
        ("PDF pages a second, pypdf alone", f"{reading.pages / reading.pypdf_seconds:.0f}"),
        ("  reading, parsing and splitting besides", f"{reading.own_share:.0%} of pypdf's time"),
        ("passages embedded", f"{speed.passages} of {speed.mean_tokens:.0f} tokens in the mean"),
        ("passages a second", f"{speed.passages_a_second:.1f}"),
        ("  plain encode, batches of 32", f"{speed.plain_passages_a_second:.1f} ({faster:.2f}×)"),
        ("operations done", f"{speed.operations_a_second / GIGA:.0f} GFLOP/s"),
        ("  possible in this machine", f"{speed.possible_operations_a_second / GIGA:.0f} GFLOP/s"),
        ("  share of the limit", f"{share:.0%}"),
        ("exchanges in the index", f"{held}"),
        *(
            (f"question, {name}", f"p50 {p50:.1f} ms, p95 {p95:.1f} ms")
            for name, (p50, p95) in steps.items()
        ),
        ("cold start to the first answer", f"{start['all']:.1f} s"),
        *((f"  {name}", f"{start[name]:.1f} s") for name in ("import", "load", "answer")),
        ("peak memory, weights included", f"{start['peak_megabytes']:.0f} MB"),
    ]


if __name__ == "__main__":
    sys.exit(main())
