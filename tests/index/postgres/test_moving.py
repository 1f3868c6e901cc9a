"""From a folder to a server and back: the same documents, vectors, originals and answers."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from index.cli import app
from index.desk import Desk
from index.errors import IndexDamaged, UnfitFile
from index.indexing import Indexer
from index.moving import digest_in, move_all
from index.opening import Workshop
from index.originals import Originals
from index.stores import open_store
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS, DIKES, HATS
from tests.index.postgres.test_command import execute

pytestmark = pytest.mark.xdist_group("postgresql")

PAPERS = {"vuurtorens.txt": BEACONS, "dijken.txt": DIKES, "ijsmutsen.txt": HATS}


def run(settings: Settings, *arguments: str) -> Result:
    desk = Desk(Workshop(HashingEmbedder()), settings)
    return CliRunner().invoke(app, list(arguments), obj=desk)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data=tmp_path_factory.mktemp("folder"))
    with closing(Indexer.open(settings, HashingEmbedder())) as indexer:
        for name, data in PAPERS.items():
            indexer.add_bytes(data, name)
    return settings


def digests(settings: Settings) -> dict[str, str]:
    with closing(open_store(settings)) as store:
        return {record.id: digest_in(store, record.id) for record in store.documents()}


def test_a_folder_moves_to_a_server_and_back(
    folder: Settings, served: Settings, tmp_path: Path
) -> None:
    assert served.database
    moved = run(folder, "migrate-to", served.database.get_secret_value())
    assert moved.exit_code == 0, moved.output
    assert "migrated   3 documents; postgresql://" in moved.output
    assert "3 documents, 3 pages, 4 exchanges, 0 remarks, 8 passages" in moved.output
    assert digests(served) == digests(folder)
    question = ("search", "--json", "Hoe vaak brandt de vuurtoren?")
    assert run(served, *question).output == run(folder, *question).output
    assert "sound      words" in run(served, "doctor").output

    back = Settings(data=tmp_path / "back")
    assert run(served, "migrate-to", str(back.data)).exit_code == 0
    assert digests(back) == digests(folder)
    originals = Originals(back.originals)
    assert {originals.name(each): originals.read(each) for each in originals.digests()} == PAPERS
    examined = run(back, "doctor")
    assert examined.exit_code == 0
    assert "repaired" not in examined.output.replace("the cache", "")


def test_a_migration_that_was_broken_off_goes_on(folder: Settings, served: Settings) -> None:
    with closing(open_store(folder)) as source, closing(open_store(served)) as target:
        assert len(list(islice(move_all(source, target), 1))) == 1
        assert not has_vector_index(served)
        assert [moved.resumed for moved in move_all(source, target)] == [True, False, False]
        assert has_vector_index(served)  # made of all vectors at the end
        assert has_statistics(served)
        assert target.generation() == 3


def test_after_a_migration_that_never_went_on_the_next_document_has_vectors_indexed(
    folder: Settings, served: Settings
) -> None:
    with closing(open_store(folder)) as source, closing(open_store(served)) as target:
        next(move_all(source, target))
    with closing(Indexer.open(served, HashingEmbedder())) as indexer:
        indexer.add_bytes(HATS, "ijsmutsen.txt")
    assert has_vector_index(served)


def has_vector_index(settings: Settings) -> bool:
    query = "SELECT 1 FROM pg_indexes WHERE indexname LIKE 'passages_of_vector_%'"
    assert settings.database
    with psycopg.connect(settings.database.get_secret_value()) as connection:
        return connection.execute(query).fetchone() is not None


def has_statistics(settings: Settings) -> bool:
    """Whether the server knows what the tables hold; else it reads them whole for a question."""
    query = "SELECT count(DISTINCT tablename) FROM pg_stats WHERE tablename = ANY(%s)"
    tables = ["documents", "exchanges", "exchange_words", "word_counts", "passages"]
    assert settings.database
    with psycopg.connect(settings.database.get_secret_value()) as connection:
        return connection.execute(query, (tables,)).fetchone() == (len(tables),)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE passages SET tokens = 'x' WHERE document_id = 'dijken'",
        "UPDATE pages SET number = 7 WHERE document_id = 'dijken'",
        "DELETE FROM originals WHERE document_id = 'dijken'",
    ],
)
def test_what_arrived_and_was_altered_since_is_sent_again(
    folder: Settings, served: Settings, damage: str
) -> None:
    with closing(open_store(folder)) as source, closing(open_store(served)) as target:
        list(move_all(source, target))
        execute(served, damage)
        again = {moved.document_id for moved in move_all(source, target) if not moved.resumed}
        assert again == {"dijken"}
    assert digests(served) == digests(folder)


def test_a_target_with_other_documents_is_refused(folder: Settings, served: Settings) -> None:
    with closing(Indexer.open(served, HashingEmbedder())) as indexer:
        indexer.add_bytes(BEACONS, "anders.txt")
    with closing(open_store(folder)) as source, closing(open_store(served)) as target:
        with pytest.raises(UnfitFile, match="give an empty database or folder"):
            list(move_all(source, target))
        assert [record.id for record in target.documents()] == ["anders"]


def test_a_source_that_is_damaged_is_not_sent(folder: Settings, served: Settings) -> None:
    with closing(open_store(served)) as source, closing(open_store(folder)) as full:
        list(move_all(full, source))
        execute(served, "UPDATE exchanges SET answer = replace(answer, 'elke', 'geen')")
        back = folder.model_copy(update={"data": folder.data / "terug"})
        with closing(open_store(back)) as target, pytest.raises(IndexDamaged):
            list(move_all(source, target))
