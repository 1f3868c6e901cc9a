"""What is in the index and how much room it takes: the lines of `info`.

It counts; it does not check.
"""

from __future__ import annotations

from contextlib import closing

from index.room import megabytes, size_of
from index.stores import open_store
from pipeline.settings import Settings


def take_stock(settings: Settings) -> dict[str, str]:
    """What each thing is called and how much or which it is, in the order to be shown."""
    with closing(open_store(settings)) as store:
        with store.snapshot() as snapshot:
            state, counts = snapshot.state(), snapshot.counts()
            unanswered = sum(snapshot.unanswered().values())
        stock = store.stock()
    return {
        "data folder": str(settings.data.resolve()),
        **{name: str(count) for name, count in counts.items()},
        "answers": str(counts["exchanges"] - unanswered),
        "unanswered": str(unanswered),
        "generation": str(state.generation),
        "model": state.fingerprint or "none yet",
        "dimension": str(state.dimension),
        **stock,
        "cache": megabytes(size_of(settings.cache)),
    }
