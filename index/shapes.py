"""The shapes in which vectors are searched: compared with each one, or with a coarse copy first.

A shape is searched and never changed. Up to EXACT_UP_TO passages
a question is compared with every vector. Beyond, vectors are grouped around centres (IVF) and kept
in 8 bits a component; a question is compared with the groups whose centres are nearest, and what it
finds there is compared again with the vectors themselves, so that every similarity is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Protocol, cast

import faiss
import numpy as np
from numpy.typing import NDArray

from index.places import Near
from index.vector_rows import CHUNK, Floats, Ids, Places, Rows

# Comparing a question with so many vectors of 384 components takes 6 ms on one core, and 100 ms with
# a million; the model takes 25 ms for the question itself.
EXACT_UP_TO = 50_000  # passages
GROUPS_A_ROOT = 4  # groups for the square root of the number of passages: 4,000 for a million
SAMPLE_A_GROUP = 40  # vectors the centres are found from; FAISS advises 39 at least
ROUNDS = 8  # in which the centres are found; more did not change what is found
LEAST_PROBES = 64  # groups looked through, however few suffice for made-up questions
PROBED = 200  # questions made up to see how many groups must be looked through
PROBE_RECALL = 0.995  # of their first 10; real questions, less far off, miss a fifth of that
PROBE_STEP = 1.5  # how many times as many groups are tried next
MARGIN = 100  # more than asked for are compared again: 8 bits may change places
ALL_OF = 1_000  # passages a filter leaves, up to which all of them are compared
SEED = 7  # the same vectors give the same groups


class Shape(Protocol):
    """Vectors that can be searched."""

    @property
    def rows(self) -> Rows:
        """The vectors themselves."""

    def nearest(
        self, question: Floats, count: int, among: Places | None, without: Places
    ) -> list[Near]:
        """The `count` nearest of the passages at the places `among`, None for all, in any order.

        None of those `without`, which are not `among` these.
        """


@dataclass(frozen=True, slots=True)
class Exact:
    """Compares a question with every vector; those in a file are read from it at each question."""

    rows: Rows

    def nearest(
        self, question: Floats, count: int, among: Places | None, without: Places
    ) -> list[Near]:
        """As in `Shape`."""
        if among is None and not len(without):
            return self._nearest_of_all(question, count)
        if among is None:
            among = np.delete(np.arange(len(self.rows)), without)
        near = list[Near]()
        for start in range(0, len(among), CHUNK):
            places = among[start : start + CHUNK]
            near += nearest_of(self.rows.vectors[places], self.rows.ids[places], question, count)
        return near

    def _nearest_of_all(self, question: Floats, count: int) -> list[Near]:
        near = list[Near]()
        for number, vectors in enumerate(self.rows.chunks()):
            ids = self.rows.ids[number * CHUNK : (number + 1) * CHUNK]
            near += nearest_of(vectors, ids, question, count)
        return near


@dataclass(frozen=True, slots=True)
class Inverted:
    """Compares a question with a coarse copy of the vectors in the groups nearest to it.

    `trained_on` is how many vectors there were when the centres were found.
    """

    rows: Rows
    coarse: faiss.IndexIVFScalarQuantizer
    probes: int
    trained_on: int

    def nearest(
        self, question: Floats, count: int, among: Places | None, without: Places
    ) -> list[Near]:
        """As in `Shape`; raises DamagedCache when a vector is not what was written."""
        available = len(self.rows) - len(without) if among is None else len(among)
        if among is None or available > ALL_OF:
            among = self._candidates(question, min(count + MARGIN, available), among, without)
        vectors = self.rows.sound_vectors(among)
        return nearest_of(vectors, self.rows.ids[among], question, count)

    def _candidates(
        self, question: Floats, count: int, among: Places | None, without: Places
    ) -> Places:
        """The places that the coarse copy finds; where few may be found, in more groups."""
        available = len(self.rows) - len(without) if among is None else len(among)
        groups = int(self.coarse.nlist)
        wide = count == available
        probes = groups if wide else ceil(self.probes * len(self.rows) / available)
        parameters = faiss.SearchParametersIVF(
            sel=_selector(among, without, len(self.rows)),  # type: ignore[call-arg]  # not in its stub
            nprobe=min(groups, probes),
        )
        with single_threaded():
            _, found = self.coarse.search(question[np.newaxis], count, params=parameters)
        return np.sort(found[0][found[0] >= 0])


def make_inverted(rows: Rows, former: Inverted | None = None) -> Inverted:
    """The same vectors in groups, in the one thread that calls it; a million take a minute.

    The centres of a `former` shape are kept while there are not twice or half as many vectors.
    """
    with single_threaded():
        if former and former.trained_on / 2 <= len(rows) <= former.trained_on * 2:
            trained_on = former.trained_on
            coarse = cast(faiss.IndexIVFScalarQuantizer, faiss.clone_index(former.coarse))
            coarse.reset()
        else:
            trained_on = len(rows)
            coarse = _trained(rows)
        for chunk in rows.chunks():
            coarse.add(np.ascontiguousarray(chunk))
        return Inverted(rows, coarse, _probes_for(rows, coarse), trained_on)


def _trained(rows: Rows) -> faiss.IndexIVFScalarQuantizer:
    dimension = rows.vectors.shape[1]
    groups = max(1, int(GROUPS_A_ROOT * sqrt(len(rows))))
    coarse = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension),
        dimension,
        groups,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    coarse.cp.niter, coarse.cp.seed = ROUNDS, SEED
    coarse.cp.min_points_per_centroid = 1  # FAISS would warn on stderr where all are too few
    coarse.train(_sample(rows, groups * SAMPLE_A_GROUP))
    return coarse


def _sample(rows: Rows, count: int) -> Floats:
    """So many vectors, or all, the same ones for the same rows."""
    chosen = np.random.default_rng(SEED).permutation(len(rows))[:count]
    return np.ascontiguousarray(rows.vectors[np.sort(chosen)])


def _probes_for(rows: Rows, coarse: faiss.IndexIVFScalarQuantizer) -> int:
    """In how many groups to look, so that hardly any of the nearest is missed.

    It is tried with questions that lie between two passages taken at random, nearer to the one.
    """
    sample = _sample(rows, PROBED)
    asked = 2 * sample + np.roll(sample, 1, axis=0)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    nearest = _search_all(rows, asked)
    probes = LEAST_PROBES
    while probes < coarse.nlist:
        parameters = faiss.SearchParametersIVF(nprobe=probes)  # type: ignore[call-arg]
        _, found = coarse.search(asked, 10 + MARGIN, params=parameters)
        met = [np.isin(true, near).mean() for true, near in zip(nearest, found, strict=True)]
        if np.mean(met) >= PROBE_RECALL:
            return probes
        probes = int(PROBE_STEP * probes)
    return int(coarse.nlist)


def _search_all(rows: Rows, questions: Floats) -> NDArray[np.int64]:
    """The places of the 10 nearest vectors to each question, compared with all."""
    best = faiss.ResultHeap(len(questions), 10, keep_max=True)
    for number, chunk in enumerate(rows.chunks()):
        similarities, found = faiss.knn(
            questions, np.ascontiguousarray(chunk), min(10, len(chunk)), faiss.METRIC_INNER_PRODUCT
        )
        best.add_result(similarities, found + number * CHUNK)
    best.finalize()
    places: NDArray[np.int64] = best.I
    return places


def nearest_of(vectors: Floats, ids: Ids, question: Floats, count: int) -> list[Near]:
    """The nearest of these vectors, nearest first."""
    count = min(count, len(ids))
    if not count:
        return []
    with single_threaded():
        similarities, found = faiss.knn(
            question[np.newaxis],
            np.ascontiguousarray(vectors),
            count,
            faiss.METRIC_INNER_PRODUCT,
        )
    pairs = zip(ids[found[0]].tolist(), similarities[0].tolist(), strict=True)
    return [Near(passage_id, similarity) for passage_id, similarity in pairs]


def _selector(among: Places | None, without: Places, size: int) -> faiss.IDSelector | None:
    if among is not None:
        marked = np.zeros(size, bool)
        marked[among] = True
        return faiss.IDSelectorBitmap(np.packbits(marked, bitorder="little"))  # type: ignore[call-arg, arg-type]  # its stub is of C++
    if len(without):
        return faiss.IDSelectorNot(faiss.IDSelectorBatch(without))
    return None


def write_coarse(inverted: Inverted, write: Callable[[bytes], object]) -> None:
    """Hands the coarse copy to `write` as FAISS lays it out, a part at a time."""
    faiss.write_index(inverted.coarse, faiss.PyCallbackIOWriter(write))  # type: ignore[attr-defined]


def read_coarse(read: Callable[[int], bytes]) -> faiss.IndexIVFScalarQuantizer:
    """The inverse of `write_coarse`; raises TypeError or RuntimeError."""
    index = faiss.read_index(faiss.PyCallbackIOReader(read))  # type: ignore[attr-defined]
    if not isinstance(index, faiss.IndexIVFScalarQuantizer):
        raise TypeError("it holds another kind of index")
    return index


@contextmanager
def single_threaded() -> Iterator[None]:
    """Lets FAISS work in this thread alone.

    Two threads wait for each other, which on a busy machine takes longer than the search: 24 ms
    against 0.05 ms over 100 vectors, 150 ms against 20 ms over 60,000, at a load of 9 on two cores.
    The number is put back, for it is PyTorch's as well.
    """
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)
