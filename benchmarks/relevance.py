"""Fits the weights of `index.relevance` on questions with and without an answer, and tests them.

    python -m benchmarks.relevance FOLDER

FOLDER keeps five collections: the report on which most questions are, all documents at hand, and
the report with 60, 160 and 460 documents of written questions. They take about ten minutes of
processor time once. Most questions are asked twice, the second time with their own document left
out: nothing answers them then, though the rest may be about the same. A part is asked of a few
answers, as under a filter. What is printed of the new weights is measured on each half of the
questions with weights fitted on the other half, and on fresh questions with weights fitted on both.
Questions in lay words are about the 60 documents that were held back when the model was trained.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.asking import HALVES, Observation, observe_all
from benchmarks.gathering import LAY_QUESTIONS, REPORT, TRAINED_ON, WRITTEN
from index.relevance import BIAS, WEIGHTS, Signs
from pipeline.embedding import load_embedder
from pipeline.settings import load_settings

NAMES = [field.name for field in fields(Signs)]
# What collections count.
SHARES = {"report": 2.0, "few": 1.0, "papers": 1.0, "small": 1.0, "written": 1.0, "large": 1.0}
ANSWERABLE_SHARE = 0.6  # of the questions that are asked, so that probabilities are calibrated
ALSO_RIGHT = 3  # hits below the first teach only where they are right, and this far down
BINS = 10  # of the calibration error
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights in the order of `Signs`, and the bias."""

    weights: tuple[float, ...]
    bias: float

    def probabilities(self, observed: Sequence[Observation]) -> Numbers:
        """For each observation how likely the answer meets the question."""
        signs = np.array([astuple(each.signs) for each in observed])
        probable: Numbers = 1 / (1 + np.exp(-(signs @ np.array(self.weights) + self.bias)))
        return probable


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in a collection, with how likely its best hit and its first hit meet it."""

    first: Observation
    best: float
    probable: float


def main() -> int:
    """Fits, and prints the weights and how well they do."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the collections are kept")
    options = parser.parse_args()
    for needed in (LAY_QUESTIONS, REPORT, WRITTEN, TRAINED_ON):
        if not needed.exists():
            parser.error(f"{needed} is not there: it holds questions or documents to measure on")
    observed = observe_all(options.folder, load_embedder(load_settings()))
    fitted = fit([each for each in observed if each.split in HALVES])
    for name, weight in zip(NAMES, fitted.weights, strict=True):
        print(f"    {name}={weight:.4g},")
    print(f"BIAS = {fitted.bias:.4g}")
    in_use = Fitted(astuple(WEIGHTS), BIAS).probabilities(observed)
    for title, probable in (("these", cross_fitted(observed)), ("those in use", in_use)):
        print(f"\nWith {title}; answered, or declined where nothing answers, from:")
        print(f"{'':<34}" + "".join(f"{threshold:>7.2f}" for threshold in THRESHOLDS))
        print("\n".join(report(group_by_question(observed, probable))))
    return 0


def cross_fitted(observed: Sequence[Observation]) -> Numbers:
    """How likely each answer meets its question, by weights that were not fitted on that question."""
    probable = np.zeros(len(observed))
    for split in sorted({each.split for each in observed}):
        fitted = fit([each for each in observed if each.split in set(HALVES) - {split}])
        measured = [at for at, each in enumerate(observed) if each.split == split]
        probable[measured] = fitted.probabilities([observed[at] for at in measured])
    return probable


def fit(observed: Sequence[Observation]) -> Fitted:
    """A logistic regression; each collection weighs as SHARES says, whatever its size."""
    used = [each for each in observed if each.rank == 1 or (each.right and each.rank <= ALSO_RIGHT)]
    signs = np.array([astuple(each.signs) for each in used])
    mean, spread = signs.mean(axis=0), signs.std(axis=0)
    model = LogisticRegression(max_iter=1_000)
    right = np.array([each.right for each in used])
    model.fit((signs - mean) / spread, right, sample_weight=_balance(used))
    weights = model.coef_[0] / spread
    return Fitted(tuple(map(float, weights)), float(model.intercept_[0] - weights @ mean))


def _balance(used: Sequence[Observation]) -> Numbers:
    weights = np.zeros(len(used))
    for collection, share in SHARES.items():
        for answerable, part in ((True, ANSWERABLE_SHARE), (False, 1 - ANSWERABLE_SHARE)):
            these = [e.collection == collection and e.answerable == answerable for e in used]
            weights[these] = share * part / max(1, sum(these))
    balanced: Numbers = weights * len(used) / weights.sum()
    return balanced


def group_by_question(observed: Sequence[Observation], probable: Numbers) -> list[Asked]:
    """What was asked, from its hits."""
    groups: dict[tuple[str, str], list[tuple[Observation, float]]] = {}
    for each, probability in zip(observed, probable, strict=True):
        groups.setdefault((each.collection, each.question), []).append((each, float(probability)))
    return [
        Asked(hits[0][0], max(probability for _, probability in hits), hits[0][1])
        for hits in groups.values()
    ]


def report(asked: Sequence[Asked]) -> Iterator[str]:
    """How many questions are answered, or declined, at each threshold, and the calibration."""
    for collection in SHARES:
        here = [each for each in asked if each.first.collection == collection]
        for kind in sorted({each.first.kind for each in here}):
            group = [each for each in here if each.first.kind == kind]
            yield _line(f"{collection}, {kind}", group)
            for language in sorted({each.first.language for each in group}):
                if kind in ("question", "lay"):
                    members = [each for each in group if each.first.language == language]
                    yield _line(f"  in {language}", members)
        asked_once = [each for each in here if each.first.kind != "absent"]
        errors = (
            f"{calibration_error(here):.3f}, {calibration_error(asked_once):.3f} without absent"
        )
        yield f"{collection}, calibration error {errors}"


def _line(title: str, group: Sequence[Asked]) -> str:
    best = np.array([each.best for each in group])
    shares = [
        (best >= threshold if group[0].first.answerable else best < threshold).mean()
        for threshold in THRESHOLDS
    ]
    return f"{f'{title} ({len(group)})':<34}" + "".join(f"{share:>7.3f}" for share in shares)


def calibration_error(asked: Sequence[Asked]) -> float:
    """The expected calibration error of the first hits: how far probability and outcome differ."""
    probable = np.array([each.probable for each in asked])
    right = np.array([each.first.right for each in asked])
    bins = np.minimum((probable * BINS).astype(int), BINS - 1)
    apart = [
        abs(probable[bins == number].sum() - right[bins == number].sum()) for number in range(BINS)
    ]
    return float(sum(apart) / max(1, len(asked)))


if __name__ == "__main__":
    sys.exit(main())
