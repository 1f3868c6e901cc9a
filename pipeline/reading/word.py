"""Reads Word files (DOCX): paragraphs, tables, text boxes, list numbers, foot- and endnotes.

The XML is read with lxml rather than python-docx, which shows neither notes and their places, list
numbers, text boxes nor what tracked changes left. What Word does not print is left out: deleted
text, field codes, hidden text, the generated table of contents. DOCX has no pages of its own.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from itertools import count
from typing import NoReturn

from lxml import etree

from pipeline.errors import BrokenDocument, EncryptedDocument, UnknownFormat
from pipeline.models import Declared, Paragraph, Style
from pipeline.reading.composing import Composer
from pipeline.reading.content import Content, pages_of
from pipeline.reading.endnotes import attach_listed_notes
from pipeline.reading.letterhead import is_letterhead, is_page_number, read_letterhead
from pipeline.reading.package import Package
from pipeline.reading.tables import compose_table
from pipeline.reading.word_styles import (
    BULLET,
    MAX_LEVEL,
    WordNumbering,
    WordStyles,
    as_number,
    child,
    count_in,
    is_on,
    value,
)

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # "strict" DOCX
}
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = {
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "rPr",
    "pPr",
    "tblPr",
    "tcPr",
    "sectPr",
    "rt",
}


def read_word(data: bytes, name: str) -> Content:
    """The text of a DOCX file; raises UnreadableDocument."""
    package = Package(data, name)
    part = _main_part(package)
    root = package.xml(part)
    body = child(root, "body")
    if body is None:
        raise BrokenDocument(name, "it has no body")
    related = _related_parts(package, part)
    styles = WordStyles(package.optional_xml(related.get("styles", "")))
    numbering = WordNumbering.read(package.optional_xml(related.get("numbering", "")), styles)
    notes = {
        kind: _note_elements(package.optional_xml(related.get(kind, "")))
        for kind in ("footnotes", "endnotes")
    }
    walk = _Walk(styles, numbering, notes)
    walk.blocks(body)
    paragraphs, warnings = attach_listed_notes(walk.composer.paragraphs)
    return Content(pages_of(paragraphs), walk.declared, warnings)


def refuse_old_word(data: bytes, name: str) -> NoReturn:
    """Raises what is wrong with an OLE file: a DOCX with a password, or Word of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedDocument(name)
    raise UnknownFormat(name, "Word of before 2007")


def _main_part(package: Package) -> str:
    """The part with the text: where the package says, or else where Word puts it."""
    return _related_parts(package, "").get("officeDocument", "word/document.xml")


def _related_parts(package: Package, part: str) -> dict[str, str]:
    """The parts that `part` points to, by the last word of their relationship type."""
    folder, base = posixpath.split(part)
    relations = package.optional_xml(posixpath.join(folder, "_rels", f"{base}.rels"))
    related: dict[str, str] = {}
    for relation in [] if relations is None else relations:
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        related.setdefault(relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return related


def _note_elements(root: etree._Element | None) -> dict[str, etree._Element]:
    return {value(note, "id"): note for note in ([] if root is None else root)}


@dataclass(slots=True)
class _Field:
    """A field being read; its code is not shown, its result is."""

    shows: bool = False


@dataclass(slots=True)
class _Walk:
    """Goes through the blocks and runs of a story in reading order and feeds a composer."""

    styles: WordStyles
    numbering: WordNumbering
    notes: dict[str, dict[str, etree._Element]]
    composer: Composer = field(default_factory=Composer)
    declared: Declared = Declared()
    _fields: list[_Field] = field(default_factory=list)
    _boxes: list[etree._Element] = field(default_factory=list)
    _footnotes: count[int] = field(default_factory=lambda: count(1))
    _endnotes: count[int] = field(default_factory=lambda: count(1))

    def blocks(self, container: etree._Element) -> None:
        """All paragraphs and tables within, content controls and revisions opened up."""
        for element in container:
            match _local(element):
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._table(element)
                case "sdt":
                    self._blocks_of(child(element, "sdtContent"))
                case "ins" | "moveTo" | "customXml" | "smartTag":
                    self.blocks(element)

    def _blocks_of(self, container: etree._Element | None) -> None:
        if container is not None:
            self.blocks(container)

    def _paragraph(self, element: etree._Element) -> None:
        style = self.styles[value(child(element, "pPr", "pStyle"))]
        kind = Style.HEADING if style.is_heading or _has_outline(element) else Style.BODY
        if not style.is_contents:
            label = self._list_label(element)
            if label and kind is Style.BODY:
                kind = Style.LIST
            if label:
                self.composer.write(label + " ", emphasised=True)
            self._runs(element, style.bold or style.italic or False)
            if is_page_number(self.composer.text):
                self.composer.discard()
            if child(element, "pPr", "rPr", "del") is None:  # else it runs on in the next one
                self.composer.end_paragraph(kind)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _list_label(self, element: etree._Element) -> str:
        style = self.styles[value(child(element, "pPr", "pStyle"))]
        own = child(element, "pPr", "numPr")
        list_id = value(child(own, "numId")) or style.list_id or ""
        level = value(child(own, "ilvl"))
        return self.numbering.next_label(list_id, as_number(level, style.level))

    def _runs(self, container: etree._Element, emphasised: bool) -> None:
        for element in container:
            name = _local(element)
            if name == "r":
                self._run(element, emphasised)
            elif element.tag == _MATH_TEXT:
                self.composer.write(element.text or "", emphasised=emphasised)
            elif name not in _SKIPPED and element.tag != _FALLBACK:
                self._runs(element, emphasised)

    def _run(self, run: etree._Element, emphasised: bool) -> None:
        settings = child(run, "rPr")
        style = self.styles[value(child(settings, "rStyle"))]
        if _either(is_on(child(settings, "vanish")), style.hidden, False):
            return
        bold = _either(is_on(child(settings, "b")), style.bold, emphasised)
        italic = _either(is_on(child(settings, "i")), style.italic, emphasised)
        for element in run:
            self._run_part(element, bold or italic)

    def _run_part(self, element: etree._Element, emphasised: bool) -> None:
        name = _local(element)
        if name == "fldChar":
            self._field_mark(value(element, "fldCharType"))
        elif name == "txbxContent":
            self._boxes.append(element)
        elif not all(opened.shows for opened in self._fields) or name in _SKIPPED:
            return
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(name.removesuffix("Reference") + "s", value(element, "id"))
        elif name in ("br", "cr"):
            self.composer.break_line()
        elif text := _shown(name, element):
            self.composer.write(text, emphasised=emphasised)
        elif name not in ("t", "tab", "sym") and element.tag != _FALLBACK:
            for inner in element:  # drawings and alternative content hold text boxes
                self._run_part(inner, emphasised)

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: str, note_id: str) -> None:
        label = (
            str(next(self._footnotes))
            if kind == "footnotes"
            else count_in("lowerRoman", next(self._endnotes))
        )
        element = self.notes[kind].get(note_id)
        if element is not None:
            inner = _Walk(self.styles, self.numbering, {"footnotes": {}, "endnotes": {}})
            inner.blocks(element)
            self.composer.note(label, " ".join(p.text for p in inner.composer.paragraphs))

    def _table(self, table: etree._Element) -> None:
        rows = [
            [self._cell(cell) for cell in row.iterchildren() if _local(cell) in ("tc", "sdt")]
            for row in _opened(table)
            if _local(row) == "tr"
        ]
        texts = [paragraph.text for row in rows for cell in row for paragraph in cell]
        if is_letterhead(texts):
            self.declared = read_letterhead(texts, self.declared)
            return
        self.composer.paragraphs.extend(compose_table(rows))

    def _cell(self, cell: etree._Element) -> list[Paragraph]:
        outer, self.composer = self.composer, Composer()
        self._blocks_of(child(cell, "sdtContent", "tc") if _local(cell) == "sdt" else cell)
        inner, self.composer = self.composer, outer
        return inner.paragraphs


def _opened(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, those in content controls too."""
    rows = []
    for element in table:
        content = child(element, "sdtContent") if _local(element) == "sdt" else None
        rows.extend([element] if content is None else list(content))
    return rows


def _local(element: etree._Element) -> str:
    """The name of a Word element; empty for those of drawings, formulas and the like."""
    name = etree.QName(element)
    return name.localname if name.namespace in _WORD else ""


def _has_outline(paragraph: etree._Element) -> bool:
    return as_number(value(child(paragraph, "pPr", "outlineLvl")), MAX_LEVEL) < MAX_LEVEL


def _either(*settings: bool | None) -> bool:
    """The first that is settled."""
    return next((setting for setting in settings if setting is not None), False)


def _shown(name: str, element: etree._Element) -> str:
    """What one part of a run shows as text."""
    if name == "t":
        return element.text or ""
    if name == "sym":
        return BULLET  # of a symbol font; which sign it shows depends on the font
    return {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}.get(name, "")
