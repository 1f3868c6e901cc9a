from pathlib import Path

import numpy as np
import pytest

from index.background import SENTENCES, open_background
from tests.hashing_embedder import HashingEmbedder


def test_the_sentences_are_many_and_each_once() -> None:
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    assert len(sentences) == len(set(sentences)) >= 150
    assert all(sentence == sentence.strip() for sentence in sentences)


def test_it_is_embedded_once_for_each_model(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    first = open_background(embedder, tmp_path)
    [kept] = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns
    again = open_background(embedder, tmp_path)
    assert np.array_equal(first.tokens, again.tokens)
    assert np.array_equal(first.sentences, again.sentences)
    assert np.array_equal(first.usual, again.usual)
    assert kept.stat().st_mtime_ns == written

    open_background(HashingEmbedder(name="ander"), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 geen archief", b"\x93NUMPY"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    whole = open_background(HashingEmbedder(), tmp_path)
    [kept] = tmp_path.iterdir()
    kept.write_bytes(damage)
    assert np.array_equal(open_background(HashingEmbedder(), tmp_path).tokens, whole.tokens)
    assert kept.stat().st_size > 1_000


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    background = open_background(HashingEmbedder(), tmp_path / "cache")
    assert len(background.sentences) >= 150
