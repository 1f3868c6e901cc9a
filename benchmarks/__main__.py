"""One run, one page: reading, embedding, cold start, and how questions and upkeep grow with an index."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.cold_start import measure_cold_start
from benchmarks.corpus import passages
from benchmarks.growth import measure_size, table_of
from benchmarks.latency import fill_index
from benchmarks.machine import describe_machine
from benchmarks.reading import measure_reading
from benchmarks.throughput import measure_throughput
from pipeline.bundled_model import bundled_model
from pipeline.embedding import Embedder, load_embedder, load_model
from pipeline.settings import BUNDLED_MODEL, Settings, load_settings

GIGA = 1e9
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
SIZES = (1_000, 10_000, 100_000)
COLD_EXCHANGES = 40  # in the index that is opened cold: its size hardly matters there

INTRODUCTION = """\
# Performance

Measured by `make bench`, which writes this page; `make bench SIZES=1000,1000000` measures other sizes;
a million passages take 15 GB of disk. Times are by the clock, on a machine that
does nothing else.
"""
READING = """\
## Reading, embedding and the first answer
"""
GROWTH = """\
## An index as it grows

Documents are fictional, five passages an answer, with as many words as real ones and as unevenly
spread; vectors stand around subjects, as close as those of the model; tokens are real ones. The
last column is the power of the number of passages that fits best.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints and writes the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--passages", type=int, default=160, help="passages that are embedded")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="passages in each index")
    parser.add_argument("--questions", type=int, default=100, help="questions that are timed")
    parser.add_argument("--rounds", type=int, default=5, help="of each measurement")
    parser.add_argument("--to", type=Path, default=PAGE, help="the page that is written")
    options = parser.parse_args(arguments)
    usual = load_settings()
    model = str(bundled_model(usual.cache)) if usual.model == BUNDLED_MODEL else usual.model
    settings = usual.model_copy(update={"model": model})
    embedder = load_embedder(settings)
    lines = [
        INTRODUCTION,
        describe_machine(),
        "",
        READING,
        "| measured | value |",
        "| --- | ---: |",
    ]
    with tempfile.TemporaryDirectory(prefix="kamerantwoord-bench-") as folder:
        cold = settings.model_copy(update={"data": Path(folder)})
        lines += [f"| {name} | {value} |" for name, value in _first_table(cold, embedder, options)]
        lines += ["", GROWTH]
        lines += table_of(
            {size: measure_size(cold, embedder, size, options.questions) for size in options.sizes}
        )
    page = "\n".join(lines) + "\n"
    options.to.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return 0


def _first_table(
    settings: Settings, embedder: Embedder, options: argparse.Namespace
) -> Iterable[tuple[str, str]]:
    reading = measure_reading(options.rounds)
    yield "PDF pages a second, pypdf alone", f"{reading.pages / reading.pypdf_seconds:.0f}"
    yield "reading, parsing and splitting besides", f"{reading.own_share:.0%} of pypdf's time"
    texts = passages(options.passages)
    speed = measure_throughput(embedder, load_model(settings), texts, options.rounds)
    share = speed.operations_a_second / speed.possible_operations_a_second
    faster = speed.passages_a_second / speed.plain_passages_a_second
    yield "passages embedded", f"{speed.passages} of {speed.mean_tokens:.0f} tokens in the mean"
    yield "passages a second", f"{speed.passages_a_second:.1f}"
    yield "plain encode, batches of 32", f"{speed.plain_passages_a_second:.1f} ({faster:.2f}×)"
    yield "operations done", f"{speed.operations_a_second / GIGA:.0f} GFLOP/s"
    yield "possible in this machine", f"{speed.possible_operations_a_second / GIGA:.0f} GFLOP/s"
    yield "share of the limit", f"{share:.0%}"
    fill_index(settings, embedder, COLD_EXCHANGES)
    start = measure_cold_start(settings)
    yield "cold start to the first answer", f"{start['all']:.1f} s"
    yield from (
        (f"of which {name}", f"{start[name]:.1f} s") for name in ("import", "load", "answer")
    )
    yield "peak memory, weights included", f"{start['peak_megabytes']:.0f} MB"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(number) for number in text.split(",")))


if __name__ == "__main__":
    sys.exit(main())
