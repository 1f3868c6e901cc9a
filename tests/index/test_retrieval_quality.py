"""How well questions find their answers in a real report, asked through the real index.

The questions are our own, in four languages, and share few words with the report. Those of
`wrr_more.json` are for `kamerantwoord evaluate`: nothing was fitted on them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.embedded import STORED
from index.evaluation import Asked, ask_all, measure, read_questions
from index.models import SearchResult
from index.search import Searcher
from pipeline.models import Part
from pipeline.settings import Settings
from tests.index.conftest import REPORT

if TYPE_CHECKING:
    from pipeline.embedding import Embedder

QUESTIONS = Path(__file__).with_name("questions") / "wrr.json"
KEYWORDS = "kw"  # how the ids of questions begin that are a name or a number

pytestmark = [
    pytest.mark.model,
    pytest.mark.xdist_group("report"),  # embedded once, for half a minute
]


@pytest.fixture(scope="module")
def asked(found_in_report: Callable[[str], SearchResult]) -> list[Asked]:
    return ask_all(lambda question, _: found_in_report(question), read_questions(QUESTIONS))


def test_the_questions_are_many_in_four_languages_and_not_taken_from_the_report() -> None:
    content = json.loads(QUESTIONS.read_text())
    sentences = [row for row in content["queries"] if row["kind"] == "question"]
    languages = {row["lang"] for row in sentences}
    assert len(sentences) >= 80
    assert languages == {"nl", "en", "de", "fr"}
    assert len(content["out_of_scope"]) >= 60
    if REPORT.exists():
        report = " ".join(REPORT.read_text().lower().split())
        assert not [row["id"] for row in sentences if row["query"].lower().strip("?") in report]


def test_a_right_answer_is_first_for_most_and_among_five_for_nearly_all(asked: list[Asked]) -> None:
    scores = measure([each for each in asked if not each.question.id.startswith(KEYWORDS)])
    assert scores["mrr@10"] >= 0.89
    assert scores["recall@5"] >= 0.95


def vectors_by_side(settings: Settings) -> dict[str, dict[Part, list[NDArray[np.float32]]]]:
    """The vectors of the passages of each answer, by its id, of its question and answer apart."""
    sides: dict[str, dict[Part, list[NDArray[np.float32]]]] = defaultdict(lambda: defaultdict(list))
    with Catalogue.open(settings).snapshot() as snapshot:
        places = snapshot.places_of_passages(snapshot.passage_ids())
        rows = sorted({place.exchange_row for place in places.values()})
        found = snapshot.exchanges_by_row(rows)
        for each in snapshot.vectors_of(rows):
            vector = np.frombuffer(each.blob, STORED).astype(np.float32)
            sides[found[each.exchange_row].id][each.part].append(vector)
    return sides


def test_the_vectors_alone_find_a_right_answer_for_most(
    report_index: Settings, embedder: Embedder
) -> None:
    def closeness(vector: NDArray[np.float32], answer: str) -> float:
        best = [max(passage @ vector for passage in side) for side in sides[answer].values()]
        return float(np.mean(best))

    sides = vectors_by_side(report_index)
    asked = []
    for question in read_questions(QUESTIONS):
        if not question.id.startswith(KEYWORDS):
            vector = embedder.embed_question(question.text)
            found = sorted(sides, key=lambda answer: -closeness(vector, answer))
            asked.append(Asked(question, tuple(found), 0.0))
    scores = measure(asked)
    assert scores["success@1"] >= 0.70
    assert scores["success@5"] >= 0.90


def test_names_and_numbers_are_found_first(asked: list[Asked]) -> None:
    scores = measure([each for each in asked if each.question.id.startswith(KEYWORDS)])
    assert scores["mrr@10"] >= 0.97


@pytest.mark.parametrize(
    ("language", "least"), [("nl", 0.83), ("en", 0.94), ("de", 0.86), ("fr", 0.95)]
)
def test_no_language_is_left_behind(asked: list[Asked], language: str, least: float) -> None:
    sentences = [each for each in asked if not each.question.id.startswith(KEYWORDS)]
    here = [each for each in sentences if each.question.language == language]
    assert measure(here)["mrr@10"] >= least


def test_the_same_question_gives_the_same_list(report: Searcher, asked: list[Asked]) -> None:
    for each in asked[::10]:
        again = report.search(each.question.text)
        assert tuple(hit.found.id for hit in again.hits) == each.found
