"""What a word processor shows of an ODT is what is read."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.errors import BrokenDocument, EncryptedDocument
from pipeline.models import Paragraph
from pipeline.reading import read_document
from pipeline.reading.odt import read_odt

NS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    "office": "office",
    "text": "text",
    "table": "table",
    "style": "style",
    "draw": "drawing",
    "fo": "xsl-fo-compatible",
}
SPACES = " ".join(f'xmlns:{short}="{NS}{name}:1.0"' for short, name in NAMES.items())


def odt(body: str, *, styles: str = "", manifest: str = "") -> bytes:
    """An ODT with this body and these automatic styles."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return file.getvalue()


def read(body: str, styles: str = "") -> list[Paragraph]:
    """The paragraphs of an ODT."""
    return [
        p for page in read_odt(odt(body, styles=styles), "brief.odt").pages for p in page.paragraphs
    ]


LISTS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
    ' style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1"'
    ' text:bullet-char="•"/></text:list-style>'
)


def listed(*items: str, style: str = "L", more: str = "") -> str:
    """A list of these items."""
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


def test_numbers_of_lists_are_text() -> None:
    sub = "<text:p>twee</text:p>" + listed("<text:p>deel</text:p>")
    body = listed("<text:p>een</text:p>", sub) + "<text:p>tussen</text:p>"
    body += listed("<text:p>drie</text:p>", more='text:continue-numbering="true"')
    body += listed("<text:p>punt</text:p>", style="B")
    assert [p.text for p in read(body, LISTS)] == [
        "1. een",
        "2. twee",
        "a) deel",
        "tussen",
        "3. drie",
        "• punt",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>a<text:tab/>b<text:s text:c='3'/>c</text:p>", ["a b c"]),
        ("<text:p>Vraag 1<text:line-break/>Kent u dit?</text:p>", ["Vraag 1", "Kent u dit?"]),
        ("<text:p>een <text:span>twee <text:a>drie</text:a></text:span> vier</text:p>", ["een twee drie vier"]),
        ("<text:section><text:p>in deel</text:p></text:section>", ["in deel"]),
        ("<text:tracked-changes><text:p>oud</text:p></text:tracked-changes><text:p>nieuw</text:p>", ["nieuw"]),
        ("<text:table-of-content><text:p>1 Kosten 3</text:p></text:table-of-content><text:p>Tekst</text:p>", ["Tekst"]),
        ("<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
         "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>", ["a | b"]),
        ("<text:p>Tekst.<draw:frame><draw:text-box><text:p>Kader.</text:p></draw:text-box></draw:frame></text:p>",
         ["Tekst.", "Kader."]),
        ("<text:p>Zie<office:annotation><text:p>opmerking</text:p></office:annotation> hier</text:p>", ["Zie hier"]),
    ],
)  # fmt: skip
def test_what_a_paragraph_shows(body: str, expected: list[str]) -> None:
    assert [paragraph.text for paragraph in read(body)] == expected


def test_a_note_stands_at_its_marker() -> None:
    citation = "<text:note-citation>1</text:note-citation>"
    body = "<text:note-body><text:p>Zie daar.</text:p></text:note-body>"
    note = f"<text:note>{citation}{body}</text:note>"
    (paragraph,) = read(f"<text:p>De tekst{note} gaat door.</text:p>")
    assert paragraph.text == "De tekst gaat door."
    assert [(n.label, n.offset, n.text) for n in paragraph.footnotes] == [("1", 8, "Zie daar.")]


def test_bold_is_inherited() -> None:
    styles = (
        '<style:style style:name="V"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="W" style:parent-style-name="V"/>'
    )
    assert read('<text:p text:style-name="W">Vet</text:p>', styles)[0].emphasised


def test_a_password_is_named() -> None:
    manifest = f'<m:manifest xmlns:m="{NS}manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(EncryptedDocument):
        read_document(odt("", manifest=manifest), "geheim.odt")


@pytest.mark.parametrize(
    "data",
    [
        odt("<text:p>Tekst</text:p>")[:-30],
        odt("<text:p>"),
        odt("").replace(b"office:body", b"office:bady"),
    ],
)
def test_a_damaged_file_is_named_as_such(data: bytes) -> None:
    with pytest.raises(BrokenDocument, match=r"stuk\.odt"):
        read_document(data, "stuk.odt")
