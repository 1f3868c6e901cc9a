"""What the tests of the server share: all of them run in one process, on one server."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.postgres_server import Server


@pytest.fixture
def served(postgres: Server, tmp_path: Path) -> Settings:
    """Settings with a database of their own in which nothing is kept yet."""
    return Settings(data=tmp_path / "data", database=postgres.empty_database())
