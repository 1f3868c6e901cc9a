"""The measurements measure what they say, in a small run of the real thing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from sentence_transformers import SentenceTransformer
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.corpus import document, passages
from benchmarks.throughput import operations_of
from pipeline.layouts import find_exchanges
from pipeline.reading import read_document

ROOT = Path(__file__).parents[2]
SMALL = "--passages 4 --exchanges 40 --questions 5 --rounds 1".split()


def test_fictional_documents_are_understood_and_repeatable() -> None:
    exchanges = find_exchanges(read_document(document(12, seed=3), "paper.txt"))
    assert [exchange.numbers for exchange in exchanges] == [(n,) for n in range(1, 13)]
    assert all(exchange.question and exchange.answer for exchange in exchanges)
    assert document(12, seed=3) == document(12, seed=3) != document(12, seed=4)


def test_passages_are_as_long_as_real_ones() -> None:
    lengths = [len(text.split()) for text in passages(50)]
    assert len(lengths) == 50
    assert min(lengths) >= 60
    assert max(lengths) <= 120


@pytest.mark.model
def test_operations_are_counted_as_torch_counts_them(model_folder: Path) -> None:
    model = SentenceTransformer(str(model_folder))
    encoder: Any = model.transformers_model
    tokens, shape = 64, encoder.config
    ids = torch.full((1, tokens), 5)
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        encoder(input_ids=ids, attention_mask=torch.ones_like(ids))
    products = counter.get_flop_counts()["Global"][torch.ops.aten.addmm]
    pooler = 2 * shape.hidden_size**2  # runs, but mean pooling has no use for it
    attention = shape.num_hidden_layers * 4 * tokens * tokens * shape.hidden_size
    assert operations_of(model)(tokens) == products - pooler + attention


@pytest.mark.model
def test_one_run_prints_one_table(model_folder: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "KAMERANTWOORD_MODEL": str(model_folder),
        "KAMERANTWOORD_DATA": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *SMALL],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    for row in (
        "passages a second",
        "plain encode, batches of 32",
        "share of the limit",
        "question, embed",
        "question, search",
        "question, fetch",
        "cold start to the first answer",
        "peak memory",
    ):
        assert row in done.stdout
    assert not list(tmp_path.iterdir())
