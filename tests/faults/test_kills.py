"""kill -9 at random moments: what was committed is there, whole, and nothing else is."""

import hashlib
import random
import shutil
import sqlite3
import time
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from index.findings import Health
from index.migrations import MIGRATIONS
from index.opening import Workshop
from index.originals import Originals
from index.rescue import find_damage
from index.search import Searcher
from index.stores import open_store
from pipeline.settings import Settings
from tests.faults.laboratory import (
    answers,
    answers_afresh,
    contents,
    documents,
    embedder,
    found_by,
    open_indexer,
    rounds,
    tally,
)
from tests.faults.victim import State, change_without_end, migrate_once, read_journal

LAST = len(MIGRATIONS)  # the step that a new index has taken
LONGEST_LIFE = 0.6  # seconds; a dozen changes fit in it
MIGRATION_LIFE = 0.15  # seconds; a migration with its backup takes about half of it


def observed(settings: Settings, candidates: tuple[State, State]) -> State:
    """Which of the two states the index is in; fails when it is in neither."""
    kept = documents(settings)
    with closing(open_store(settings)) as store, store.snapshot() as snapshot:
        fingerprint = snapshot.state().fingerprint
    fitting = [state for state in candidates if _sums(state) == kept]
    for state in fitting:  # where both hold the same documents, the model tells which it is
        if fingerprint in ("", embedder(state.model).fingerprint):
            return state
    if fitting and not kept:
        return fitting[0]
    raise AssertionError(f"{kept} is neither of {candidates}")


def _sums(state: State) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in state.documents().items()}


@pytest.mark.timeout(1800)
def test_a_kill_at_any_moment_loses_nothing_that_was_committed(
    forks: ForkServerContext, tmp_path: Path
) -> None:
    settings, chance = Settings(data=tmp_path / "data"), random.Random(2026)
    state = State({}, "a")
    for number in range(rounds(full=160, short=8)):
        journal = tmp_path / f"journal-{number}"
        victim = forks.Process(target=change_without_end, args=(settings, journal, number, state))
        victim.start()
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        victim.kill()
        victim.join()
        done, maybe, during = read_journal(journal, state)
        state = observed(settings, (done, maybe))
        tally[f"killed during {during}"] += 1

        assert find_damage(settings) == ""
        originals = Originals(settings.originals)
        assert all(originals.is_sound(sha256) for sha256 in documents(settings).values())
        if state.variants:
            assert answers(settings, state.model) == answers_afresh(state.documents(), state.model)
        if number % 10 == 0:
            examine(settings, state.model)
            assert observed(settings, (state, state)) == state


def examine(settings: Settings, model: str) -> None:
    """The doctor finds nothing lost, and at its second visit nothing to do."""
    findings = list(Workshop(embedder(model)).examine(settings))
    assert {f.health for f in findings} <= {Health.SOUND, Health.REPAIRED}, findings
    again = list(Workshop(embedder(model)).examine(settings))
    assert {finding.health for finding in again} == {Health.SOUND}, again
    tally["examined after kills"] += 1


@pytest.mark.timeout(900)
def test_a_migration_that_is_killed_happened_wholly_or_not_at_all(
    forks: ForkServerContext, tmp_path: Path
) -> None:
    pristine, chance = tmp_path / "before", random.Random(11)
    with closing(open_indexer(Settings(data=pristine))) as indexer:
        for number in range(20):
            indexer.add_bytes(contents(f"stuk {number}", number), f"stuk-{number}.txt")
    before = answers_in(pristine / "kamerantwoord.db")
    for number in range(rounds(full=40, short=4)):
        data = tmp_path / f"round-{number}"
        shutil.copytree(pristine, data)
        victim = forks.Process(target=migrate_once, args=(data,))
        victim.start()
        time.sleep(chance.uniform(0, MIGRATION_LIFE))
        victim.kill()
        victim.join()

        version = int(query(data / "kamerantwoord.db", "PRAGMA user_version"))
        assert query(data / "kamerantwoord.db", "PRAGMA integrity_check") == "ok"
        assert answers_in(data / "kamerantwoord.db") == before
        assert version in (LAST, LAST + 1)
        backup = data / "backups" / f"schema-{LAST}.db"
        if version == LAST + 1 or backup.exists():
            assert answers_in(backup) == before
        migrate_once(data)
        assert int(query(data / "kamerantwoord.db", "PRAGMA user_version")) == LAST + 1
        tally[f"killed during a migration, which was {('not ', '')[version - LAST]}made"] += 1
        shutil.rmtree(data)


def answers_in(database: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT document_id, key, answer FROM exchanges ORDER BY 1, 2")
        return found.fetchall()


def query(database: Path, statement: str) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute(statement).fetchone()[0])


def test_a_reader_that_stays_open_sees_what_is_committed_beside_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with (
        closing(open_indexer(settings)) as indexer,
        closing(Searcher.open(settings, embedder("a"))) as searcher,
    ):
        kept: dict[str, bytes] = {}
        for number in range(10):
            kept[f"stuk-{number}.txt"] = contents(f"stuk {number}", number)
            indexer.add_bytes(kept[f"stuk-{number}.txt"], f"stuk-{number}.txt")
            if number % 3 == 2:
                indexer.remove(f"stuk-{number - 1}")
                del kept[f"stuk-{number - 1}.txt"]
            assert found_by(searcher) == answers_afresh(kept)
