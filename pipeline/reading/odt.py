"""Reads OpenDocument text (ODT): paragraphs, headings, lists, tables, text boxes and notes.

The XML is read with lxml: odfpy keeps neither the order of mixed text nor list numbers. Deleted
text, generated contents, hidden text and the heading table of official publications are left out.
ODT has no pages of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.errors import BrokenDocument, EncryptedDocument
from pipeline.models import Declared, Paragraph, Style
from pipeline.reading.composing import Composer
from pipeline.reading.content import Content, pages_of
from pipeline.reading.endnotes import attach_listed_notes
from pipeline.reading.furniture import OFFICIAL_ID
from pipeline.reading.letterhead import is_letterhead, is_page_number, read_letterhead
from pipeline.reading.package import Package
from pipeline.reading.tables import compose_table
from pipeline.reading.word_styles import BULLET, MAX_BASED_ON, as_number, count_in

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = f"{{{_NS}text:1.0}}", f"{{{_NS}table:1.0}}", f"{{{_NS}drawing:1.0}}"
_STYLE, _OFFICE = f"{{{_NS}style:1.0}}", f"{{{_NS}office:1.0}}"
_FORMAT = f"{{{_NS}xsl-fo-compatible:1.0}}"
_MANIFEST = f"{{{_NS}manifest:1.0}}"
_HEADING_TABLE = "parlementair.kop"
_SKIPPED = {
    _TEXT + name
    for name in ("tracked-changes", "table-of-content", "hidden-text", "page-number", "note")
} | {_OFFICE + "annotation", _OFFICE + "forms", _TEXT + "sequence-decls"}
_NUMBER_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read_odt(data: bytes, name: str) -> Content:
    """The text of an ODT file; raises UnreadableDocument."""
    package = Package(data, name)
    manifest = package.optional_xml("META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{_MANIFEST}encryption-data") is not None:
        raise EncryptedDocument(name)
    root = package.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise BrokenDocument(name, "it has no text body")
    walk = _Walk(_Styles([package.optional_xml("styles.xml"), root]))
    walk.blocks(body)
    paragraphs, warnings = attach_listed_notes(walk.composer.paragraphs)
    return Content(pages_of(paragraphs), walk.declared, warnings)


@dataclass(frozen=True, slots=True)
class _ListLevel:
    """How a level of a list is marked; `format` is empty for bullets."""

    format: str
    bullet: str = BULLET
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown_levels: int = 1


class _Styles:
    """The emphasis, list levels and list names that styles settle."""

    def __init__(self, roots: list[etree._Element | None]) -> None:
        self._emphasis: dict[str, bool | None] = {}
        self._parents: dict[str, str] = {}
        self._list_of: dict[str, str] = {}
        self.levels: dict[str, dict[int, _ListLevel]] = {}
        for root in roots:
            for element in [] if root is None else root.iter(_STYLE + "style"):
                self._add(element)
            for element in [] if root is None else root.iter(_TEXT + "list-style"):
                self.levels[element.get(_STYLE + "name", "")] = _list_levels(element)

    def emphasis(self, name: str) -> bool | None:
        """Whether the style is bold or in italics; None when it leaves that open."""
        for _ in range(MAX_BASED_ON):
            if self._emphasis.get(name) is not None:
                return self._emphasis[name]
            name = self._parents.get(name, "")
        return None

    def list_of(self, name: str) -> str:
        """The list style that a paragraph style brings along."""
        return self._list_of.get(name, "")

    def _add(self, element: etree._Element) -> None:
        name = element.get(_STYLE + "name", "")
        settings = element.find(_STYLE + "text-properties")
        weight = "" if settings is None else settings.get(_FORMAT + "font-weight", "")
        slant = "" if settings is None else settings.get(_FORMAT + "font-style", "")
        set_off = weight in {"bold", "600", "700", "800", "900"} or slant in {"italic", "oblique"}
        self._emphasis[name] = set_off or (False if weight or slant else None)
        self._parents[name] = element.get(_STYLE + "parent-style-name", "")
        self._list_of[name] = element.get(_STYLE + "list-style-name", "")


def _list_levels(element: etree._Element) -> dict[int, _ListLevel]:
    levels = {}
    for level in element:
        depth = as_number(level.get(_TEXT + "level", ""), 1)
        if level.tag == _TEXT + "list-level-style-number":
            levels[depth] = _ListLevel(
                level.get(_STYLE + "num-format", ""),
                "",
                level.get(_STYLE + "num-prefix", ""),
                level.get(_STYLE + "num-suffix", ""),
                as_number(level.get(_TEXT + "start-value", ""), 1),
                as_number(level.get(_TEXT + "display-levels", ""), 1),
            )
        elif level.tag == _TEXT + "list-level-style-bullet":
            sign = level.get(_TEXT + "bullet-char", BULLET)
            levels[depth] = _ListLevel("", sign if sign in "-–—*" else BULLET)
    return levels


@dataclass(slots=True)
class _OpenList:
    """A list being read: its style and how far each level has counted."""

    style: str
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Walk:
    """Goes through the blocks of the text in reading order and feeds a composer."""

    styles: _Styles
    composer: Composer = field(default_factory=Composer)
    declared: Declared = Declared()
    _label: str = ""
    _boxes: list[etree._Element] = field(default_factory=list)
    _counted: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def blocks(self, container: Iterable[etree._Element]) -> None:
        """All paragraphs, lists and tables within."""
        for element in container:
            if element.tag in (_TEXT + "p", _TEXT + "h"):
                self._paragraph(element)
            elif element.tag == _TEXT + "list":
                self._list(element, None, 1)
            elif element.tag == _TABLE + "table":
                self._table(element)
            elif element.tag == _DRAW + "frame" and element.get(_TEXT + "anchor-type") == "page":
                self._beside_the_text(element)
            elif element.tag not in _SKIPPED:
                self.blocks(element)

    def _beside_the_text(self, frame: etree._Element) -> None:
        """A frame tied to the page holds a publication's mark or a letter's margin, not text."""
        for line in frame.iter(_TEXT + "p"):
            if found := OFFICIAL_ID.fullmatch("".join(line.itertext()).strip()):
                self.declared = replace(self.declared, official_id=found[0])

    def _paragraph(self, element: etree._Element) -> None:
        label, self._label = self._label, ""
        style = Style.HEADING if element.tag == _TEXT + "h" else Style.LIST if label else Style.BODY
        emphasised = self.styles.emphasis(element.get(_TEXT + "style-name", "")) or False
        if label:
            self.composer.write(label + " ", emphasised=True)
        self._runs(element, emphasised)
        if is_page_number(self.composer.text):
            self.composer.discard()
        self.composer.end_paragraph(style)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _runs(self, container: etree._Element, emphasised: bool) -> None:
        self.composer.write(container.text or "", emphasised=emphasised)
        for element in container:
            if element.tag == _TEXT + "note":
                self._note(element)
            elif element.tag == _TEXT + "line-break":
                self.composer.break_line()
            elif element.tag in (_TEXT + "tab", _TEXT + "s"):
                self.composer.write(" ")
            elif element.tag == _DRAW + "text-box":
                self._boxes.append(element)
            elif element.tag not in _SKIPPED and isinstance(element.tag, str):
                own = self.styles.emphasis(element.get(_TEXT + "style-name", ""))
                self._runs(element, emphasised if own is None else own)
            self.composer.write(element.tail or "", emphasised=emphasised)

    def _note(self, element: etree._Element) -> None:
        citation, body = element.find(_TEXT + "note-citation"), element.find(_TEXT + "note-body")
        inner = _Walk(self.styles)
        inner.blocks([] if body is None else body)
        label = "" if citation is None else "".join(citation.itertext()).strip()
        self.composer.note(label, " ".join(p.text for p in inner.composer.paragraphs))

    def _list(self, element: etree._Element, outer: _OpenList | None, depth: int) -> None:
        style = element.get(_TEXT + "style-name", "") or (outer.style if outer else "")
        opened = outer if outer and outer.style == style else _OpenList(style)
        if depth == 1 and element.get(_TEXT + "continue-numbering") == "true":
            opened.counts = self._counted[style]
        self._counted[style] = opened.counts
        for item in element:
            if item.tag in (_TEXT + "list-item", _TEXT + "list-header"):
                self._list_item(item, opened, depth)
        for deeper in [level for level in opened.counts if level > depth]:
            del opened.counts[deeper]

    def _list_item(self, item: etree._Element, opened: _OpenList, depth: int) -> None:
        numbered = item.tag == _TEXT + "list-item" and any(
            child.tag in (_TEXT + "p", _TEXT + "h") for child in item[:1]
        )
        if numbered:
            self._label = self._next_label(item, opened, depth)
        for child in item:
            if child.tag == _TEXT + "list":
                self._list(child, opened, depth + 1)
            elif child.tag in (_TEXT + "p", _TEXT + "h"):
                self._paragraph(child)

    def _next_label(self, item: etree._Element, opened: _OpenList, depth: int) -> str:
        levels = self.styles.levels.get(opened.style) or self._levels_by_paragraph(item)
        level = levels.get(depth)
        if level is None:
            return ""
        if level.bullet:
            return level.bullet
        start = as_number(item.get(_TEXT + "start-value", ""), -1)
        count = opened.counts.get(depth, level.start - 1) + 1 if start < 0 else start
        opened.counts[depth] = count
        shown = [
            count_in(_NUMBER_FORMATS.get(levels[d].format, "decimal"), opened.counts.get(d, 1))
            for d in range(max(1, depth - level.shown_levels + 1), depth + 1)
            if d in levels and levels[d].format
        ]
        return level.prefix + ".".join(shown) + level.suffix if shown else ""

    def _levels_by_paragraph(self, item: etree._Element) -> dict[int, _ListLevel]:
        style = self.styles.list_of(item[0].get(_TEXT + "style-name", ""))
        return self.styles.levels.get(style, {})

    def _table(self, table: etree._Element) -> None:
        if table.get(_TABLE + "name") == _HEADING_TABLE:
            return
        rows = [
            [self._cell(cell) for cell in row if cell.tag == _TABLE + "table-cell"]
            for row in table.iter(_TABLE + "table-row")
            if next(row.iterancestors(_TABLE + "table")) is table
        ]
        texts = [paragraph.text for row in rows for cell in row for paragraph in cell]
        if is_letterhead(texts):
            self.declared = read_letterhead(texts, self.declared)
            return
        self.composer.paragraphs.extend(compose_table(rows))

    def _cell(self, cell: etree._Element) -> list[Paragraph]:
        outer, self.composer = self.composer, Composer()
        self.blocks(cell)
        inner, self.composer = self.composer, outer
        return inner.paragraphs
