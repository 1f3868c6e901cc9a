"""Vectors in FAISS: the nearest passages to a question, and the cache file of them.

The only module that imports faiss. It knows passage ids and vectors; not documents, not SQL. The
file is a cache: whatever is wrong with it, it is taken as absent and the vectors are loaded anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

from index.places import Near
from index.whole_files import writing_whole

logger = logging.getLogger(__name__)

CACHE_NAME = "vectors.faiss"
CACHE_FORMAT = 1  # raised whenever the file is laid out otherwise; another number is no cache
MERGE_SHARE = 0.1  # of the large part; when more than this changed since, all is copied into one
_NO_VECTORS: NDArray[np.float32] = np.zeros((0, 0), np.float32)
HEADER_BYTES = 4096  # more than any header takes; the first line of the file


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which commit vectors stand for, and the model that made them."""

    generation: int
    token: str
    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A FAISS index and the passages in it. It is shared between commits and never changed."""

    index: faiss.IndexIDMap
    ids: frozenset[int]

    @classmethod
    def empty(cls, dimension: int) -> _Part:
        return cls(faiss.IndexIDMap(faiss.IndexFlatIP(dimension)), frozenset())

    def changed(
        self, removed: frozenset[int], ids: Sequence[int], vectors: NDArray[np.float32]
    ) -> _Part:
        index = cast(faiss.IndexIDMap, faiss.clone_index(self.index))
        if removed:
            index.remove_ids(faiss.IDSelectorBatch(_array(removed)))
        if ids:
            index.add_with_ids(vectors, np.asarray(ids, np.int64))
        return _Part(index, (self.ids - removed) | frozenset(ids))

    def nearest(
        self, question: NDArray[np.float32], count: int, selector: faiss.IDSelector | None
    ) -> list[Near]:
        count = min(count, len(self.ids))
        if not count:
            return []
        parameters = None
        if selector is not None:
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stub lacks it
        with single_threaded():
            similarities, ids = self.index.search(question[np.newaxis], count, params=parameters)
        pairs = zip(ids[0].tolist(), similarities[0].tolist(), strict=True)
        return [Near(passage_id, similarity) for passage_id, similarity in pairs if passage_id >= 0]


class VectorIndex:
    """All vectors of one commit. It never changes: `changed` gives a new one.

    A large part is shared with the commits before; what was added since lies in a small part beside
    it, and what was removed since is left out of each search. So a reader follows a commit in the
    time that its changes take, not in that of copying everything.
    """

    def __init__(self, stamp: Stamp, large: _Part, small: _Part, gone: frozenset[int]) -> None:
        self.stamp = stamp
        self._large = large
        self._small = small
        self._gone = gone

    @classmethod
    def empty(cls, stamp: Stamp) -> VectorIndex:
        """An index without vectors."""
        nothing = _Part.empty(stamp.dimension)
        return cls(stamp, nothing, nothing, frozenset())

    def __len__(self) -> int:
        return len(self._large.ids) - len(self._gone) + len(self._small.ids)

    def ids(self) -> frozenset[int]:
        """The passages whose vectors are here."""
        return (self._large.ids - self._gone) | self._small.ids

    def stamped(self, stamp: Stamp) -> VectorIndex:
        """The same vectors as those of another commit."""
        return VectorIndex(stamp, self._large, self._small, self._gone)

    def changed(
        self,
        stamp: Stamp,
        removed: Collection[int],
        ids: Sequence[int],
        vectors: NDArray[np.float32],
    ) -> VectorIndex:
        """An index without the passages in `removed`, and with those in `ids`.

        `vectors` are of shape (n, dimension), in the order of `ids`.
        """
        small = self._small.changed(self._small.ids & frozenset(removed), ids, vectors)
        gone = self._gone | (self._large.ids & frozenset(removed))
        changed = VectorIndex(stamp, self._large, small, gone)
        if len(small.ids) + len(gone) > MERGE_SHARE * len(self._large.ids):
            return changed.merged()
        return changed

    def merged(self) -> VectorIndex:
        """The same vectors in one part."""
        if not self._small.ids and not self._gone:
            return self
        ids = faiss.vector_to_array(self._small.index.id_map).tolist()
        vectors = self._small.index.index.reconstruct_n(0, len(ids)) if ids else _NO_VECTORS
        large = self._large.changed(self._gone, ids, vectors)
        return VectorIndex(self.stamp, large, _Part.empty(self.stamp.dimension), frozenset())

    def nearest(
        self, question: NDArray[np.float32], count: int, among: Sequence[int] | None = None
    ) -> list[Near]:
        """The `count` passages nearest to a vector of shape (dimension,), nearest first.

        `among` limits them to these passages. Equal similarities come in the order of their ids.
        """
        chosen = self._selector(among)
        small = None if among is None else chosen
        near = self._large.nearest(question, count, chosen)
        near += self._small.nearest(question, count, small)
        return sorted(near, key=lambda found: (-found.similarity, found.passage_id))[:count]

    def _selector(self, among: Sequence[int] | None) -> faiss.IDSelector | None:
        """What may be found in the large part; None when that is everything."""
        if among is not None:
            return faiss.IDSelectorBatch(_array(frozenset(among) - self._gone))
        if self._gone:
            return faiss.IDSelectorNot(faiss.IDSelectorBatch(_array(self._gone)))
        return None

    def to_bytes(self) -> bytes:
        """The vectors as FAISS writes them."""
        return bytes(faiss.serialize_index(self.merged()._large.index))

    @classmethod
    def from_bytes(cls, stamp: Stamp, body: bytes) -> VectorIndex:
        """The inverse of `to_bytes`; raises TypeError, ValueError or RuntimeError."""
        index = faiss.deserialize_index(np.frombuffer(body, np.uint8))
        if not isinstance(index, faiss.IndexIDMap):
            raise TypeError("it holds another kind of index")
        if index.d != stamp.dimension:
            raise ValueError("its vectors have another length than its stamp says")
        ids = frozenset(faiss.vector_to_array(index.id_map).tolist())
        return cls(stamp, _Part(index, ids), _Part.empty(stamp.dimension), frozenset())


def _array(ids: Collection[int]) -> NDArray[np.int64]:
    return np.fromiter(ids, np.int64, len(ids))


@contextmanager
def single_threaded() -> Iterator[None]:
    """Lets FAISS search in this thread alone.

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


def save_vectors(folder: Path, vectors: VectorIndex) -> None:
    """Writes the cache so that at every moment there is the old file or the new one, whole."""
    body = vectors.to_bytes()
    header = {
        "format": CACHE_FORMAT,
        "stamp": asdict(vectors.stamp),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with writing_whole(folder / CACHE_NAME) as file:
        file.write(json.dumps(header).encode() + b"\n")
        file.write(body)


def load_vectors(folder: Path) -> VectorIndex | None:
    """The vectors in the cache; None, with a line in the log, when there is no sound cache."""
    path = folder / CACHE_NAME
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline(HEADER_BYTES))
            body = file.read()
        return _unpacked(header, body)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        logger.warning("The cache %s is of no use (%s) and is made anew", path, error)
        return None


def _unpacked(header: dict[str, object], body: bytes) -> VectorIndex:
    if header["format"] != CACHE_FORMAT:
        raise ValueError(f"format {header['format']}, not {CACHE_FORMAT}")
    if header["sha256"] != hashlib.sha256(body).hexdigest():
        raise ValueError("its bytes are not those that were written")
    stamp = Stamp(**header["stamp"])  # type: ignore[arg-type]  # a TypeError is caught above
    return VectorIndex.from_bytes(stamp, body)
