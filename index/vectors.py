"""Vectors in FAISS: the nearest passages to a question, and the cache file of them.

The only module that imports faiss. It knows passage ids and vectors; not documents, not SQL. The
file is a cache: whatever is wrong with it, it is taken as absent and the vectors are loaded anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

CACHE_NAME = "vectors.faiss"
UNFINISHED = ".part"  # a cache that is being written
CACHE_FORMAT = 1  # raised whenever the file is laid out otherwise; another number is no cache
HEADER_BYTES = 4096  # more than any header takes; the first line of the file


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which commit vectors stand for, and the model that made them."""

    generation: int
    token: str
    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Near:
    """A passage near a question; `similarity` is the cosine, higher is closer."""

    passage_id: int
    similarity: float


class VectorIndex:
    """All vectors of one commit. It never changes: `changed` gives a new one."""

    def __init__(self, stamp: Stamp, index: faiss.Index) -> None:
        self.stamp = stamp
        self._index = cast(faiss.IndexIDMap, index)

    @classmethod
    def empty(cls, stamp: Stamp) -> VectorIndex:
        """An index without vectors."""
        return cls(stamp, faiss.IndexIDMap(faiss.IndexFlatIP(stamp.dimension)))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def ids(self) -> set[int]:
        """The passages whose vectors are here."""
        return set(self._id_array().tolist())

    def stamped(self, stamp: Stamp) -> VectorIndex:
        """The same vectors as those of another commit."""
        return VectorIndex(stamp, self._index)

    def changed(
        self,
        stamp: Stamp,
        removed: Collection[int],
        ids: Sequence[int],
        vectors: NDArray[np.float32],
    ) -> VectorIndex:
        """A copy without the passages in `removed`, and with those in `ids`.

        `vectors` are of shape (n, dimension), in the order of `ids`.
        """
        index = faiss.clone_index(self._index)
        if removed:
            gone = np.fromiter(removed, np.int64, len(removed))
            index.remove_ids(faiss.IDSelectorBatch(gone))
        if ids:
            index.add_with_ids(vectors, np.asarray(ids, np.int64))
        return VectorIndex(stamp, index)

    def nearest(
        self, question: NDArray[np.float32], count: int, among: Sequence[int] | None = None
    ) -> list[Near]:
        """The `count` passages nearest to a vector of shape (dimension,), nearest first.

        `among` limits them to these passages. Equal similarities come in the order of their ids.
        """
        count = min(count, len(self) if among is None else len(among))
        if count == 0:
            return []
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(np.asarray(among, np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stub lacks it
        with single_threaded():
            similarities, ids = self._index.search(question[np.newaxis], count, params=parameters)
        pairs = zip(ids[0].tolist(), similarities[0].tolist(), strict=True)
        near = [Near(passage_id, similarity) for passage_id, similarity in pairs if passage_id >= 0]
        return sorted(near, key=lambda found: (-found.similarity, found.passage_id))

    def to_bytes(self) -> bytes:
        """The FAISS index as FAISS writes it."""
        return bytes(faiss.serialize_index(self._index))

    def _id_array(self) -> NDArray[np.int64]:
        ids: NDArray[np.int64] = faiss.vector_to_array(self._index.id_map)
        return ids


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
    with NamedTemporaryFile(dir=folder, prefix=CACHE_NAME, suffix=UNFINISHED, delete=False) as file:
        try:
            file.write(json.dumps(header).encode() + b"\n")
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, folder / CACHE_NAME)  # noqa: PTH105  # the name is a string
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(file.name)  # noqa: PTH108
            raise


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
    index = faiss.deserialize_index(np.frombuffer(body, np.uint8))
    if not isinstance(index, faiss.IndexIDMap):
        raise TypeError("it holds another kind of index")
    if index.d != stamp.dimension:
        raise ValueError("its vectors have another length than its stamp says")
    return VectorIndex(stamp, index)
