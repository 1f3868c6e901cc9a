"""How well questions find their answers in a real report, asked through the real index.

The questions are our own, in four languages, and share few words with the report.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.evaluation import Asked, ask_all, measure, read_questions
from index.indexing import Indexer
from index.search import Searcher
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.embedding import SentenceEmbedder

REPORT = Path(__file__).parents[3] / "shared/documents/verslag-schriftelijk-overleg-wrr.txt"
QUESTIONS = Path(__file__).with_name("questions") / "wrr.json"
KEYWORDS = "kw"  # how the ids of questions begin that are a name or a number

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def searcher(
    embedder: SentenceEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    if not REPORT.exists() and not os.environ.get("CI"):
        pytest.skip("the real report is not at hand")
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    indexer = Indexer.open(settings, embedder)
    assert indexer.add_path(REPORT).exchanges == 41
    indexer.close()
    searcher = Searcher.open(settings, embedder)
    yield searcher
    searcher.close()


@pytest.fixture(scope="module")
def asked(searcher: Searcher) -> list[Asked]:
    return ask_all(searcher.search, read_questions(QUESTIONS))


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


def test_the_same_question_gives_the_same_list(searcher: Searcher, asked: list[Asked]) -> None:
    for each in asked[::10]:
        again = searcher.search(each.question.text)
        assert tuple(hit.found.id for hit in again.hits) == each.found
