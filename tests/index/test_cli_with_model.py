"""The command as people run it: in a process of its own, with the real model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.papers import BEACONS, DIKES, HATS

pytestmark = pytest.mark.model


def test_what_was_added_answers_a_question_in_another_language(
    model_folder: Path, tmp_path: Path
) -> None:
    papers = tmp_path / "stukken"
    papers.mkdir()
    for name, data in (("vuurtorens", BEACONS), ("dijken", DIKES), ("ijsmutsen", HATS)):
        (papers / f"{name}.txt").write_bytes(data)
    (papers / "scan.pdf").write_bytes(b"%PDF-1.7\nkapot")
    environment = os.environ | {
        "KAMERANTWOORD_DATA": str(tmp_path / "data"),
        "KAMERANTWOORD_MODEL": str(model_folder),
    }

    def kamerantwoord(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from index.cli import main; main()", *arguments],
            env=environment,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )

    added = kamerantwoord("add", papers)
    assert added.returncode == 1
    assert sorted(line.split()[0] for line in added.stdout.splitlines()) == ["indexed"] * 3
    assert added.stderr.startswith("failed     scan.pdf: is damaged")
    assert "download it again" in added.stderr
    assert len(added.stderr.splitlines()) == 1

    found = kamerantwoord("search", "How often is the lighthouse lit?", "--json", "--limit", "1")
    assert (found.returncode, found.stderr) == (0, "")  # the libraries say nothing of their own
    assert [hit["id"] for hit in json.loads(found.stdout)["hits"]] == ["vuurtorens.1"]
