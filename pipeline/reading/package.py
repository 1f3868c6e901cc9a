"""Opens the zip packages that DOCX and ODT files are, within bounds.

A part is unpacked only when it is asked for and never beyond `MAX_PART_BYTES`, so that a zip bomb
costs nothing. XML in it is read without outside entities.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from pipeline.errors import BrokenDocument, EncryptedDocument, OversizedDocument

MAX_PART_BYTES = 100 * 2**20  # the text of 5,000 pages of Word is some 50 MB of XML
_ENCRYPTED_FLAG = 0x1


class Package:
    """A zip file whose parts are read one by one; raises UnreadableDocument errors only."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._archive = ZipFile(BytesIO(data))
            self._parts = {info.filename.lstrip("/"): info for info in self._archive.infolist()}
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise BrokenDocument(name, "the zip package cannot be opened") from error
        if any(info.flag_bits & _ENCRYPTED_FLAG for info in self._parts.values()):
            raise EncryptedDocument(name)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        info = self._parts.get(part)
        if info is None:
            raise BrokenDocument(self.name, f"{part} is missing")
        if info.file_size > MAX_PART_BYTES:
            raise OversizedDocument(self.name, f"{part} unpacks to {info.file_size:,} bytes")
        try:
            return self._archive.read(info)
        except (
            BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            raise BrokenDocument(self.name, f"{part} cannot be unpacked") from error

    def xml(self, part: str) -> etree._Element:
        """The root element of an XML part."""
        return parse_xml(self.read(part), self.name)

    def optional_xml(self, part: str) -> etree._Element | None:
        """The root element of an XML part, or None when the package does without it."""
        return self.xml(part) if part in self else None


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element; entities from outside are never fetched, bombs of entities are refused."""
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenDocument(name, str(error)[:120]) from error
