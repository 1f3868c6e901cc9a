"""What a question costs in a folder and on a PostgreSQL server, over the same documents.

`python -m benchmarks.on_a_server --passages 100000` makes an index in a folder, copies it to a server
and asks both the same questions by turns. Without `--server` it starts one of its own, of which the
processor time is told as well. It prints a table.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]  # of the test server
from pydantic import SecretStr

from benchmarks.corpus import questions as real_questions
from benchmarks.growth_probe import Asked
from benchmarks.large_index import write_index
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

Clock = Callable[[], float]


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
        world = write_index(folder, embedder, options.passages, lambda _: None)
        server_clock: Clock = lambda: 0.0  # noqa: E731
        if options.server:
            where = SecretStr(options.server)
        else:
            server = Server(quick=False)
            opened.callback(server.stop)
            where, server_clock = server.empty_database(), _clock_of(server)
        served = folder.model_copy(update={"database": where})
        _tell("copied in (s)", [_copy(folder, served)])
        asked = world.questions(options.questions + WARM_UP, seed=4)
        stand_ins = real_questions(len(asked))
        given = {
            text: (asks, vector) for asks, (text, vector) in zip(stand_ins, asked, strict=True)
        }
        asking: Embedder = Asked(embedder, given)  # type: ignore[assignment]  # it hands on the rest
        searchers = [
            opened.enter_context(closing(Searcher.open(settings, asking)))
            for settings in (folder, served)
        ]
        for name, filters in (("all", SearchFilter()), ("one fractie", FEW)):
            _compare(searchers, list(given), filters, name, server_clock)


def _copy(folder: Settings, served: Settings) -> float:
    started = time.perf_counter()
    with closing(open_store(folder)) as source, closing(open_store(served)) as target:
        for _ in move_all(source, target):
            pass
    return time.perf_counter() - started


def _compare(
    searchers: list[Searcher], texts: list[str], filters: SearchFilter, name: str, server: Clock
) -> None:
    wall: list[list[float]] = [[], []]
    here: list[list[float]] = [[], []]
    there: list[list[float]] = [[], []]
    same = []
    for at, text in enumerate(texts):
        found = []
        for which, searcher in enumerate(searchers):
            started = time.perf_counter(), time.process_time(), server()
            found.append(searcher.search(text, 10, filters))
            if at >= WARM_UP:
                wall[which].append(MILLI * (time.perf_counter() - started[0]))
                here[which].append(MILLI * (time.process_time() - started[1]))
                there[which].append(MILLI * (server() - started[2]))
        same.append(_shared(*found))
    print(f"\n{name}: folder | server")
    _tell("by the clock, p50 (ms)", [float(np.median(times)) for times in wall])
    _tell("by the clock, p95 (ms)", [float(np.percentile(times, 95)) for times in wall])
    _tell("processor time here, mean (ms)", [float(np.mean(times)) for times in here])
    _tell("processor time of the server, mean (ms)", [float(np.mean(times)) for times in there])
    print(f"the same among the first ten: {np.mean(same):.3f}")


def _shared(ours: SearchResult, theirs: SearchResult) -> float:
    sets = [{hit.found.id for hit in result.hits} for result in (ours, theirs)]
    return len(sets[0] & sets[1]) / max(1, len(sets[0]))


def _clock_of(server: Server) -> Clock:
    """The processor time that the server's processes have taken."""
    postmaster = psutil.Process(server.server.get_pid())

    def taken() -> float:
        return sum(sum(child.cpu_times()[:2]) for child in postmaster.children())

    return taken


def _tell(name: str, values: Iterable[float]) -> None:
    print(f"{name}: " + " | ".join(f"{value:.1f}" for value in values), flush=True)


if __name__ == "__main__":
    main()
