"""Documents made to exhaust whoever reads them; each is small on the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable

from tests.faults.laboratory import rounds

MANY = 100_000
MEGABYTE = 1_000_000
GIGABYTE = rounds(full=1_000, short=150)  # megabytes; already far more than may be unpacked
SPACES = b" " * MEGABYTE


def pdf(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of which is the catalogue."""
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    offsets = {}
    for number, body in objects.items():
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1))
    for number in range(1, max(objects) + 1):
        out.write(b"%010d 00000 n \n" % offsets.get(number, 0))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (max(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(data: bytes) -> bytes:
    """A compressed stream."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def one_page(content: bytes, kids: bytes = b"[3 0 R]", count: int = 1) -> dict[int, bytes]:
    """The objects of a PDF with one page object."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids %s /Count %d >>" % (kids, count),
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        4: content,
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }


def deep_array() -> bytes:
    """An array in an array, a hundred thousand deep."""
    deep = b"[" * MANY + b"]" * MANY
    return pdf(one_page(stream(b"BT /F 9 Tf (x) Tj ET")) | {6: deep}, b"/Info 6 0 R")


def deep_page_tree() -> bytes:
    """A tree of pages with a single branch of twenty thousand nodes."""
    objects = one_page(stream(b"BT /F 9 Tf (x) Tj ET"), b"[10 0 R]")
    for number in range(10, 20_010):
        child = b"3 0 R" if number == 20_009 else b"%d 0 R" % (number + 1)
        objects[number] = b"<< /Type /Pages /Kids [%s] /Count 1 >>" % child
    return pdf(objects)


def page_tree_in_a_ring() -> bytes:
    """A tree of pages that is its own child."""
    return pdf(one_page(stream(b"BT ET"), b"[2 0 R 2 0 R]", 2))


def many_pages() -> bytes:
    """The same page, a hundred thousand times."""
    kids = b"[" + b"3 0 R " * MANY + b"]"
    return pdf(one_page(stream(b"BT /F 9 Tf 50 700 Td (x) Tj ET"), kids, MANY))


def swollen_content() -> bytes:
    """A page whose content is a gigabyte of nothing."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(SPACES) for _ in range(GIGABYTE)) + packer.flush()
    head = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
    return pdf(one_page(b"%s\nstream\n%s\nendstream" % (head, packed)))


def twice_packed_content() -> bytes:
    """A page whose content was compressed twice, and unfolds to a gigabyte."""
    packer = zlib.compressobj(9)
    inner = b"".join(packer.compress(SPACES) for _ in range(GIGABYTE)) + packer.flush()
    packed = zlib.compress(inner, 9)
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>" % len(packed)
    return pdf(one_page(b"%s\nstream\n%s\nendstream" % (head, packed)))


def endless_operators() -> bytes:
    """A page with three million drawing operators."""
    return pdf(one_page(stream(b"BT /F 9 Tf " + b"1 0 Td (a) Tj " * 3_000_000 + b"ET")))


def xref_in_a_ring() -> bytes:
    """A cross-reference table that names itself as its predecessor."""
    first = pdf(one_page(stream(b"BT ET")), b"/Prev 0000000")
    start = first.rindex(b"xref\n0")
    return first.replace(b"/Prev 0000000", b"/Prev %07d" % start)


def many_objects_in_a_stream() -> bytes:
    """An object stream that claims ten million objects."""
    objects = one_page(stream(b"BT ET"))
    packed = zlib.compress(b"7 0 " * MANY, 9)
    objects[6] = (
        b"<< /Type /ObjStm /N 10000000 /First 40000000 /Filter /FlateDecode /Length %d >>"
        b"\nstream\n%s\nendstream" % (len(packed), packed)
    )
    return pdf(objects)


def zipped(entries: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """A zip file of entries that are written piece by piece."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in entries:
            info = zipfile.ZipInfo(name)
            if name != "mimetype":  # it lies unpacked, so that the format can be told by it
                info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as entry:
                for piece in pieces:
                    entry.write(piece)
    return out.getvalue()


DOCX_HEAD = (
    b'<?xml version="1.0"?><w:document xmlns:w='
    b'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
)
DOCX_TAIL = b"</w:t></w:r></w:p></w:body></w:document>"
DOCX_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    b'.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
DOCX_RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(body: Iterable[bytes]) -> bytes:
    """A Word file with this text."""
    return zipped(
        [
            ("[Content_Types].xml", [DOCX_TYPES]),
            ("_rels/.rels", [DOCX_RELATIONS]),
            ("word/document.xml", [DOCX_HEAD, *body, DOCX_TAIL]),
        ]
    )


def odt(content: Iterable[bytes]) -> bytes:
    """An OpenDocument text with this content."""
    return zipped(
        [
            ("mimetype", [b"application/vnd.oasis.opendocument.text"]),
            ("content.xml", content),
        ]
    )


ODT_HEAD = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
)
ODT_TAIL = b"</office:text></office:body></office:document-content>"


def laughs(root: bytes = b"officiele-publicatie") -> bytes:
    """Entities that stand for ten others each, ten deep."""
    entities = b'<!ENTITY l0 "lach lach lach lach">' + b"".join(
        b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 11)
    )
    return b'<?xml version="1.0"?><!DOCTYPE %s [%s]><%s><al>&l10;</al></%s>' % (
        root,
        entities,
        root,
        root,
    )


def external_entity(secret: str) -> bytes:
    """An entity that stands for a file of the reader's machine."""
    return (
        b'<?xml version="1.0"?><!DOCTYPE kamerstuk [<!ENTITY buit SYSTEM "file://%s">]>'
        b"<kamerstuk><titel>Vraag</titel><al>Antwoord: &buit; en verder niets.</al></kamerstuk>"
    ) % secret.encode()


def deep_html() -> bytes:
    """Half a million elements in one another."""
    return b"<html><body>" + b"<div>" * 500_000 + b"diep" + b"</div>" * 500_000 + b"</body></html>"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "diepe-lijst.pdf": deep_array,
    "diepe-boom.pdf": deep_page_tree,
    "boom-in-een-ring.pdf": page_tree_in_a_ring,
    "honderdduizend-bladzijden.pdf": many_pages,
    "gigabyte.pdf": swollen_content,
    "dubbel-ingepakt.pdf": twice_packed_content,
    "drie-miljoen-opdrachten.pdf": endless_operators,
    "verwijzingen-in-een-ring.pdf": xref_in_a_ring,
    "tien-miljoen-objecten.pdf": many_objects_in_a_stream,
    "zipbom.docx": lambda: docx(SPACES for _ in range(3 * GIGABYTE)),
    "woord-van-10-mb.docx": lambda: docx([b"a" * 10 * MEGABYTE]),
    "honderdduizend-delen.docx": lambda: zipped(
        [("word/document.xml", [DOCX_HEAD, DOCX_TAIL])]
        + [(f"word/deel{n}.xml", [b"<a/>"]) for n in range(MANY)]
    ),
    "zipbom.odt": lambda: odt([ODT_HEAD, *(SPACES for _ in range(3 * GIGABYTE)), ODT_TAIL]),
    "spaties.odt": lambda: odt(
        [ODT_HEAD, b'<text:p>a<text:s text:c="2000000000"/>b</text:p>', ODT_TAIL]
    ),
    "lachbui.odt": lambda: odt([laughs(b"office")]),
    "lachbui.xml": laughs,
    "diep.xml": lambda: b"<kamerstuk>" + b"<al>" * 500_000 + b"x" + b"</al>" * 500_000,
    "diep.html": deep_html,
    "woord-van-10-mb.txt": lambda: b"a" * 10 * MEGABYTE,
    "cijfers.txt": lambda: b"1" * 10 * MEGABYTE,
    "punten.txt": lambda: b"1. " * 3 * MEGABYTE,
    "haakjes.txt": lambda: b"(" * 5 * MEGABYTE,
    "vragen.txt": lambda: b"Vraag " * MEGABYTE,
    "antwoorden.txt": lambda: b"Antwoord 1 " * MEGABYTE,
    "spaties.txt": lambda: b"a" + b" " * 10 * MEGABYTE + b"b",
    "witregels.txt": lambda: b"a\n\n" * 3 * MEGABYTE,
    "een-letter-per-regel.txt": lambda: b"a\n" * 5 * MEGABYTE,
    "koppeltekens.txt": lambda: b"a-\n" * 3 * MEGABYTE,
    "namen.txt": lambda: b"van de leden " * MEGABYTE,
    "verwijzingen.txt": lambda: b"Kamerstuk 36 600 " * (MEGABYTE // 2),
    "zinnen.txt": lambda: b"Zie het antwoord op vraag 1, 2, 3 en 4. " * (MEGABYTE // 4),
}
