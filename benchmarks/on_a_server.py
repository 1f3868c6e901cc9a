"""What a question costs in a folder and on a PostgreSQL server, over the same documents.

`python -m benchmarks.on_a_server --passages 100000` makes an index in a folder, copies it to a server
and asks both the same questions by turns. Without `--server` it starts one of its own, of which the
processor time is told as well. It prints a table for `docs/postgresql.md`, and on the way, for
whoever waits, what it is doing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]  # of the test server
from pydantic import SecretStr

from benchmarks.corpus import questions as real_questions
from benchmarks.growth_probe import Asked
from benchmarks.large_index import PASSAGES_A_DOCUMENT, World, write_index
from benchmarks.machine import describe_machine
from index.models import SearchFilter, SearchResult
from index.moving import move_all
from index.search import Searcher
from index.stores import open_store
from pipeline.embedding import Embedder, load_embedder
from pipeline.settings import Settings, load_settings
from tests.postgres_server import Server

WARM_UP = 10
MILLI = 1_000
FEW = SearchFilter(parties=("Fractie 1",))  # one in fifteen
TOLD_EVERY = 100  # documents

Clock = Callable[[], float]


@dataclass(slots=True)
class Cost:
    """What questions took in one store, each by the clock, here and on the server; milliseconds."""

    wall: list[float] = field(default_factory=list)
    here: list[float] = field(default_factory=list)
    there: list[float] = field(default_factory=list)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.on_a_server", description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--server", help="an empty database, as postgresql://user@host/database")
    options = parser.parse_args()
    usual = load_settings()
    embedder = load_embedder(usual)
    with ExitStack() as opened:
        data = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        folder = usual.model_copy(update={"data": data, "database": None, "database_read": None})
        tell(f"an index of {options.passages} passages is made in {data}")
        world = write_index(folder, embedder, options.passages, lambda _: None)
        where, server_clock = _server(options.server, opened)
        served = folder.model_copy(update={"database": where})
        took, worked = _copy(folder, served, options.passages // PASSAGES_A_DOCUMENT, server_clock)
        asking, texts = _questions(world, embedder, options.questions + WARM_UP)
        searchers = [
            opened.enter_context(closing(Searcher.open(settings, asking)))
            for settings in (folder, served)
        ]
        print(f"{describe_machine()} {options.passages} passages, {options.questions} questions.\n")
        print("| | folder | server |\n| --- | ---: | ---: |")
        print(f"| copied to the server, by the clock (s) | | {took:.0f} |")
        print(f"| of which the server worked (s) | | {worked:.0f} |")
        for name, filters in (("all", SearchFilter()), ("one fractie of fifteen", FEW)):
            tell(f"questions are asked, {name}")
            for line in _compare(searchers, texts, filters, server_clock):
                print(f"| {name}: {line}", flush=True)


def tell(what: str) -> None:
    """Says on the terminal what goes on; the table is what can be kept."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _server(given: str | None, opened: ExitStack) -> tuple[SecretStr, Clock]:
    """An empty database, and the processor time of its server where that can be told."""
    if given:
        return SecretStr(given), lambda: 0.0
    server = Server(quick=False)
    opened.callback(server.stop)
    return server.empty_database(), _clock_of(server)


def _questions(world: World, embedder: Embedder, count: int) -> tuple[Embedder, list[str]]:
    asked = world.questions(count, seed=4)
    stand_ins = real_questions(len(asked))
    given = {text: (asks, vector) for asks, (text, vector) in zip(stand_ins, asked, strict=True)}
    asking: Embedder = Asked(embedder, given)  # type: ignore[assignment]  # it hands on the rest
    return asking, list(given)


def _copy(folder: Settings, served: Settings, count: int, server: Clock) -> tuple[float, float]:
    """Copies all; returns the seconds by the clock, and those that the server worked."""
    with closing(open_store(folder)) as source, closing(open_store(served)) as target:
        started, before = time.perf_counter(), server()
        for number, _ in enumerate(move_all(source, target), start=1):
            if number % TOLD_EVERY == 0:
                tell(f"{number} of {count} documents are copied")
        return time.perf_counter() - started, server() - before


def _compare(
    searchers: list[Searcher], texts: list[str], filters: SearchFilter, server: Clock
) -> Iterator[str]:
    """The rows of the table about these questions, less their name."""
    costs, same = [Cost() for _ in searchers], []
    for at, text in enumerate(texts):
        found = []
        for searcher, cost in zip(searchers, costs, strict=True):
            started = time.perf_counter(), time.process_time(), server()
            found.append(searcher.search(text, 10, filters))
            if at >= WARM_UP:
                cost.wall.append(MILLI * (time.perf_counter() - started[0]))
                cost.here.append(MILLI * (time.process_time() - started[1]))
                cost.there.append(MILLI * (server() - started[2]))
        same.append(_shared(*found))
    for percent in (50, 95):
        times = " | ".join(f"{np.percentile(cost.wall, percent):.0f}" for cost in costs)
        yield f"by the clock, p{percent} (ms) | {times} |"
    times = " | ".join(f"{np.mean(cost.here):.0f}" for cost in costs)
    yield f"processor time here (ms) | {times} |"
    yield f"processor time of the server (ms) | | {np.mean(costs[1].there):.0f} |"
    yield f"the same among the first ten | | {np.mean(same):.3f} |"


def _shared(ours: SearchResult, theirs: SearchResult) -> float:
    sets = [{hit.found.id for hit in result.hits} for result in (ours, theirs)]
    return len(sets[0] & sets[1]) / max(1, len(sets[0]))


def _clock_of(server: Server) -> Clock:
    """The processor time that the server's processes have taken, those that ended with them."""
    postmaster = psutil.Process(server.server.get_pid())

    def taken() -> float:
        ended = postmaster.cpu_times()
        living = sum(sum(child.cpu_times()[:2]) for child in postmaster.children())
        return float(ended.children_user + ended.children_system + living)

    return taken


if __name__ == "__main__":
    main()
