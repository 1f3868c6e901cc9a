"""What several rooms' tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from index.background import background_file, open_background
from pipeline.bundled_model import bundled_model
from pipeline.settings import load_settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from pipeline.embedding import Embedder
    from tests.postgres_server import Server


# CI tries the same examples every time, so that a red run is the change's doing; elsewhere new ones
# are tried, and what they find is kept as an example.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


# Tests that run side by side share the cores: a model that takes them all in each would have them
# wait for one another.
if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 0)):
    threads = str(max(1, (os.cpu_count() or 1) // workers))
    os.environ |= {"OMP_NUM_THREADS": threads, "KAMERANTWOORD_THREADS": threads}


# Fixtures that are dear to make, and the group whose tests run in one process, so that each is made
# once. Those of the model go with the tests of the real report, which load it anyway.
DEAR = {
    "embedder": "report",
    "plain_model": "report",
    "untuned_embedder": "report",
    "tokenizer": "tokenizer",
    "forks": "forks",
    "seconds_a_megabyte": "large texts",
    "large_index": "large index",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests in a browser or on a server mostly wait."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts tests that use what is dear, and name no group, in the group of what they use."""
    for item in items:
        groups = {DEAR[name] for name in getattr(item, "fixturenames", ()) if name in DEAR}
        if groups and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(min(groups)))


LONGEST_NAME = 60  # letters; a process takes its test's name in its environment, which has an end


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names for what makes no name: bytes may hold the time they were made, texts a megabyte."""
    if isinstance(val, bytes):
        return argname
    return val[:LONGEST_NAME] if isinstance(val, str) and len(val) > LONGEST_NAME else None


@pytest.fixture(scope="session")
def model_folder(pytestconfig: pytest.Config) -> Path:
    """The bundled model, unpacked once and kept between runs.

    Set KAMERANTWOORD_MODEL to it where a test has a data directory of its own: unpacking for each
    would cost seconds and 490 MB.
    """
    return bundled_model(pytestconfig.cache.mkdir("kamerantwoord"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, for the tests of the group `postgresql`."""
    from tests.postgres_server import Server  # noqa: PLC0415  (its libraries are slow to import)

    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def embedder(model_folder: Path) -> Embedder:
    """The real model, loaded once: for tests marked `model`."""
    from pipeline.embedding import load_embedder  # noqa: PLC0415  (torch takes seconds to import)

    return load_embedder(load_settings().model_copy(update={"model": str(model_folder)}))


@pytest.fixture(scope="session")
def background(embedder: Embedder, model_folder: Path) -> Path:
    """What the model makes of sentences about anything, kept between runs as the model is.

    A copy in the cache of an index spares its first question the seconds that embedding them takes.
    """
    open_background(embedder, model_folder.parent)
    return background_file(embedder, model_folder.parent)


@pytest.fixture(scope="session")
def plain_model(model_folder: Path) -> SentenceTransformer:
    """The same model as its library loads it, to compare ours with."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    return SentenceTransformer(str(model_folder))
