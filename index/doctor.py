"""Examines everything that is kept, repairs what can be made again and names what is lost.

The database can be made again from the originals, a document from its original, its vectors from
its text, and the cache from the vectors.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.connections import undecoded
from index.embedded import STORED, space_of
from index.errors import IndexDamaged, LostOriginal
from index.findings import Finding, Health, run_checks
from index.freshness import renew_cache
from index.indexing import Indexer
from index.integrity import is_sound, is_sound_blob
from index.listings import altered_listings
from index.locking import writer_lock
from index.models import Outcome
from index.opening import Workshop
from index.originals import Originals
from index.rescue import find_damage, recover, rescue
from index.state import are_words_sound, seal_state, seal_words
from index.vector_cache import CACHE_NAME, load_vectors
from index.whole_files import UNFINISHED
from index.word_index import make_words_again, words_are_right
from pipeline.settings import Settings

PASSAGES = """
SELECT p.*, e.document_id
FROM passages p JOIN exchanges e ON e.id = p.exchange_id
"""
WITHOUT_PASSAGES = """
SELECT DISTINCT document_id FROM exchanges
WHERE id NOT IN (SELECT exchange_id FROM passages) AND (question <> '[]' OR answer <> '[]')
"""
# The tables whose rows make up a document, and the column that says which one.
OWNER = {
    "documents": "id",
    "pages": "document_id",
    "exchanges": "document_id",
    "remarks": "document_id",
}
INCOMPLETE = """
SELECT d.id FROM documents d
WHERE d.page_count <> (SELECT count(*) FROM pages WHERE document_id = d.id)
    OR d.exchange_count <> (SELECT count(*) FROM exchanges WHERE document_id = d.id)
    OR d.remark_count <> (SELECT count(*) FROM remarks WHERE document_id = d.id)
    OR (d.sha256, d.id) NOT IN (SELECT sha256, document_id FROM files WHERE name = d.name)
"""
SAMPLED = "SELECT text, vector FROM passages LIMIT ?"

SAMPLE = 4  # passages that are embedded again, to see that the model still makes the same vectors
SAME = 0.999  # the cosine from which two vectors of one text count as the same
STALE_SECONDS = 3_600  # an unfinished cache older than this has nobody who is writing it


def examine(settings: Settings, workshop: Workshop) -> Iterator[Finding]:
    """Checks database, documents, vectors, words, originals, cache and model, in this order."""
    damage = find_damage(settings)
    if damage:
        yield from rescue(settings, workshop, damage)
    with closing(Catalogue.open(settings)) as catalogue:
        yield from Examination(catalogue, settings, workshop).run()


class Examination:
    """The checks of an index whose database is sound as a database."""

    def __init__(self, catalogue: Catalogue, settings: Settings, workshop: Workshop) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._workshop = workshop
        self._originals = Originals(settings.originals)
        self._indexer: Indexer | None = None

    def run(self) -> Iterator[Finding]:
        """All checks; a repair that cannot be made is told, and the next check goes on."""
        checks = {
            "documents": self.check_documents,
            "vectors": self.check_vectors,
            "words": self.check_words,
            "originals": self.check_originals,
            "cache": self.check_cache,
            "model": self.check_model,
        }
        yield from run_checks(checks, str(self._settings.data))
        if self._indexer:
            self._indexer.close()

    def check_documents(self) -> Iterator[Finding]:
        """Every document is letter for letter what was written; else its original is read again."""
        with self._catalogue.aside() as connection, undecoded(connection):
            altered = set(altered_documents(connection))
            kept = connection.execute("SELECT id, name, sha256 FROM documents").fetchall()
        for row in kept:
            if row["id"] in altered:
                others = {other["sha256"] for other in kept if other["id"] != row["id"]}
                yield self._read_again(row["id"], self._original_of(row, others))

    def check_vectors(self) -> Iterator[Finding]:
        """Every text has passages with the vectors that were written; else it is embedded again."""
        with self._catalogue.snapshot() as snapshot:
            dimension = snapshot.state().dimension
        with self._catalogue.aside() as connection, undecoded(connection):
            altered = {
                row["document_id"]
                for row in connection.execute(PASSAGES)
                if not is_sound("passages", row)
                or not is_sound_blob(row["vector"], row["vector_checksum"])
                or not is_sound_blob(row["tokens"], row["tokens_checksum"])
                or len(row["vector"]) != STORED.itemsize * dimension
            }
            altered |= {row["document_id"] for row in connection.execute(WITHOUT_PASSAGES)}
            altered |= set(altered_listings(connection))
        for document_id in sorted(altered):
            self._open().embed_again(document_id)
            yield Finding(Health.REPAIRED, f"the vectors of {document_id} were made again")

    def check_words(self) -> Iterator[Finding]:
        """The word index holds the words of the exchanges; it is made again when it does not."""
        try:
            with self._catalogue.aside() as connection:
                sound = are_words_sound(connection) and words_are_right(connection)
        except IndexDamaged:
            sound = False
        if not sound:
            with self._catalogue.aside() as connection:
                make_words_again(connection)
                seal_words(connection)
                seal_state(connection)
            self._catalogue.close()  # for its connections remember what the word index was
            yield Finding(Health.REPAIRED, "the word index was made again")

    def check_originals(self) -> Iterator[Finding]:
        """Every document has its original; one without a document is added again."""
        with writer_lock(self._settings.data):  # so that no file that is being added is taken amiss
            documents = self._catalogue.documents()
            needed = {record.sha256 for record in documents}
            leftovers = self._originals.sweep(needed)
            unclaimed = [each for each in self._originals.by_age() if each not in needed]
        if leftovers:
            yield Finding(Health.REPAIRED, f"{leftovers} files that a killed program left")
        for record in documents:
            if not self._originals.is_sound(record.sha256):
                told = f"the original of {record.id} ({record.name}) is gone or damaged"
                yield Finding(Health.LOST, f"{told}; its text is in the index; add the file again")
        if unclaimed:  # they were committed, so the database must have lost them
            yield from recover(self._open(), self._settings, unclaimed)

    def check_cache(self) -> Iterator[Finding]:
        """The cache can be read; it is brought to the last commit, or made again."""
        unfinished = remove_unfinished(self._settings.cache)
        if unfinished:
            yield Finding(Health.REPAIRED, f"{unfinished} unfinished caches were removed")
        cached = load_vectors(self._settings.cache)
        if cached is None and (self._settings.cache / CACHE_NAME).exists():
            yield Finding(
                Health.REPAIRED, "the cache of vectors could not be read and was made again"
            )
        with self._catalogue.snapshot() as snapshot:
            state = snapshot.state()
            if state.fingerprint and (cached is None or cached.stamp.token != state.token):
                renew_cache(snapshot, self._settings.cache)

    def check_model(self) -> Iterator[Finding]:
        """The model that the settings name makes the vectors that are kept."""
        embedder = self._workshop.embedder(self._settings)
        self._catalogue.check_space(space_of(embedder))
        with self._catalogue.aside() as connection:
            sample = connection.execute(SAMPLED, (SAMPLE,)).fetchall()
        made = embedder.embed_passages([row["text"] for row in sample])
        kept = [np.frombuffer(row["vector"], STORED) for row in sample]
        if any(a @ b < SAME for a, b in zip(made, kept, strict=True)):
            yield Finding(
                Health.UNSOLVED,
                "the model makes other vectors than those that are kept; run `kamerantwoord rebuild`",
            )

    def _original_of(self, row: sqlite3.Row, others: set[str]) -> str:
        """The sha256 of the original of a row that is damaged, perhaps in its sha256 itself."""
        if self._originals.is_sound(row["sha256"]):
            return str(row["sha256"])
        unclaimed = [each for each in self._originals.digests() if each not in others]
        named = [each for each in unclaimed if self._originals.name(each) == row["name"]]
        return named[0] if len(named) == 1 else str(row["sha256"])

    def _read_again(self, document_id: str, sha256: str) -> Finding:
        try:
            data = self._originals.read(sha256)
        except LostOriginal as error:
            return Finding(
                Health.LOST, f"{document_id} is damaged and can only be removed, for {error}"
            )
        indexer = self._open()
        with self._catalogue.commit() as (snapshot, commit):
            indexer.remember(snapshot.recall([document_id]))
            commit.remove_document(document_id)
        report = indexer.add_bytes(data, self._originals.name(sha256))
        if report.outcome is Outcome.FAILED:
            return Finding(Health.LOST, f"{document_id} was damaged, and {report.problem}")
        return Finding(Health.REPAIRED, f"{document_id} was damaged and read again")

    def _open(self) -> Indexer:
        self._indexer = self._indexer or self._workshop.indexer(self._settings)
        return self._indexer


def altered_documents(connection: sqlite3.Connection) -> Iterator[str]:
    """The ids of documents of which a row is not what was written, or is gone."""
    for table, owner in OWNER.items():
        for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608  # names from the code
            if not is_sound(table, row):
                yield row[owner]
    for row in connection.execute(INCOMPLETE):
        yield row["id"]


def remove_unfinished(cache: Path) -> int:
    """Removes caches that a killed process left half written; returns how many."""
    stale = [
        path
        for path in cache.glob(f"*{UNFINISHED}")
        if abs(time.time() - path.stat().st_mtime) > STALE_SECONDS
    ]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
