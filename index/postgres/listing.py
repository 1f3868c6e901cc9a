"""What the exchanges and passages of a document are found by, as one sum, as in a folder's index."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from index.integrity import checksum

EXCHANGES = """
SELECT document_id, id, position, key, party, respondent FROM exchanges WHERE document_id = %s
"""
PASSAGES = "SELECT exchange_id, part, position, id FROM passages WHERE document_id = %s"


def listing_of(connection: Connection[Any], document_id: str) -> int:
    """The sum over the exchanges and passages of one document."""
    return sum(
        checksum(row)
        for query in (EXCHANGES, PASSAGES)
        for row in connection.execute(query, (document_id,))
    )
