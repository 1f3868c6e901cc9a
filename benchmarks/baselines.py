"""What others need for the same: BM25 over the same texts, as a measure that everybody knows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from time import perf_counter

import bm25s
import numpy as np

from index.catalogue import Catalogue
from pipeline.settings import Settings

MOST_EXCHANGES = 25_000  # beyond, its index takes minutes and gigabytes
HITS = 10


def measure_bm25(settings: Settings, questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds that bm25s takes for a question; nothing for an index that is too large."""
    catalogue = Catalogue.open(settings)
    with catalogue.aside() as connection:
        count = connection.execute("SELECT count(*) FROM exchanges").fetchone()[0]
        if count > MOST_EXCHANGES:
            catalogue.close()
            return {}
        rows = connection.execute("SELECT question, answer FROM exchanges").fetchall()
    catalogue.close()
    texts = [" ".join(said["text"] for part in row for said in json.loads(part)) for row in rows]
    retriever = bm25s.BM25()
    retriever.index(_words(texts), show_progress=False)
    took = []
    for question in questions:
        started = perf_counter()
        retriever.retrieve(_words([question]), k=min(HITS, count), show_progress=False)
        took.append(1_000 * (perf_counter() - started))
    return {"bm25s": float(np.median(took))}


def _words(texts: list[str]) -> object:
    return bm25s.tokenize(texts, stopwords=None, show_progress=False)
