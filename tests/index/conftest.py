"""What the tests of the index share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.cli import app
from index.desk import Desk
from index.opening import Workshop
from pipeline.settings import Settings
from tests.hashing_embedder import HashingEmbedder
from tests.index.papers import BEACONS, DIKES

Command = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "stukken"
    (folder / "oud").mkdir(parents=True)
    (folder / "vuurtorens.txt").write_bytes(BEACONS)
    (folder / "oud" / "dijken.txt").write_bytes(DIKES)
    return folder


@pytest.fixture
def kamerantwoord(data: Path) -> Command:
    """The command, with an embedder that needs no model."""
    desk = Desk(Workshop(HashingEmbedder()), Settings(data=data))

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], obj=desk)

    return run
