"""Copies all that one store keeps to another: from a folder to a server, or back.

A document is copied in one commit, and compared letter for letter and bit for bit with what it was;
a copy that was broken off goes on where it was. Nothing is embedded and no original is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from index.commits import Space
from index.errors import DamagedCopy, IndexDamaged, LostOriginal, ModelMismatch, UnfitFile
from index.models import DocumentRecord
from index.store import Snapshot, Store
from pipeline.models import Declared, Document, Parsed

COUNTED = ("documents", "pages", "exchanges", "remarks", "passages")


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that is in both stores now; `resumed` when it was before.

    `lost` says why its original could not be copied.
    """

    document_id: str
    resumed: bool
    lost: LostOriginal | None = None


def move_all(source: Store, target: Store) -> Iterator[Moved]:
    """Copies every document of one commit of the source; nothing is removed from it.

    Raises UnfitFile when the target keeps other documents, ModelMismatch when its vectors are
    another model's, and DamagedCopy when what arrived is not what was sent.
    """
    with source.snapshot() as snapshot:
        documents = snapshot.documents()
        space = _space_of(snapshot)
        _check_target(target, {record.id for record in documents}, space)
        with target.filling():
            for record in documents:
                yield _move(source, snapshot, target, record, space)
        _compare(snapshot, target)


def digest_in(store: Store, document_id: str) -> str:
    """The sum of a document in a store; empty where it is not, or not whole."""
    with store.snapshot() as snapshot, suppress(IndexDamaged):
        record = snapshot.find_document(document_id)
        return digest_of(snapshot, record) if record else ""
    return ""


def digest_of(snapshot: Snapshot, record: DocumentRecord) -> str:
    """One sum over all that is kept of a document, vectors and tokens with it."""
    name = record.id
    files = sorted(snapshot.files(name).items())
    digest = hashlib.sha256(ascii((record, files)).encode())
    for part in (snapshot.pages(name), snapshot.exchanges(name), snapshot.remarks(name)):
        digest.update(ascii(part).encode())
    for item in snapshot.passages(name):
        digest.update(ascii(item.passage).encode() + item.vector + item.tokens)
    return digest.hexdigest()


def _move(
    source: Store, snapshot: Snapshot, target: Store, record: DocumentRecord, space: Space
) -> Moved:
    sent = digest_of(snapshot, record)
    if digest_in(target, record.id) == sent and _has_original(target, record):
        return Moved(record.id, resumed=True)
    lost = _copy(source, snapshot, target, record, space)
    arrived = digest_in(target, record.id) == sent
    if not arrived or not (lost or _has_original(target, record)):
        raise DamagedCopy(target.name, f"{record.id} arrived otherwise than it was sent")
    return Moved(record.id, resumed=False, lost=lost)


def _copy(
    source: Store, snapshot: Snapshot, target: Store, record: DocumentRecord, space: Space
) -> LostOriginal | None:
    original, lost = b"", None
    try:
        original = source.original(record.sha256)
    except LostOriginal as error:
        lost = error
    embedded = snapshot.passages(record.id)
    with target.commit() as (there, commit):
        commit.use_space(space)
        if there.find_document(record.id):
            commit.remove_document(record.id)
        commit.add_document(_parsed(snapshot, record), embedded, record.added_at)
        for name, sha256 in snapshot.files(record.id).items():
            commit.add_file(name, sha256, record.id)
        if not lost:
            commit.keep_original(record.id, record.sha256, original, record.name)
    return lost


def _has_original(store: Store, record: DocumentRecord) -> bool:
    """Whether its original is there, byte for byte."""
    try:
        store.original(record.sha256)
    except LostOriginal:
        return False
    return True


def _parsed(snapshot: Snapshot, record: DocumentRecord) -> Parsed:
    """A document as it was understood when it was added."""
    pages = tuple(snapshot.pages(record.id))
    return Parsed(
        id=record.id,
        document=Document(record.name, record.sha256, record.format, pages, Declared()),
        kind=record.kind,
        evidence=record.evidence,
        metadata=record.metadata,
        exchanges=tuple(found.exchange for found in snapshot.exchanges(record.id)),
        remarks=tuple(snapshot.remarks(record.id)),
        warnings=record.warnings,
    )


def _space_of(snapshot: Snapshot) -> Space:
    state = snapshot.state()
    return Space(state.fingerprint, state.dimension)


def _check_target(target: Store, sent: set[str], space: Space) -> None:
    with target.snapshot() as snapshot:
        kept, there = _space_of(snapshot), {record.id for record in snapshot.documents()}
    if there and kept != space:
        raise ModelMismatch(target.name, kept.fingerprint, space.fingerprint)
    if there - sent:
        problem = f"keeps {len(there - sent)} documents that are not here"
        raise UnfitFile(target.name, problem, "give an empty database or folder")


def _compare(snapshot: Snapshot, target: Store) -> None:
    """Raises DamagedCopy when the target keeps more or less than was sent."""
    with target.snapshot() as arrived:
        here, there = snapshot.counts(), arrived.counts()
    for name in COUNTED:
        if here[name] != there[name]:
            problem = f"{there[name]} {name} arrived of {here[name]}"
            raise DamagedCopy(target.name, problem)


def counts_of(store: Store) -> dict[str, int]:
    """How many documents and parts of them a store keeps."""
    with store.snapshot() as snapshot:
        return snapshot.counts()
