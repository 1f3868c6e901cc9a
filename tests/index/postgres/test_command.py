"""The command and its upkeep on a server: the same as in a folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from index.cli import app
from index.desk import Desk
from index.opening import Workshop
from index.stores import open_store
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS

pytestmark = pytest.mark.xdist_group("postgresql")

Command = Callable[..., Result]


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


def test_a_rebuild_with_a_model_of_another_length_serves_at_once(
    kamerantwoord: Command, served: Settings, papers: Path
) -> None:
    kamerantwoord("add", papers)
    other = command(served, HashingEmbedder(dimension=64))
    assert "run `kamerantwoord rebuild`" in other("search", "vuurtoren").output

    assert "rebuilt    3 answers, 6 passages" in other("rebuild").output
    assert "elke nacht" in other("search", "Hoe vaak brandt de vuurtoren?").output
    assert "sound      model" in other("doctor").output


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (
            "UPDATE exchanges SET answer = replace(answer, 'elke', 'geen')",
            "repaired   vuurtorens was damaged and read again",
        ),
        (
            "DELETE FROM pages WHERE document_id = 'dijken'",
            "repaired   dijken was damaged and read again",
        ),
        (
            "UPDATE passages SET vector = vector + vector WHERE document_id = 'dijken'",
            "repaired   the vectors of dijken were made again",
        ),
        (
            "DELETE FROM passages WHERE document_id = 'vuurtorens' AND part = 'answer'",
            "repaired   the vectors of vuurtorens were made again",
        ),
        ("DELETE FROM word_counts WHERE word = 'vuurtoren'", "repaired   the words were counted"),
        ("UPDATE state SET words = words + 1", "repaired   the words were counted"),
    ],
)
def test_the_doctor_repairs_what_was_altered(
    kamerantwoord: Command, served: Settings, papers: Path, damage: str, told: str
) -> None:
    kamerantwoord("add", papers)
    execute(served, damage)

    examined = kamerantwoord("doctor")
    assert told in examined.output
    assert examined.exit_code == 0
    sound = kamerantwoord("doctor").output
    assert sound == "".join(
        f"sound      {name}\n" for name in ("documents", "vectors", "words", "originals", "model")
    )
    assert "elke nacht" in kamerantwoord("search", "Hoe vaak brandt de vuurtoren?").output


def test_the_doctor_names_an_original_that_is_lost(
    kamerantwoord: Command, served: Settings, papers: Path
) -> None:
    kamerantwoord("add", papers)
    execute(served, "UPDATE originals SET data = 'x' WHERE document_id = 'dijken'")
    examined = kamerantwoord("doctor")
    assert "lost       the original of dijken (dijken.txt) is gone or damaged" in examined.output
    assert examined.exit_code == 1


def test_an_altered_answer_is_refused_and_not_shown(
    kamerantwoord: Command, served: Settings, papers: Path
) -> None:
    kamerantwoord("add", papers)
    execute(served, "UPDATE exchanges SET answer = replace(answer, 'elke', 'geen')")
    found = kamerantwoord("search", "Hoe vaak brandt de vuurtoren?")
    assert found.exit_code == 1
    assert "geen nacht" not in found.output
    assert "run `kamerantwoord doctor`" in found.output


def test_an_original_comes_back_byte_for_byte(
    kamerantwoord: Command, served: Settings, papers: Path
) -> None:
    kamerantwoord("add", papers)
    with closing(open_store(served)) as store:
        assert store.original(store.document("vuurtorens").sha256) == BEACONS
