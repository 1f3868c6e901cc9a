"""The command and its upkeep on a server: the same as in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from index.cli import app
from index.desk import Desk
from index.findings import Health
from index.indexing import Indexer
from index.models import Outcome
from index.opening import Workshop
from index.stores import open_store
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS, DIKES, HATS, paper
from tests.postgres_server import Server

pytestmark = pytest.mark.xdist_group("postgresql")

Command = Callable[..., Result]

SLUICES = paper("sluizen", ("of de sluis sluit.", "De sluis sluit om acht uur."))
FILES = {
    "vuurtorens.txt": BEACONS,
    "dijken.txt": DIKES,
    "ijsmutsen.txt": HATS,
    "sluizen.txt": SLUICES,
}


def command(settings: Settings, embedder: HashingEmbedder) -> Command:
    desk = Desk(Workshop(embedder), settings)

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], obj=desk)

    return run


@pytest.fixture
def kamerantwoord(served: Settings) -> Command:
    return command(served, HashingEmbedder())


def execute(settings: Settings, statement: str) -> None:
    assert settings.database
    with psycopg.connect(settings.database.get_secret_value(), autocommit=True) as connection:
        connection.execute(statement.encode())


def test_documents_are_added_listed_found_exported_and_removed(
    kamerantwoord: Command, served: Settings, papers: Path, tmp_path: Path
) -> None:
    assert kamerantwoord("add", papers).exit_code == 0
    assert "unchanged" in kamerantwoord("add", papers).output
    assert "vuurtorens" in kamerantwoord("list").output
    assert "elke nacht" in kamerantwoord("search", "Hoe vaak brandt de vuurtoren?").output
    info = kamerantwoord("info").output
    assert "server:        postgresql://" in info
    assert "generation:    2\n" in info
    assert not served.database_file.exists()

    assert kamerantwoord("export", tmp_path / "uit").exit_code == 0
    assert (tmp_path / "uit/documents/vuurtorens.txt").read_bytes() == BEACONS
    assert kamerantwoord("rebuild", "--reread").exit_code == 0
    assert kamerantwoord("remove", "vuurtorens").exit_code == 0
    assert kamerantwoord("remove", "vuurtorens").exit_code == 1
    assert "vuurtorens" not in kamerantwoord("list").output


@pytest.fixture(scope="module")
def template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> SecretStr:
    """A database with four documents, to be copied and not changed."""
    where = postgres.empty_database()
    settings = Settings(data=tmp_path_factory.mktemp("template"), database=where)
    with closing(Indexer.open(settings, HashingEmbedder())) as indexer:
        for name, data in FILES.items():
            assert indexer.add_bytes(data, name).outcome is Outcome.INDEXED
    return where


@pytest.fixture
def filled(postgres: Server, template: SecretStr, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", database=postgres.copy_of(template))


def test_a_rebuild_with_a_model_of_another_length_serves_at_once(filled: Settings) -> None:
    other = command(filled, HashingEmbedder(dimension=64))
    assert "run `kamerantwoord rebuild`" in other("search", "vuurtoren").output

    assert "rebuilt    5 answers, 10 passages" in other("rebuild").output
    assert "elke nacht" in other("search", "Hoe vaak brandt de vuurtoren?").output
    assert "sound      model" in other("doctor").output


DAMAGE = """
UPDATE exchanges SET answer = replace(answer, 'elke', 'geen');
DELETE FROM pages WHERE document_id = 'dijken';
UPDATE passages SET vector = vector + vector WHERE document_id = 'ijsmutsen';
DELETE FROM passages WHERE document_id = 'sluizen' AND part = 'answer';
DELETE FROM word_counts WHERE word = 'sluis';
UPDATE originals SET data = 'x' WHERE document_id = 'sluizen';
"""


def test_the_doctor_repairs_what_was_altered_and_names_what_is_lost(filled: Settings) -> None:
    kamerantwoord = command(filled, HashingEmbedder())
    execute(filled, DAMAGE)
    refused = kamerantwoord("search", "Hoe vaak brandt de vuurtoren?")
    assert refused.exit_code == 1
    assert "geen nacht" not in refused.output
    assert "run `kamerantwoord doctor`" in refused.output

    examined = kamerantwoord("doctor")
    assert examined.exit_code == 1
    assert examined.output.splitlines() == [
        "repaired   dijken was damaged and read again",
        "repaired   vuurtorens was damaged and read again",
        "repaired   the vectors of ijsmutsen were made again",
        "repaired   the vectors of sluizen were made again",
        "repaired   the words were counted again",
        "lost       the original of sluizen (sluizen.txt) is gone or damaged; its text is in the"
        " index; add the file again",
        "sound      model",
    ]
    assert "repaired" not in kamerantwoord("doctor").output
    assert "elke nacht" in kamerantwoord("search", "Hoe vaak brandt de vuurtoren?").output
    with closing(open_store(filled)) as store:
        assert store.original(store.document("vuurtorens").sha256) == BEACONS


def test_words_that_were_counted_wrong_are_counted_again(filled: Settings) -> None:
    execute(filled, "UPDATE state SET words = words + 1")
    found = list(Workshop(HashingEmbedder()).examine(filled))
    assert [each.told for each in found if each.health is Health.REPAIRED] == [
        "the words were counted again"
    ]


def test_without_its_libraries_a_server_says_what_to_install(
    served: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.startswith("index.postgres")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = command(served, HashingEmbedder())("list").output
    assert "psycopg is not installed; run pip install 'kamerantwoord[postgresql]'" in told
