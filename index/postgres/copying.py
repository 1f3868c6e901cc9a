"""Many rows at once into a table, as values of their own types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

TYPES = {
    **dict.fromkeys(("id", "exchange_id", "listing"), "int8"),
    **dict.fromkeys(("checksum", "vector_checksum", "tokens_checksum"), "int8"),
    **dict.fromkeys(("position", "number", "first_page", "last_page"), "int4"),
    **dict.fromkeys(("page_count", "exchange_count", "remark_count"), "int4"),
    **dict.fromkeys(("answer_letters", "words"), "int4"),
    "vector": "vector",
    "tokens": "bytea",
}


def copy_rows(connection: Connection[Any], table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows that all have the same columns."""
    if not rows:
        return
    columns = list(rows[0])
    types = [_type_of(table, column) for column in columns]
    command = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor().copy(command.encode()) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row([row[column] for column in columns])


def _type_of(table: str, column: str) -> str:
    if (table, column) == ("documents", "id"):
        return "text"
    return TYPES.get(column, "text")
