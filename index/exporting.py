"""Writes everything out for other programs: the originals, and what was understood of them.

It writes to a folder that it makes, and never over anything that is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import IndexUnwritable, LostOriginal, UnfitFile
from index.models import DocumentRecord
from index.store import Snapshot, Store

DOCUMENTS = "documents"  # the folder with originals under their own names; `add` takes it back
METADATA = "metadata"  # the folder with a JSON file for each of them
LONGEST_NAME = 200  # bytes; file systems take 255, and a suffix is added


@dataclass(frozen=True, slots=True)
class Exported:
    """A document that was written out; `lost` says why its original was not."""

    document_id: str
    name: str
    lost: LostOriginal | None = None


def export(store: Store, folder: Path) -> Iterator[Exported]:
    """Writes all documents to a new or empty folder; raises UnfitFile or IndexUnwritable."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UnfitFile(str(folder), "is not empty", "give a new or an empty folder")
    try:
        (folder / DOCUMENTS).mkdir(parents=True, exist_ok=True)
        (folder / METADATA).mkdir(exist_ok=True)
        with store.snapshot() as snapshot:
            for record in snapshot.documents():
                yield _export(snapshot, store, record, folder)
    except OSError as error:
        raise IndexUnwritable(str(folder), error.strerror or str(error)) from error


def _export(snapshot: Snapshot, store: Store, record: DocumentRecord, folder: Path) -> Exported:
    name = exported_name(record)
    told = json.dumps(_metadata(snapshot, record), ensure_ascii=False, indent=2, default=str)
    (folder / METADATA / f"{name}.json").write_text(told, "utf-8")
    try:
        (folder / DOCUMENTS / name).write_bytes(store.original(record.sha256))
    except LostOriginal as error:
        return Exported(record.id, name, error)
    return Exported(record.id, name)


def exported_name(record: DocumentRecord) -> str:
    """The name of the file, or one that fits where that is too long for another file system."""
    if len(record.name.encode()) <= LONGEST_NAME:
        return record.name
    return record.sha256 + Path(record.name).suffix[:10]


def _metadata(snapshot: Snapshot, record: DocumentRecord) -> dict[str, Any]:
    exchanges = snapshot.exchanges(record.id)
    return {
        "document": asdict(record),
        "files": snapshot.files(record.id),
        "exchanges": [{"id": each.id, **asdict(each.exchange)} for each in exchanges],
        "remarks": [asdict(remark) for remark in snapshot.remarks(record.id)],
    }
