"""Texts as PostgreSQL can hold them: any Unicode but U+0000, which stands in some documents.

It is written as two letters of the private use area, and so is the first of these, so that every text
comes back letter for letter.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.types.string import StrBinaryDumper, StrDumper, TextLoader

NUL = "\x00"
MARK = "\ue000"
WRITTEN_NUL, WRITTEN_MARK = MARK + "0", MARK + "1"
MARK_BYTES = MARK.encode()


def written(text: str) -> str:
    """A text without U+0000."""
    if NUL not in text and MARK not in text:
        return text
    return text.replace(MARK, WRITTEN_MARK).replace(NUL, WRITTEN_NUL)


def read(text: str) -> str:
    """The inverse of `written`."""
    return text.replace(WRITTEN_NUL, NUL).replace(WRITTEN_MARK, MARK)


class _Dumper(StrDumper):
    oid = 0  # the server tells from the place what it is

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(written(obj))


class _TextDumper(_Dumper):
    oid = 25


class _BinaryDumper(StrBinaryDumper):
    oid = 25

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(written(obj))


class _Loader(TextLoader):
    def load(self, data: Buffer) -> str | bytes:
        if MARK_BYTES in bytes(data):
            return read(str(super().load(data)))
        return super().load(data)


class _BinaryLoader(_Loader):
    format = StrBinaryDumper.format


def register_texts(connection: Connection[Any]) -> None:
    """Has a connection write and read texts so."""
    for dumper in (_BinaryDumper, _TextDumper, _Dumper):  # the last one serves where none is asked
        connection.adapters.register_dumper(str, dumper)
    for loader in (_Loader, _BinaryLoader):
        connection.adapters.register_loader("text", loader)
