"""The judged questions get the same answers from a server as from a folder, and the same metrics.

Nothing is embedded for it: the index of the real report is moved to a server. `make test` asks a
sample of the questions; with FAULTS=full all of them are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from index.evaluation import Asked, ask_all, read_out_of_scope, read_questions
from index.evaluation import report as measure
from index.moving import move_all
from index.search import Searcher
from index.stores import open_store
from pipeline.settings import Settings
from tests.faults.laboratory import rounds
from tests.index.test_retrieval_quality import QUESTIONS

if TYPE_CHECKING:
    from pipeline.embedding import Embedder
    from tests.postgres_server import Server

EACH = rounds(full=1, short=16)  # every so many questions are asked
MEASURED = ("all", "by_language", "abstention", "questions")  # what has no time in it

pytestmark = [
    pytest.mark.model,
    pytest.mark.xdist_group("report"),
    pytest.mark.timeout(1800),  # for all questions, on a busy machine
]

Run = tuple[list[Asked], list[Asked]]


@pytest.fixture(scope="module")
def on_server(report_index: Settings, embedder: Embedder, postgres: Server) -> Iterator[Searcher]:
    """The report on a server."""
    served = report_index.model_copy(update={"database": postgres.empty_database()})
    with closing(open_store(report_index)) as source, closing(open_store(served)) as target:
        assert [moved.document_id for moved in move_all(source, target)]
    with closing(Searcher.open(served, embedder)) as searcher:
        yield searcher


def run(searcher: Searcher) -> Run:
    in_scope, out_of_scope = read_questions(QUESTIONS), read_out_of_scope(QUESTIONS)
    return (
        ask_all(searcher.search, in_scope[::EACH]),
        ask_all(searcher.search, out_of_scope[::EACH]),
    )


def test_a_server_measures_as_a_folder_and_tells_the_same_ten_answers(
    report: Searcher, on_server: Searcher
) -> None:
    in_folder, there = run(report), run(on_server)
    for ours, theirs in zip(in_folder[0] + in_folder[1], there[0] + there[1], strict=True):
        assert (theirs.found, theirs.answered) == (ours.found, ours.answered), ours.question
        assert theirs.relevance == pytest.approx(ours.relevance, abs=1e-4)
    measured, measured_there = (report_of(each) for each in (in_folder, there))
    assert measured_there == measured
    assert measured["all"]["mrr@10"] > 0.5


def report_of(asked: Run) -> dict[str, dict[str, float]]:
    measured = measure(*asked)
    return {name: measured[name] for name in MEASURED}
