import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.findings import Health
from index.indexing import Indexer
from index.opening import Workshop
from index.originals import Originals
from index.vector_cache import CACHE_NAME
from pipeline.settings import Settings
from pipeline.token_vectors import Embedding
from tests.hashing_embedder import HashingEmbedder
from tests.index.conftest import Command
from tests.index.papers import BEACONS, DIKES, HATS

OFFICIAL = (
    b"<html><head><meta name='DC.identifier' content='kst-12345-6'></head><body><p>%s</p></body>"
)
PATIENCE = 30  # seconds until something that a process does must have been seen


def listed(kamerantwoord: Command) -> dict[str, str]:
    rows = (line.split("\t") for line in kamerantwoord("list").stdout.splitlines())
    return {row[0]: row[3] for row in rows}


def told(text: str) -> list[str]:
    return [line.split()[0] for line in text.splitlines()]


def test_sync_adds_and_replaces_and_removes_only_with_prune(
    anywhere: Command, papers: Path
) -> None:
    anywhere("sync", papers)
    (papers / "vuurtorens.txt").write_bytes(HATS)
    (papers / "oud" / "dijken.txt").unlink()

    assert told(anywhere("sync", papers).stdout) == ["replaced"]
    assert set(listed(anywhere)) == {"vuurtorens", "dijken"}

    pruned = anywhere("sync", papers, "--prune")
    assert pruned.stdout.splitlines()[-1] == "removed    dijken"
    assert set(listed(anywhere)) == {"vuurtorens"}


def test_sync_removes_nothing_after_a_failure(anywhere: Command, papers: Path) -> None:
    anywhere("sync", papers)
    (papers / "oud" / "dijken.txt").unlink()
    (papers / "kapot.pdf").write_bytes(b"%PDF-1.7 kapot")

    result = anywhere("sync", papers, "--prune")

    assert result.exit_code == 1
    assert "nothing was removed" in result.stderr
    assert set(listed(anywhere)) == {"vuurtorens", "dijken"}


def test_an_empty_folder_empties_no_index(
    kamerantwoord: Command, papers: Path, tmp_path: Path
) -> None:
    kamerantwoord("sync", papers)
    (tmp_path / "afgekoppeld").mkdir()
    result = kamerantwoord("sync", tmp_path / "afgekoppeld", "--prune")
    assert result.exit_code == 1
    assert set(listed(kamerantwoord)) == {"vuurtorens", "dijken"}


def test_sync_goes_back_to_the_rendition_that_is_left(anywhere: Command, tmp_path: Path) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "a.html").write_bytes(OFFICIAL % b"De leden vragen naar de dijk.")
    (folder / "b.html").write_bytes(OFFICIAL % b"De leden vragen naar het duin.")
    anywhere("sync", folder)
    assert listed(anywhere) == {"kst-12345-6": "b.html"}

    (folder / "b.html").unlink()
    anywhere("sync", folder, "--prune")
    assert listed(anywhere) == {"kst-12345-6": "a.html"}


RENDITIONS = {
    "kst.html": OFFICIAL % b"De leden vragen naar de dijk.",
    "kst.xml": b"<officiele-publicatie><metadata><meta name='record'"
    b" content='https://voorbeeld/kst-12345-6/metadata.xml'/></metadata><kamerstuk>"
    b"<tekst><al>De leden vragen naar het duin.</al></tekst></kamerstuk></officiele-publicatie>",
}


@pytest.mark.parametrize("order", [("kst.html", "kst.xml"), ("kst.xml", "kst.html")])
def test_the_best_rendition_of_an_official_document_is_shown_in_whatever_order_they_come(
    anywhere: Command, tmp_path: Path, order: tuple[str, str]
) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    for name in order:
        (folder / name).write_bytes(RENDITIONS[name])
        anywhere("sync", folder)
    assert listed(anywhere) == {"kst-12345-6": "kst.xml"}
    assert set(told(anywhere("sync", folder).stdout)) == {"unchanged", "duplicate"}

    (folder / "kst.html").write_bytes(OFFICIAL % b"De leden vragen naar het strand.")
    assert told(anywhere("sync", folder).stdout) == ["duplicate", "unchanged"]
    (folder / "kst.xml").unlink()
    anywhere("sync", folder, "--prune")
    assert listed(anywhere) == {"kst-12345-6": "kst.html"}
    assert anywhere("search", "strand").stdout


def test_a_lesser_rendition_that_becomes_another_document_leaves_the_better_one_alone(
    anywhere: Command, tmp_path: Path
) -> None:
    for name in ("kst.xml", "kst.html"):
        (tmp_path / name).write_bytes(RENDITIONS[name])
        anywhere("add", tmp_path / name)
    other = RENDITIONS["kst.html"].replace(b"12345-6", b"12345-7")
    (tmp_path / "kst.html").write_bytes(other)
    assert told(anywhere("add", tmp_path / "kst.html").stdout) == ["indexed"]
    assert listed(anywhere) == {"kst-12345-6": "kst.xml", "kst-12345-7": "kst.html"}


def test_a_copy_whose_original_is_replaced_in_the_same_sweep_is_indexed_after_all(
    anywhere: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "b.txt").write_bytes(BEACONS)
    anywhere("sync", folder)
    (folder / "a.txt").write_bytes(BEACONS)
    (folder / "b.txt").write_bytes(DIKES)

    assert told(anywhere("sync", folder).stdout) == ["duplicate", "replaced", "indexed"]
    assert listed(anywhere) == {"a": "a.txt", "b": "b.txt"}


@pytest.mark.parametrize("command", ["sync", "watch"])
def test_a_folder_that_is_none_is_refused(
    kamerantwoord: Command, papers: Path, command: str
) -> None:
    for path in (papers / "vuurtorens.txt", papers / "nergens"):
        result = kamerantwoord(command, path)
        assert result.exit_code == 1
        assert path.name in result.stderr


def test_what_is_exported_can_be_added_again(
    anywhere: Command, papers: Path, tmp_path: Path
) -> None:
    anywhere("add", papers)
    target = tmp_path / "uit"

    assert told(anywhere("export", target).stdout) == ["exported", "exported"]

    assert (target / "documents" / "vuurtorens.txt").read_bytes() == BEACONS
    metadata = json.loads((target / "metadata" / "dijken.txt.json").read_text())
    assert metadata["exchanges"][0]["id"] == "dijken.1"
    assert metadata["exchanges"][0]["answer_paragraphs"][0]["text"].startswith("De dijk houdt")
    assert told(anywhere("add", target / "documents").stdout) == ["unchanged", "unchanged"]
    again = anywhere("export", target)
    assert again.exit_code == 1
    assert "not empty" in again.stderr


def test_reread_keeps_every_document_and_its_id(anywhere: Command, papers: Path) -> None:
    anywhere("add", papers)
    before = listed(anywhere)
    assert told(anywhere("rebuild", "--reread").stdout) == ["replaced", "replaced"]
    assert listed(anywhere) == before
    assert set(told(anywhere("doctor").stdout)) == {"sound"}


def test_a_sound_index_has_a_clean_bill(kamerantwoord: Command, papers: Path) -> None:
    kamerantwoord("add", papers)
    kamerantwoord("search", "dijk")
    result = kamerantwoord("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    assert told(result.stdout) == ["sound"] * 6


def alter(data: Path, statement: str) -> None:
    with sqlite3.connect(data / "kamerantwoord.db") as connection:
        assert connection.execute(statement).rowcount != 0
    connection.close()


def flip_header(data: Path) -> None:
    with (data / "kamerantwoord.db").open("r+b") as file:
        file.write(b"geen SQLite-database")


def zero_a_page(data: Path) -> None:
    alter(data, "PRAGMA wal_checkpoint(TRUNCATE)")
    path = data / "kamerantwoord.db"
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(bytes(4096 * 3))


def orphan(data: Path) -> None:
    alter(data, "DELETE FROM passages")
    alter(data, "DELETE FROM exchanges")
    alter(data, "DELETE FROM pages")
    alter(data, "DELETE FROM files")
    alter(data, "DELETE FROM documents")


ALTERATIONS = (
    "UPDATE exchanges SET answer = replace(answer, 'dijk', 'dijt')",
    "UPDATE exchanges SET party = 'CDA' WHERE position = 1",
    "DELETE FROM exchanges WHERE position = 1",
    "UPDATE documents SET kind = 'onzin'",
    "UPDATE documents SET listing = listing + 1",
    "DELETE FROM pages WHERE document_id = 'dijken'",
    "DELETE FROM files WHERE name = 'dijken.txt'",
    "UPDATE passages SET text = text || '!'",
    "UPDATE passages SET part = 'question', position = 1 WHERE part = 'answer'",
    "UPDATE passages SET exchange_id = 3, position = 7 WHERE exchange_id = 2",
    "UPDATE passages SET vector = zeroblob(8)",
    "UPDATE passages SET tokens = x'00'",
    "DELETE FROM passages WHERE part = 'question'",
    "DELETE FROM passages",
    "DELETE FROM exchange_words_data",
    "DELETE FROM exchange_words_docsize",
    "UPDATE state SET words = words + 1",
)
BREAKAGES = (
    lambda data: (data / "kamerantwoord.db").unlink(),
    lambda data: (data / "kamerantwoord.db").write_bytes(b""),
    flip_header,
    zero_a_page,
    orphan,
)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an index with two papers."""
    folder = tmp_path_factory.mktemp("gaaf")
    with closing(Indexer.open(Settings(data=folder), HashingEmbedder())) as indexer:
        indexer.add_bytes(BEACONS, "vuurtorens.txt")
        indexer.add_bytes(DIKES, "dijken.txt")
    return folder


@pytest.mark.parametrize("damage", [*ALTERATIONS, *BREAKAGES])
def test_what_can_be_made_again_is_repaired(
    kamerantwoord: Command, indexed: Path, data: Path, damage: str | Callable[[Path], None]
) -> None:
    shutil.copytree(indexed, data)
    before = (listed(kamerantwoord), kamerantwoord("search", "dijk", "--json").stdout)
    alter(data, damage) if isinstance(damage, str) else damage(data)
    damaged = kamerantwoord("search", "dijk", "--json")
    assert damaged.stdout == before[1] or "kamerantwoord doctor" in damaged.stderr

    result = kamerantwoord("doctor")

    assert (result.exit_code, result.stderr) == (0, ""), result.stdout
    assert "repaired" in told(result.stdout)
    assert (listed(kamerantwoord), kamerantwoord("search", "dijk", "--json").stdout) == before
    assert told(kamerantwoord("doctor").stdout) == ["sound"] * 6


class Unwilling(HashingEmbedder):
    """Embeds questions but no passages, which all were embedded before."""

    def embed_passages_in_tokens(self, texts: Sequence[str]) -> list[Embedding]:
        assert not texts
        return []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE exchanges SET answer = replace(answer, 'dijk', 'dijt')",  # a document
        "UPDATE documents SET listing = listing + 1",  # its vectors
        "DELETE FROM documents",  # the whole database
    ],
)
def test_what_is_made_again_keeps_the_vectors_that_are_sound(
    indexed: Path, data: Path, damage: str
) -> None:
    shutil.copytree(indexed, data)
    alter(data, damage)
    findings = list(Workshop(Unwilling()).examine(Settings(data=data)))
    assert Health.REPAIRED in {finding.health for finding in findings}
    assert {f.health for f in findings} <= {Health.SOUND, Health.REPAIRED}, findings


def test_a_cache_that_cannot_be_read_is_made_again(
    kamerantwoord: Command, indexed: Path, data: Path
) -> None:
    shutil.copytree(indexed, data)
    (data / "cache").mkdir()
    (data / "cache" / CACHE_NAME).write_bytes(b"")
    assert "repaired" in told(kamerantwoord("doctor").stdout)
    assert told(kamerantwoord("doctor").stdout) == ["sound"] * 6


@pytest.mark.parametrize("content", [b"iets anders", None])
def test_a_lost_original_is_named(
    kamerantwoord: Command, papers: Path, data: Path, content: bytes | None
) -> None:
    kamerantwoord("add", papers)
    originals = Originals(data / "originals")
    victim = next(d for d in originals.digests() if originals.read(d) == DIKES)
    (originals.folder / victim).unlink()
    if content:
        (originals.folder / victim).write_bytes(content)

    result = kamerantwoord("doctor")

    assert result.exit_code == 1
    assert told(result.stderr) == ["lost"]
    assert "dijken" in result.stderr
    assert kamerantwoord("search", "dijk").stdout.startswith("1. dijken.1")
    assert kamerantwoord("export", data.parent / "uit").exit_code == 1


def test_a_removal_that_was_cut_short_is_finished(
    kamerantwoord: Command, papers: Path, data: Path
) -> None:
    kamerantwoord("add", papers)
    catalogue = Catalogue.open(Settings(data=data))
    originals = Originals(data / "originals")
    originals.mark_leaving([catalogue.document("dijken").sha256])
    with catalogue.commit() as (_, commit):
        commit.remove_document("dijken")
    catalogue.close()

    assert kamerantwoord("doctor").exit_code == 0
    assert set(listed(kamerantwoord)) == {"vuurtorens"}
    assert [originals.read(sha256) for sha256 in originals.digests()] == [BEACONS]


WATCHING = """
import sys
from pathlib import Path
from index.cli import app
from index.desk import Desk
from index.opening import Workshop
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
desk = Desk(Workshop(HashingEmbedder()), Settings(data=Path(sys.argv[1])))
app(["watch", sys.argv[2], "--prune"], obj=desk)
"""


def test_watch_follows_a_folder_and_ends_with_ctrl_c(
    kamerantwoord: Command, papers: Path, data: Path
) -> None:
    watching = subprocess.Popen(
        [sys.executable, "-c", WATCHING, data, papers],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    def until(expected: set[str]) -> None:
        deadline = time.monotonic() + PATIENCE
        while set(listed(kamerantwoord)) != expected:
            assert time.monotonic() < deadline, listed(kamerantwoord)
            assert watching.poll() is None
            time.sleep(0.2)

    until({"vuurtorens", "dijken"})
    with (papers / "ijsmutsen.txt").open("wb") as growing:
        for start in range(0, len(HATS), 100):  # as a slow download writes it
            growing.write(HATS[start : start + 100])
            growing.flush()
            time.sleep(0.2)
    until({"vuurtorens", "dijken", "ijsmutsen"})
    (papers / "oud" / "dijken.txt").unlink()
    until({"vuurtorens", "ijsmutsen"})

    watching.send_signal(2)
    out, problems = watching.communicate(timeout=PATIENCE)
    assert watching.returncode == 0
    assert "failed" not in out + problems
    assert told(out).count("indexed") == 3


def test_a_file_with_the_bytes_that_another_had_is_no_duplicate_of_it(
    kamerantwoord: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "a.txt").write_bytes(BEACONS)
    kamerantwoord("sync", folder)
    (folder / "b.txt").write_bytes(BEACONS)
    (folder / "a.txt").write_bytes(DIKES)

    assert told(kamerantwoord("sync", folder).stdout) == ["replaced", "indexed"]
    assert listed(kamerantwoord) == {"a": "a.txt", "b": "b.txt"}
