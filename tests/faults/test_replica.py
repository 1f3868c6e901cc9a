"""A replica answers questions while its server lives, and takes its place when that is killed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from index.errors import ServerUnfit, ServerUnreachable
from index.models import Outcome
from index.search import Searcher
from index.stores import open_store
from pipeline.settings import Settings
from tests.faults.laboratory import (
    FULL,
    answers_afresh,
    contents,
    documents,
    embedder,
    found_by,
    open_indexer,
)
from tests.postgres_server import Replica, Server

pytestmark = [
    pytest.mark.xdist_group("postgresql"),
    pytest.mark.skipif(not FULL, reason="takes half a minute; `make faults` runs it"),
]

FILES = {f"stuk-{at}.txt": contents(f"stuk-{at}.txt", at) for at in range(10)}


def test_a_replica_takes_the_place_of_a_server_that_is_killed(tmp_path: Path) -> None:
    server = Server(quick=False)
    where = server.empty_database()
    database = where.get_secret_value().partition("?")[0].rpartition("/")[2]
    replica = Replica(server)
    try:
        there = replica.address(database)
        settings = Settings(data=tmp_path, database=where, database_read=there)
        read_only = settings.model_copy(update={"database": there})
        with closing(open_indexer(settings)) as indexer:
            for name, data in FILES.items():
                assert indexer.add_bytes(data, name).outcome is Outcome.INDEXED
        expected = [(name, exchange) for name, _, exchange in answers_afresh(FILES)]
        with closing(Searcher.open(settings, embedder("a"))) as searcher:
            server.kill()
            found = found_by(searcher)  # the replica goes on answering
            assert [(name, exchange) for name, _, exchange in found] == expected
            with pytest.raises(ServerUnreachable):
                open_store(settings)
            with (
                closing(open_store(read_only)) as store,
                pytest.raises(ServerUnfit, match="read-only"),
                store.commit(),
            ):
                pass

            replica.promote()
            either = settings.model_copy(update={"database": replica.or_its_server(database)})
            assert set(documents(either)) == set(FILES)  # nothing that was kept is lost
            with closing(open_indexer(either)) as indexer:
                report = indexer.add_bytes(contents("nieuw.txt", 77), "nieuw.txt")
                assert report.outcome is Outcome.INDEXED
            assert searcher.search("Hoe vaak brandt vuurtoren 77?").hits[0].found.id == "nieuw.1"
    finally:
        replica.stop()
        server.stop()
