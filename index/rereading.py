"""Reads originals again, each document in the place of its former self in one commit.

It serves after an upgrade that understands documents better, and when what was kept is damaged.
"""

from __future__ import annotations

from collections.abc import Callable

from index.errors import LostOriginal
from index.indexing import Indexer
from index.models import AddReport
from index.reports import failure_report


def read_original_again(
    indexer: Indexer, read_original: Callable[[str], bytes], sha256: str, name: str
) -> AddReport:
    """Adds one original afresh under this name."""
    try:
        data = read_original(sha256)
    except LostOriginal as error:
        return failure_report(name, error)
    begun = indexer.begin(data, name, afresh=True)
    return begun if isinstance(begun, AddReport) else indexer.finish(begun)
