"""What is read as a whole rather than row by row, and how damage to it is noticed.

A row that is read is checked by its checksum; a row that is not found, or a filter that passes one
over, would go unnoticed. So each document keeps the sum of what its exchanges and passages are found
by, and the state that of the word index. They are compared once for each commit that a reader sees.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.errors import IndexDamaged
from index.filtering import LISTED
from index.integrity import checksum, is_sound

# Where an exchange stands and what filters ask of it; NOT INDEXED, for the index may differ.
EXCHANGES = "SELECT document_id, id, position, key, party, respondent FROM exchanges NOT INDEXED"
# Where a passage is looked up: this is read from the index over these columns alone.
PASSAGES = "SELECT exchange_id, part, position, id FROM passages"
# The passages of each exchange as Python would write their rows, which itself takes four times as
# long: 2 s for a million.
WRITTEN_PASSAGES = (
    "SELECT exchange_id, group_concat("
    "format('(%d, ''%s'', %d, %d)', exchange_id, part, position, id), char(10))"
    " FROM passages GROUP BY exchange_id"
)
DOCUMENTS = "SELECT * FROM documents"
OF_DOCUMENT = " WHERE document_id = ?"
OF_EXCHANGES = " WHERE exchange_id IN (SELECT id FROM exchanges WHERE document_id = ?)"
WORDS = (
    "SELECT id, block FROM exchange_words_data",
    "SELECT id, sz FROM exchange_words_docsize",
)
PLACES_OF_WORDS = "SELECT segid, term, pgno FROM exchange_words_idx"
MANY = 0.1  # of all documents; where more are new, reading all in one go is quicker


def listing_of(connection: sqlite3.Connection, document_id: str) -> int:
    """The sum of what the exchanges and passages of one document are found by."""
    exchanges = _rows(connection, EXCHANGES.replace(" NOT INDEXED", "") + OF_DOCUMENT, document_id)
    passages = _rows(connection, PASSAGES + OF_EXCHANGES, document_id)
    return sum(map(checksum, exchanges)) + sum(map(checksum, passages))


def listings(connection: sqlite3.Connection) -> dict[str, int]:
    """The sums of all documents that have exchanges; raises IndexDamaged for a stray passage."""
    sums: defaultdict[str, int] = defaultdict(int)
    owner: dict[int, str] = {}
    for row in _rows(connection, EXCHANGES):
        owner[row[1]] = row[0]
        sums[row[0]] += checksum(row)
    for exchange, written in _rows(connection, WRITTEN_PASSAGES):
        if exchange not in owner:
            raise IndexDamaged("the index", f"{written} belongs to no exchange")
        sums[owner[exchange]] += sum(map(zlib.crc32, str(written).encode().split(b"\n")))
    return dict(sums)


def words_sum(connection: sqlite3.Connection) -> int:
    """The sum of the word index as it lies in the database, as far as searching reads it."""
    blocks = (row for query in WORDS for row in _rows(connection, query))
    places = _rows(connection, PLACES_OF_WORDS)
    return sum(_block_sum(*row) for row in blocks) + sum(map(checksum, places))


def _block_sum(place: object, block: object) -> int:
    return zlib.crc32(block, checksum([place])) if isinstance(block, bytes) else -1


def kept_listings(connection: sqlite3.Connection) -> dict[str, int]:
    """The sums that the documents keep."""
    return dict(_rows(connection, "SELECT id, listing FROM documents NOT INDEXED"))


def altered_listings(
    connection: sqlite3.Connection, checked: Mapping[str, int] | None = None
) -> list[str]:
    """The documents that, or whose exchanges or passages, would not be found, or wrongly.

    Those that had the same sum when they were `checked` before are taken to be as they were.
    """
    kept, checked = kept_listings(connection), checked or {}
    new = {name: listing for name, listing in kept.items() if checked.get(name) != listing}
    if len(new) > MANY * len(kept):
        new, found = kept, listings(connection)
    else:
        found = {document_id: listing_of(connection, document_id) for document_id in new}
    altered = {name for name in new.keys() | found.keys() if new.get(name) != found.get(name, 0)}
    for row in connection.execute(f"{DOCUMENTS} WHERE id IN {LISTED}", (_named(new),)):
        if not is_sound("documents", row):
            altered.add(row["id"])
    return sorted(map(str, altered))


def _named(document_ids: Iterable[str]) -> str:
    return json.dumps([str(name) for name in document_ids])


def _rows(connection: sqlite3.Connection, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples
    yield from cursor.execute(query, values)
