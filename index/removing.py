"""Removes a document with all that belongs to it; it needs no model."""

from __future__ import annotations

from index.catalogue import Catalogue
from index.locking import writer_lock
from index.originals import Originals
from pipeline.settings import Settings


def remove_document(catalogue: Catalogue, settings: Settings, document_id: str) -> None:
    """Removes a document and its original; raises UnknownDocument."""
    originals = Originals(settings.originals)
    with writer_lock(settings.data):
        with catalogue.commit() as (snapshot, commit):
            sha256 = snapshot.sha256_of_document(document_id)
            originals.mark_leaving([sha256])
            commit.remove_document(document_id)
        originals.drop([sha256])
