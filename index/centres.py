"""Few vectors that stand for many.

It knows nothing of what the vectors are of.
"""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

ROUNDS = 30  # in which centres are moved; those of a hundred vectors stay in place after ten
STARTS = 5  # the best of so many is taken, for centres depend on where they began
SEED = 0  # the same vectors give the same centres


def find_centres(vectors: Vectors, count: int) -> Vectors:
    """`count` unit vectors about which these lie, (count, d); no more than `count` stay themselves.

    Spherical k-means.
    """
    if len(vectors) <= count:
        return vectors
    means = faiss.Kmeans(
        vectors.shape[1],
        count,
        niter=ROUNDS,
        nredo=STARTS,
        seed=SEED,
        spherical=True,
        min_points_per_centroid=1,  # else it warns
    )
    means.train(np.ascontiguousarray(vectors))
    return np.asarray(means.centroids)
