"""What `evaluate` measures, on runs whose scores can be told by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import UnfitFile
from index.evaluation import (
    Asked,
    Judged,
    calibration_error,
    differences,
    measure,
    measure_abstention,
    read_questions,
    report,
)
from tests.index.conftest import Command

QUESTIONS = {
    "queries": [
        {"id": "a", "lang": "nl", "query": "Brandt het vuur?", "rel": {"vuurtorens.1": 2}},
        {"id": "b", "lang": "en", "query": "Does it?", "rel": {"elders.1": 2, "vuurtorens.2": 1}},
    ],
    "out_of_scope": [{"id": "x", "query": "Hoe laat gaat de zon onder?"}],
}


def asked(grades: dict[str, int], *found: str, name: str = "a", language: str = "nl") -> Asked:
    return Asked(Judged(name, language, "?", grades), found, 0.02)


@pytest.mark.parametrize(
    ("grades", "found", "expected"),
    [
        ({"x": 2}, ("x", "y"), {"mrr@10": 1, "recall@1": 1, "success@1": 1, "ndcg@10": 1}),
        ({"x": 2}, ("y", "x"), {"mrr@10": 0.5, "recall@1": 0, "recall@5": 1, "success@5": 1}),
        ({"x": 2, "z": 2}, ("x", "y"), {"mrr@10": 1, "recall@1": 0.5, "recall@10": 0.5}),
        ({"x": 2, "y": 1}, ("y", "z"), {"mrr@10": 0, "recall@10": 0, "success@1": 0}),
        ({"x": 2}, (), {"mrr@10": 0, "ndcg@10": 0}),
    ],
)
def test_scores_of_one_question(
    grades: dict[str, int], found: tuple[str, ...], expected: dict[str, float]
) -> None:
    scores = measure([asked(grades, *found)])
    assert {name: scores[name] for name in expected} == expected


def test_scores_are_means_and_told_by_language() -> None:
    result = report(
        [
            asked({"x": 2}, "x", name="a", language="nl"),
            asked({"x": 2}, "y", "x", name="b", language="nl"),
            asked({"x": 2}, "y", name="c", language="fr"),
        ]
    )
    assert result["all"]["mrr@10"] == 0.5
    assert result["by_language"]["nl"]["mrr@10"] == 0.75
    assert result["by_language"]["fr"]["mrr@10"] == 0
    assert result["questions"] == {"a": 1, "b": 0.5, "c": 0}
    assert result["latency_ms"] == {"p50": 20, "p95": 20}


def judged(relevance: float, right: bool, answered: bool = True) -> Asked:
    return Asked(Judged("a", "nl", "?", {"x": 1} if right else {}), ("x",), 0, answered, relevance)


def test_abstention_counts_what_is_declined_and_what_is_answered() -> None:
    in_scope = [judged(0.9, right=True), judged(0.2, right=True, answered=False)]
    out_of_scope = [judged(0.1, right=False, answered=False)]
    measured = measure_abstention(in_scope, out_of_scope)
    assert measured["declined_out_of_scope"] == 1
    assert measured["answered_in_scope"] == 0.5
    assert measure_abstention(in_scope, [])["declined_out_of_scope"] is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([judged(1, right=True), judged(0, right=False)], 0),
        ([judged(0.85, right=True), judged(0.81, right=False)], 0.33),
        ([judged(0.85, right=True), judged(0.35, right=True)], 0.4),
        ([], None),
    ],
)
def test_probabilities_are_held_against_what_was_right(
    asked: list[Asked], expected: float | None
) -> None:
    assert calibration_error(asked) == (None if expected is None else pytest.approx(expected))


def test_differences_are_told_question_by_question() -> None:
    assert differences({"a": 1.0, "b": 0.5, "c": 0.2}, {"a": 0.5, "b": 0.5}) == {"a": (0.5, 1.0)}


def test_the_command_measures_the_index_and_compares_two_runs(
    kamerantwoord: Command, papers: Path, tmp_path: Path
) -> None:
    kamerantwoord("add", papers)
    questions = tmp_path / "questions.json"
    questions.write_text(json.dumps(QUESTIONS))
    measured = json.loads(kamerantwoord("evaluate", questions, "--json").stdout)
    assert set(measured["by_language"]) == {"nl", "en"}
    assert measured["abstention"]["declined_out_of_scope"] in (0, 1)
    assert measured["questions"]["a"] > measured["questions"]["b"] == 0

    measured["questions"]["b"] = 0.5
    earlier = tmp_path / "run.json"
    earlier.write_text(json.dumps(measured))
    told = kamerantwoord("evaluate", questions, "--against", earlier)
    assert "lost b: 0.50 → 0.00" in told.stdout
    assert "mrr@10" in told.stdout


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"queries": [{"id": "a"}]}'])
def test_a_file_that_holds_no_questions_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "questions.json"
    path.write_text(content)
    with pytest.raises(UnfitFile, match="not a file of judged questions"):
        read_questions(path)
