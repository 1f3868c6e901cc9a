"""How fast passages are embedded, against a plain loop and against what the machine can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import torch
from sentence_transformers import SentenceTransformer

from pipeline.embedding import Embedder

PLAIN_BATCH = 32  # the batch size that `SentenceTransformer.encode` takes by default
MATRIX = 2048  # rows: large enough that a multiplication runs at the machine's limit


@dataclass(frozen=True, slots=True)
class Throughput:
    """Passages and floating-point operations a second."""

    passages: int
    mean_tokens: float
    passages_a_second: float
    plain_passages_a_second: float
    operations_a_second: float
    possible_operations_a_second: float


def measure_throughput(
    embedder: Embedder, plain: SentenceTransformer, texts: Sequence[str], rounds: int
) -> Throughput:
    """Our way, the plain way and the limit in turn; the best round of each counts.

    The others met some disturbance.
    """
    prompt = plain.prompts.get("passage") or ""
    lengths = [len(plain.tokenizer(prompt + text)["input_ids"]) for text in texts]
    square = torch.randn(MATRIX, MATRIX)
    embedder.embed_passages(texts[:8])
    ours, plainly, multiplied = [], [], []
    for _ in range(rounds):
        multiplied.append(_seconds(lambda: square @ square))
        ours.append(_seconds(lambda: embedder.embed_passages(texts)))
        plainly.append(_seconds(lambda: _encode_plainly(plain, texts, prompt)))
    return Throughput(
        passages=len(texts),
        mean_tokens=sum(lengths) / len(texts),
        passages_a_second=len(texts) / min(ours),
        plain_passages_a_second=len(texts) / min(plainly),
        operations_a_second=sum(map(operations_of(plain), lengths)) / min(ours),
        possible_operations_a_second=2 * MATRIX**3 / min(multiplied),
    )


def _encode_plainly(plain: SentenceTransformer, texts: Sequence[str], prompt: str) -> None:
    for start in range(0, len(texts), PLAIN_BATCH):
        batch = list(texts[start : start + PLAIN_BATCH])
        plain.encode(batch, prompt=prompt, batch_size=PLAIN_BATCH)


def operations_of(model: SentenceTransformer) -> Callable[[int], int]:
    """The floating-point operations of a text of so many tokens: those needed, not of padding."""
    encoder: Any = model.transformers_model
    shape = encoder.config
    hidden, inner = shape.hidden_size, shape.intermediate_size
    weights = 4 * hidden * hidden + 2 * hidden * inner  # four projections, two feed-forward

    def operations(tokens: int) -> int:
        attention = 4 * tokens * tokens * hidden  # scores, then the weighted sum of values
        return int(shape.num_hidden_layers * (2 * weights * tokens + attention))

    return operations


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
