"""What the tests of the index share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from typer.testing import CliRunner, Result

from index.cli import app
from index.desk import Desk
from index.evaluation import DEPTH
from index.indexing import Indexer
from index.models import SearchResult
from index.opening import Workshop
from index.search import Searcher
from index.stores import open_store
from pipeline.settings import Settings
from tests.faults.laboratory import InProcessParser
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS, DIKES

if TYPE_CHECKING:
    from pipeline.embedding import Embedder
    from tests.postgres_server import Server

REPORT = Path(__file__).parents[3] / "shared/documents/verslag-schriftelijk-overleg-wrr.txt"

Command = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


ON_A_SERVER = pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))


@pytest.fixture(params=["folder", ON_A_SERVER])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Where nothing is kept yet: a folder, and then a PostgreSQL server."""
    settings = Settings(data=tmp_path / "kept")
    if request.param == "folder":
        return settings
    server: Server = request.getfixturevalue("postgres")
    return settings.model_copy(update={"database": server.emptied_database()})


def originals(settings: Settings) -> list[bytes]:
    """All files that are kept as they came, also any that no document claims."""
    if settings.database is None:
        files = (path for path in settings.originals.iterdir() if not path.suffix)
        return sorted(path.read_bytes() for path in files)
    with psycopg.connect(settings.database.get_secret_value()) as connection:
        return sorted(data for (data,) in connection.execute("SELECT data FROM originals"))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "stukken"
    (folder / "oud").mkdir(parents=True)
    (folder / "vuurtorens.txt").write_bytes(BEACONS)
    (folder / "oud" / "dijken.txt").write_bytes(DIKES)
    return folder


class QuickWorkshop(Workshop):
    """Starts no process to parse in."""

    def indexer(self, settings: Settings, *, any_model: bool = False) -> Indexer:
        embedder = self.embedder(settings)
        indexer = Indexer(open_store(settings), settings, embedder, InProcessParser(settings))
        if not any_model:
            indexer.check_model()
        return indexer


@pytest.fixture
def kamerantwoord(data: Path) -> Command:
    """The command, with an embedder that needs no model."""
    desk = Desk(QuickWorkshop(HashingEmbedder()), Settings(data=data))

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], obj=desk)

    return run


@pytest.fixture
def anywhere(kept: Settings) -> Command:
    """The command over a folder, and then over a server."""
    desk = Desk(QuickWorkshop(HashingEmbedder()), kept)

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], obj=desk)

    return run


@pytest.fixture(scope="session")
def report_index(
    embedder: Embedder, background: Path, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Where a real report of 41 answers is indexed with the real model."""
    if not REPORT.exists() and not os.environ.get("CI"):
        pytest.skip("the real report is not at hand")
    settings = Settings(data=tmp_path_factory.mktemp("report"))
    settings.cache.mkdir()
    shutil.copy(background, settings.cache)
    indexer = Indexer.open(settings, embedder)
    assert indexer.add_path(REPORT).exchanges == 41
    indexer.close()
    return settings


@pytest.fixture(scope="session")
def report(report_index: Settings, embedder: Embedder) -> Iterator[Searcher]:
    """The same report, to be asked."""
    searcher = Searcher.open(report_index, embedder)
    yield searcher
    searcher.close()


@pytest.fixture(scope="session")
def found_in_report(report: Searcher) -> Callable[[str], SearchResult]:
    """What the report answers; a question that several tests ask is asked once."""
    return cache(lambda question: report.search(question, DEPTH))
