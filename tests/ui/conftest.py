"""What the tests of the page share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.indexing import Indexer
from index.models import Outcome
from pipeline.embedding import load_embedder
from pipeline.settings import Settings
from tests.browser import Site, browser, find_chromium, serving
from tests.ui.papers import BRIDGES, a_pdf

__all__ = ["browser"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over one document, with the real model."""
    find_chromium()
    data = tmp_path_factory.mktemp("page") / "data"
    settings = Settings(data=data)
    indexer = Indexer.open(settings, load_embedder(settings))
    report = indexer.add_bytes(a_pdf(BRIDGES), "verslag-bruggen.pdf")
    assert report.outcome is Outcome.INDEXED
    assert report.exchanges == 4
    indexer.close()
    with serving(data) as running:
        yield running
