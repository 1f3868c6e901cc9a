"""kill -9 while a server is changed or moved to: what was committed is there, whole, and no more."""

from __future__ import annotations

import random
import time
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path

import psycopg
import pytest

from index.moving import digest_in, move_all
from index.stores import open_store
from pipeline.settings import Settings
from tests.faults.laboratory import (
    FULL,
    answers,
    answers_afresh,
    contents,
    documents,
    open_indexer,
    rounds,
    tally,
)
from tests.faults.test_kills import LONGEST_LIFE, examine, observed
from tests.faults.test_workers import wait_until
from tests.faults.victim import State, change_without_end, move_once, read_journal
from tests.postgres_server import Server

pytestmark = pytest.mark.xdist_group("postgresql")

MOVED = rounds(full=60, short=12)  # documents
MOVES = rounds(full=20, short=2)  # that are killed, in each direction
LONGEST_MOVE = 0.3  # seconds; a few documents arrive in it
OTHERS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def served(postgres: Server, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", database=postgres.empty_database())


def wait_for_its_end(settings: Settings) -> None:
    """Waits until the server has noticed that a client is gone; it may be keeping its last commit."""
    if settings.database:
        with psycopg.connect(settings.database.get_secret_value(), autocommit=True) as connection:
            wait_until(lambda: connection.execute(OTHERS).fetchone() is None)


@pytest.mark.skipif(not FULL, reason="takes minutes; `make faults` runs it")
@pytest.mark.timeout(1800)
def test_a_kill_at_any_moment_loses_nothing_that_was_committed(
    forks: ForkServerContext, served: Settings, tmp_path: Path
) -> None:
    chance, state = random.Random(27), State({}, "a")
    for number in range(60):
        journal = tmp_path / f"journal-{number}"
        victim = forks.Process(target=change_without_end, args=(served, journal, number, state))
        victim.start()
        time.sleep(chance.uniform(0, 3 * LONGEST_LIFE))
        victim.kill()
        victim.join()
        wait_for_its_end(served)
        done, maybe, during = read_journal(journal, state)
        state = observed(served, (done, maybe))
        tally[f"on a server, killed during {during}"] += 1

        with closing(open_store(served)) as store:
            for sha256 in documents(served).values():
                store.original(sha256)  # raises LostOriginal where it is not what it was
        found, afresh = answers(served, state.model), []
        if state.variants:
            afresh = answers_afresh(state.documents(), state.model)
        told = sorted((answer_id, exchange.answer) for answer_id, _, exchange in found)
        assert told == sorted((answer_id, exchange.answer) for answer_id, _, exchange in afresh)
        assert sorted(value for _, value, _ in found) == pytest.approx(
            sorted(value for _, value, _ in afresh), abs=1e-6
        )
        if number % 10 == 0:
            examine(served, state.model)
            assert observed(served, (state, state)) == state


def digests(settings: Settings) -> dict[str, str]:
    """All that is kept, as one sum for each document."""
    with closing(open_store(settings)) as store:
        return {record.id: digest_in(store, record.id) for record in store.documents()}


@pytest.mark.timeout(600)
def test_a_migration_that_is_killed_goes_on_where_it_was_and_so_does_the_way_back(
    forks: ForkServerContext, served: Settings, tmp_path: Path
) -> None:
    folder, back = Settings(data=tmp_path / "from"), Settings(data=tmp_path / "back")
    with closing(open_indexer(folder)) as indexer:
        for number in range(MOVED):
            indexer.add_bytes(contents(f"stuk {number}", number), f"stuk-{number}.txt")
    expected, chance = digests(folder), random.Random(8)
    for source, target in ((folder, served), (served, back)):
        for _ in range(MOVES):
            victim = forks.Process(target=move_once, args=(source, target))
            victim.start()
            time.sleep(chance.uniform(0, LONGEST_MOVE))
            victim.kill()
            victim.join()
            wait_for_its_end(target)
            arrived = digests(target)
            assert arrived.items() <= expected.items()  # each of them whole
            tally["killed during a migration to another store"] += 1
        with closing(open_store(source)) as ours, closing(open_store(target)) as theirs:
            resumed = [moved.document_id for moved in move_all(ours, theirs) if moved.resumed]
        assert set(resumed) == set(arrived)
        assert digests(target) == expected
        assert answers(target) == answers(folder)
