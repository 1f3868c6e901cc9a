from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.__main__ import main
from tests.pipeline.layouts.test_schriftelijk_overleg import BETWEEN


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Overleg vuurtorens (1).txt"
    path.write_text(BETWEEN, encoding="utf-8")
    return path


def test_json_holds_the_promised_names(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", str(report)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"document", "exchanges", "remarks"}
    assert {"id", "title", "kind", "official_id"} <= set(printed["document"])
    assert printed["document"]["id"] == "kst-99123-17"
    first = printed["exchanges"][0]
    assert first["id"] == "kst-99123-17.n1"
    assert set(first) >= {
        "numbers", "party", "askers", "respondent", "question", "answer",
        "refers_to", "citations", "footnotes", "pages",
    }  # fmt: skip
    assert first["pages"] == [1, 1]


def test_the_plain_form_shows_each_exchange(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--explain", str(report)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("\n  Q ") == printed.count("\n  A ") == 3
    assert "kop van een fractie" in printed


def test_a_bad_file_is_named_and_the_others_are_shown(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "weg.pdf"), str(tmp_path), str(report)]) == 1
    printed = capsys.readouterr()
    assert "weg.pdf: does not exist" in printed.err
    assert len(printed.err.splitlines()) == 2
    assert "kst-99123-17" in printed.out


def test_it_runs_as_a_module(report: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", str(report)], capture_output=True, text=True, check=True
    )
    assert "schriftelijk_overleg, 3 exchanges" in done.stdout
