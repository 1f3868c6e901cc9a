"""The command as people run it: in a process of its own, with the real model."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from index.cli import app
from index.desk import Desk
from index.opening import Workshop
from pipeline.settings import Settings
from tests.index.papers import BEACONS, DIKES, HATS

if TYPE_CHECKING:
    from pipeline.embedding import Embedder

pytestmark = [pytest.mark.model, pytest.mark.xdist_group("report")]  # where a model is loaded


def test_what_was_added_answers_a_question_in_another_language(
    embedder: Embedder, model_folder: Path, background: Path, tmp_path: Path
) -> None:
    papers, data = tmp_path / "stukken", tmp_path / "data"
    papers.mkdir()
    for name, content in (("vuurtorens", BEACONS), ("dijken", DIKES), ("ijsmutsen", HATS)):
        (papers / f"{name}.txt").write_bytes(content)
    (papers / "scan.pdf").write_bytes(b"%PDF-1.7\nkapot")

    settings = Settings(data=data)
    settings.cache.mkdir(parents=True)
    shutil.copy(background, settings.cache)
    desk = Desk(Workshop(embedder), settings)
    added = CliRunner().invoke(app, ["add", str(papers)], obj=desk)
    assert added.exit_code == 1
    assert sorted(line.split()[0] for line in added.stdout.splitlines()) == ["indexed"] * 3
    assert added.stderr.startswith("failed     scan.pdf: is damaged")
    assert "download it again" in added.stderr
    assert len(added.stderr.splitlines()) == 1

    asking = ["search", "How often is the lighthouse lit?", "--json", "--limit", "1"]
    ours = {"KAMERANTWOORD_DATA": str(data), "KAMERANTWOORD_MODEL": str(model_folder)}
    found = subprocess.run(
        [sys.executable, "-c", "from index.cli import main; main()", *asking],
        env=os.environ | ours,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")  # the libraries say nothing of their own
    assert [hit["id"] for hit in json.loads(found.stdout)["hits"]] == ["vuurtorens.1"]
