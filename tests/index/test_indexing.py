import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.errors import IndexLocked, ModelMismatch, UnknownDocument
from index.indexing import Indexer
from index.locking import writer_lock
from index.models import Outcome, Progress, Stage
from index.search import Searcher
from pipeline.settings import Settings
from pipeline.token_vectors import Embedding
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS, DIKES, HATS, paper

EMBEDDER = HashingEmbedder()
OFFICIAL = (
    b"<html><head><meta name='DC.identifier' content='kst-12345-6'></head><body><p>%s</p></body>"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def indexer(settings: Settings) -> Iterator[Indexer]:
    opened = Indexer.open(settings, EMBEDDER)
    yield opened
    opened.close()


def documents(settings: Settings) -> dict[str, str]:
    catalogue = Catalogue.open(settings)
    found = {record.id: record.name for record in catalogue.documents()}
    catalogue.close()
    return found


def originals(settings: Settings) -> list[bytes]:
    return sorted(path.read_bytes() for path in settings.originals.iterdir() if not path.suffix)


def first(settings: Settings, question: str) -> str:
    searcher = Searcher.open(settings, EMBEDDER)
    hits = searcher.search(question).hits
    searcher.close()
    return hits[0].found.exchange.answer if hits else ""


def test_an_added_document_is_found_and_its_original_kept(
    indexer: Indexer, settings: Settings
) -> None:
    report = indexer.add_bytes(BEACONS, "vuurtorens.txt")

    assert (report.outcome, report.document_id) == (Outcome.INDEXED, "vuurtorens")
    assert (report.exchanges, report.questions) == (2, 2)
    assert report.passages >= 2
    assert originals(settings) == [BEACONS]
    assert first(settings, "Brandt de vuurtoren ook op zondag?").startswith("De vuurtoren brandt")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("vuurtorens.txt", Outcome.UNCHANGED), ("torens.txt", Outcome.DUPLICATE)],
)
def test_the_same_bytes_are_not_indexed_twice(
    indexer: Indexer, settings: Settings, name: str, expected: Outcome
) -> None:
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    generation = Catalogue.open(settings).generation()

    report = indexer.add_bytes(BEACONS, name)

    assert (report.outcome, report.document_id) == (expected, "vuurtorens")
    assert documents(settings) == {"vuurtorens": "vuurtorens.txt"}
    assert Catalogue.open(settings).generation() == generation


def test_a_changed_file_replaces_its_former_self(indexer: Indexer, settings: Settings) -> None:
    indexer.add_bytes(BEACONS, "nota.txt")
    report = indexer.add_bytes(DIKES, "nota.txt")

    assert (report.outcome, report.document_id) == (Outcome.REPLACED, "nota")
    assert originals(settings) == [DIKES]
    assert first(settings, "Brandt de vuurtoren ook op zondag?").startswith("De dijk")
    assert indexer.add_bytes(BEACONS, "nota.txt").outcome is Outcome.REPLACED


class Recording(HashingEmbedder):
    """Notes which texts it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        self.heard += texts
        return super().embed_passages_in_tokens(texts)


def test_what_stayed_the_same_in_a_changed_file_is_not_embedded_again(settings: Settings) -> None:
    embedder = Recording()
    with closing(Indexer.open(settings, embedder)) as indexer:
        indexer.add_bytes(paper("torens", ("wie stookt.", "De wachter.")), "nota.txt")
        embedder.heard.clear()
        changed = paper("torens", ("wie stookt.", "De wachter."), ("wat?", "Een bezem."))
        assert indexer.add_bytes(changed, "nota.txt").passages == 4
    assert len(embedder.heard) == 2
    assert first(settings, "Een bezem").startswith("Een bezem")
    assert first(settings, "De wachter").startswith("De wachter")


def test_two_files_of_one_official_document_become_one(
    indexer: Indexer, settings: Settings
) -> None:
    old = OFFICIAL % b"De leden vragen of de dijk het houdt."
    indexer.add_bytes(old, "kst-12345-6.html")
    report = indexer.add_bytes(OFFICIAL % b"De leden vragen naar het duin.", "duin.html")

    assert (report.outcome, report.document_id) == (Outcome.REPLACED, "kst-12345-6")
    assert documents(settings) == {"kst-12345-6": "duin.html"}
    assert indexer.add_bytes(old, "kst-12345-6.html").outcome is Outcome.DUPLICATE


def test_two_names_that_give_one_slug_stay_two_documents(
    indexer: Indexer, settings: Settings
) -> None:
    indexer.add_bytes(BEACONS, "de nota.txt")
    report = indexer.add_bytes(DIKES, "de-nota.txt")

    assert report.outcome is Outcome.INDEXED
    assert report.document_id.startswith("de-nota-")
    changed = indexer.add_bytes(HATS, "de-nota.txt")
    assert (changed.outcome, changed.document_id) == (Outcome.REPLACED, report.document_id)
    assert documents(settings) == {"de-nota": "de nota.txt", report.document_id: "de-nota.txt"}


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
    indexer = Indexer.open(settings, EMBEDDER)
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    before = Catalogue.open(settings).generation()

    report = indexer.add_bytes(data, name)

    assert (report.outcome, report.name) == (Outcome.FAILED, name)
    assert problem in report.problem
    assert Catalogue.open(settings).generation() == before
    assert originals(settings) == [BEACONS]
    indexer.close()


def test_a_changed_file_that_is_broken_leaves_the_former_searchable(
    indexer: Indexer, settings: Settings
) -> None:
    indexer.add_bytes(BEACONS, "nota.txt")
    assert indexer.add_bytes(b"", "nota.txt").outcome is Outcome.FAILED
    assert first(settings, "Brandt de vuurtoren ook op zondag?").startswith("De vuurtoren")


def test_paths_that_are_no_plain_files_are_refused(indexer: Indexer, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.pdf")
    (tmp_path / "lus.pdf").symlink_to(tmp_path / "lus.pdf")
    for name in ("pijp.pdf", "lus.pdf", "data", "nergens.pdf"):
        report = indexer.add_path(tmp_path / name)
        assert (report.outcome, report.name) == (Outcome.FAILED, name)
        assert report.problem


def test_odd_names_are_kept_as_names_and_nothing_else(
    indexer: Indexer, settings: Settings, tmp_path: Path
) -> None:
    names = ["regel\neinde.txt", "🏮.txt", "é" * 125 + ".txt", os.fsdecode(b"stray-\xff.txt")]
    for at, name in enumerate(names):
        (tmp_path / name).write_bytes(paper(f"onderwerp {at}", ("wat?", f"Antwoord nummer {at}.")))
        assert indexer.add_path(tmp_path / name).outcome is Outcome.INDEXED
        assert indexer.add_path(tmp_path / name).outcome is Outcome.UNCHANGED
    assert indexer.add_bytes(HATS, "../../../etc/ijsmuts.txt").name == "ijsmuts.txt"
    assert len(documents(settings)) == len(names) + 1
    assert all(path.parent == settings.originals for path in settings.originals.rglob("*"))


def test_a_removed_document_is_gone_with_its_original(indexer: Indexer, settings: Settings) -> None:
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    indexer.remove("vuurtorens")

    assert documents(settings) == {}
    assert originals(settings) == []
    assert first(settings, "Brandt de vuurtoren?") == ""
    with pytest.raises(UnknownDocument):
        indexer.remove("vuurtorens")


def test_progress_is_told_from_reading_to_keeping(indexer: Indexer) -> None:
    heard: list[Progress] = []
    indexer.add_bytes(BEACONS, "vuurtorens.txt", heard.append)

    assert list(dict.fromkeys(progress.stage for progress in heard)) == list(Stage)
    assert heard[-1] == Progress(Stage.KEEP, 1, 1)


def test_a_rebuild_brings_another_model_and_keeps_every_id(
    indexer: Indexer, settings: Settings
) -> None:
    indexer.add_bytes(BEACONS, "vuurtorens.txt")
    other = HashingEmbedder(dimension=64, name="ander")
    searcher = Searcher.open(settings, EMBEDDER)
    with pytest.raises(ModelMismatch, match="kamerantwoord rebuild"):
        Indexer.open(settings, other)

    report = Indexer.open(settings, other, any_model=True).rebuild()

    assert (report.exchanges, report.resumed) == (2, 0)
    found = Searcher.open(settings, other).search("Brandt de vuurtoren ook op zondag?").hits[0]
    assert (found.found.id, found.referred) == ("vuurtorens.1", ())
    with pytest.raises(ModelMismatch):
        searcher.search("Brandt de vuurtoren?")
    with pytest.raises(ModelMismatch):
        indexer.add_bytes(DIKES, "dijken.txt")


def test_a_rebuild_that_was_broken_off_goes_on_and_the_old_index_serves_meanwhile(
    indexer: Indexer, settings: Settings
) -> None:
    pairs = [(f"wat {n} kost.", f"Artikel {n} kost {n} gulden.") for n in range(40)]
    indexer.add_bytes(paper("prijzen", *pairs), "prijzen.txt")
    other = Indexer.open(settings, HashingEmbedder(name="ander"), any_model=True)

    def stop(done: int, total: int) -> None:
        if done >= total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        other.rebuild(stop)
    assert first(settings, "Artikel 7 kost 7 gulden?").startswith("Artikel 7")

    report = other.rebuild()
    assert report.exchanges == 40
    assert 20 <= report.resumed < 40


def test_a_second_writer_is_told_who_holds_the_lock(settings: Settings) -> None:
    settings.data.mkdir()
    told: list[str] = []

    def second() -> None:
        try:
            with writer_lock(settings.data, patience=0.2):
                told.append("held")
        except IndexLocked as error:
            told.append(str(error))

    with writer_lock(settings.data):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    second()
    assert f"process {os.getpid()}" in told[0]
    assert told[1] == "held"


def _add_five(settings: Settings, writer: int) -> None:
    indexer = Indexer.open(settings, EMBEDDER)
    for at in range(5):
        data = paper(f"zaak {writer}-{at}", ("wat?", f"Zaak {writer} nummer {at}."))
        assert indexer.add_bytes(data, f"zaak-{writer}-{at}.txt").outcome is Outcome.INDEXED


def test_two_programs_add_at_once_and_lose_nothing(settings: Settings) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_add_five, args=(settings, writer)) for writer in range(2)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0, 0]
    assert len(documents(settings)) == 10
    assert Catalogue.open(settings).generation() == 10


def test_a_document_of_too_many_passages_is_refused_before_it_is_embedded(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, max_passages=3)
    indexer = Indexer.open(settings, EMBEDDER)
    for data in (paper("lang", ("wat?", "a" * 9_000)), paper("veel", *[("wat?", "Dit.")] * 3)):
        heard: list[Progress] = []
        report = indexer.add_bytes(data, "lang.txt", heard.append)
        assert report.outcome is Outcome.FAILED
        assert "KAMERANTWOORD_MAX_" in report.problem
        assert Stage.EMBED not in {progress.stage for progress in heard}
    indexer.close()
