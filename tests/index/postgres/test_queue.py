"""Files that wait on the server are added once, by whoever works."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from index.indexing import Indexer
from index.models import Outcome
from index.postgres.queue import Queue
from index.postgres.worker import add_arrival
from index.stores import open_store
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS
from tests.index.postgres.test_command import command

pytestmark = pytest.mark.xdist_group("postgresql")


def test_what_is_enqueued_is_added_by_whoever_works(
    served: Settings, papers: Path, tmp_path: Path
) -> None:
    kamerantwoord = command(served, HashingEmbedder())
    (papers / "kapot.pdf").write_bytes(b"%PDF-1.7 kapot")
    missing = tmp_path / "nergens.txt"
    told = kamerantwoord("enqueue", papers, missing)
    assert told.exit_code == 1
    assert "nergens.txt" in told.stderr
    enqueued = ("dijken.txt", "kapot.pdf", "vuurtorens.txt")
    assert sorted(told.stdout.splitlines()) == [f"enqueued   {name}" for name in enqueued]
    assert "waiting    dijken.txt" in kamerantwoord("enqueue", papers).stdout
    assert kamerantwoord("queue").stdout.count("waiting") == 3

    worked = kamerantwoord("work", "--until-empty")
    assert worked.exit_code == 0, worked.output
    assert "indexed    vuurtorens.txt: vuurtorens" in worked.stdout
    assert "kapot.pdf" in worked.stderr
    assert kamerantwoord("queue").stdout.startswith("failed     kapot.pdf: is damaged")
    with closing(open_store(served)) as store:
        assert [record.id for record in store.documents()] == ["dijken", "vuurtorens"]

    assert "enqueued   kapot.pdf" in kamerantwoord("enqueue", papers / "kapot.pdf").stdout
    assert "unchanged" in kamerantwoord("add", papers / "oud").stdout


def test_a_file_that_was_kept_by_a_worker_that_died_is_not_kept_twice(served: Settings) -> None:
    assert served.database
    told: list[Outcome] = []
    with (
        closing(Queue.open(served.database)) as queue,
        closing(Indexer.open(served, HashingEmbedder())) as indexer,
    ):
        assert queue.put(BEACONS, "vuurtorens.txt")
        indexer.add_bytes(BEACONS, "vuurtorens.txt")  # kept, and then the worker died
        add_arrival(queue, indexer, 1, lambda report: told.append(report.outcome))
        add_arrival(queue, indexer, 1, lambda report: told.append(report.outcome))
        assert told == [Outcome.UNCHANGED]
        assert queue.waiting() == []
    with closing(open_store(served)) as store:
        assert store.generation() == 1


def test_without_a_server_the_queue_says_what_to_set(data: Path, papers: Path) -> None:
    kamerantwoord = command(Settings(data=data), HashingEmbedder())
    assert "set KAMERANTWOORD_DATABASE" in kamerantwoord("enqueue", papers).output
    assert kamerantwoord("work").exit_code == 1
