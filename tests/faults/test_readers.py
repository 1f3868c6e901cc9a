"""Readers at full speed beside a writer: no error, no torn result, hardly slower."""

import time
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from index.models import SearchFilter
from index.search import Searcher
from pipeline.settings import Settings
from tests.faults.laboratory import FULL, contents, embedder, open_indexer, rounds, tally

READERS = rounds(full=8, short=2)
SECONDS = rounds(full=60, short=2)
DOCUMENTS = 50
SLOWER = 2.0  # times that a reader's 95th percentile may grow beside a writer
PAUSE = 0.05  # seconds between two commits; embedding a real document takes far longer


def read(data: Path, seconds: float, results: Connection) -> None:
    """Searches without end; sends the seconds that each search took, or what was torn."""
    took: list[float] = []
    torn = ""
    with closing(Searcher.open(Settings(data=data), embedder("a"))) as searcher:
        deadline = time.monotonic() + seconds
        number = 0
        while time.monotonic() < deadline and not torn:
            number = (number + 1) % DOCUMENTS
            started = time.perf_counter()
            result = searcher.search("vuurtoren", 5, SearchFilter(document_ids=(f"stuk-{number}",)))
            took.append(time.perf_counter() - started)
            answers = [hit.found.exchange.answer for hit in result.hits]
            variants = {word for answer in answers for word in answer.split() if word.isdigit()}
            if len(answers) != 2 or len(variants) != 1:
                torn = f"stuk-{number}: {answers}"
    results.send(torn or took)


def write(data: Path, seconds: float, results: Connection) -> None:
    """Replaces documents without end; sends how many."""
    written = 0
    with closing(open_indexer(Settings(data=data))) as indexer:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            name = f"stuk-{written % DOCUMENTS}.txt"
            indexer.add_bytes(contents("zaak", 1_000 + written), name)
            written += 1
            time.sleep(PAUSE)
    results.send(written)


def run_readers(context: ForkServerContext, data: Path, *, with_writer: bool) -> tuple[float, int]:
    """The 95th percentile of the readers, in seconds, and how many commits were made meanwhile."""
    work = [read] * READERS + ([write] if with_writer else [])
    pipes = [context.Pipe(duplex=False) for _ in work]
    processes = [
        context.Process(target=each, args=(data, SECONDS, theirs))
        for each, (_, theirs) in zip(work, pipes, strict=True)
    ]
    for process, (_, theirs) in zip(processes, pipes, strict=True):
        process.start()
        theirs.close()  # so that a process that dies is heard of
    results = [ours.recv() for ours, _ in pipes]
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * len(work)
    torn = [result for result in results if isinstance(result, str)]
    assert torn == []
    took = sorted(seconds for result in results[:READERS] for seconds in result)
    tally["searches beside a writer" if with_writer else "searches without a writer"] += len(took)
    return took[int(0.95 * len(took))], results[READERS] if with_writer else 0


@pytest.mark.timeout(300)
def test_readers_are_neither_blocked_nor_deceived_by_a_writer(
    forks: ForkServerContext, tmp_path: Path
) -> None:
    with closing(open_indexer(Settings(data=tmp_path))) as indexer:
        for number in range(DOCUMENTS):
            indexer.add_bytes(contents("zaak", number), f"stuk-{number}.txt")
    beside, commits = run_readers(forks, tmp_path, with_writer=True)
    assert commits >= SECONDS
    tally["commits beside readers"] += commits
    if FULL:  # how much slower is told by a minute, not by two seconds
        alone, _ = run_readers(forks, tmp_path, with_writer=False)
        tally[f"readers: p95 {alone * 1e3:.1f} ms alone, {beside * 1e3:.1f} ms"] += 1
        assert beside <= SLOWER * alone
