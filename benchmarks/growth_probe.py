"""One process that opens a large index, asks it questions and adds to it, and tells what that took.

A process of its own, so that its memory is its own. Run as a program it measures the index in the
data directory of the environment and prints JSON; milliseconds, seconds and megabytes by name.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpus import questions
from benchmarks.large_index import World, make_document, write_documents
from index.catalogue import Catalogue
from index.embedded import space_of
from index.local_reader import EVERYWHERE, LocalReader, LocalVectors
from index.search import Searcher
from index.vector_rows import Rows
from pipeline.embedding import Embedder, load_embedder
from pipeline.settings import Settings, load_settings
from pipeline.token_vectors import Embedding

Vector = NDArray[np.float32]

WARM_UP = 10
FIRST = 10  # hits whose recall is told
NEAR = 400  # passages that a search asks for: for 50 exchanges, 8 each
COMPARED = 60  # questions that are compared with every vector as well
ADDED = 10_000_000  # the number of a document that no index has
MEGA = 1_000_000
KILO = 1_024


@dataclass(frozen=True, slots=True)
class Asked:
    """An `Embedder` whose questions have the vectors they were given, and the time of the real one.

    Made-up words have no meaning to the model, and more tokens than real ones: in their place it
    reads the question that stands for them.
    """

    real: Embedder
    given: dict[str, tuple[str, Vector]]

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)

    def embed_question_in_tokens(self, text: str) -> Embedding:
        """The tokens of a real question, and the vector that was given; else what the model gives."""
        if text not in self.given:
            return self.real.embed_question_in_tokens(text)
        question, vector = self.given[text]
        return Embedding(vector, self.real.embed_question_in_tokens(question).tokens)


def measure_questions(searcher: Searcher, texts: list[str]) -> dict[str, float]:
    """What each stage of a question takes, the first WARM_UP left out."""
    results = [searcher.search(text).seconds for text in texts][WARM_UP:]
    stages = {name: [1_000 * seconds[name] for seconds in results] for name in results[0]}
    stages["all"] = [1_000 * sum(seconds.values()) for seconds in results]
    return {
        f"{name} {mark}": float(np.percentile(times, percent))
        for name, times in stages.items()
        for mark, percent in (("p50", 50), ("p95", 95))
    }


def measure_vectors(reader: LocalReader, asked: list[Vector]) -> dict[str, float]:
    """The nearest passages as they are searched, against comparing each question with all."""

    def measure(_: object, vectors: LocalVectors) -> dict[str, float]:
        rows = vectors.index.rows()
        took, hits, near = [], 0.0, []
        for question in asked:
            started = time.perf_counter()
            near = vectors.nearest(question, NEAR, EVERYWHERE)
            took.append(1_000 * (time.perf_counter() - started))
        scanned = []
        for question in asked[:COMPARED]:
            started = time.perf_counter()
            true = scan(rows, question)
            scanned.append(1_000 * (time.perf_counter() - started))
            near = vectors.nearest(question, NEAR, EVERYWHERE)
            hits += len({each.passage_id for each in near[:FIRST]} & true) / FIRST
        return {
            "vectors p50": float(np.median(took)),
            "vectors p95": float(np.percentile(took, 95)),
            "numpy": float(np.median(scanned)),
            "recall": hits / len(scanned),
        }

    return reader.read(measure)  # type: ignore[arg-type]  # a folder's reader has a folder's vectors


def scan(rows: Rows, question: Vector) -> set[int]:
    """The FIRST passages of all, as plain NumPy finds them."""
    similarities = np.concatenate([chunk @ question for chunk in rows.chunks()])
    best = np.argpartition(-similarities, FIRST)[:FIRST]
    return set(rows.ids[best].tolist())


def measure_addition(
    settings: Settings, embedder: Embedder, searcher: Searcher, world: World, question: str
) -> dict[str, float]:
    """What one more document takes, embedded already, and the first question after it."""
    searcher.search(question)
    document = make_document(world, [b""], ADDED)
    catalogue = Catalogue.open(settings)
    started = time.perf_counter()
    write_documents(catalogue, space_of(embedder), [document])
    added = time.perf_counter()
    searcher.search(question)
    seen = time.perf_counter()
    searcher.search(question)
    again = time.perf_counter()
    with catalogue.commit() as (_, commit):
        commit.remove_document(document[0].id)
    catalogue.close()
    return {"add": added - started, "seen": max(0.0, (seen - added) - (again - seen))}


def memory_of_process() -> int:
    """The bytes that this process holds, without files that are only mapped."""
    status = Path("/proc/self/status").read_text()
    kilobytes = re.search(r"RssAnon:\s+(\d+) kB", status)
    return int(kilobytes[1]) * KILO if kilobytes else 0


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth_probe")
    parser.add_argument("--passages", type=int, required=True)
    parser.add_argument("--questions", type=int, default=100)
    options = parser.parse_args()
    settings = load_settings()
    real = load_embedder(settings)
    world = World.of(options.passages, real.dimension)
    asked = world.questions(options.questions + WARM_UP, seed=1)
    real_ones = questions(len(asked))
    given = {text: (asks, vector) for asks, (text, vector) in zip(real_ones, asked, strict=True)}
    embedder: Embedder = Asked(real, given)  # type: ignore[assignment]  # the rest it hands on
    told: dict[str, float] = {}
    before = memory_of_process()
    started = time.perf_counter()
    reader = LocalReader.open(settings, space_of(real))
    told["first open"] = time.perf_counter() - started
    reader.read(lambda *_: None)
    started = time.perf_counter()
    reader.wait()
    told["grouping"] = time.perf_counter() - started
    reader.read(lambda *_: None)
    reader.close()
    started = time.perf_counter()
    reader = LocalReader.open(settings, space_of(real))
    told["open"] = time.perf_counter() - started
    searcher = Searcher(reader, settings, embedder)
    told |= measure_questions(searcher, [text for text, _ in asked])
    told["memory"] = (memory_of_process() - before) / MEGA
    told |= measure_vectors(reader, [vector for _, vector in asked])
    told |= measure_addition(settings, embedder, searcher, world, asked[0][0])
    reader.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
