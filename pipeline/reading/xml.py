"""Reads the XML of official publications: the form of today and the form of 1984 to 2008.

Both are read by what an element is for: running text, a heading, a list, a table or a note. An
element that is not known is read as text, so that nothing is lost. Metadata and the printed head of
a paper are left out. XML has no pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from pipeline.dates import read_date
from pipeline.errors import UnknownFormat
from pipeline.models import Declared, Paragraph, Style
from pipeline.reading.composing import Composer, fold
from pipeline.reading.content import Content, pages_of
from pipeline.reading.package import parse_xml
from pipeline.reading.tables import compose_row

_SKIPPED = {
    "metadata", "meta", "item", "kamerstukkop", "kamervraagkop", "kamervraagnummer", "plaatje",
    "illustratie", "noot.nr", "li.nr", "colspec", "kopregel", "voetregel", "vraagnummer",
    "rubriek", "trefwoorden", "bibliografische_omschrijving", "officiele-inhoudsopgave",
}  # fmt: skip
_HEADINGS = {"kop", "titel", "tussenkop", "nr", "nummer", "kamervraagomschrijving", "omschr",
             "label", "subtitel", "dossier", "stuktitel"}  # fmt: skip
_INLINE = {
    "nadruk", "sup", "inf", "sub", "extref", "intref", "dossierref", "noot", "nootref", "naam",
    "voornaam", "achternaam", "datum", "organisatie", "ondernummer", "kamervraagonderwerp", "br",
    "voetref", "dossiernr", "begrotingshoofdstuk", "redactie", "ol", "unl", "vet", "cur", "b", "i",
    "herdruk", "vrager", "partij", "tekstregel", "functie-inline",
}  # fmt: skip
_ON_ONE_LINE = {"dossier", "dossiernummer", "kop", "naam"}
_EMPHASIS = {"vet", "cur", "b", "i", "vetcur", "halfvet"}
_ROWS, _CELLS = {"row", "tr"}, {"entry", "td", "th"}
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = {b"amp", b"lt", b"gt", b"quot", b"apos"}


def read_xml(data: bytes, name: str) -> Content:
    """The text of an official publication's XML; raises UnreadableDocument."""
    root = parse_xml(_without_named_entities(data), name)
    walk = _Walk(_listed_notes(root))
    walk.composer.write(_item(root, "Bibliografische_omschrijving"), emphasised=True)
    walk.composer.end_paragraph(Style.HEADING)
    walk.block(root)
    walk.keep_unplaced_notes()
    if not walk.composer.paragraphs:
        raise UnknownFormat(name, f"the XML element <{_name(root)}> holds no text")
    return Content(pages_of(walk.composer.paragraphs), _declared(root))


def _without_named_entities(data: bytes) -> bytes:
    """The XML with HTML's entities, which older files use undeclared, written out."""
    if b"<!ENTITY" in data:
        return data
    return _ENTITY.sub(lambda found: _spelled_out(found[1], found[0]), data)


def _spelled_out(entity: bytes, written: bytes) -> bytes:
    if entity in _XML_ENTITIES:
        return written
    text = html.unescape(written.decode("ascii"))
    return "".join(f"&#{ord(sign)};" for sign in text).encode() if text[0] != "&" else written


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _item(root: etree._Element, attribute: str) -> str:
    """What the older form's metadata says of one attribute; the rest of it is left out."""
    items = (item for item in root.iter("item") if item.get("attribuut") == attribute)
    return next((fold("".join(item.itertext())) for item in items), "")


def _declared(root: etree._Element) -> Declared:
    """The number of the paper, from the head that is not read as text."""
    found = {_name(element): fold("".join(element.itertext())) for element in root.iter()}
    lines = {element.get("inhoud"): fold(element.text or "") for element in root.iter("tekstregel")}
    chamber = "ek" if lines.get("kamernummer") == "1" else "tk"
    years = re.sub(r"\D", "", lines.get("vergaderjaar", ""))
    number, dossier = found.get("kamervraagnummer", ""), found.get("dossiernr", "").replace(" ", "")
    paper = found.get("ondernummer", "")
    record = next((m.get("content", "") for m in root.iter("meta")), "")
    official = re.search(r"/((?:ah|kst|kv)-[\w-]+)/metadata", record)
    if official:
        official_id = official[1]
    elif number.isdigit() and len(years) == 8:
        official_id = f"ah-{chamber}-{years}-{number}"
    else:
        official_id = f"kst-{dossier}-{paper}" if dossier and paper else ""
    return Declared(
        title=_item(root, "Bibliografische_omschrijving"),
        official_id=official_id,
        dossier=dossier,
        case_number=number if re.fullmatch(r"\d{4}Z\d+", number) else "",
        dated=read_date(found.get("datumtekst", "") or _item(root, "Datum_beantwoording")),
    )


def _listed_notes(root: etree._Element) -> dict[tuple[str, str], str]:
    """Notes that stand apart from the text, by the part they belong to and their number."""
    notes = {}
    for note in root.iter("noot"):
        owner = note.getparent()
        part = "" if owner is None else owner.get("afkomstig", "")
        number = note.get("nummer") or note.get("nr") or note.get("id") or ""
        if number and note.find("noot.al") is None:
            notes[part, number] = fold("".join(note.itertext()))
    return notes


@dataclass(slots=True)
class _Walk:
    """Goes through the elements in reading order and feeds a composer."""

    notes: dict[tuple[str, str], str]
    composer: Composer = field(default_factory=Composer)
    _placed: set[tuple[str, str]] = field(default_factory=set)

    def block(self, element: etree._Element) -> None:
        """One element that is not part of a line of text."""
        name = _name(element)
        if not name or name in _SKIPPED or name in ("noten", "noot"):
            return
        if name in ("vraag", "antwoord"):
            self._part(element, name)
        elif name == "stuk":
            self._paper(element)
        elif name in _ROWS:
            self.composer.paragraphs.extend(compose_row([self._cell(c) for c in element]))
        elif name == "li":
            self._list_item(element)
        elif name in _ON_ONE_LINE or _is_line(element):
            self._line(element, Style.HEADING if name in _HEADINGS else Style.BODY)
        else:
            self.blocks(element)

    def blocks(self, elements: Iterable[etree._Element]) -> None:
        """Each of the elements in turn."""
        for element in elements:
            self.block(element)

    def keep_unplaced_notes(self) -> None:
        """A listed note without a marker stays, as a paragraph of its own at the end."""
        for key, text in self.notes.items():
            if key not in self._placed and text:
                self.composer.write(text)
                self.composer.end_paragraph()

    def _part(self, element: etree._Element, name: str) -> None:
        """A question or an answer; in the older form its number is an attribute."""
        number = element.get("nummer", "")
        if number and not (len(element) and _name(element[0]) in ("nr", "nummer")):
            self.composer.write(f"{name.capitalize()} {number}", emphasised=True)
            self.composer.end_paragraph(Style.HEADING)
        if _is_line(element):
            self._line(element, Style.BODY)
        else:
            self.blocks(element)
        for label in re.findall(r"\w+", element.get("voetnoot", "")):
            self._listed_note(name, label)

    def _paper(self, element: etree._Element) -> None:
        """A paper: its number and title are one heading."""
        title = [child for child in element if _name(child) in ("stuknr", "titel")]
        for child in title:
            self._inline(child, True)
            self.composer.write(" ")
        self.composer.end_paragraph(Style.HEADING)
        self.blocks(child for child in element if child not in title)

    def _list_item(self, element: etree._Element) -> None:
        number = element.find("{*}li.nr")
        if number is not None:
            self.composer.write(fold("".join(number.itertext())) + " ", emphasised=True)
        if _is_line(element):
            self._line(element, Style.LIST)
            return
        for position, child in enumerate(c for c in element if _name(c) not in _SKIPPED):
            if position == 0 and _is_line(child):
                self._line(child, Style.LIST)
            else:
                self.block(child)

    def _line(self, element: etree._Element, style: Style) -> None:
        self._inline(element, style is Style.HEADING)
        self.composer.end_paragraph(style)

    def _inline(self, element: etree._Element, emphasised: bool) -> None:
        """Running text with what stands in it."""
        self.composer.write(element.text or "", emphasised=emphasised)
        for position, child in enumerate(element):
            name = _name(child)
            if position and _name(element) in _ON_ONE_LINE:
                self.composer.write(" ")
            if name == "noot":
                self._note(child)
            elif name in ("nootref", "voetref"):
                self._listed_note("", child.get("nr") or child.get("refid") or "")
            elif name == "br":
                self.composer.break_line()
            elif name == "lijst":
                self.composer.end_paragraph()
                self.block(child)
            elif name and name not in _SKIPPED:
                strong = name in _EMPHASIS or child.get("type", "") in _EMPHASIS
                self._inline(child, emphasised or strong)
            self.composer.write(child.tail or "", emphasised=emphasised)

    def _note(self, element: etree._Element) -> None:
        number = element.find("{*}noot.nr")
        label = element.get("nr", "") if number is None else "".join(number.itertext())
        text = [fold("".join(child.itertext())) for child in element if child is not number]
        self.composer.note(label.strip(), " ".join(text) if text else element.text or "")

    def _listed_note(self, part: str, label: str) -> None:
        """A note of the list, at the end of the paragraph that names it."""
        key = next((k for k in ((part, label), ("", label)) if k in self.notes), None)
        if key is None:
            key = next((k for k in self.notes if k[1] == label and k not in self._placed), None)
        if key is not None:
            self._placed.add(key)
            self.composer.append_note(label, self.notes[key])

    def _cell(self, element: etree._Element) -> list[Paragraph]:
        outer, self.composer = self.composer, Composer()
        if _is_line(element):
            self._line(element, Style.BODY)
        else:
            self.blocks(element)
        inner, self.composer = self.composer, outer
        return inner.paragraphs


def _is_line(element: etree._Element) -> bool:
    """Whether the element is one run of text, with nothing but inline elements in it."""
    children = [child for child in element if _name(child)]
    mixed = bool((element.text or "").strip()) or any((c.tail or "").strip() for c in children)
    if mixed:
        return True
    return bool(children) and all(_name(child) in _INLINE for child in children)
