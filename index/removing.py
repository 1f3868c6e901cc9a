"""Removes a document with all that belongs to it; it needs no model."""

from __future__ import annotations

from index.store import Store


def remove_document(store: Store, document_id: str) -> None:
    """Removes a document and its original; raises UnknownDocument."""
    with store.commit() as (snapshot, commit):
        sha256 = snapshot.sha256_of_document(document_id)
        commit.drop_originals([sha256])
        commit.remove_document(document_id)
