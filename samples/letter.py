"""Manuscript → Word file as a ministry sends it: letterhead in tables, letter, then the answers.

python-docx writes all but the footnotes, whose part is added here.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from samples.manuscript import Block, Look, Manuscript, runs_of

WRITTEN = datetime(2025, 5, 8, tzinfo=UTC)
ADDRESSEE = (
    "Aan de Voorzitter van de\nTweede Kamer der Staten-Generaal\nPostbus 20018\n2500 EA Den Haag"
)
_STYLES = {Look.ITEM: "List Bullet"}
_RULES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
    for at, (kind, element) in enumerate(
        (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), -1
    )
)


def make_docx(manuscript: Manuscript) -> bytes:
    """The letter with its answers; the same manuscript always gives the same bytes."""
    document = Document()
    _write_letterhead(document, manuscript.front)
    answers = next(at for at, block in enumerate(manuscript.blocks) if block.look is Look.LABEL)
    for block in manuscript.blocks[:answers]:
        _write(document, block)
    for line in manuscript.front["signed"].split("|"):
        document.add_paragraph(line)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph().add_run(manuscript.front["title"]).bold = True
    for block in manuscript.blocks[answers:]:
        _write(document, block)
    _add_notes(document, manuscript.notes)
    properties = document.core_properties
    properties.title, properties.comments = manuscript.front["subject"], "Fictief voorbeeld"
    properties.author = properties.last_modified_by = manuscript.front["ministry"]
    properties.created = properties.modified = WRITTEN
    saved = BytesIO()
    document.save(saved)
    return _undated(saved.getvalue())


def _write_letterhead(document: WordDocument, front: Mapping[str, str]) -> None:
    rows = (
        (f"> Retouradres {front['retour']}", ADDRESSEE),
        (front["ministry"], f"{front['directorate']}\nOns kenmerk\n{front['reference']}"),
        (f"Datum {front['date']}", f"Onderwerp {front['subject']}"),
    )
    for cells in rows:
        table = document.add_table(rows=1, cols=len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            first, *others = text.split("\n")
            cell.paragraphs[0].add_run(first)
            for line in others:
                cell.add_paragraph(line)
        document.add_paragraph()


def _write(document: WordDocument, block: Block) -> None:
    paragraph = document.add_paragraph(style=_STYLES.get(block.look))
    for run in runs_of(block.text, bold=block.look is Look.LABEL):
        if run.marker:
            _refer(paragraph, run.text)
        else:
            written = paragraph.add_run(run.text)
            written.bold, written.italic = run.bold or None, run.italic or None


def _refer(paragraph: Paragraph, note: str) -> None:
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), note)
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(reference)


def _add_notes(document: WordDocument, notes: Mapping[str, str]) -> None:
    root = etree.fromstring(f"<w:footnotes {nsdecls('w')}>{_RULES}</w:footnotes>")
    for label, text in notes.items():
        note = etree.SubElement(root, qn("w:footnote"), {qn("w:id"): label})
        paragraph = etree.SubElement(note, qn("w:p"))
        marker = etree.SubElement(paragraph, qn("w:r"))
        looks = etree.SubElement(marker, qn("w:rPr"))
        etree.SubElement(looks, qn("w:vertAlign"), {qn("w:val"): "superscript"})
        etree.SubElement(marker, qn("w:footnoteRef"))
        written = etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:t"))
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        written.text = f" {text}"
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _undated(data: bytes) -> bytes:
    """The same package without the clock in it."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
