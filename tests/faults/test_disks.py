"""Full and read-only disks, and folders without rights: a clear error, and nothing is lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.catalogue import Catalogue
from index.cli import app
from index.desk import Desk
from index.errors import IndexUnwritable
from index.models import Outcome
from index.opening import Workshop
from index.reports import unheard
from index.sweeping import Sweep, find_all
from index.vector_cache import CACHE_NAME
from pipeline.settings import Settings
from tests.faults.laboratory import (
    answers,
    answers_afresh,
    contents,
    documents,
    embedder,
    open_indexer,
    rounds,
    tally,
)

SIZE = 4 << 20  # bytes of the small disk
MOST_ROOM = 600 << 10  # bytes; with these a document fits, its log and all
NOBODY = 65_534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")


@contextmanager
def small_disk(path: Path) -> Iterator[None]:
    path.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", path], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


def remount(path: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", path], check=True)


def free(path: Path) -> int:
    status = os.statvfs(path)
    return status.f_bavail * status.f_frsize


def run(settings: Settings, *arguments: str | Path) -> Result:
    desk = Desk(Workshop(embedder("a")), settings)
    return CliRunner().invoke(app, [str(argument) for argument in arguments], obj=desk)


@needs_root
def test_a_full_disk_is_told_and_what_was_committed_stays(tmp_path: Path) -> None:
    disk = tmp_path / "schijf"
    settings = Settings(data=disk / "data")
    with small_disk(disk):
        kept = {"eerste.txt": contents("eerste", 1)}
        with closing(open_indexer(settings)) as indexer:
            indexer.add_bytes(kept["eerste.txt"], "eerste.txt")
        total = rounds(full=60, short=8)
        for number in range(total):
            name, data = "groeit.txt", contents("groeit", number)
            ballast = disk / "ballast"
            ballast.write_bytes(bytes(max(0, free(disk) - number * MOST_ROOM // total)))
            refused = False
            try:
                with closing(open_indexer(settings)) as indexer:
                    if indexer.add_bytes(data, name).outcome is not Outcome.FAILED:
                        kept[name] = data
            except IndexUnwritable:
                refused = True
            ballast.unlink()
            assert answers(settings) == answers_afresh(kept)
            tally[f"disk full: {'refused' if refused else 'there was room'}"] += 1


@needs_root
def test_a_full_disk_ends_the_command_with_one_line(tmp_path: Path) -> None:
    disk = tmp_path / "schijf"
    settings = Settings(data=disk / "data")
    paper = tmp_path / "stuk.txt"
    paper.write_bytes(contents("stuk", 1))
    with small_disk(disk):
        (disk / "ballast").write_bytes(bytes(free(disk)))
        result = run(settings, "add", paper)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert "make room" in result.stderr

        (disk / "ballast").unlink()
        assert run(settings, "add", paper).exit_code == 0
        assert documents(settings).keys() == {"stuk.txt"}


@needs_root
def test_a_read_only_disk_can_be_searched_but_not_changed(tmp_path: Path) -> None:
    disk = tmp_path / "schijf"
    settings = Settings(data=disk / "data")
    paper = tmp_path / "stuk.txt"
    paper.write_bytes(contents("stuk", 1))
    with small_disk(disk):
        assert run(settings, "add", paper).exit_code == 0
        before = answers(settings)
        (settings.cache / CACHE_NAME).unlink()
        remount(disk, "ro")

        assert answers(settings) == before
        assert run(settings, "list").stdout.startswith("stuk")
        paper.write_bytes(contents("stuk", 2))
        for command in (("add", paper), ("remove", "stuk"), ("rebuild",)):
            result = run(settings, *command)
            assert result.exit_code == 1
            assert len(result.stderr.splitlines()) == 1, result.stderr
            assert "cannot be written" in result.stderr
            tally["read-only disk: refused"] += 1
        examined = run(settings, "doctor")
        assert examined.exit_code == 1
        assert "unexpected" not in examined.stderr
        assert "cannot be written" in examined.stderr
        assert answers(settings) == before

        remount(disk, "rw")
        assert answers(settings) == before


def search_as_nobody(data: Path) -> None:
    """Ends with exit code 1 when everything is found in a folder that this user may only read."""
    os.setuid(NOBODY)
    found = answers(Settings(data=data))
    sys.exit(int(found == answers_afresh({"stuk.txt": contents("stuk", 1)})))


@pytest.mark.skipif(os.geteuid() != 0, reason="to become another user needs root")
def test_a_folder_that_may_only_be_read_can_be_searched(
    tmp_path: Path, forks: ForkServerContext
) -> None:
    data = tmp_path / "data"
    with closing(open_indexer(Settings(data=data))) as indexer:
        indexer.add_bytes(contents("stuk", 1), "stuk.txt")
    _open_to_all(tmp_path, data)
    process = forks.Process(target=search_as_nobody, args=(data,))
    process.start()
    process.join()
    assert process.exitcode == 1
    tally["read-only folder of another user: searched"] += 1


def open_as_nobody(data: Path) -> None:
    """Ends with exit code 1 when the folder, which this user may not look into, is refused."""
    os.setuid(NOBODY)
    try:
        open_indexer(Settings(data=data))
    except IndexUnwritable as error:
        sys.exit(int("Permission denied" in error.problem))


@pytest.mark.skipif(os.geteuid() != 0, reason="to become another user needs root")
def test_a_folder_without_rights_is_told(tmp_path: Path, forks: ForkServerContext) -> None:
    closed = tmp_path / "dicht"
    closed.mkdir(mode=0o700)
    process = forks.Process(target=open_as_nobody, args=(closed / "data",))
    process.start()
    process.join()
    assert process.exitcode == 1
    tally["permission denied: refused"] += 1


def _open_to_all(*folders: Path) -> None:
    """Let another user in, also through the folders that pytest keeps to its own."""
    for folder in folders:
        folder.chmod(0o755)
        for above in folder.parents:
            if above.name.startswith(("pytest-", "popen-")):
                above.chmod(0o755)


@pytest.mark.skipif(os.geteuid() != 0, reason="to become another user needs root")
def test_a_file_without_rights_fails_alone(tmp_path: Path, forks: ForkServerContext) -> None:
    papers = tmp_path / "stukken"
    papers.mkdir()
    for number in range(2):
        (papers / f"stuk-{number}.txt").write_bytes(contents("stuk", number))
    (papers / "stuk-0.txt").chmod(0)
    data = tmp_path / "data"
    _open_to_all(tmp_path, papers)
    data.mkdir()
    os.chown(data, NOBODY, NOBODY)
    process = forks.Process(target=add_as_nobody, args=(data, papers))
    process.start()
    process.join()
    assert process.exitcode == 1
    assert documents(Settings(data=data)).keys() == {"stuk-1.txt"}
    tally["permission denied: one file refused, the other added"] += 1


def add_as_nobody(data: Path, papers: Path) -> None:
    """Ends with exit code 1 when one of two files is refused for want of rights."""
    os.setuid(NOBODY)
    settings = Settings(data=data)
    with (
        closing(Catalogue.open(settings)) as catalogue,
        closing(Sweep(catalogue, settings, lambda: open_indexer(settings))) as sweep,
    ):
        reports = list(sweep.run(find_all([papers]), lambda _: unheard))
    refused = [report.problem for report in reports if report.outcome is Outcome.FAILED]
    sys.exit(int(len(refused) == 1 and "Permission denied" in refused[0]))
