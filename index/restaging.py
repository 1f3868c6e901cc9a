"""The passages that a rebuild has made so far, in SQLite beside those that serve.

It knows the tables; what a rebuild is, `rebuilding` knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.commits import EmbeddedPassage, Space, passage_row
from index.connections import Connections

STAGE = """
INSERT INTO rebuilt (exchange_id, fingerprint, part, position, text, first_page, last_page, vector,
    checksum, vector_checksum, tokens, tokens_checksum)
VALUES (:exchange_id, :fingerprint,
    :part, :position, :text, :first_page, :last_page, :vector,
    :checksum, :vector_checksum, :tokens, :tokens_checksum)
"""
PENDING = """
SELECT id FROM exchanges WHERE id NOT IN (SELECT exchange_id FROM rebuilt) ORDER BY id
"""


class SqliteRebuilding:
    """A rebuild that is under way."""

    def __init__(self, connections: Connections, space: Space) -> None:
        self._connections = connections
        self._space = space

    def total(self) -> int:
        """How many exchanges there are."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM exchanges").fetchone()[0])

    def pending(self) -> list[int]:
        """The rows of the exchanges that were not staged yet."""
        with self._connections.reading() as connection:
            return [int(row["id"]) for row in connection.execute(PENDING)]

    def stage(self, staged: Sequence[tuple[int, EmbeddedPassage]]) -> None:
        """Puts passages aside, each with the row of its exchange."""
        fingerprint = {"fingerprint": self._space.fingerprint}
        rows = [fingerprint | passage_row(row, item) for row, item in staged]
        with self._connections.writing() as connection:
            connection.executemany(STAGE, rows)
