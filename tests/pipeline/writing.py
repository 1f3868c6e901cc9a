"""Writes paragraphs with their notes in every format that is read, as its own programs would.

A paragraph goes in as the model has it, so that what is read can be compared with what was written.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import BytesIO
from zipfile import ZipFile

from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, TextProperties
from odf.style import Style as OdfStyle
from odf.text import H, Note, NoteBody, NoteCitation, P

from pipeline.models import Footnote, Paragraph, Style
from tests.pipeline.typesetting import SetLine, typeset_pages

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LINE = 80  # characters on a typeset line
PAGE = 45  # lines on a typeset page
_HIDDEN = "\ue000"  # stands before a marker while a paragraph is broken into lines


def runs(paragraph: Paragraph) -> Iterator[str | Footnote]:
    """The text of a paragraph with its notes where their markers stand."""
    start = 0
    for note in sorted(paragraph.footnotes, key=lambda each: each.offset):
        yield paragraph.text[start : note.offset]
        yield note
        start = note.offset
    yield paragraph.text[start:]


def as_docx(paragraphs: Sequence[Paragraph]) -> bytes:
    """A Word file."""
    notes = [note for paragraph in paragraphs for note in paragraph.footnotes]
    body, used = "", 0
    for paragraph in paragraphs:
        properties = (
            '<w:pPr><w:pStyle w:val="Kop1"/></w:pPr>' if paragraph.style is Style.HEADING else ""
        )
        look = "<w:rPr><w:b/></w:rPr>" if paragraph.emphasised else ""
        body += f"<w:p>{properties}"
        for run in runs(paragraph):
            if isinstance(run, Footnote):
                used += 1
                body += f'<w:r><w:footnoteReference w:id="{used}"/></w:r>'
            elif run:
                body += f'<w:r>{look}<w:t xml:space="preserve">{escape(run)}</w:t></w:r>'
        body += "</w:p>"
    foot = "".join(
        f'<w:footnote w:id="{place}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r></w:p></w:footnote>'
        for place, note in enumerate(notes, 1)
    )
    styles = '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _relations(
                ("styles", "styles.xml"), ("footnotes", "footnotes.xml")
            ),
            "word/document.xml": _word("document", f"<w:body>{body}<w:sectPr/></w:body>"),
            "word/styles.xml": _word("styles", styles),
            "word/footnotes.xml": _word("footnotes", foot),
        }
    )


def _word(name: str, content: str) -> str:
    return f'<?xml version="1.0"?><w:{name} xmlns:w="{WORD}">{content}</w:{name}>'


def _relations(*relations: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="r{place}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(relations)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _zip(parts: dict[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("utf-8"))
    return file.getvalue()


def as_odt(paragraphs: Sequence[Paragraph]) -> bytes:
    """An ODT file, written with odfpy."""
    document = OpenDocumentText()
    bold = OdfStyle(name="Vet", family="paragraph")
    bold.addElement(ParagraphProperties())
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    for paragraph in paragraphs:
        look = {"stylename": bold} if paragraph.emphasised else {}
        heading = paragraph.style is Style.HEADING
        element = H(outlinelevel=1, **look) if heading else P(**look)
        for run in runs(paragraph):
            if isinstance(run, Footnote):
                note = Note(noteclass="footnote")
                note.addElement(NoteCitation(text=run.label))
                note_body = NoteBody()
                note_body.addElement(P(text=run.text))
                note.addElement(note_body)
                element.addElement(note)
            elif run:
                element.addText(run)
        document.text.addElement(element)
    file = BytesIO()
    document.write(file)
    return file.getvalue()


def as_html(paragraphs: Sequence[Paragraph]) -> bytes:
    """An HTML page with its notes at the end."""
    body, foot = "", ""
    for paragraph in paragraphs:
        content = ""
        for run in runs(paragraph):
            if isinstance(run, Footnote):
                content += f'<sup><a href="#n{run.label}">{run.label}</a></sup>'
                foot += f'<li id="n{run.label}">{escape(run.text)} <a href="#r">↩</a></li>'
            else:
                content += escape(run)
        if paragraph.style is Style.HEADING:
            body += f"<h2>{content}</h2>\n"
        else:
            body += f"<p><b>{content}</b></p>" if paragraph.emphasised else f"<p>{content}</p>\n"
    page = (
        f'<!DOCTYPE html><html><body id="r">{body}<ol class="voetnoten">{foot}</ol></body></html>'
    )
    return page.encode("utf-8")


def as_xml(paragraphs: Sequence[Paragraph]) -> bytes:
    """The XML of an official publication."""
    body = ""
    for paragraph in paragraphs:
        content = "".join(
            f'<noot type="voet"><noot.nr>{run.label}</noot.nr><noot.al>{escape(run.text)}</noot.al></noot>'
            if isinstance(run, Footnote)
            else escape(run)
            for run in runs(paragraph)
        )
        if paragraph.style is Style.HEADING:
            body += f"<tussenkop>{content}</tussenkop>"
        elif paragraph.emphasised:
            body += f'<al><nadruk type="vet">{content}</nadruk></al>'
        else:
            body += f"<al>{content}</al>"
    return (
        f"<officiele-publicatie><kamervragen>{body}</kamervragen></officiele-publicatie>".encode()
    )


def as_text(paragraphs: Sequence[Paragraph]) -> bytes:
    """Plain text, a paragraph a line, blank lines between; notes are left out."""
    return "\n\n".join(paragraph.text for paragraph in paragraphs).encode("utf-8")


def as_wrapped_text(paragraphs: Sequence[Paragraph]) -> bytes:
    """Plain text broken into lines and pages, as pdftotext gives it; notes are left out."""
    return "\f".join("\n".join(page) for page in _pages(paragraphs)).encode("utf-8")


def as_pdf(paragraphs: Sequence[Paragraph]) -> bytes:
    """A PDF with numbered pages, notes set small at the foot of the page of their marker."""
    pages: list[list[SetLine]] = []
    body: list[SetLine] = []
    foot: list[SetLine] = []
    for paragraph in paragraphs:
        for text, notes in _marked_lines(paragraph):
            below = [SetLine(line, 6) for note in notes for line in _note_lines(note)]
            if len(body) + len(foot) + len(below) >= PAGE:
                pages.append([*body, *foot])
                body, foot = [], []
            body.append(SetLine(text))
            foot += below
    return typeset_pages([*pages, [*body, *foot]])


def _marked_lines(paragraph: Paragraph) -> Iterator[tuple[str, list[Footnote]]]:
    """The lines of a paragraph, an empty one after it, with the notes marked in each."""
    text = "".join(
        f"{_HIDDEN}{run.label}" if isinstance(run, Footnote) else run for run in runs(paragraph)
    )
    known = {note.label: note for note in paragraph.footnotes}
    for line in textwrap.wrap(text, LINE, break_on_hyphens=False):
        labels = re.findall(rf"{_HIDDEN}(\d+)", line)
        yield line.replace(_HIDDEN, ""), [known[label] for label in labels]
    yield "", []


def _note_lines(note: Footnote) -> list[str]:
    return textwrap.wrap(f"{note.label} {note.text}", 110)


def _pages(paragraphs: Sequence[Paragraph]) -> list[list[str]]:
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph.text, LINE, break_on_hyphens=False), ""]
    return [lines[start : start + PAGE] for start in range(0, len(lines), PAGE)]


MARKED_UP: dict[str, Callable[[Sequence[Paragraph]], bytes]] = {
    "docx": as_docx,
    "odt": as_odt,
    "html": as_html,
    "xml": as_xml,
}
WITH_NOTES = {**MARKED_UP, "pdf": as_pdf}
WITHOUT_NOTES: dict[str, Callable[[Sequence[Paragraph]], bytes]] = {
    "text": as_text,
    "wrapped": as_wrapped_text,
}
