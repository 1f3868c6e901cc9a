"""The measurements measure what they say, in a small run of the real thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from sentence_transformers import SentenceTransformer
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.__main__ import main
from benchmarks.corpus import document, passages
from benchmarks.growth import MEASURES, growth_of
from benchmarks.throughput import operations_of
from pipeline.layouts import find_exchanges
from pipeline.reading import read_document

SMALL = "--passages 4 --sizes 100 --questions 5 --rounds 1".split()


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
def test_operations_are_counted_as_torch_counts_them(plain_model: SentenceTransformer) -> None:
    encoder: Any = plain_model.transformers_model
    tokens, shape = 64, encoder.config
    ids = torch.full((1, tokens), 5)
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        encoder(input_ids=ids, attention_mask=torch.ones_like(ids))
    products = counter.get_flop_counts()["Global"][torch.ops.aten.addmm]
    pooler = 2 * shape.hidden_size**2  # runs, but mean pooling has no use for it
    attention = shape.num_hidden_layers * 4 * tokens * tokens * shape.hidden_size
    assert operations_of(plain_model)(tokens) == products - pooler + attention


@pytest.mark.model
@pytest.mark.timeout(600)
def test_one_run_writes_one_page(
    model_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page, data = tmp_path / "page.md", tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("KAMERANTWOORD_MODEL", str(model_folder))
    monkeypatch.setenv("KAMERANTWOORD_DATA", str(data))
    assert main([*SMALL, "--to", str(page)]) == 0
    rows = [line.split("|")[1:-1] for line in page.read_text("utf-8").splitlines() if "|" in line]
    told = {name.strip(): [cell.strip() for cell in cells] for name, *cells in rows}
    assert {"passages a second", "share of the limit", "cold start to the first answer"} < set(told)
    assert {words for _, words, _ in MEASURES} <= set(told)
    recall = told["recall@10 of the nearest passages against comparing all"]
    assert recall[0] == "1.0000"
    assert capsys.readouterr().out == page.read_text("utf-8")
    assert not list(data.iterdir())


def test_growth_is_the_power_that_fits() -> None:
    assert growth_of([10, 100, 1_000], [2.0, 20.0, 200.0]) == "n^1.00"
    assert growth_of([10, 100, 1_000], [5.0, 5.0, 5.0]) in ("n^0.00", "n^-0.00")
    assert growth_of([10, 100], [4.0, None]) == ""
