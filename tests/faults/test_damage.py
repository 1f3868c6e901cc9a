"""Damaged files: the right answers or a clear error, and a doctor that brings everything back."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.catalogue import Catalogue
from index.errors import IndexDamaged, IndexFailure
from index.findings import Finding, Health
from index.models import SearchFilter
from index.opening import Workshop
from index.search import Searcher
from index.vector_cache import CACHE_NAME
from pipeline.settings import Settings
from tests.faults.laboratory import (
    QUESTIONS,
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

PAGE = 4096  # bytes of a page of the database
KEPT = {f"stuk-{n}.txt": contents(f"stuk {n}", n) for n in range(4)}


@pytest.fixture(scope="module")
def expected() -> list[tuple[str, float, object]]:
    return list(answers_afresh(KEPT))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a few documents, with its cache, that nobody has open."""
    settings = Settings(data=tmp_path_factory.mktemp("gaaf"))
    with closing(open_indexer(settings)) as indexer:
        for name, data in KEPT.items():
            indexer.add_bytes(data, name)
    answers(settings)
    return settings.data


@pytest.fixture
def settings(pristine: Path, tmp_path: Path) -> Settings:
    shutil.copytree(pristine, tmp_path / "data")
    return Settings(data=tmp_path / "data")


def examined(settings: Settings) -> list[Finding]:
    return list(Workshop(embedder("a")).examine(settings))


def lost(findings: list[Finding]) -> list[str]:
    return [f.told for f in findings if f.health in (Health.LOST, Health.UNSOLVED)]


def other_catalogue(cache: Path, tmp_path: Path) -> None:
    """Puts the cache of another index in the place of this one."""
    other = Settings(data=tmp_path / "ander")
    with closing(open_indexer(other)) as indexer:
        indexer.add_bytes(contents("vreemd", 99), "vreemd.txt")
    answers(other)
    shutil.copy(other.cache / CACHE_NAME, cache)


def other_model(cache: Path, tmp_path: Path) -> None:
    """Puts the cache of the same documents under another model in the place of this one."""
    other = Settings(data=tmp_path / "ander")
    with closing(open_indexer(other, "b")) as indexer:
        for name, data in KEPT.items():
            indexer.add_bytes(data, name)
    answers(other, "b")
    shutil.copy(other.cache / CACHE_NAME, cache)


def flip(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        (byte,) = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ (1 << offset % 8)]))


def to_folder(cache: Path, _: Path) -> None:
    cache.unlink()
    cache.mkdir()


CACHE_DAMAGE: dict[str, Callable[[Path, Path], object]] = {
    "deleted": lambda cache, _: cache.unlink(),
    "emptied": lambda cache, _: cache.write_bytes(b""),
    "truncated": lambda cache, _: cache.write_bytes(cache.read_bytes()[:-50]),
    "zeroed": lambda cache, _: cache.write_bytes(bytes(cache.stat().st_size)),
    "a flipped bit": lambda cache, _: flip(cache, cache.stat().st_size // 2),
    "swapped with another index's": other_catalogue,
    "made by another model": other_model,
    "a folder": to_folder,
}


@pytest.mark.parametrize("fault", CACHE_DAMAGE)
def test_a_bad_cache_changes_no_answer(
    settings: Settings, tmp_path: Path, fault: str, expected: list[object]
) -> None:
    CACHE_DAMAGE[fault](settings.cache / CACHE_NAME, tmp_path)
    assert answers(settings) == expected
    tally[f"cache {fault}: same answers"] += 1


def test_a_cache_of_before_a_backup_was_put_back_changes_no_answer(
    settings: Settings, pristine: Path
) -> None:
    with (
        closing(Searcher.open(settings, embedder("a"))) as searcher,
        closing(open_indexer(settings)) as indexer,
    ):
        indexer.add_bytes(contents("later", 77), "later.txt")
        searcher.search("later")
    for name in ("kamerantwoord.db-wal", "kamerantwoord.db-shm"):
        (settings.data / name).unlink(missing_ok=True)
    shutil.copy(pristine / "kamerantwoord.db", settings.database_file)
    shutil.rmtree(settings.originals)
    shutil.copytree(pristine / "originals", settings.originals)
    with closing(open_indexer(settings)) as indexer:
        indexer.add_bytes(contents("anders", 78), "anders.txt")
    assert answers(settings) == answers_afresh(KEPT | {"anders.txt": contents("anders", 78)})


def test_a_log_that_is_deleted_takes_no_document_along(settings: Settings) -> None:
    with (
        closing(Searcher.open(settings, embedder("a"))),  # keeps SQLite from tidying up
        closing(open_indexer(settings)) as indexer,
    ):
        indexer.add_bytes(contents("later", 77), "later.txt")
        copy = settings.data.with_name("kopie")
        shutil.copytree(settings.data, copy)
    for name in ("kamerantwoord.db-wal", "kamerantwoord.db-shm"):
        (copy / name).unlink(missing_ok=True)
    after = Settings(data=copy)
    assert documents(after).keys() == {*KEPT, "later.txt"}
    assert lost(examined(after)) == []
    tally["log deleted: nothing lost"] += 1


def test_a_document_that_only_the_log_held_is_made_again(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.database_file)) as blocker:
        blocker.execute("BEGIN")
        blocker.execute("SELECT count(*) FROM documents").fetchone()  # holds back the checkpoint
        with closing(open_indexer(settings)) as indexer:
            indexer.add_bytes(contents("later", 77), "later.txt")
        copy = settings.data.with_name("kopie")
        shutil.copytree(settings.data, copy)
    for name in ("kamerantwoord.db-wal", "kamerantwoord.db-shm"):
        (copy / name).unlink(missing_ok=True)
    after = Settings(data=copy)

    with pytest.raises(IndexDamaged, match="1 documents are gone"):
        answers(after)
    assert lost(examined(after)) == []
    assert documents(after).keys() == {*KEPT, "later.txt"}
    tally["log deleted that a reader held: made again from the original"] += 1


def flips(path: Path, total: int, seed: int) -> Iterator[int]:
    """So many places, spread over all pages."""
    chance = random.Random(seed)
    pages = path.stat().st_size // PAGE
    for number in range(total):
        yield number * pages // total * PAGE + chance.randrange(PAGE)


def everything(settings: Settings) -> object:
    """What there is to see: answers with and without filters, documents and their text."""
    filters = SearchFilter(parties=("VVD",)), SearchFilter(document_ids=("stuk-2",))
    with closing(Searcher.open(settings, embedder("a"))) as searcher:
        found = [searcher.search(QUESTIONS[0], 9, each).hits for each in filters]
        answered = found_by(searcher)
    with closing(Catalogue.open(settings)) as catalogue:
        shown = [
            (record, catalogue.pages(record.id), catalogue.exchanges(record.id))
            for record in catalogue.documents()
        ]
    return answered, found, shown


@pytest.mark.timeout(900)
def test_a_flipped_bit_never_changes_what_is_read_in_silence(settings: Settings) -> None:
    whole, expected = settings.database_file.read_bytes(), everything(settings)
    for offset in flips(settings.database_file, rounds(1_500, 40), seed=8):
        settings.database_file.write_bytes(whole)
        flip(settings.database_file, offset)
        try:
            assert everything(settings) == expected, offset
            tally["flipped bit, read at once: harmless"] += 1
        except IndexFailure:
            tally["flipped bit, read at once: told"] += 1


@pytest.mark.timeout(1800)
def test_a_flipped_bit_in_the_database_is_noticed_or_harmless(
    pristine: Path, tmp_path: Path, expected: list[object]
) -> None:
    places = flips(pristine / "kamerantwoord.db", rounds(400, 15), seed=7)
    for number, offset in enumerate(places):
        settings = Settings(data=tmp_path / f"ronde-{number}")
        shutil.copytree(pristine, settings.data)
        (settings.cache / CACHE_NAME).unlink()  # so that the vectors come from the database
        flip(settings.database_file, offset)
        try:
            assert answers(settings) == expected, offset
            outcome = "harmless"
        except IndexFailure:
            outcome = "told"
        assert lost(examined(settings)) == [], offset
        assert answers(settings) == expected, offset
        assert documents(settings).keys() == KEPT.keys()
        tally[f"database with a flipped bit: {outcome}, and made whole"] += 1
        shutil.rmtree(settings.data)


def test_a_clock_that_is_set_back_changes_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = datetime.now(UTC)
    with closing(open_indexer(settings)) as indexer:
        for day in range(3):
            clock = SimpleNamespace(now=lambda _, day=day: today - timedelta(days=day))
            monkeypatch.setattr("index.replacing.datetime", clock)
            indexer.add_bytes(contents("klok", day), "klok.txt")
    for original in settings.originals.iterdir():
        os.utime(original, (0, 2**33))  # in the past and in the year 2242
    assert answers(settings) == answers_afresh(KEPT | {"klok.txt": contents("klok", 2)})
    assert lost(examined(settings)) == []
    tally["clock set back: nothing changed"] += 1
