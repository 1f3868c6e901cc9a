"""How good the ranking is, measured with questions whose right answers are known.

The metrics come from ir-measures. It asks the real index; it knows no vectors and prints nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, R, ScoredDoc, Success, nDCG

from index.errors import UnfitFile
from index.models import SearchResult

RIGHT = 2  # the grade of the answer itself; 1 is also useful
USEFUL = 1
DEPTH = 10  # hits that count
BINS = 10  # of equal width, in which probabilities are compared with outcomes
METRICS = {
    "mrr@10": RR(rel=RIGHT) @ DEPTH,
    "recall@1": R(rel=RIGHT) @ 1,
    "recall@5": R(rel=RIGHT) @ 5,
    "recall@10": R(rel=RIGHT) @ DEPTH,
    "success@1": Success(rel=RIGHT) @ 1,
    "success@5": Success(rel=RIGHT) @ 5,
    "success@10": Success(rel=RIGHT) @ DEPTH,  # of a document: whether it is found at all
    "ndcg@10": nDCG @ DEPTH,
}
ASK_AGAIN = "see docs/overview.md for how such a file looks"

Search = Callable[[str, int], SearchResult]
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the grades of the answers that meet it, by answer id."""

    id: str
    language: str
    text: str
    grades: dict[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found for a judged question, best first, and in how many seconds.

    `answered` says whether the index takes it for answered, `relevance` how probable it holds that
    the first hit meets it. A question that nothing answers has no grades.
    """

    question: Judged
    found: tuple[str, ...]
    seconds: float
    answered: bool = True
    relevance: float = 0.0


def read_questions(path: Path) -> list[Judged]:
    """The judged questions of a file; raises UnfitFile."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [
            Judged(row["id"], row["lang"], row["query"], dict(row["rel"]))
            for row in content["queries"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"is not a file of judged questions ({type(error).__name__}: {error})"
        raise UnfitFile(str(path), problem, ASK_AGAIN) from error


def read_out_of_scope(path: Path) -> list[Judged]:
    """The questions of a file that no document answers; raises UnfitFile."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8")).get("out_of_scope", [])
        return [Judged(row["id"], row.get("lang", ""), row["query"], {}) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"is not a file of judged questions ({type(error).__name__}: {error})"
        raise UnfitFile(str(path), problem, ASK_AGAIN) from error


def ask_all(search: Search, questions: Iterable[Judged]) -> list[Asked]:
    """Asks every question and keeps what was found."""
    asked = []
    for question in questions:
        result = search(question.text, DEPTH)
        found = tuple(hit.found.id for hit in result.hits)
        first = result.hits[0].relevance if result.hits else 0.0
        seconds = sum(result.seconds.values())
        asked.append(Asked(question, found, seconds, result.answered, first))
    return asked


def measure(asked: Sequence[Asked]) -> Scores:
    """The mean of each metric, by name; no questions, no scores."""
    if not asked:
        return {}
    calculated = ir_measures.calc_aggregate(list(METRICS.values()), _judgements(asked), _run(asked))
    return {name: round(float(calculated[metric]), 4) for name, metric in METRICS.items()}


def reciprocal_ranks(asked: Sequence[Asked]) -> Scores:
    """One over the rank of the first right answer, by question; 0 when none is among the hits."""
    calculated = ir_measures.iter_calc([METRICS["mrr@10"]], _judgements(asked), _run(asked))
    return {score.query_id: round(float(score.value), 4) for score in calculated}


def measure_abstention(
    in_scope: Sequence[Asked], out_of_scope: Sequence[Asked]
) -> dict[str, float | None]:
    """How often the index declines what nothing answers and answers what something does.

    `ece` is the expected calibration error of the first hits; None where nothing was asked.
    """
    declined = [not each.answered for each in out_of_scope]
    answered = [each.answered for each in in_scope]
    return {
        "declined_out_of_scope": round(float(np.mean(declined)), 4) if declined else None,
        "answered_in_scope": round(float(np.mean(answered)), 4) if answered else None,
        "ece": calibration_error([*in_scope, *out_of_scope]),
    }


def calibration_error(asked: Sequence[Asked]) -> float | None:
    """How far the relevance of first hits lies from how often they are right, in the mean."""
    first = [each for each in asked if each.found]
    if not first:
        return None
    probable = np.array([each.relevance for each in first])
    right = np.array([each.question.grades.get(each.found[0], 0) >= USEFUL for each in first])
    bins = np.minimum((probable * BINS).astype(int), BINS - 1)
    apart = np.bincount(bins, probable - right, BINS)
    return round(float(np.abs(apart).sum() / len(first)), 4)


def report(asked: Sequence[Asked], out_of_scope: Sequence[Asked] = ()) -> dict[str, Any]:
    """All metrics, by language too, with latency and the rank of each question."""
    by_language: defaultdict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        by_language[each.question.language].append(each)
    p50, p95 = np.percentile(
        [each.seconds * 1000 for each in [*asked, *out_of_scope]] or [0], [50, 95]
    )
    return {
        "all": measure(asked),
        "by_language": {name: measure(group) for name, group in sorted(by_language.items())},
        "abstention": measure_abstention(asked, out_of_scope),
        "latency_ms": {"p50": round(float(p50), 1), "p95": round(float(p95), 1)},
        "questions": reciprocal_ranks(asked),
    }


def differences(
    now: Mapping[str, float], before: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """The questions whose reciprocal rank changed, with the value before and now."""
    return {
        name: (before[name], value)
        for name, value in now.items()
        if name in before and before[name] != value
    }


def _judgements(asked: Iterable[Asked]) -> dict[str, dict[str, int]]:
    return {each.question.id: each.question.grades for each in asked}


def _run(asked: Iterable[Asked]) -> list[ScoredDoc]:
    return [
        ScoredDoc(each.question.id, answer_id, -float(rank))
        for each in asked
        for rank, answer_id in enumerate(each.found)
    ]
