"""Vectors that have become many are grouped beside the questions, and stay those of the catalogue."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.commits import EmbeddedPassage, Space
from index.local_reader import EVERYWHERE, LocalReader, LocalVectors
from index.shapes import EXACT_UP_TO, Exact, Inverted
from index.vector_cache import CACHE_NAME, GROUPS_NAME, HEADER_BYTES
from pipeline.models import Part, Passage
from pipeline.settings import Settings
from tests.index.examples import exchange, parsed

SPACE = Space("model", 8)
DOCUMENTS = 3
PASSAGES = EXACT_UP_TO // DOCUMENTS + 50
FIRST = 10


def add(catalogue: Catalogue, name: str, count: int, seed: int) -> None:
    """A document of one answer in so many passages, with random vectors."""
    document = parsed(f"{name}.txt", [exchange(1, "Waarom?", "Daarom.")])
    vectors = directions(count, seed)
    passages = [
        EmbeddedPassage(Passage("1", Part.ANSWER, at, "", (1, 1)), vectors[at].tobytes())
        for at in range(count)
    ]
    with catalogue.commit() as (_, commit):
        commit.use_space(SPACE)
        commit.add_document(document, passages, datetime.now(UTC))


def directions(count: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((count, SPACE.dimension), np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@pytest.fixture(scope="module")
def large_index(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of more passages than are compared with each question, which are grouped."""
    settings = Settings(data=tmp_path_factory.mktemp("large"))
    with closing(Catalogue.open(settings)) as catalogue:
        for number in range(DOCUMENTS):
            add(catalogue, f"stuk-{number}", PASSAGES, seed=number)
    with closing(LocalReader.open(settings, SPACE)) as reader:
        assert shape_of(reader) is Exact
        check(reader)
        reader.wait()
        assert shape_of(reader) is Inverted
        check(reader)
    return settings


@pytest.fixture
def settings(large_index: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(large_index.data, tmp_path / "data")
    return Settings(data=tmp_path / "data")


def shape_of(reader: LocalReader) -> type:
    return reader.read(lambda _, vectors: type(vectors.index.large))  # type: ignore[attr-defined]


def check(reader: LocalReader, documents: int = DOCUMENTS) -> None:
    """What is found is what comparing with every vector of the catalogue finds."""

    def compare(snapshot: object, vectors: LocalVectors) -> None:
        stored = list(snapshot.vectors())  # type: ignore[attr-defined]
        assert len(vectors.index) == len(stored) == documents * PASSAGES
        matrix = np.stack([np.frombuffer(each.blob, "<f4") for each in stored])
        hits = 0
        for question in directions(20, seed=99):
            best = np.argsort(-(matrix @ question))[:FIRST]
            found = vectors.nearest(question, 400, EVERYWHERE)[:FIRST]
            hits += len(
                {each.passage_id for each in found} & {stored[at].passage_id for at in best}
            )
        assert hits / (20 * FIRST) >= 0.995

    reader.read(compare)  # type: ignore[arg-type]


def test_groups_follow_what_comes_and_goes(settings: Settings) -> None:
    with (
        closing(LocalReader.open(settings, SPACE)) as reader,
        closing(Catalogue.open(settings)) as catalogue,
    ):
        assert shape_of(reader) is Inverted
        add(catalogue, "nieuw", PASSAGES, seed=7)
        check(reader, DOCUMENTS + 1)
        with catalogue.commit() as (_, commit):
            commit.remove_document("stuk-1")
        check(reader)
        with closing(LocalReader.open(settings, SPACE)) as another:  # while groups are made anew
            assert shape_of(another) is Inverted
            check(another)
        reader.wait()
        check(reader)


@pytest.mark.parametrize("damage", ["no groups", "groups altered", "rows altered"])
def test_damage_to_the_cache_changes_nothing_that_is_found(settings: Settings, damage: str) -> None:
    rows, groups = settings.cache / CACHE_NAME, settings.cache / GROUPS_NAME
    match damage:
        case "no groups":  # as when the program was killed while it made them
            groups.unlink()
        case "groups altered":
            flip(groups, groups.stat().st_size // 2)
        case "rows altered":
            for at in range(HEADER_BYTES, HEADER_BYTES + PASSAGES * SPACE.dimension * 4, 4_000):
                flip(rows, at)
    with closing(LocalReader.open(settings, SPACE)) as reader:
        check(reader)


def test_a_cache_that_cannot_be_written_is_done_without(settings: Settings) -> None:
    shutil.rmtree(settings.cache)
    settings.cache.write_bytes(b"in the way")
    with closing(LocalReader.open(settings, SPACE)) as reader:
        assert shape_of(reader) is Exact
        reader.wait()
        assert shape_of(reader) is Inverted
        check(reader)


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))
