"""The bundled weights become a whole sentence-transformers folder, once, whatever happens."""

from __future__ import annotations

import json
import multiprocessing
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open
from tokenizers import Tokenizer

from pipeline import bundled_model as bundled
from pipeline.bundled_model import bundled_model
from pipeline.errors import ModelUnavailable
from pipeline.packed_weights import DamagedWeights, read_packed
from tests.linked import linked, replace

# Token ids and vectors that the package's own engine gave for our texts.
ENGINE: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("engine_vectors.json").read_text()
)


@pytest.fixture(scope="module")
def tokenizer(model_folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(model_folder / "tokenizer.json"))


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Één café, naïef: coördinatie van € 1.200",
        "Wie hoch sind die Kosten für den Hochwasserschutz?",
        "Que pense le gouvernement de l’aide humanitaire ?",
        "Full-width ＡＢＣ, ligature ﬁ and a non-breaking\u00a0space",
    ],
)
def test_tokenizer_loses_no_text(tokenizer: Tokenizer, text: str) -> None:
    normal = tokenizer.normalizer.normalize_str(text)
    assert tokenizer.decode(tokenizer.encode(text).ids) == normal


@pytest.mark.model
@pytest.mark.parametrize("known", ENGINE, ids=lambda known: known["text"][:20])
def test_token_ids_equal_the_engines(tokenizer: Tokenizer, known: dict[str, Any]) -> None:
    assert tokenizer.encode(known["prompt"] + known["text"]).ids == known["ids"]


@pytest.mark.model
def test_tensors_have_the_shapes_of_multilingual_e5_small(model_folder: Path) -> None:
    with safe_open(model_folder / "model.safetensors", "np") as tensors:
        names = set(tensors.keys())
        words = tensors.get_slice("embeddings.word_embeddings.weight").get_shape()
        output = tensors.get_tensor("encoder.layer.11.output.dense.weight")
    assert words == [250_037, 384]
    assert output.shape == (384, 1536)
    assert output.dtype == np.float32
    assert len(names) == 5 + 12 * 16 + 2


@pytest.mark.model
def test_a_whole_folder_is_left_as_it_is(model_folder: Path) -> None:
    weights = model_folder / "model.safetensors"
    before = weights.stat()
    assert bundled_model(model_folder.parent) == model_folder
    assert (weights.stat().st_ino, weights.stat().st_mtime) == (before.st_ino, before.st_mtime)


@pytest.mark.model
@pytest.mark.parametrize("damage", ["a file is gone", "a file is cut", "no stamp", "older layout"])
def test_a_half_or_older_folder_is_not_taken_for_a_whole_one(
    tmp_path: Path, model_folder: Path, damage: str
) -> None:
    folder = linked(model_folder, tmp_path / model_folder.name)
    stamp = folder / bundled.STAMP
    match damage:
        case "a file is gone":
            (folder / "modules.json").unlink()
        case "a file is cut":
            replace(folder / "tokenizer.json", b"{")
        case "no stamp":
            stamp.unlink()
        case _:
            content = json.loads(stamp.read_text())
            content["origin"]["layout"] -= 1
            replace(stamp, json.dumps(content).encode())
    assert not bundled._is_whole(folder, bundled.packed_file())


@pytest.mark.model
def test_two_processes_at_once_redo_one_folder(tmp_path: Path, model_folder: Path) -> None:
    half = linked(model_folder, tmp_path / model_folder.name)
    (half / "modules.json").unlink()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        first, second = pool.map(bundled_model, [tmp_path, tmp_path])
    assert first == second == half
    for path in model_folder.rglob("*.json"):
        assert (half / path.relative_to(model_folder)).read_bytes() == path.read_bytes()
    assert [p.name for p in tmp_path.iterdir() if p.is_dir()] == [first.name]


def test_a_cache_that_cannot_be_written_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder belongs")
    with pytest.raises(ModelUnavailable, match="make room and see that"):
        bundled_model(tmp_path / "cache")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "does not begin"),
        (b"GGUF" + bytes(100), "does not begin"),
        (b"E5S1" + struct.pack("<I", 9) + bytes(100), "version 9"),
        (b"E5S1" + struct.pack("<I", 1), "requires a buffer"),
        (b"E5S1" + struct.pack("<I7ifi", 1, *[1] * 7, 1e-12, 64), "64 weights"),
    ],
)
def test_damaged_weights_are_told_apart(data: bytes, problem: str) -> None:
    with pytest.raises(DamagedWeights, match=problem):
        read_packed(data)
