"""The cache files of vectors: all rows in one, the groups in which they are searched in another.

It is a cache: whatever is wrong with a file, it is taken as absent and made anew. Each is written
beside its place and put there whole; the groups name the rows that they belong to, so that a file of
another moment is not taken for them.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedCache
from index.shapes import EXACT_UP_TO, Exact, Inverted, Shape, read_coarse, write_coarse
from index.vector_rows import Floats, Ids, Rows
from index.vectors import Stamp, VectorIndex
from index.whole_files import writing_whole

Loaded = TypeVar("Loaded")

logger = logging.getLogger(__name__)

CACHE_NAME = "vectors.rows"
GROUPS_NAME = "vectors.groups"
CACHE_FORMAT = 2  # raised whenever the files are laid out otherwise; another number is no cache
HEADER_BYTES = 4_096  # more than any header takes; a page, so that rows can be mapped behind it
BLOCK = 1 << 20  # bytes read at once
STORED = np.dtype("<f4")
UNFIT = (OSError, ValueError, KeyError, TypeError, RuntimeError, DamagedCache)


def save_vectors(folder: Path, vectors: VectorIndex) -> None:
    """Writes the cache so that at every moment there is the old file or the new one, whole."""
    write_rows(folder, vectors.stamp, [vectors.rows()])
    if isinstance(vectors.large, Inverted) and not vectors.changes:
        write_groups(folder, vectors.large)


def write_rows(folder: Path, stamp: Stamp, parts: Iterable[Rows]) -> Rows:
    """Writes rows, given in the order of their ids, and gives them as they lie in the file."""
    with writing_rows(folder, stamp, parts) as rows:
        return rows


@contextmanager
def writing_rows(folder: Path, stamp: Stamp, parts: Iterable[Rows]) -> Iterator[Rows]:
    """The same, but what was there before is replaced at the end of the block."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [Rows.empty(stamp.dimension)]
    with writing_whole(folder / CACHE_NAME) as file:
        file.seek(HEADER_BYTES)
        for part in parts:
            file.write(np.ascontiguousarray(part.vectors, STORED).data)
            written.append(part.named())
        ids = np.concatenate([part.ids for part in written])
        sums = np.concatenate([part.sums for part in written])
        file.write(ids.data)
        file.write(sums.data)
        file.seek(0)
        header = {"stamp": asdict(stamp), "count": len(ids), "rows": name_of(ids, sums)}
        file.write(_packed(header))
        file.flush()
        yield Rows(ids, sums, _mapped(Path(file.name), len(ids), stamp.dimension))


def write_groups(folder: Path, inverted: Inverted) -> None:
    """Writes the groups in which rows are searched."""
    with writing_whole(folder / GROUPS_NAME) as file:
        file.seek(HEADER_BYTES)
        summed = _Summed(file)
        write_coarse(inverted, summed.write)
        file.seek(0)
        header = {
            "rows": name_of(inverted.rows.ids, inverted.rows.sums),
            "probes": inverted.probes,
            "trained_on": inverted.trained_on,
            "sum": summed.sum,
        }
        file.write(_packed(header))


def load_vectors(folder: Path) -> VectorIndex | None:
    """The vectors in the cache; None, with a line in the log, when there is no sound cache."""
    path = folder / CACHE_NAME
    loaded = _load(path, lambda: _load_rows(path))
    if loaded is None:
        return None
    stamp, rows = loaded
    if len(rows) <= EXACT_UP_TO:
        return VectorIndex.of(stamp, Exact(rows))
    path = folder / GROUPS_NAME
    shape: Shape | None = _load(path, lambda: _load_groups(path, rows))
    if shape is None:  # each vector will be compared with, so each must be sound
        shape = _load(folder / CACHE_NAME, lambda: Exact(rows.checked()))
    return VectorIndex.of(stamp, shape) if shape else None


def forget_cache(folder: Path) -> None:
    """Removes the cache, as far as that is allowed."""
    for name in (CACHE_NAME, GROUPS_NAME):
        with suppress(OSError):
            (folder / name).unlink()


def name_of(ids: Ids, sums: NDArray[np.uint32]) -> int:
    """What rows are called by the groups that were made of them."""
    return zlib.crc32(sums.data, zlib.crc32(ids.data))


def _load(path: Path, load: Callable[[], Loaded]) -> Loaded | None:
    try:
        return load()
    except FileNotFoundError:
        return None
    except UNFIT as error:
        logger.warning("The cache %s is of no use (%s) and is made anew", path, error)
        return None


def _load_rows(path: Path) -> tuple[Stamp, Rows]:
    header = _unpacked(path)
    stamp, count = Stamp(**header["stamp"]), int(header["count"])
    tail = HEADER_BYTES + count * stamp.dimension * STORED.itemsize
    ids = np.fromfile(path, np.int64, count, offset=tail)
    sums = np.fromfile(path, np.uint32, count, offset=tail + ids.nbytes)
    if path.stat().st_size != tail + ids.nbytes + sums.nbytes or len(sums) != count:
        raise ValueError("it has another length than it should")
    if name_of(ids, sums) != header["rows"]:
        raise ValueError("it holds other passages than were written")
    mapped = Rows(ids, sums, _mapped(path, count, stamp.dimension))
    return stamp, mapped.in_memory().checked() if count <= EXACT_UP_TO else mapped


def _load_groups(path: Path, rows: Rows) -> Inverted:
    header = _unpacked(path)
    if header["rows"] != name_of(rows.ids, rows.sums):
        raise ValueError("it belongs to other rows")
    with path.open("rb") as file:
        file.seek(HEADER_BYTES)
        if _sum_of_rest(file) != header["sum"]:
            raise ValueError("its bytes are not those that were written")
        file.seek(HEADER_BYTES)
        coarse = read_coarse(file.read)
    if coarse.ntotal != len(rows):
        raise ValueError("it holds another number of vectors")
    return Inverted(rows, coarse, int(header["probes"]), int(header["trained_on"]))


def _mapped(path: Path, count: int, dimension: int) -> Floats:
    """The vectors in a file, of which only what is looked at is read."""
    if not count:
        return np.zeros((0, dimension), np.float32)
    mapped: Floats = np.memmap(path, STORED, "r", HEADER_BYTES, (count, dimension))
    return mapped


def _packed(header: dict[str, Any]) -> bytes:
    """A header with its own sum."""
    told = json.dumps(header, sort_keys=True)
    line = json.dumps({"format": CACHE_FORMAT, "sum": zlib.crc32(told.encode()), "header": told})
    return line.encode().ljust(HEADER_BYTES - 1) + b"\n"


def _unpacked(path: Path) -> dict[str, Any]:
    """The inverse of `_packed`; raises ValueError, KeyError or TypeError."""
    with path.open("rb") as file:
        line = json.loads(file.read(HEADER_BYTES))
    if line["format"] != CACHE_FORMAT:
        raise ValueError(f"format {line['format']}, not {CACHE_FORMAT}")
    if zlib.crc32(line["header"].encode()) != line["sum"]:
        raise ValueError("its header is not what was written")
    header: dict[str, Any] = json.loads(line["header"])
    return header


class _Summed:
    """Writes to a file and sums up what is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum = 0

    def write(self, block: bytes) -> None:
        self.sum = zlib.crc32(block, self.sum)
        self._file.write(block)


def _sum_of_rest(file: IO[bytes]) -> int:
    total = 0
    while block := file.read(BLOCK):
        total = zlib.crc32(block, total)
    return total
