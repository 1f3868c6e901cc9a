"""The embedder of the fast tests does what they lean on."""

from __future__ import annotations

import numpy as np

from tests.hashing_embedder import HashingEmbedder


def test_shared_words_lie_closer() -> None:
    embedder = HashingEmbedder()
    near, far = embedder.embed_passages(["De kosten van het fietspad", "Vogels op Texel"])
    question = embedder.embed_question("kosten van een fietspad")
    assert question @ near > 0.5 > abs(question @ far)


def test_vectors_are_unit_and_the_same_each_time() -> None:
    vectors = HashingEmbedder().embed_passages(["een twee", "", "drie"])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.array_equal(vectors, HashingEmbedder().embed_passages(["een twee", "", "drie"]))
