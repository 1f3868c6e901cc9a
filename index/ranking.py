"""In what order exchanges meet a question, by all that their passages say.

It takes the passages of the candidates that dense search found and weighs them anew. It knows
vectors and sides of exchanges; no SQL, no FAISS and no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Part

RERANKED = 50  # exchanges weighed anew: a right answer is hardly ever further down


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a candidate: the row of its exchange, its side and its unit vector."""

    exchange_row: int
    part: Part
    vector: NDArray[np.float32]


def closeness_of(question: NDArray[np.float32], passages: Iterable[Evidence]) -> dict[int, float]:
    """How close each exchange is: the mean over its sides of the cosine of the best passage.

    A passage of the question alone, or of the answer alone, may meet a question by chance; both
    sides together say what the exchange is about.
    """
    best: defaultdict[int, dict[Part, float]] = defaultdict(dict)
    for passage in passages:
        sides = best[passage.exchange_row]
        similarity = float(passage.vector @ question)
        sides[passage.part] = max(similarity, sides.get(passage.part, similarity))
    return {row: sum(sides.values()) / len(sides) for row, sides in best.items()}
