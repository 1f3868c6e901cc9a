"""A model learns, stays what it was beneath, and what it learned is what the pipeline adds."""

from __future__ import annotations

from itertools import repeat
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file

from pipeline.tuning import TALL, Tensors, add_tuning
from tests.training.examples import EXERCISE, PAIRS, tiny_bert, tiny_model, tiny_texts
from training.held_out import measure, reciprocal_ranks
from training.learning import Learner
from training.reading import LANGUAGES, AskedPair, PlainLesson
from training.tuned_model import TunedModel

RATE = 3e-3


def test_a_step_makes_it_better() -> None:
    learner = Learner(tiny_model(), tiny_texts())
    before, unmoved = learner.do(EXERCISE, RATE)
    after, moved = learner.do(EXERCISE, RATE)
    assert after < before
    assert moved > unmoved == pytest.approx(0, abs=1e-6)


def test_each_step_tells_how_far_off_it_was() -> None:
    learner = Learner(tiny_model(), tiny_texts())
    steps = list(learner.learn(repeat(EXERCISE), 5, RATE * 5))
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]
    assert steps[-1].loss < steps[0].loss


def learned(model: TunedModel) -> Tensors:
    list(Learner(model, tiny_texts()).learn(repeat(EXERCISE), 3, RATE * 20))
    return {name: thin.astype(np.float32) for name, thin in model.tuning(1).items()}


def test_what_is_written_makes_another_model_the_same(tmp_path: Path) -> None:
    model, texts = tiny_model(), tiny_texts()
    learned(model)
    save_file(model.tuning(1), tmp_path / "tuning.safetensors")
    tuning = {
        n: t.astype(np.float32) for n, t in load_file(tmp_path / "tuning.safetensors").items()
    }

    weights = {name: tensor.numpy() for name, tensor in tiny_bert().state_dict().items()}
    tuned = {name: torch.from_numpy(each) for name, each in add_tuning(weights, tuning).items()}
    other = tiny_bert()
    other.load_state_dict(tuned)
    halfway = model.halfway(texts.exchanges(PAIRS, 1)[0])
    vectors = model.encode(halfway).vectors
    again = TunedModel(other, layers=2).encode(halfway).vectors
    with model.untuned():
        untuned = model.encode(halfway).vectors
    assert (vectors - again).abs().max() < (vectors - untuned).abs().max() / 5


def test_a_share_of_what_was_learned_is_that_share_of_the_change() -> None:
    model = tiny_model()
    whole = learned(model)
    for name, half in model.tuning(0.5).items():
        np.testing.assert_allclose(
            half, whole[name] * (0.5 if name.endswith(TALL) else 1), atol=1e-3
        )


def test_it_goes_on_from_what_was_learned_before() -> None:
    before = learned(tiny_model())
    model = tiny_model()
    model.resume(before)
    for name, thin in model.tuning(1).items():
        np.testing.assert_allclose(thin, before[name], atol=1e-3)


def test_what_is_held_out_is_measured_by_language() -> None:
    asked = tuple(
        AskedPair(PAIRS[at], dict.fromkeys(LANGUAGES, PAIRS[at].answer)) for at in range(2)
    )
    measured = measure(tiny_model(), tiny_texts(), [PlainLesson(asked, PAIRS[2:])])
    assert [(each.language, each.questions) for each in measured] == [(g, 2) for g in LANGUAGES]
    assert all(each.together == each.vectors == 1 for each in measured)


def test_a_rank_below_the_first_ten_counts_nothing() -> None:
    close = torch.eye(12)
    close[1, 5:7] = 2  # two stand above the right one
    close[2, 3:] = 2
    close[2, :2] = 2
    assert reciprocal_ranks(close).tolist()[:3] == [1, torch.tensor(1 / 3).item(), 0]
