"""The vectors of one commit: the nearest passages to a question, and how a commit changes them.

It knows passage ids and vectors; not documents, not SQL, and not in which shape most of the vectors
are searched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.places import Near
from index.shapes import EXACT_UP_TO, Exact, Inverted, Shape
from index.vector_rows import CHUNK, Floats, Ids, Places, Rows, array_of, find_places

MERGE_SHARE = 0.1  # of an exact large part; when more than this changed since, all is copied anew
FOLD_AT = 10_000  # changes since vectors were grouped; comparing with so many more takes 1 ms
_NOWHERE: Places = np.zeros(0, np.intp)
_NONE: Ids = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which commit vectors stand for, and the model that made them."""

    generation: int
    token: str
    fingerprint: str
    dimension: int


class VectorIndex:
    """All vectors of one commit. It never changes: `changed` gives a new one.

    A large part is shared with the commits before; what was added since lies in a small part beside
    it, and what was removed since is left out of each search. So a reader follows a commit in the
    time that its changes take, not in that of copying everything.
    """

    def __init__(self, stamp: Stamp, large: Shape, small: Rows, gone: Ids) -> None:
        self.stamp = stamp
        self.large = large
        self._small = small
        self._gone = gone
        self._without = large.rows.places(gone)

    @classmethod
    def empty(cls, stamp: Stamp) -> VectorIndex:
        """An index without vectors."""
        nothing = Rows.empty(stamp.dimension)
        return cls(stamp, Exact(nothing), nothing, _NONE)

    @classmethod
    def of(cls, stamp: Stamp, shape: Shape) -> VectorIndex:
        """An index of just these vectors."""
        return cls(stamp, shape, Rows.empty(stamp.dimension), _NONE)

    def __len__(self) -> int:
        return len(self.large.rows) - len(self._gone) + len(self._small)

    def ids(self) -> Ids:
        """The passages whose vectors are here, in their order."""
        if not len(self._gone) and not len(self._small):
            return self.large.rows.ids
        here = np.delete(self.large.rows.ids, self._without)
        return np.sort(np.concatenate([here, self._small.ids]))

    def stamped(self, stamp: Stamp) -> VectorIndex:
        """The same vectors as those of another commit."""
        return VectorIndex(stamp, self.large, self._small, self._gone)

    def changed(
        self, stamp: Stamp, removed: Collection[int], ids: Sequence[int], vectors: Floats
    ) -> VectorIndex:
        """An index without the passages in `removed`, and with those in `ids`.

        `vectors` are of shape (n, dimension), in the order of `ids`.
        """
        leaving = np.sort(array_of(removed))
        small = self._small.without(leaving).joined(Rows.of(ids, vectors))
        leaving = self.large.rows.ids[self.large.rows.places(leaving)]
        changed = VectorIndex(stamp, self.large, small, np.union1d(self._gone, leaving))
        if isinstance(self.large, Inverted) or len(changed) > EXACT_UP_TO:
            return changed
        return changed.merged() if changed.changes > MERGE_SHARE * len(self.large.rows) else changed

    @property
    def changes(self) -> int:
        """How many passages came and went since the large part was made."""
        return len(self._small) + len(self._gone)

    @property
    def outgrown(self) -> bool:
        """Whether the vectors should be given another shape, which takes a while."""
        if isinstance(self.large, Inverted):
            return self.changes > FOLD_AT
        return len(self) > EXACT_UP_TO

    def rows(self) -> Rows:
        """All vectors in one piece; in memory, unless they are in one piece already."""
        if not self.changes:
            return self.large.rows
        return self.large.rows.without(self._gone).joined(self._small)

    def parts(self) -> Iterator[Rows]:
        """All vectors in the order of their ids, a part at a time."""
        here, small = self.ids(), self._small
        for start in range(0, len(here), CHUNK):
            ids = here[start : start + CHUNK]
            large = self.large.rows.at(self.large.rows.places(ids))
            yield large.joined(small.at(small.places(ids)))

    def merged(self) -> VectorIndex:
        """The same vectors in one part that is compared with as a whole."""
        return VectorIndex.of(self.stamp, Exact(self.rows()))

    def upon(self, large: Shape) -> VectorIndex:
        """The same vectors with another large part, made from this index or one before it."""
        here, there = self.ids(), large.rows
        gone = np.delete(there.ids, there.places(here))
        missing = np.delete(here, find_places(here, there.ids))
        small = self._small.at(self._small.places(missing))
        return VectorIndex(self.stamp, large, small, gone)

    def nearest(
        self, question: Floats, count: int, among: Sequence[int] | Ids | None = None
    ) -> list[Near]:
        """The `count` passages nearest to a vector of shape (dimension,), nearest first.

        `among` limits them to these passages. Equal similarities come in the order of their ids.
        Raises DamagedCache when a vector is not what was written.
        """
        if among is None:
            near = self.large.nearest(question, count, None, self._without)
            near += Exact(self._small).nearest(question, count, None, _NOWHERE)
        else:
            wanted = np.sort(np.asarray(among, np.int64))
            chosen = self.large.rows.places(wanted)
            if len(self._without):
                chosen = np.setdiff1d(chosen, self._without, assume_unique=True)
            near = self.large.nearest(question, count, chosen, _NOWHERE)
            chosen = self._small.places(wanted)
            near += Exact(self._small).nearest(question, count, chosen, _NOWHERE)
        return sorted(near, key=lambda found: (-found.similarity, found.passage_id))[:count]
