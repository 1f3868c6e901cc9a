"""Learns what `pipeline.tuning` adds to the bundled model.

    python -m training --steps 300 --rate 3e-4 --out first.safetensors
    python -m training --steps 550 --rate 2.5e-4 --start first.safetensors --out tuning.safetensors

learns what ships as `pipeline/tuning.safetensors`, nearly: that was learned in three runs, while
more and more of the questions in plain words were there. A step takes about 8 s of processor time.
After each hundred steps the file is written and the model measured on documents that it does not
learn from.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

from index.background import SENTENCES
from pipeline.errors import KamerantwoordError
from training.exercises import exercises
from training.held_out import measure
from training.learning import Learner
from training.reading import QUESTIONS, Lessons, read_lessons
from training.texts import Texts
from training.tuned_model import TunedModel, load_untuned

WRITTEN = Path(__file__).parents[2] / "shared/kvr/train.jsonl.gz"
SHARE = 1.0  # of what was learned: with less of it fewer answers are found
SEED = 1
SHOWN_EACH, KEPT_EACH = 10, 100  # steps


def main() -> int:
    """Learns, and tells how it goes."""
    options = _options()
    try:
        lessons = read_lessons(QUESTIONS, options.written)
        _learn(lessons, options)
    except KamerantwoordError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--written", type=Path, default=WRITTEN, help="the collection of written questions"
    )
    parser.add_argument("--steps", type=int, required=True, help="exercises to do")
    parser.add_argument("--rate", type=float, required=True, help="the highest learning rate")
    parser.add_argument("--start", type=Path, help="a file to go on from")
    parser.add_argument("--share", type=float, default=SHARE, help="of what is learned to write")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    options = parser.parse_args()
    if not options.out.parent.is_dir():  # rather than after an hour
        parser.error(f"there is no folder {options.out.parent}")
    if options.start and not options.start.is_file():
        parser.error(f"there is no file {options.start}")
    return options


def _learn(lessons: Lessons, options: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    bert, tokenizer = load_untuned()
    model, texts = TunedModel(bert), Texts(tokenizer)
    if options.start:
        thin = load_file(options.start)
        model.resume({name: each.astype(np.float32) for name, each in thin.items()})
    background = SENTENCES.read_text(encoding="utf-8").splitlines()
    course = exercises(lessons, background, Random(SEED))  # noqa: S311  (repeatable, not secret)
    _show_measured(model, texts, lessons)
    for step in Learner(model, texts).learn(course, options.steps, options.rate):
        if step.number % SHOWN_EACH == 0:
            print(f"step {step.number}: loss {step.loss:.3f}, drift {step.drift:.4f}", flush=True)
        if step.number % KEPT_EACH == 0 or step.number == options.steps:
            save_file(model.tuning(options.share), options.out)
            _show_measured(model, texts, lessons)


def _show_measured(model: TunedModel, texts: Texts, lessons: Lessons) -> None:
    for each in measure(model, texts, lessons.held_out):
        print(
            f"  {each.language}: MRR@10 {each.together:.3f}, by vectors alone {each.vectors:.3f} "
            f"({each.questions} questions)",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
