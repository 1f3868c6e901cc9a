"""Two app servers and three workers at once on one database, all of them processes of their own.

A worker is killed while it has a document in hand, and the database is restarted while both servers
are asked. Nothing is lost, nothing is there twice, work goes on without anybody's doing, and whoever
is not answered is told why.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import psycopg
import pytest

from index.postgres.queue import Queue
from index.stores import open_store
from pipeline.settings import Settings
from tests.faults.laboratory import FULL, QUESTIONS, answers_afresh, contents, rounds, tally
from tests.faults.test_workers import ROOT, wait_until
from tests.faults.worker_victim import work_without_end
from tests.postgres_server import Server

pytestmark = pytest.mark.xdist_group("postgresql")

WORKERS = 3
ROUNDS = rounds(full=10, short=1)  # in each a worker is killed and the database restarted
A_ROUND = 9  # documents that wait
FILES = {f"stuk-{at}.txt": contents(f"stuk-{at}.txt", at) for at in range(ROUNDS * A_ROUND)}
DOING = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
UNAVAILABLE = 503
AT_ONCE = 0.05  # seconds until a process that was killed is gone
PAUSE = 0.05  # seconds between two questions


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that is killed must keep what it promised; one that is ended well may be shared."""
    if not FULL:
        yield request.getfixturevalue("postgres")
        return
    started = Server(quick=False)
    yield started
    started.stop()


@contextmanager
def app_servers(settings: Settings) -> Iterator[list[str]]:
    """The addresses of the JSON interface of two pages with this database, a process each."""
    assert settings.database
    with socket.socket() as one, socket.socket() as other:
        ports = []
        for free in (one, other):
            free.bind(("127.0.0.1", 0))
            ports.append(str(free.getsockname()[1]))
    environment = os.environ | {
        "KAMERANTWOORD_DATA": str(settings.data),
        "KAMERANTWOORD_DATABASE": settings.database.get_secret_value(),
    }
    command = [sys.executable, "-m", "tests.faults.app_server", *ports]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield [f"http://127.0.0.1:{port}/api" for port in ports]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Visitor(Thread):
    """Asks one app server again and again; keeps what was told in place of an answer."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._address = address
        self.ending = Event()
        self.answered = 0
        self.told: list[str] = []
        self.amiss: list[str] = []

    def run(self) -> None:
        """Asks until an end is asked; each answer must be whole."""
        while not self.ending.wait(PAUSE):
            try:
                hits = self.found(QUESTIONS[0])
            except HTTPError as error:
                told = error.read().decode()
                (self.told if error.code == UNAVAILABLE else self.amiss).append(told)
                continue
            self.answered += 1
            self.amiss += [id_ for id_, answer in hits.items() if not answer]

    def found(self, question: str) -> dict[str, str]:
        """The answers to a question, by id."""
        query = urlencode({"q": question, "limit": 5})
        with urlopen(f"{self._address}/search?{query}", timeout=60) as response:
            hits = json.load(response)["hits"]
        return {hit["id"]: hit["answer"] for hit in hits}

    def documents(self) -> list[str]:
        """The names of all documents."""
        with urlopen(f"{self._address}/documents", timeout=60) as response:
            return [each["name"] for each in json.load(response)["documents"]]


def is_up(visitor: Visitor) -> bool:
    try:
        visitor.documents()
    except OSError:
        return False
    return True


def in_hand(settings: Settings) -> int:
    """How many documents a worker has taken and not finished."""
    assert settings.database
    with psycopg.connect(settings.database.get_secret_value()) as connection:
        row = connection.execute(DOING).fetchone()
    return int(row[0]) if row else 0


@pytest.mark.timeout(900)
def test_app_servers_and_workers_share_one_database_through_kills_and_restarts(
    server: Server, tmp_path: Path, forks: ForkServerContext
) -> None:
    settings, chance = Settings(data=tmp_path, database=server.empty_database()), random.Random(3)
    assert settings.database
    with ExitStack() as running, closing(Queue.open(settings.database)) as queue:
        visitors = [Visitor(address) for address in running.enter_context(app_servers(settings))]
        workers: list[BaseProcess] = []
        running.callback(end, workers)
        for visitor in visitors:
            wait_until(lambda: is_up(visitor))  # noqa: B023  # called before the next one's turn
            visitor.start()
        for at in range(ROUNDS):
            for name, data in list(FILES.items())[at * A_ROUND :][:A_ROUND]:
                assert queue.put(data, name)
            supervise(workers, forks, settings)
            # Workers that are not back yet from the last restart may find nothing left to do.
            wait_until(lambda: in_hand(settings) >= WORKERS or not queue.waiting())
            tally[f"one database: worker killed, with {in_hand(settings)} documents in hand"] += 1
            workers[chance.randrange(WORKERS)].kill()
            supervise(workers, forks, settings)
            time.sleep(chance.uniform(0, 0.3))
            server.restart()
            tally["one database: restarted under questions and workers"] += 1
        expected = sorted(name for name, _, _ in answers_afresh(FILES))
        supervise(workers, forks, settings)
        wait_until(lambda: not queue.waiting())
        for visitor in visitors:
            before = visitor.answered
            wait_until(lambda: visitor.answered > before)  # noqa: B023
            visitor.ending.set()
            visitor.join()
            check(visitor, expected)
    with closing(open_store(settings)) as store:
        assert store.generation() == len(FILES)  # none was kept twice


def supervise(workers: list[BaseProcess], forks: ForkServerContext, settings: Settings) -> None:
    """Starts workers in the place of those that were killed, as whoever runs them does.

    One that began while the database was away has said so and ended.
    """
    time.sleep(AT_ONCE)
    workers[:] = [worker for worker in workers if worker.is_alive()]
    while len(workers) < WORKERS:
        worker = forks.Process(target=work_without_end, args=(settings,), daemon=True)
        worker.start()
        workers.append(worker)


def end(workers: list[BaseProcess]) -> None:
    for worker in workers:
        worker.kill()


def check(visitor: Visitor, expected: list[str]) -> None:
    """All is there for it as in an index made afresh; what was not answered was said clearly."""
    assert visitor.amiss == []
    for told in visitor.told:
        assert "try again" in told
    assert sorted(visitor.documents()) == sorted(FILES)
    found = [id_ for question in QUESTIONS for id_ in visitor.found(question)]
    assert sorted(found) == expected
    tally["one database: questions answered"] += visitor.answered
    tally["one database: questions told to try again"] += len(visitor.told)
