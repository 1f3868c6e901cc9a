"""What is added, replaced and removed: in a folder and, where the store has a part in it, on a server."""

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import IndexLocked, ModelMismatch, UnknownDocument
from index.indexing import Indexer
from index.locking import writer_lock
from index.models import Outcome, Progress, Stage
from index.originals import Originals
from index.search import Searcher
from index.stores import open_store
from pipeline.settings import Settings
from pipeline.token_vectors import Embedding
from tests.faults.laboratory import InProcessParser
from tests.hashing_embedder import HashingEmbedder
from tests.index.conftest import originals
from tests.index.papers import BEACONS, DIKES, HATS, paper

EMBEDDER = HashingEmbedder()
OFFICIAL = (
    b"<html><head><meta name='DC.identifier' content='kst-12345-6'></head><body><p>%s</p></body>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def indexer(kept: Settings) -> Iterator[Indexer]:
    """Of a folder, and then of a server; no process is started for what is parsed without harm."""
    with closing(opened(kept, EMBEDDER)) as indexer:
        yield indexer


def opened(settings: Settings, embedder: HashingEmbedder) -> Indexer:
    return Indexer(open_store(settings), settings, embedder, InProcessParser(settings))


@pytest.fixture
def local_indexer(folder: Settings) -> Iterator[Indexer]:
    with closing(Indexer.open(folder, EMBEDDER)) as indexer:
        yield indexer


def documents(settings: Settings) -> dict[str, str]:
    with closing(open_store(settings)) as store:
        return {record.id: record.name for record in store.documents()}


def generation(settings: Settings) -> int:
    with closing(open_store(settings)) as store:
        return store.generation()


def first(settings: Settings, question: str) -> str:
    with closing(Searcher.open(settings, EMBEDDER)) as searcher:
        hits = searcher.search(question).hits
    return hits[0].found.exchange.answer if hits else ""


def test_an_added_document_is_found_and_its_original_kept(indexer: Indexer, kept: Settings) -> None:
    report = indexer.add_bytes(BEACONS, "vuurtorens.txt")

    assert (report.outcome, report.document_id) == (Outcome.INDEXED, "vuurtorens")
    assert (report.exchanges, report.questions) == (2, 2)
    assert report.passages >= 2
    assert originals(kept) == [BEACONS]
    assert first(kept, "Brandt de vuurtoren ook op zondag?").startswith("De vuurtoren brandt")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("vuurtorens.txt", Outcome.UNCHANGED), ("torens.txt", Outcome.DUPLICATE)],
)
def test_the_same_bytes_are_not_indexed_twice(
    indexer: Indexer, kept: Settings, name: str, expected: Outcome
) -> None:
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    before = generation(kept)

    report = indexer.add_bytes(BEACONS, name)

    assert (report.outcome, report.document_id) == (expected, "vuurtorens")
    assert documents(kept) == {"vuurtorens": "vuurtorens.txt"}
    assert generation(kept) == before


def test_a_changed_file_replaces_its_former_self(indexer: Indexer, kept: Settings) -> None:
    indexer.add_bytes(BEACONS, "nota.txt")
    report = indexer.add_bytes(DIKES, "nota.txt")

    assert (report.outcome, report.document_id) == (Outcome.REPLACED, "nota")
    assert originals(kept) == [DIKES]
    assert first(kept, "Brandt de vuurtoren ook op zondag?").startswith("De dijk")
    assert indexer.add_bytes(BEACONS, "nota.txt").outcome is Outcome.REPLACED


class Recording(HashingEmbedder):
    """Notes which texts it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        self.heard += texts
        return super().embed_passages_in_tokens(texts)


def test_what_stayed_the_same_in_a_changed_file_is_not_embedded_again(kept: Settings) -> None:
    embedder = Recording()
    with closing(opened(kept, embedder)) as indexer:
        indexer.add_bytes(paper("torens", ("wie stookt.", "De wachter.")), "nota.txt")
        embedder.heard.clear()
        changed = paper("torens", ("wie stookt.", "De wachter."), ("wat?", "Een bezem."))
        assert indexer.add_bytes(changed, "nota.txt").passages == 4
    assert len(embedder.heard) == 2
    assert first(kept, "Een bezem").startswith("Een bezem")
    assert first(kept, "De wachter").startswith("De wachter")


def test_two_files_of_one_official_document_become_one(indexer: Indexer, kept: Settings) -> None:
    old = OFFICIAL % b"De leden vragen of de dijk het houdt."
    indexer.add_bytes(old, "kst-12345-6.html")
    report = indexer.add_bytes(OFFICIAL % b"De leden vragen naar het duin.", "duin.html")

    assert (report.outcome, report.document_id) == (Outcome.REPLACED, "kst-12345-6")
    assert documents(kept) == {"kst-12345-6": "duin.html"}
    assert indexer.add_bytes(old, "kst-12345-6.html").outcome is Outcome.DUPLICATE


def test_two_names_that_give_one_slug_stay_two_documents(indexer: Indexer, kept: Settings) -> None:
    indexer.add_bytes(BEACONS, "de nota.txt")
    report = indexer.add_bytes(DIKES, "de-nota.txt")

    assert report.outcome is Outcome.INDEXED
    assert report.document_id.startswith("de-nota-")
    changed = indexer.add_bytes(HATS, "de-nota.txt")
    assert (changed.outcome, changed.document_id) == (Outcome.REPLACED, report.document_id)
    assert documents(kept) == {"de-nota": "de nota.txt", report.document_id: "de-nota.txt"}


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("leeg.pdf", b"", "is empty"),
        ("kapot.pdf", b"%PDF-1.7\nkapot", "is damaged"),
        ("verkeerd.pdf", DIKES, "named .pdf"),
        ("foto.jpg", b"\xff\xd8\xff\xe0 foto", "known format"),
        ("groot.txt", b"groot " * 200_000, "larger than allowed"),
    ],
)
def test_a_bad_file_is_reported_and_disturbs_nothing(
    tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    settings = Settings(data=tmp_path, max_megabytes=1)
    indexer = opened(settings, EMBEDDER)
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    before = generation(settings)

    report = indexer.add_bytes(data, name)

    assert (report.outcome, report.name) == (Outcome.FAILED, name)
    assert problem in report.problem
    assert generation(settings) == before
    assert originals(settings) == [BEACONS]
    indexer.close()


def test_a_changed_file_that_is_broken_leaves_the_former_searchable(
    local_indexer: Indexer, folder: Settings
) -> None:
    local_indexer.add_bytes(BEACONS, "nota.txt")
    assert local_indexer.add_bytes(b"", "nota.txt").outcome is Outcome.FAILED
    assert first(folder, "Brandt de vuurtoren ook op zondag?").startswith("De vuurtoren")


def test_paths_that_are_no_plain_files_are_refused(local_indexer: Indexer, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.pdf")
    (tmp_path / "lus.pdf").symlink_to(tmp_path / "lus.pdf")
    for name in ("pijp.pdf", "lus.pdf", "data", "nergens.pdf"):
        report = local_indexer.add_path(tmp_path / name)
        assert (report.outcome, report.name) == (Outcome.FAILED, name)
        assert report.problem


def test_odd_names_are_kept_as_names_and_nothing_else(
    indexer: Indexer, kept: Settings, tmp_path: Path
) -> None:
    names = ["regel\neinde.txt", "🏮.txt", "é" * 125 + ".txt", os.fsdecode(b"stray-\xff.txt")]
    for at, name in enumerate(names):
        (tmp_path / name).write_bytes(paper(f"onderwerp {at}", ("wat?", f"Antwoord nummer {at}.")))
        assert indexer.add_path(tmp_path / name).outcome is Outcome.INDEXED
        assert indexer.add_path(tmp_path / name).outcome is Outcome.UNCHANGED
    assert indexer.add_bytes(HATS, "../../../etc/ijsmuts.txt").name == "ijsmuts.txt"
    assert len(documents(kept)) == len(names) + 1
    assert all(path.parent == kept.originals for path in kept.originals.rglob("*"))  # if any


def test_a_removed_document_is_gone_with_its_original(indexer: Indexer, kept: Settings) -> None:
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    indexer.remove("vuurtorens")

    assert documents(kept) == {}
    assert originals(kept) == []
    assert first(kept, "Brandt de vuurtoren?") == ""
    with pytest.raises(UnknownDocument):
        indexer.remove("vuurtorens")


def test_progress_is_told_from_reading_to_keeping(local_indexer: Indexer) -> None:
    heard: list[Progress] = []
    local_indexer.add_bytes(BEACONS, "vuurtorens.txt", heard.append)

    assert list(dict.fromkeys(progress.stage for progress in heard)) == list(Stage)
    assert heard[-1] == Progress(Stage.KEEP, 1, 1)


def test_a_rebuild_brings_another_model_and_keeps_every_id(
    indexer: Indexer, kept: Settings
) -> None:
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    other = HashingEmbedder(dimension=64, name="ander")
    with closing(Searcher.open(kept, EMBEDDER)) as searcher:
        with pytest.raises(ModelMismatch, match="kamerantwoord rebuild"):
            Indexer.open(kept, other)

        with closing(opened(kept, other)) as rebuilding:
            report = rebuilding.rebuild()

        assert (report.exchanges, report.resumed) == (2, 0)
        with closing(Searcher.open(kept, other)) as there:
            found = there.search("Brandt de vuurtoren ook op zondag?").hits[0]
        assert (found.found.id, found.referred) == ("vuurtorens.1", ())
        with pytest.raises(ModelMismatch):
            searcher.search("Brandt de vuurtoren?")
    with pytest.raises(ModelMismatch):
        indexer.add_bytes(DIKES, "dijken.txt")


def test_a_rebuild_that_was_broken_off_goes_on_and_the_old_index_serves_meanwhile(
    indexer: Indexer, kept: Settings
) -> None:
    pairs = [(f"wat {n} kost.", f"Artikel {n} kost {n} gulden.") for n in range(40)]
    indexer.add_bytes(paper("prijzen", *pairs), "prijzen.txt")

    def stop(done: int, total: int) -> None:
        if done >= total // 2:
            raise KeyboardInterrupt

    with closing(opened(kept, HashingEmbedder(name="ander"))) as other:
        with pytest.raises(KeyboardInterrupt):
            other.rebuild(stop)
        assert first(kept, "Artikel 7 kost 7 gulden?").startswith("Artikel 7")

        report = other.rebuild()
    assert report.exchanges == 40
    assert 20 <= report.resumed < 40


def test_a_second_writer_is_told_who_holds_the_lock(folder: Settings) -> None:
    folder.data.mkdir()
    told: list[str] = []

    def second() -> None:
        try:
            with writer_lock(folder.data, patience=0.2):
                told.append("held")
        except IndexLocked as error:
            told.append(str(error))

    with writer_lock(folder.data):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    second()
    assert f"process {os.getpid()}" in told[0]
    assert told[1] == "held"


def _add_five(settings: Settings, writer: int) -> None:
    with closing(opened(settings, EMBEDDER)) as indexer:
        for at in range(5):
            data = paper(f"zaak {writer}-{at}", ("wat?", f"Zaak {writer} nummer {at}."))
            report = indexer.add_bytes(data, f"zaak-{writer}-{at}.txt")
            assert report.outcome is Outcome.INDEXED, report


def test_an_index_that_another_program_makes_at_this_moment_is_opened(
    folder: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Originals.digests

    def late(originals: Originals) -> list[str]:
        monkeypatch.undo()
        with closing(opened(folder, EMBEDDER)) as other:
            other.add_bytes(BEACONS, "vuurtorens.txt")
        return there(originals)

    monkeypatch.setattr(Originals, "digests", late)  # asked of a folder that has no database yet
    assert documents(folder) == {"vuurtorens": "vuurtorens.txt"}


def test_two_programs_add_at_once_and_lose_nothing(folder: Settings) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_add_five, args=(folder, writer)) for writer in range(2)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0, 0]
    assert len(documents(folder)) == 10
    assert generation(folder) == 10


def test_a_document_of_too_many_passages_is_refused_before_it_is_embedded(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, max_passages=3)
    indexer = opened(settings, EMBEDDER)
    for data in (paper("lang", ("wat?", "a" * 9_000)), paper("veel", *[("wat?", "Dit.")] * 3)):
        heard: list[Progress] = []
        report = indexer.add_bytes(data, "lang.txt", heard.append)
        assert report.outcome is Outcome.FAILED
        assert "KAMERANTWOORD_MAX_" in report.problem
        assert Stage.EMBED not in {progress.stage for progress in heard}
    indexer.close()
