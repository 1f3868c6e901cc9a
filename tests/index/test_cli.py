import json
import resource
import subprocess
import sys
from pathlib import Path
from unicodedata import category

import pytest
from typer.testing import CliRunner

from index.catalogue import Catalogue
from index.cli import app
from index.desk import Desk
from index.opening import Workshop
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.conftest import Command
from tests.index.papers import DIKES, HATS, paper

POSTPONED = """Tweede Kamer, vergaderjaar 2025-2026

Aanhangsel van de Handelingen

Vragen van het lid Aa (VVD) aan de Minister van Vuurtorens over mist (ingezonden 3 mei 2026).

Mededeling van Minister Licht (Vuurtorens) (ontvangen 9 mei 2026).

Vraag 1

Brandt de vuurtoren ook bij mist?

Vraag 2

Wie let daarop?

Mededeling

De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord.
"""
START_LIMIT = (
    0.4  # seconds of processor time; 0.2 is usual, and cores that other tests use are slower
)
START_TRIES = 5  # the first that is fast enough will do: what else the machine does only slows


def lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_a_folder_is_added_with_a_line_a_file(kamerantwoord: Command, papers: Path) -> None:
    result = kamerantwoord("add", papers)

    assert (result.exit_code, result.stderr) == (0, "")
    assert [line[:3] for line in lines(result.stdout)] == [
        ["indexed", "vuurtorens.txt:", "vuurtorens,"],
        ["indexed", "dijken.txt:", "dijken,"],
    ]


def test_a_second_run_changes_nothing_and_a_changed_file_is_replaced(
    kamerantwoord: Command, papers: Path
) -> None:
    kamerantwoord("add", papers)
    (papers / "vuurtorens.txt").write_bytes(HATS)
    (papers / "kopie.txt").write_bytes(DIKES)

    result = kamerantwoord("add", papers)

    told = {line[1].rstrip(":"): line[0] for line in lines(result.stdout)}
    assert told == {
        "vuurtorens.txt": "replaced",
        "oud/dijken.txt".split("/")[1]: "unchanged",
        "kopie.txt": "duplicate",
    }


def test_bad_files_are_named_with_the_remedy_and_the_rest_goes_on(
    kamerantwoord: Command, papers: Path
) -> None:
    (papers / "foto.jpg").write_bytes(b"\xff\xd8\xff\xe0 foto")
    (papers / "leeg.pdf").touch()

    result = kamerantwoord("add", papers, papers / "nergens.pdf")

    assert result.exit_code == 1
    assert {line[0] for line in lines(result.stdout)} == {"indexed"}
    failures = result.stderr.splitlines()
    assert len(failures) == 3
    for name, remedy, failure in zip(
        ("foto.jpg", "leeg.pdf", "nergens.pdf"),
        ("add it as PDF", "download it again", "check the path"),
        failures,
        strict=True,
    ):
        assert failure.startswith("failed")
        assert name in failure
        assert remedy in failure
    assert len(kamerantwoord("list").stdout.splitlines()) == 2


def test_a_folder_without_files_is_named(kamerantwoord: Command, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    result = kamerantwoord("add", tmp_path / "leeg")
    assert result.exit_code == 1
    assert "leeg: holds no files" in result.stderr


def test_two_files_of_one_name_do_not_replace_each_other(
    kamerantwoord: Command, papers: Path
) -> None:
    (papers / "oud" / "vuurtorens.txt").write_bytes(HATS)

    result = kamerantwoord("add", papers)

    assert result.exit_code == 1
    assert "oud/vuurtorens.txt" in result.stderr
    assert "rename" in result.stderr


def test_search_as_json_is_what_other_programs_rely_on(
    kamerantwoord: Command, papers: Path
) -> None:
    kamerantwoord("add", papers)

    result = kamerantwoord("search", "Wie stookt het vuur?", "--limit", "2", "--json")
    found = json.loads(result.stdout)

    assert found["query"] == "Wie stookt het vuur?"
    hit = found["hits"][0]
    assert found["answered"] is True
    assert 0 < hit.pop("similarity") <= 1
    assert 0.5 < hit.pop("relevance") <= 1
    assert hit == {
        "rank": 1,
        "id": "vuurtorens.2",
        "document_id": "vuurtorens",
        "title": hit["title"],
        "kind": "schriftelijk_overleg",
        "numbers": [2],
        "party": "VVD",
        "askers": [],
        "respondent": hit["respondent"],
        "question": "De leden van de VVD-fractie vragen wie het vuur stookt.",
        "answer": "Het vuur wordt door de wachter gestookt; zie het antwoord op vraag 1.",
        "pages": [1, 1],
        "refers_to": [1],
        "highlights": ["Het vuur wordt door de wachter gestookt; zie het antwoord op vraag 1."],
    }
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]


def test_search_for_people_shows_the_answer_and_what_it_points_to(
    kamerantwoord: Command, papers: Path
) -> None:
    kamerantwoord("add", papers)
    shown = kamerantwoord("search", "Wie stookt het vuur?", "--limit", "1").stdout
    assert shown.startswith("1. vuurtorens.2")
    assert "Het vuur wordt door de wachter gestookt" in shown
    assert "→ vuurtorens.1: De vuurtoren brandt elke nacht" in shown


def test_search_says_plainly_that_nothing_answers_and_shows_the_nearest(
    kamerantwoord: Command, papers: Path
) -> None:
    assert (
        kamerantwoord("search", "quantumcomputers").stdout == "Nothing found that answers this.\n"
    )
    kamerantwoord("add", papers)

    shown = kamerantwoord("search", "quantumcomputers").stdout
    assert shown.startswith("Nothing found that answers this. Perhaps related:\n\n1. ")
    assert "(weak, relevance 0.0" in shown

    meeting = kamerantwoord("search", "Wie stookt het vuur?").stdout
    assert "Nothing found" not in meeting
    assert "» Het vuur wordt door de wachter gestookt" in meeting.split("\n\n")[0]


def test_text_of_a_document_cannot_steer_the_terminal(
    kamerantwoord: Command, tmp_path: Path
) -> None:
    nasty = paper("kleur", ("of dit \x1b[31mrood\x1b[0m is.", "Dit is \x1b]0;titel\x07 rood."))
    (tmp_path / "rood.txt").write_bytes(nasty)
    kamerantwoord("add", tmp_path / "rood.txt")
    shown = kamerantwoord("search", "rood").stdout + kamerantwoord("list").stdout
    assert not [letter for letter in shown if category(letter) == "Cc" and letter not in "\n\t"]


def test_list_and_info_tell_what_is_there(kamerantwoord: Command, papers: Path) -> None:
    kamerantwoord("add", papers)
    rows = [line.split("\t") for line in kamerantwoord("list").stdout.splitlines()]
    assert [row[:4] for row in rows] == [
        ["dijken", "schriftelijk_overleg", "1", "dijken.txt"],
        ["vuurtorens", "schriftelijk_overleg", "2", "vuurtorens.txt"],
    ]
    stock = dict(line.split(":", 1) for line in kamerantwoord("info").stdout.splitlines())
    counts = [stock[name].strip() for name in ("documents", "exchanges", "generation")]
    assert counts == ["2", "3", "2"]
    assert stock["model"].strip().startswith("hashing")


def test_a_postponed_question_is_no_answer(kamerantwoord: Command, tmp_path: Path) -> None:
    (tmp_path / "uitstel.txt").write_text(POSTPONED)
    added = kamerantwoord("add", tmp_path / "uitstel.txt").stdout
    assert "0 answers, 2 unanswered" in added
    assert kamerantwoord("list").stdout.split("\t")[2] == "0 of 2"
    stock = dict(line.split(":", 1) for line in kamerantwoord("info").stdout.splitlines())
    assert [stock[name].strip() for name in ("answers", "unanswered")] == ["0", "2"]


def test_a_removed_document_is_no_longer_listed(kamerantwoord: Command, papers: Path) -> None:
    kamerantwoord("add", papers)
    assert kamerantwoord("remove", "dijken").stdout == "removed    dijken\n"
    assert kamerantwoord("list").stdout.startswith("vuurtorens")

    again = kamerantwoord("remove", "dijken")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.splitlines() == [
        "kamerantwoord: dijken: is no document in the index; see `kamerantwoord list` for the ids"
    ]


def test_a_rebuild_makes_the_index_fit_another_model(
    kamerantwoord: Command, papers: Path, data: Path
) -> None:
    kamerantwoord("add", papers)
    other = Desk(Workshop(HashingEmbedder(name="ander")), Settings(data=data))
    refused = CliRunner().invoke(app, ["search", "dijk"], obj=other)
    assert refused.exit_code == 1
    assert "kamerantwoord rebuild" in refused.stderr

    rebuilt = CliRunner().invoke(app, ["rebuild"], obj=other)
    assert rebuilt.stdout.startswith("rebuilt    3 answers")
    assert CliRunner().invoke(app, ["search", "dijk"], obj=other).stdout.startswith("1. dijken.1")


def test_unexpected_trouble_is_one_line_and_its_trace_is_in_the_log(
    kamerantwoord: Command, papers: Path, data: Path
) -> None:
    kamerantwoord("add", papers)
    catalogue = Catalogue.open(Settings(data=data))
    with catalogue.aside() as connection:
        connection.execute("UPDATE documents SET kind = 'onbekend'")
    catalogue.close()

    result = kamerantwoord("list")

    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" in (data / "kamerantwoord.log").read_text()


def command(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from index.cli import main; main()", *arguments],
        env={"KAMERANTWOORD_DATA": str(data), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [("--help",), ("list",), ("info",)])
def test_what_needs_no_model_does_not_wait_for_it(data: Path, arguments: tuple[str, ...]) -> None:
    took = []
    for _ in range(START_TRIES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = command(data, *arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert result.returncode == 0, result.stderr
        took.append(after.ru_utime - before.ru_utime)
        if took[-1] < START_LIMIT:
            return
    assert min(took) < START_LIMIT


def test_the_command_imports_neither_model_nor_readers_until_they_are_needed() -> None:
    heavy = {"torch", "sentence_transformers", "faiss", "pypdf", "lxml", "streamlit"}
    heavy |= {"numpy", "rich", "watchdog", "filelock"}
    code = f"import sys, index.cli; print({heavy} & set(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "set()"


def test_a_wrong_setting_is_named_on_one_line(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from index.cli import main; main()", "list"],
        env={"KAMERANTWOORD_DATTA": "x", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "KAMERANTWOORD_DATTA" in result.stderr
