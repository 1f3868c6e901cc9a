"""How well questions find their answers in a real report, asked through the real index.

The questions are our own, in four languages; those of `wrr.json` share few words with the report,
those of `wrr_more.json` are as people would ask. Half of each was kept away from fitting.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.evaluation import Asked, ask_all, measure, read_questions
from index.search import Searcher
from tests.index.conftest import REPORT

QUESTIONS = Path(__file__).with_name("questions") / "wrr.json"
MORE_QUESTIONS = QUESTIONS.with_name("wrr_more.json")
LANGUAGES = ("nl", "en", "de", "fr")
KEYWORDS = "kw"  # how the ids of questions begin that are a name or a number

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def asked(report: Searcher) -> list[Asked]:
    return ask_all(report.search, read_questions(QUESTIONS))


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
    assert scores["success@1"] >= 0.70
    assert scores["success@5"] >= 0.90


def test_the_same_question_gives_the_same_list(report: Searcher, asked: list[Asked]) -> None:
    for each in asked[::10]:
        again = report.search(each.question.text)
        assert tuple(hit.found.id for hit in again.hits) == each.found
