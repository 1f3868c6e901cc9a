"""Makes the index equal to a folder: what is to be removed or read again after a sweep over it.

It decides from the bytes that were seen in the folder; the sweep itself adds files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.models import AddReport
from index.removing import remove_document
from index.replacing import rendition_rank
from index.store import Snapshot, Store
from index.sweeping import Seen, Sweep


@dataclass(frozen=True, slots=True)
class Stranger:
    """A document whose bytes are not in the folder, and the file there that still stands for it.

    Such a file is another rendition of the same official document; without one the document goes.
    """

    document_id: str
    rendition: Path | None


def find_strangers(snapshot: Snapshot, seen: Mapping[str, Seen]) -> list[Stranger]:
    """The documents whose bytes are not among the files that were seen in the folder."""
    present = {each.sha256 for each in seen.values()}
    return [
        Stranger(record.id, _rendition(snapshot.files(record.id), seen))
        for record in snapshot.documents()
        if record.sha256 not in present
    ]


def prune(store: Store, sweep: Sweep) -> Iterator[AddReport | Stranger]:
    """Removes what is not in the folder; yields each document removed and each file read again.

    To be called after a sweep over the whole folder in which nothing failed.
    """
    with store.snapshot() as snapshot:
        present = {name: each for name, each in sweep.seen.items() if each.path.exists()}
        strangers = find_strangers(snapshot, present)
    for stranger in strangers:
        if stranger.rendition:
            yield sweep.read_again(stranger.rendition)
        else:
            remove_document(store, stranger.document_id)
            yield stranger


def _rendition(files: Mapping[str, str], seen: Mapping[str, Seen]) -> Path | None:
    """The best file in the folder, if any, that was added as this document as it is now."""
    for name, sha256 in sorted(files.items(), key=lambda file: (rendition_rank(file[0]), file)):
        if name in seen and seen[name].sha256 == sha256:
            return seen[name].path
    return None
