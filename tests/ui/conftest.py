"""What the tests of the page share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from index.indexing import Indexer
from index.models import Outcome
from pipeline.embedding import Embedder
from pipeline.settings import Settings
from tests.browser import (
    LAPTOP,
    PHONE,
    Site,
    browser,
    find_chromium,
    serving,
    visiting,
    wait_until_warm,
    without_errors,
)
from tests.hashing_embedder import HashingEmbedder
from tests.linked import linked
from tests.ui.papers import BRIDGES, a_pdf
from tests.ui.reader import Reader
from ui.languages import TEXTS

__all__ = ["browser"]


@pytest.fixture(scope="session")
def bridges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one document, with an embedder that hashes words; to be copied, not changed."""
    data = tmp_path_factory.mktemp("bridges") / "data"
    indexer = Indexer.open(Settings(data=data), HashingEmbedder())
    indexer.add_bytes(BRIDGES.encode(), "verslag-bruggen.txt")
    indexer.close()
    return data


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    embedder: Embedder,
    model_folder: Path,
    background: Path,
) -> Iterator[Site]:
    """The page over one document, with the real model, which it finds unpacked."""
    find_chromium()
    data = tmp_path_factory.mktemp("page") / "data"
    settings = Settings(data=data)
    linked(model_folder, settings.cache / model_folder.name)
    shutil.copy(background, settings.cache)
    indexer = Indexer.open(settings, embedder)
    report = indexer.add_bytes(a_pdf(BRIDGES), "verslag-bruggen.pdf")
    assert report.outcome is Outcome.INDEXED
    assert report.exchanges == 4
    indexer.close()
    with serving(data) as running:
        wait_until_warm(running)
        yield running


@pytest.fixture(scope="session")
def tab(browser: Browser, site: Site) -> Iterator[Page]:
    """One tab for all: a new one loads and compiles Streamlit's scripts again, for two seconds."""
    with visiting(browser, site, LAPTOP) as page:
        yield page


READERS = [(LAPTOP, "nl"), (PHONE, "nl"), (LAPTOP, "en"), (PHONE, "en")]
NAMES = ["laptop-nl", "phone-nl", "laptop-en", "phone-en"]


@pytest.fixture(params=READERS, ids=NAMES)
def reader(request: pytest.FixtureRequest, tab: Page) -> Iterator[Reader]:
    """Someone who reads the page at a width, in a language."""
    size, language = request.param
    tab.set_viewport_size(size)
    with without_errors(tab):
        yield Reader(tab, TEXTS[language])
