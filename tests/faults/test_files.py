"""Files that change, lie or are none at all: each is told or read whole, and nothing else suffers."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.errors import UnsettledFile
from index.files import read_file
from index.locking import writer_lock
from index.models import AddReport, Outcome
from index.reports import unheard
from index.sweeping import Sweep, find_all
from pipeline.settings import Settings
from tests.faults.laboratory import (
    answers,
    answers_afresh,
    contents,
    documents,
    open_indexer,
    rounds,
    tally,
)

PATIENCE = 60  # seconds within which a process must have done what is waited for


def sweep(settings: Settings, *paths: Path) -> dict[str, AddReport]:
    with (
        closing(Catalogue.open(settings)) as catalogue,
        closing(Sweep(catalogue, settings, lambda: open_indexer(settings))) as opened,
    ):
        files = find_all(paths)
        reports = opened.run(files, lambda _: unheard)
        return {file.path.name: report for file, report in zip(files, reports, strict=True)}


def test_odd_files_are_told_and_the_good_one_is_added(tmp_path: Path) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "goed.txt").write_bytes(contents("goed", 1))
    os.mkfifo(folder / "pijp.pdf")
    (folder / "lus").symlink_to(folder)
    (folder / "in-zichzelf.txt").symlink_to(folder / "in-zichzelf.txt")
    (folder / "nergens.txt").symlink_to(tmp_path / "nergens.txt")
    (folder / "apparaat.txt").symlink_to("/dev/zero")
    settings = Settings(data=tmp_path / "data")

    reports = sweep(settings, folder)

    good = reports.pop("goed.txt")
    assert good.outcome is Outcome.INDEXED
    assert set(reports) == {"pijp.pdf", "in-zichzelf.txt", "nergens.txt", "apparaat.txt"}
    for name, report in reports.items():
        assert (report.outcome, bool(report.problem)) == (Outcome.FAILED, True)
        tally[f"odd file {name}: refused"] += 1
    assert answers(settings) == answers_afresh({"goed.txt": contents("goed", 1)})


@pytest.mark.parametrize(
    "name",
    ["regel\neinde.txt", "\x1b[31mrood.txt", "🏮📚.txt", "é" * 125 + ".txt", "..txt", "-rf.txt"],
)
def test_an_odd_name_is_a_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(contents("raar", 1))
    settings = Settings(data=tmp_path / "data")
    (tmp_path / "in" / name).rename(tmp_path / "in" / f"x{name}")  # hidden files are left out
    (report,) = sweep(settings, tmp_path / "in").values()
    assert report.outcome is Outcome.INDEXED, report
    assert all(letter.isprintable() for letter in report.name)
    assert answers(settings)
    tally["odd name: kept as a name"] += 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "", "a\\..\\b", "x/"])
def test_a_name_from_outside_leads_nowhere(tmp_path: Path, name: str) -> None:
    settings = Settings(data=tmp_path / "data")
    with closing(open_indexer(settings)) as indexer:
        report = indexer.add_bytes(contents("raar", 1), name)
    assert "/" not in report.name
    assert report.name not in ("", ".", "..")
    kept = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert all(path.is_relative_to(settings.data) for path in kept)
    tally["path in a name: led nowhere"] += 1


CHANGE = """
import itertools, sys
for letter in itertools.cycle(b"abcdefgh"):
    with open(sys.argv[1], "r+b", buffering=0) as file:  # in place, piece by piece, as a copy does
        for start in range(20):
            file.write(bytes([letter]) * 50_000)
"""


def test_a_file_that_changes_while_it_is_read_is_whole_or_told(tmp_path: Path) -> None:
    path = tmp_path / "groeit.txt"
    path.write_bytes(b"a" * 1_000_000)
    changing = subprocess.Popen([sys.executable, "-c", CHANGE, path])
    told = whole = 0
    for _ in range(rounds(full=2_000, short=200)):
        try:
            assert len(set(read_file(path, 1))) <= 2  # the letter before, and the one after
            whole += 1
        except UnsettledFile:
            told += 1
    changing.kill()
    changing.wait()
    assert told
    tally["changed while it was read: told"] += told
    tally["changed while it was read: read at one moment"] += whole


ADD = """
import sys
from pathlib import Path
from index.cli import app
from index.desk import Desk
from index.opening import Workshop
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder

class Slow(HashingEmbedder):
    def embed_passages(self, texts):
        import time
        time.sleep(0.5)
        return super().embed_passages(texts)

desk = Desk(Workshop(Slow(dimension=32, name="a")), Settings(data=Path(sys.argv[1])))
app(sys.argv[2:], obj=desk)
"""


def start(data: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADD, data, *arguments],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_ctrl_c_stops_after_the_document_in_hand(tmp_path: Path) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    for number in range(20):
        (folder / f"stuk-{number:02}.txt").write_bytes(contents(f"stuk {number}", number))
    adding = start(tmp_path / "data", "add", folder)
    assert adding.stdout is not None
    first = adding.stdout.readline()
    adding.send_signal(signal.SIGINT)
    rest, problems = adding.communicate(timeout=PATIENCE)

    assert adding.returncode == 130
    told = [line.split()[1].rstrip(":") for line in (first + rest).splitlines()]
    assert 1 <= len(told) <= 3
    assert documents(Settings(data=tmp_path / "data")).keys() == set(told)
    assert "stopping after this document" in problems
    assert f"{20 - len(told)} of 20 files were not looked at" in problems
    tally["Ctrl-C: stopped after the document in hand"] += 1


def test_a_writer_waits_for_another_and_then_goes_on(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    (tmp_path / "stuk.txt").write_bytes(contents("stuk", 1))
    settings.data.mkdir()
    with writer_lock(settings.data):
        adding = start(settings.data, "add", tmp_path / "stuk.txt")
        with pytest.raises(subprocess.TimeoutExpired):
            adding.communicate(timeout=3)
    adding.communicate(timeout=PATIENCE)
    assert adding.returncode == 0
    assert documents(settings).keys() == {"stuk.txt"}
    tally["second writer: waited"] += 1
