"""Workers that are killed, readers that ask meanwhile, and a server that is ended under them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event, Thread

import pytest

from index.errors import ServerFailure
from index.models import Outcome
from index.postgres.queue import Queue
from index.search import Searcher
from index.stores import open_store
from pipeline.errors import KamerantwoordError
from pipeline.settings import Settings
from tests.faults.laboratory import (
    FULL,
    answers_afresh,
    contents,
    documents,
    embedder,
    found_by,
    open_indexer,
    tally,
)
from tests.postgres_server import Server

pytestmark = [
    pytest.mark.xdist_group("postgresql"),
    pytest.mark.skipif(not FULL, reason="takes minutes; `make faults` runs it"),
]

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds; on a busy machine a worker takes some to start


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that keeps what it promised to keep, also when it is killed."""
    started = Server(quick=False)
    yield started
    started.stop()


@pytest.fixture
def served(server: Server, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, database=server.empty_database())


def start_worker(settings: Settings) -> subprocess.Popen[str]:
    assert settings.database
    environment = os.environ | {"KAMERANTWOORD_DATABASE": settings.database.get_secret_value()}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker_victim", str(settings.data)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def end(workers: list[subprocess.Popen[str]]) -> None:
    for worker in workers:
        worker.kill()
        worker.communicate()


class Asker(Thread):
    """Asks again and again, as an app server does; keeps what it did not expect."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(daemon=True)
        self._settings = settings
        self.ending = Event()
        self.answered = 0
        self.told: list[ServerFailure] = []
        self.amiss: list[Exception] = []

    def run(self) -> None:
        """Asks until an end is asked; whatever is found must be whole."""
        try:
            with closing(Searcher.open(self._settings, embedder("a"))) as searcher:
                while not self.ending.wait(0.02):
                    self._ask(searcher)
        except (KamerantwoordError, AssertionError) as error:
            self.amiss.append(error)

    def _ask(self, searcher: Searcher) -> None:
        try:
            for document_id, _, exchange in found_by(searcher):
                assert exchange.answer, document_id
        except ServerFailure as error:
            self.told.append(error)
        else:
            self.answered += 1


def wait_until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_workers_may_be_killed_at_any_moment(served: Settings) -> None:
    assert served.database
    files = {f"stuk-{at}.txt": contents(f"stuk-{at}.txt", at) for at in range(60)}
    kills, chance = 30, random.Random(6)
    askers = [Asker(served) for _ in range(2)]
    with ExitStack() as running, closing(Queue.open(served.database)) as queue:
        for name, data in files.items():
            assert queue.put(data, name)
        workers = [start_worker(served) for _ in range(3)]
        running.callback(end, workers)
        for asker in askers:
            asker.start()
        for _ in range(kills):
            time.sleep(chance.uniform(0.1, 1.0))
            victim = chance.randrange(len(workers))
            end([workers[victim]])
            workers[victim] = start_worker(served)
            tally["workers: killed"] += 1
        wait_until(lambda: not queue.waiting())
        for asker in askers:
            asker.ending.set()
            asker.join(PATIENCE)
    for asker in askers:
        assert (asker.amiss, asker.told) == ([], [])
    assert all(asker.answered for asker in askers)
    assert set(documents(served)) == set(files)
    with closing(open_store(served)) as store:
        assert store.generation() == len(files)  # none was kept twice
    with closing(Searcher.open(served, embedder("a"))) as searcher:
        found = sorted((name, similarity) for name, similarity, _ in found_by(searcher))
    expected = sorted((name, similarity) for name, similarity, _ in answers_afresh(files))
    assert [name for name, _ in found] == [name for name, _ in expected]
    assert [value for _, value in found] == pytest.approx([value for _, value in expected])


def test_the_server_is_restarted_under_readers_and_workers(
    server: Server, served: Settings
) -> None:
    assert served.database
    files = {f"stuk-{at}.txt": contents(f"stuk-{at}.txt", at) for at in range(30)}
    with closing(open_indexer(served)) as indexer:
        report = indexer.add_bytes(contents("eerste.txt", 99), "eerste.txt")
        assert report.outcome is Outcome.INDEXED
    asker, worker = Asker(served), start_worker(served)
    try:
        with closing(Queue.open(served.database)) as queue:
            for name, data in files.items():
                queue.put(data, name)
            asker.start()
            wait_until(lambda: len(queue.waiting()) < len(files))
            for _ in range(6):
                time.sleep(1.0)
                server.restart()
                tally["server: restarted"] += 1
            wait_until(lambda: not queue.waiting())
        answered = asker.answered
        wait_until(lambda: asker.answered > answered)  # it goes on without being opened again
    finally:
        asker.ending.set()
        end([worker])
    asker.join(PATIENCE)
    assert asker.amiss == []
    assert set(documents(served)) == {*files, "eerste.txt"}
