"""Whether questions that a real report does not answer are declined, and what is marked in it.

The questions are those kept out of fitting; near misses are about what the Chamber discusses.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.models import SearchResult
from index.search import Searcher
from pipeline.sentences import sentence_spans

Found = Callable[[str], SearchResult]

QUESTIONS = Path(__file__).with_name("questions")

pytestmark = [
    pytest.mark.model,
    pytest.mark.xdist_group("report"),  # embedded once, for half a minute
]


def kept(group: str) -> list[dict[str, Any]]:
    content = json.loads((QUESTIONS / "wrr.json").read_text())
    return [row for row in content[group] if row["split"] == "kept"]


@pytest.mark.parametrize(("kind", "share"), [("far", 0.93), ("near", 0.85)])
def test_what_the_report_does_not_answer_is_declined(
    found_in_report: Found, kind: str, share: float
) -> None:
    asked = [row["query"] for row in kept("out_of_scope") if row["kind"] == kind]
    answered = [question for question in asked if found_in_report(question).answered]
    assert len(answered) <= (1 - share) * len(asked), answered


def test_what_the_report_answers_is_not_declined(found_in_report: Found) -> None:
    asked = [row["query"] for row in kept("queries")][::2]
    declined = [question for question in asked if not found_in_report(question).answered]
    assert len(declined) <= 0.05 * len(asked), declined


def test_a_verdict_does_not_depend_on_how_many_answers_are_asked_for(report: Searcher) -> None:
    def judged(result: SearchResult) -> tuple[str, float, tuple[str, ...]]:
        hit = result.hits[0]
        return hit.found.id, hit.relevance, hit.highlights

    question = "Hoeveel vestigingen heeft Nederland in andere landen?"
    few, many = report.search(question, 1), report.search(question, 30)
    assert judged(few) == judged(many)


def test_the_sentence_that_answers_is_marked(found_in_report: Found) -> None:
    content = json.loads((QUESTIONS / "wrr.json").read_text())["queries"]
    questions = {row["id"]: row["query"] for row in content}
    first = anywhere = found = 0
    for row in json.loads((QUESTIONS / "highlights.json").read_text()):
        for hit in found_in_report(questions[row["query"]]).hits:
            if hit.found.id == row["answer"]:
                right = sentences_of(hit.found.exchange.answer_paragraphs, row["sentences"])
                found += 1
                first += bool(right & set(hit.highlights[:1]))
                anywhere += bool(right & set(hit.highlights))
    assert found >= 40
    assert first / found >= 0.55
    assert anywhere / found >= 0.75


def sentences_of(paragraphs: Any, numbers: list[int]) -> set[str]:
    written = [
        paragraph.text[start:end].strip()
        for paragraph in paragraphs
        for start, end in sentence_spans(paragraph.text)
    ]
    return {written[number] for number in numbers}
