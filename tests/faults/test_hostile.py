"""Hostile documents: bounded time and memory, a clear refusal, and the next document is read."""

import resource
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalogue import Catalogue
from index.indexing import Indexer
from index.models import Outcome
from index.parser import Parser
from pipeline.settings import Settings
from tests.faults.hostile import HOSTILE, external_entity
from tests.faults.laboratory import FULL, contents, embedder, rounds, tally

SECONDS = rounds(full=20, short=3)  # that reading may take here
MEGABYTES = 800  # that reading may take here
SLACK = 15  # seconds for all the rest, such as starting a process and embedding what was read
# One of each kind of attack, for the short form of the suite.
ESSENTIAL = (
    "diepe-lijst.pdf",
    "honderdduizend-bladzijden.pdf",
    "gigabyte.pdf",
    "verwijzingen-in-een-ring.pdf",
    "zipbom.docx",
    "spaties.odt",
    "lachbui.xml",
    "drie-miljoen-opdrachten.pdf",
)
OUR_MEGABYTES = 400  # by which this process may grow, whatever is read beside it


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", parse_seconds=SECONDS, parse_megabytes=MEGABYTES)


@pytest.fixture
def indexer(settings: Settings) -> Iterator[Indexer]:
    catalogue = Catalogue.open(settings)
    with closing(Indexer(catalogue, settings, embedder("a"), Parser(settings))) as opened:
        yield opened


def our_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


@pytest.mark.parametrize("name", HOSTILE if FULL else ESSENTIAL)
def test_a_hostile_document_is_bounded_and_the_next_is_read(indexer: Indexer, name: str) -> None:
    data = HOSTILE[name]()
    before, started = our_megabytes(), time.monotonic()

    report = indexer.add_bytes(data, name)
    took = time.monotonic() - started

    assert took < SECONDS + SLACK, report
    assert our_megabytes() - before < OUR_MEGABYTES
    if report.outcome is Outcome.FAILED:
        assert report.problem
        assert report.cause != "MisunderstoodDocument", report.problem
    following = indexer.add_bytes(contents("goed", 1), "goed.txt")
    assert (following.outcome, following.exchanges) == (Outcome.INDEXED, 2), following.problem
    told = report.cause or f"read, {report.exchanges} answers"
    tally[f"hostile {name}: {told}, {took:.1f} s"] += 1


def test_an_entity_cannot_fetch_a_file_of_this_machine(
    indexer: Indexer, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "geheim.txt").write_text("wachtwoord-van-de-minister")
    report = indexer.add_bytes(external_entity(str(tmp_path / "geheim.txt")), "buit.xml")
    with closing(Catalogue.open(settings)) as catalogue:
        text = str([catalogue.pages(record.id) for record in catalogue.documents()])
    assert "wachtwoord" not in text + report.problem
    tally["hostile entity for a file of this machine: not fetched"] += 1
