"""What Word's styles and list numbering make of a paragraph: bold, a heading, "3." before it.

Word keeps the number of "1. Kunt u …?" out of the text; it is counted here as Word counts it on the
screen. Fonts, sizes and colours are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

BULLET = "•"
MAX_BASED_ON = 20  # styles; a longer chain goes round in a circle
MAX_LEVEL = 9
_OFF = {"0", "false", "off", "none"}
_SYMBOL_FONT = range(0xE000, 0xF900)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names in the element's own namespace."""
    for name in path:
        if element is None:
            return None
        element = element.find(f"{{{etree.QName(element).namespace}}}{name}")
    return element


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of the element in its own namespace; empty when there is none."""
    if element is None:
        return ""
    return str(element.get(f"{{{etree.QName(element).namespace}}}{name}", ""))


def as_number(text: str, default: int) -> int:
    """The number that an attribute holds, or else the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a toggle such as w:b is set; None when it is not there to say."""
    return None if element is None else value(element).lower() not in _OFF


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What a style settles, with what it inherits; None where it leaves things open."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    list_id: str | None = None
    level: int = 0
    is_heading: bool = False
    is_contents: bool = False


class WordStyles:
    """The styles of a document, looked up by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {value(e, "styleId"): e for e in ([] if root is None else root)}
        self._known: dict[str, WordStyle] = {}

    def __getitem__(self, style_id: str) -> WordStyle:
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def _resolve(self, style_id: str) -> WordStyle:
        chain: list[etree._Element] = []
        while style_id in self._elements and len(chain) < MAX_BASED_ON:
            chain.append(self._elements[style_id])
            style_id = value(child(chain[-1], "basedOn"))
        resolved = WordStyle()
        for element in reversed(chain):
            resolved = _inherit(resolved, element)
        return resolved


def _inherit(base: WordStyle, element: etree._Element) -> WordStyle:
    name = value(child(element, "name")).lower()
    level = value(child(element, "pPr", "numPr", "ilvl"))
    bold = is_on(child(element, "rPr", "b"))
    italic = is_on(child(element, "rPr", "i"))
    hidden = is_on(child(element, "rPr", "vanish"))
    outline = value(child(element, "pPr", "outlineLvl"))
    return WordStyle(
        bold=base.bold if bold is None else bold,
        italic=base.italic if italic is None else italic,
        hidden=base.hidden if hidden is None else hidden,
        list_id=value(child(element, "pPr", "numPr", "numId")) or base.list_id,
        level=as_number(level, base.level),
        is_heading=base.is_heading
        or name.startswith(("heading", "title"))
        or as_number(outline, MAX_LEVEL) < MAX_LEVEL,
        is_contents=base.is_contents or name.startswith("toc "),
    )


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


@dataclass(slots=True)
class WordNumbering:
    """Counts the numbered paragraphs of a document as they come by."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def read(cls, root: etree._Element | None, styles: WordStyles) -> WordNumbering:
        """The lists that numbering.xml defines."""
        numbering = cls()
        linked: dict[str, str] = {}
        for element in [] if root is None else root:
            kind = etree.QName(element).localname
            if kind == "abstractNum":
                abstract_id = value(element, "abstractNumId")
                numbering._levels[abstract_id] = _levels(element)
                if style_id := value(child(element, "numStyleLink")):
                    linked[abstract_id] = style_id
            elif kind == "num":
                numbering._add_list(element)
        for abstract_id, style_id in linked.items():
            definition = numbering._lists.get(styles[style_id].list_id or "", abstract_id)
            numbering._levels[abstract_id] = numbering._levels.get(definition, {})
        return numbering

    def next_label(self, list_id: str, level: int) -> str:
        """The number or bullet of the next paragraph of a list; empty when there is none."""
        abstract_id = self._lists.get(list_id, "")
        levels = self._levels.get(abstract_id, {})
        if level not in levels:
            return ""
        counts = self._counts[abstract_id]
        restart = self._restarts.get(list_id, {}).pop(level, None)
        before = counts.get(level, levels[level].start - 1)
        counts[level] = before + 1 if restart is None else restart
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _label(levels, level, counts)

    def _add_list(self, element: etree._Element) -> None:
        list_id = value(element, "numId")
        self._lists[list_id] = value(child(element, "abstractNumId"))
        restarts = {
            as_number(value(override, "ilvl"), 0): as_number(start, 1)
            for override in element
            if (start := value(child(override, "startOverride")))
        }
        self._restarts[list_id] = restarts


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    levels = {}
    for element in abstract:
        if etree.QName(element).localname == "lvl":
            levels[as_number(value(element, "ilvl"), 0)] = _Level(
                as_number(value(child(element, "start")), 1),
                value(child(element, "numFmt")) or "decimal",
                value(child(element, "lvlText")),
            )
    return levels


def _label(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    shape = levels[level]
    if shape.format == "bullet":
        plain = len(shape.text) == 1 and ord(shape.text) not in _SYMBOL_FONT and shape.text != "o"
        return shape.text if plain else BULLET
    text = shape.text
    for other in range(MAX_LEVEL):
        if f"%{other + 1}" in text and other in levels:
            count = counts.get(other, levels[other].start)
            text = text.replace(f"%{other + 1}", count_in(levels[other].format, count))
    return text.strip()


def count_in(number_format: str, count: int) -> str:
    """The count as a list shows it: 4, d or iv."""
    if number_format == "none":
        return ""
    if number_format in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = ""
        for worth, sign in _ROMAN:
            roman += sign * (count // worth)
            count %= worth
        return roman.upper() if number_format == "upperRoman" else roman
    return str(count)
