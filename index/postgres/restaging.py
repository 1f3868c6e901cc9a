"""The passages that a rebuild has made so far, on the server beside those that serve.

It knows the tables; what a rebuild is, `rebuilding` knows.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import errors

from index.commits import EmbeddedPassage, Space, first_passage_id
from index.postgres.commits import stored_passage
from index.postgres.connecting import Connections
from index.postgres.copying import copy_rows

PENDING = """
SELECT e.id FROM exchanges e WHERE NOT EXISTS (
    SELECT 1 FROM rebuilt r WHERE r.document_id = e.document_id AND r.exchange_id = e.id
) ORDER BY e.id
"""


class PostgresRebuilding:
    """A rebuild that is under way; documents may come and go meanwhile."""

    def __init__(self, connections: Connections, space: Space) -> None:
        self._connections = connections
        self._space = space

    def total(self) -> int:
        """How many exchanges there are."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT exchanges FROM state").fetchone()
        return int(row[0]) if row else 0

    def pending(self) -> list[int]:
        """The rows of the exchanges that were not staged yet."""
        with self._connections.reading() as connection:
            return [row for (row,) in connection.execute(PENDING)]

    def stage(self, staged: Sequence[tuple[int, EmbeddedPassage]]) -> None:
        """Puts passages aside, each with the row of its exchange; not of those gone meanwhile."""
        try:
            self._stage(staged)
        except errors.ForeignKeyViolation:  # one went between being looked up and being written
            self._stage(staged)

    def _stage(self, staged: Sequence[tuple[int, EmbeddedPassage]]) -> None:
        base, rows = first_passage_id(), list({row for row, _ in staged})
        query = "SELECT id, document_id FROM exchanges WHERE id = ANY(%s::bigint[])"
        with self._connections.writing() as connection:
            owner: dict[int, str] = dict(connection.execute(query, (rows,)).fetchall())
            connection.execute("DELETE FROM rebuilt WHERE exchange_id = ANY(%s::bigint[])", (rows,))
            passages = [
                {"fingerprint": self._space.fingerprint}
                | stored_passage(owner[row], base + at, row, item)
                for at, (row, item) in enumerate(staged)
                if row in owner
            ]
            copy_rows(connection, "rebuilt", passages)
