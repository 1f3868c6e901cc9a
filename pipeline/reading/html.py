"""Reads HTML: official publications, and pages saved from Word or a browser.

The parser is lenient, as browsers are. Menus, scripts and what stands around the text are left out;
a note is any short link whose target in the same page is the note's own element. HTML has no pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.dates import read_date
from pipeline.errors import BrokenDocument
from pipeline.models import Declared, Paragraph, Style
from pipeline.reading.composing import Composer, fold
from pipeline.reading.content import Content, pages_of
from pipeline.reading.endnotes import attach_listed_notes
from pipeline.reading.letterhead import is_letterhead, read_letterhead
from pipeline.reading.tables import compose_table
from pipeline.reading.word_styles import BULLET, as_number, count_in

_SKIPPED = {
    "script", "style", "head", "nav", "header", "footer", "aside", "form", "button", "noscript",
    "template", "svg", "iframe", "select", "textarea", "object", "del",
}  # fmt: skip
_FURNITURE = {"kopregel", "voetregel", "inhoudsopgave", "breadcrumb", "skiplinks"}
_ROOTS = ("broodtekst", "main-column", "main", "content")
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li",
    "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "caption", "hgroup",
}  # fmt: skip
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_EMPHASIS = {"b", "strong", "em", "i", "cite"}
_LIST_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LABELLED_LIST = re.compile(r"\b(?:expliciet|ongemarkeerd|nostyle|list-unstyled)\b")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*italic", re.I)
_MARKER = re.compile(r"[\[(]?\s*(\d{1,3}|[ivxlc]{1,6}|[a-z]|\*{1,3}|†)\s*[\])]?", re.I)
_BACK_LINK = re.compile(r"(?:\s*[↩↑^⏎X]\ufe0e?\s*)+$|^X\s+Noot\b")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
CHARSET_WITHIN = 2048  # bytes in which browsers look for it
_NOTE_NAME = re.compile(r"\b(?:foot|end|voet)?(?:note?|noot|ftn?\d*)\b")
MAX_NOTE = 5_000  # characters; a longer target of a link is a chapter, not a note


def read_html(data: bytes, name: str) -> Content:
    """The text of an HTML page; raises UnreadableDocument."""
    root = _parse(data, name)
    walk = _Walk(_Notes(root))
    walk.block(_text_root(root))
    paragraphs, warnings = attach_listed_notes(walk.composer.paragraphs)
    return Content(pages_of(paragraphs), _declared(root, walk.declared), warnings)


def _parse(data: bytes, name: str) -> etree._Element:
    text = _DECLARATION.sub("", _decoded(data)).encode("utf-8", errors="replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenDocument(name, str(error)[:120]) from error
    if root is None:
        raise BrokenDocument(name, "it holds no elements")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise BrokenDocument(name, "its elements are nested too deeply")
    return root


def _decoded(data: bytes) -> str:
    """The text; bytes that are good UTF-8 are that, whatever the page claims."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    claimed = _CHARSET.search(data[:CHARSET_WITHIN])
    for encoding in ("utf-8-sig", claimed[1].decode("ascii") if claimed else "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _text_root(root: etree._Element) -> etree._Element:
    """The element that holds the text of the page, without what stands around it."""
    for name in _ROOTS:
        for element in root.iter():
            if name in (element.get("id"), element.tag):
                return element
    body = root.find("body")
    return root if body is None else body


def _declared(root: etree._Element, known: Declared) -> Declared:
    """What the page's meta elements state; they are those of official publications."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name", "").rpartition(".")[2].lower()
        found.setdefault(name, fold(meta.get("content", "")))
    return Declared(
        title=found.get("title", "") or known.title,
        official_id=found.get("identifier", ""),
        dossier=found.get("dossiernummer", ""),
        case_number=found.get("vraagnummer", ""),
        dated=read_date(found.get("datumontvangst", "") or found.get("issued", "")) or known.dated,
    )


class _Notes:
    """The notes of a page: elements elsewhere in it that a short link in the text points to."""

    def __init__(self, root: etree._Element) -> None:
        self._targets: dict[str, etree._Element] = {}
        for element in root.iter():
            for key in (element.get("id"), element.get("name")):
                if key and isinstance(element.tag, str):
                    self._targets.setdefault(key, element)
        self.holders: set[etree._Element] = set()
        self._labels: dict[etree._Element, tuple[str, str]] = {}
        self._texts: dict[etree._Element, str] = {}
        links = [link for link in root.iter("a") if link.get("href", "").startswith("#")]
        order = {element: place for place, element in enumerate(root.iter())} if links else {}
        for link in links:
            self._look_at(link, order)

    def of(self, link: etree._Element) -> tuple[str, str] | None:
        """The label and text of the note that a link points to; None for an ordinary link."""
        return self._labels.get(link)

    def _look_at(self, link: etree._Element, order: dict[etree._Element, int]) -> None:
        target = self._targets.get(link.get("href", " ").removeprefix("#"))
        label = _MARKER.fullmatch(fold("".join(link.itertext())))
        if target is None or label is None:
            return
        holder = _note_holder(target)
        if holder is None or order[holder] < order[link]:
            return  # a link back from a note to the text
        if holder not in self._texts:
            self._texts[holder] = fold(" ".join(holder.itertext()))
        if len(self._texts[holder]) > MAX_NOTE:
            return
        text = _note_text(self._texts[holder], label[1])
        if text:
            self.holders.add(holder)
            self._labels[link] = (label[1], text)


def _note_holder(target: etree._Element) -> etree._Element | None:
    """The block with the whole note: the target, or the nearest block around an anchor."""
    element: etree._Element | None = target
    while element is not None and element.tag not in _BLOCKS:
        element = element.getparent()
    parent = None if element is None else element.getparent()
    names = "" if parent is None else f"{parent.get('class', '')} {parent.get('id', '')}"
    if parent is not None and _NOTE_NAME.search(names):
        return parent if parent.tag == "div" else element
    return None if element is None or element.tag in ("body", "html") else element


def _note_text(text: str, label: str) -> str:
    """The text of a note without its own number and the link back."""
    text = _BACK_LINK.sub("", text).strip()
    return re.sub(rf"^[\[(]?\s*{re.escape(label)}\s*[\])]?[.:]?\s*", "", text)


@dataclass(slots=True)
class _Walk:
    """Goes through the elements in reading order and feeds a composer."""

    notes: _Notes
    composer: Composer = field(default_factory=Composer)
    declared: Declared = Declared()
    _style: Style = Style.BODY

    def block(self, element: etree._Element) -> None:
        """The text of a block element, its paragraphs kept apart."""
        if element in self.notes.holders or _is_hidden(element):
            return
        if element.tag == "table":
            self._table(element)
        elif element.tag in ("ol", "ul", "menu"):
            self._list(element)
        else:
            outer, self._style = self._style, self._style_of(element)
            self._content(element, False)
            self._end()
            self._style = outer

    def _style_of(self, element: etree._Element) -> Style:
        return Style.HEADING if element.tag in _HEADINGS else self._style

    def _end(self) -> None:
        self.composer.end_paragraph(self._style)

    def _content(self, element: etree._Element, emphasised: bool) -> None:
        """Running text and blocks as they follow each other."""
        strong = (
            emphasised
            or element.tag in _EMPHASIS
            or element.tag in _HEADINGS
            or bool(_BOLD_STYLE.search(element.get("style", "")))
        )
        self.composer.write(element.text or "", emphasised=strong)
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                self._child(child, strong)
            self.composer.write(child.tail or "", emphasised=strong)

    def _child(self, child: etree._Element, emphasised: bool) -> None:
        note = self.notes.of(child) if child.tag == "a" else None
        if note is not None:
            self.composer.note(*note)
        elif child.tag == "br":
            self.composer.break_line()
        elif child.tag in _BLOCKS:
            self._end()
            self.block(child)
        else:
            self._content(child, emphasised)

    def _list(self, element: etree._Element) -> None:
        count = as_number(element.get("start", ""), 1)
        number_format = _LIST_FORMATS.get(element.get("type", ""), "decimal")
        labelled = bool(_LABELLED_LIST.search(element.get("class", "")))
        outer, self._style = self._style, Style.LIST
        for item in element:
            if item.tag == "li" and item not in self.notes.holders and not _is_hidden(item):
                count = as_number(item.get("value", ""), count)
                label = f"{count_in(number_format, count)}." if element.tag == "ol" else BULLET
                self.composer.write("" if labelled else label + " ", emphasised=True)
                self._item(item)
                count += 1
            elif isinstance(item.tag, str) and item.tag != "li":
                self.block(item)
        self._style = outer

    def _item(self, item: etree._Element) -> None:
        """A list item; its first block stays on the line of its number."""
        self.composer.write(item.text or "")
        first = True
        for child in item:
            if isinstance(child.tag, str) and not _is_hidden(child):
                if first and child.tag in ("p", "div"):
                    self._content(child, False)
                    self._end()
                else:
                    self._child(child, False)
                first = first and child.tag not in _BLOCKS
            self.composer.write(child.tail or "")
        self._end()

    def _table(self, table: etree._Element) -> None:
        self._end()
        rows = [
            [self._cell(cell) for cell in row if cell.tag in ("td", "th")]
            for row in table.iter("tr")
            if next(row.iterancestors("table")) is table
        ]
        texts = [paragraph.text for row in rows for cell in row for paragraph in cell]
        if is_letterhead(texts):
            self.declared = read_letterhead(texts, self.declared)
            return
        for caption in table.iterchildren("caption"):
            self.block(caption)
        self.composer.paragraphs.extend(compose_table(rows))

    def _cell(self, cell: etree._Element) -> list[Paragraph]:
        outer, self.composer = self.composer, Composer()
        self.block(cell)
        inner, self.composer = self.composer, outer
        return inner.paragraphs


def _is_hidden(element: etree._Element) -> bool:
    """Whether a reader of the page does not see the element as part of the text."""
    if not element.keys():  # what most have none of takes time to ask for
        return element.tag in _SKIPPED
    if element.tag in _SKIPPED or _HIDDEN.search(element.get("style", "")):
        return True
    names = f"{element.get('id', '')} {element.get('class', '')}".lower().split()
    return not _FURNITURE.isdisjoint(names) or element.get("hidden") is not None
