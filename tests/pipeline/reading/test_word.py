"""What Word shows is what is read: numbers, notes, revisions, boxes, fields and letterheads."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from pipeline.errors import BrokenDocument, EncryptedDocument, OversizedDocument, UnknownFormat
from pipeline.models import Paragraph, Style
from pipeline.reading import package, read_document
from pipeline.reading.word import read_word
from tests.pipeline.writing import as_docx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def docx(
    body: str, *, numbering: str = "", notes: str = "", styles: str = "", word: str = WORD
) -> bytes:
    """A DOCX with this body, and where given these lists, footnotes and styles."""
    parts = {
        "document": f"<w:body>{body}</w:body>",
        "numbering": numbering,
        "footnotes": notes,
        "styles": styles,
    }
    file = BytesIO()
    relations = "".join(
        f'<Relationship Id="{name}" Type="x/{name}" Target="{name}.xml"/>' for name in parts
    )
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>"
        )
        for name, content in parts.items():
            archive.writestr(
                f"word/{name}.xml",
                f'<w:{name} xmlns:w="{word}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
                f' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{content}</w:{name}>',
            )
    return file.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def read(body: str, **parts: str) -> list[Paragraph]:
    """The paragraphs of a DOCX with this body."""
    pages = read_word(docx(body, **parts), "brief.docx").pages
    return [paragraph for page in pages for paragraph in page.paragraphs]


def texts(body: str, **parts: str) -> list[str]:
    """Their texts."""
    return [paragraph.text for paragraph in read(body, **parts)]


LISTS = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def item(text: str, list_id: int, level: int = 0) -> str:
    """A numbered paragraph."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_numbers_that_word_counts_are_text() -> None:
    body = (
        item("Kunt u dit?", 1)
        + p("Ja.")
        + item("En dat?", 1)
        + item("deel", 1, 1)
        + item("En nu?", 1)
    )
    body += item("punt", 2) + item("opnieuw", 3) + item("verder", 3)
    assert texts(body, numbering=LISTS) == [
        "1. Kunt u dit?", "Ja.", "2. En dat?", "2a) deel", "3. En nu?", "• punt", "1. opnieuw", "2. verder",
    ]  # fmt: skip
    assert read(item("Kunt u dit?", 1), numbering=LISTS)[0].style is Style.LIST


def test_a_style_can_bring_its_number_along() -> None:
    styles = (
        '<w:style w:styleId="Vraag"><w:name w:val="Vraag"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Vraagvet"><w:name w:val="Vraag vet"/><w:basedOn w:val="Vraag"/>'
        "<w:rPr><w:b/></w:rPr></w:style>"
    )
    found = read(p("Hoe dan?", '<w:pStyle w:val="Vraagvet"/>'), numbering=LISTS, styles=styles)[0]
    assert (found.text, found.emphasised) == ("1. Hoe dan?", True)


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:r><w:t>voor</w:t><w:tab/><w:t>na</w:t></w:r>", "voor na"),
        ("<w:r><w:t>af</w:t><w:softHyphen/><w:t>breken</w:t></w:r>", "afbreken"),
        ("<w:r><w:t>Oost</w:t><w:noBreakHyphen/><w:t>Gelre</w:t></w:r>", "Oost-Gelre"),
        ("<w:r><w:t>af\u00adbreken</w:t></w:r>", "afbreken"),
        ("<w:ins><w:r><w:t>nieuw</w:t></w:r></w:ins><w:del><w:r><w:delText>oud</w:delText></w:r></w:del>", "nieuw"),
        ("<w:moveFrom><w:r><w:t>hier</w:t></w:r></w:moveFrom><w:r><w:t>daar</w:t></w:r>", "daar"),
        ("<w:hyperlink><w:r><w:t>adres</w:t></w:r></w:hyperlink>", "adres"),
        ("<w:smartTag><w:r><w:t>slim</w:t></w:r></w:smartTag>", "slim"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>keuze</w:t></w:r></w:sdtContent></w:sdt>", "keuze"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r><w:r><w:t>open</w:t></w:r>", "open"),
        ("<w:r><w:t>som </w:t></w:r><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "som a+b"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
            '<w:r><w:t>verborgen</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>3 mei</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> jl.</w:t></w:r>',
            "3 mei jl.",
        ),
        ("<w:r><w:t>zin die</w:t><w:br/><w:t>doorloopt.</w:t></w:r>", "zin die doorloopt."),
        ("<w:r><mc:AlternateContent><mc:Choice><w:t>een</w:t></mc:Choice><mc:Fallback><w:t>twee</w:t></mc:Fallback>"
         "</mc:AlternateContent></w:r>", "een"),
    ],
)  # fmt: skip
def test_what_a_run_shows(run: str, text: str) -> None:
    assert texts(f"<w:p>{run}</w:p>") == [text]


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = f"<w:p>{deleted}<w:r><w:t>Antwoord</w:t></w:r></w:p>" + p(" 1") + p("Ja.")
    assert texts(body) == ["Antwoord 1", "Ja."]


def test_a_line_break_after_a_label_ends_it() -> None:
    assert texts(
        "<w:p><w:r><w:br/><w:t>Antwoord op vraag 1</w:t><w:br/><w:t>ja, dat klopt.</w:t></w:r></w:p>"
    ) == [
        "Antwoord op vraag 1",
        "ja, dat klopt.",
    ]


def test_plain_text_after_a_bold_question_is_a_paragraph_of_its_own() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>Hoeveel is er nodig? </w:t></w:r>"
    assert texts(f"<w:p>{bold}<w:r><w:t>Er is niets nodig.</w:t></w:r></w:p>") == [
        "Hoeveel is er nodig?",
        "Er is niets nodig.",
    ]


def test_notes_stand_at_their_markers() -> None:
    body = (
        '<w:p><w:r><w:t>Het rapport</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r>'
        '<w:r><w:t xml:space="preserve"> is af</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>.</w:t></w:r></w:p>"
    )
    notes = "".join(
        f'<w:footnote w:id="{i}">{p(f"Noot {i}")}{p("vervolg")}</w:footnote>' for i in (2, 5)
    )
    paragraph = read(body, notes=notes)[0]
    assert paragraph.text == "Het rapport is af."
    assert [(note.label, note.offset, note.text) for note in paragraph.footnotes] == [
        ("1", 11, "Noot 5 vervolg"),
        ("2", 17, "Noot 2 vervolg"),
    ]


def test_references_listed_at_the_end_stand_at_their_markers() -> None:
    found = read(
        p("Vraag 1") + p("Kent u het kader2) en het bericht? 1)") + p("Antwoord 1") + p("Ja.")
        + p("1) De Krant, 3 mei 2024") + p("2) Kamerstuk 36 600, nr. 3")
    )  # fmt: skip
    assert [paragraph.text for paragraph in found] == [
        "Vraag 1", "Kent u het kader en het bericht?", "Antwoord 1", "Ja.",
    ]  # fmt: skip
    notes = [(note.offset, note.text) for note in found[1].footnotes]
    assert notes == [(16, "Kamerstuk 36 600, nr. 3"), (32, "De Krant, 3 mei 2024")]


def table(*rows: list[str]) -> str:
    """A table whose cells hold these paragraphs."""
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_a_row_of_a_table_is_a_line_and_an_arranged_text_is_not() -> None:
    found = read(
        table(
            [p("Jaar"), p("Bedrag")], [p("2024"), p("€ 3")], [p("7"), p("Hoeveel?") + p("Niets.")]
        )
    )
    assert [(each.text, each.style) for each in found] == [
        ("Jaar | Bedrag", Style.TABLE),
        ("2024 | € 3", Style.TABLE),
        ("7", Style.BODY),
        ("Hoeveel?", Style.BODY),
        ("Niets.", Style.BODY),
    ]


def test_a_letterhead_is_no_text_but_says_what_and_when() -> None:
    head = table([p("&gt; Retouradres Postbus 1 2500 EX Den Haag")], [p("Datum"), p("3 mei 2024")],
                 [p("Onderwerp"), p("Antwoorden over bijen")])  # fmt: skip
    margin = table([p("Ons kenmerk") + p("123") + p("Contactpersoon")])
    letter = table([table([p("In antwoord op uw brief.") + p("De minister,")])])
    content = read_word(docx(head + margin + letter), "brief.docx")
    assert [each.text for each in content.pages[0].paragraphs] == [
        "In antwoord op uw brief.",
        "De minister,",
    ]
    assert content.declared.title == "Antwoorden over bijen"
    assert content.declared.dated == date(2024, 5, 3)


def test_text_boxes_are_read_and_page_numbers_are_not() -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{p('In een kader.')}{p('Pagina 1 van 2')}</w:txbxContent></w:drawing></w:r>"
    assert texts(f"<w:p><w:r><w:t>Tekst.</w:t></w:r>{box}</w:p>") == ["Tekst.", "In een kader."]


def test_the_contents_that_word_generates_are_left_out() -> None:
    styles = '<w:style w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>'
    assert texts(p("Inleiding 3", '<w:pStyle w:val="Inhopg1"/>') + p("Tekst"), styles=styles) == [
        "Tekst"
    ]


def test_strict_word_files_are_read() -> None:
    assert texts(p("Tekst."), word=STRICT) == ["Tekst."]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    "broken",
    [
        b"PK\x03\x04 word/document",
        as_docx([Paragraph("Tekst", 1, 1)])[:-40],
        docx("<w:p>"),
        docx("").replace(b"<w:body>", b"<w:bady>").replace(b"</w:body>", b"</w:bady>"),
    ],
)
def test_a_damaged_file_is_named_as_such(broken: bytes) -> None:
    with pytest.raises(BrokenDocument, match=r"brief\.docx"):
        read_document(broken, "brief.docx")


def test_entity_bombs_and_outside_entities_are_refused() -> None:
    for doctype, entity in (
        (BOMB, "i"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "e"),
    ):
        file = BytesIO()
        with ZipFile(file, "w") as archive:
            text = f'{doctype}<w:document xmlns:w="{WORD}"><w:body>{p(f"&{entity};")}</w:body></w:document>'
            archive.writestr("word/document.xml", text)
        with pytest.raises(BrokenDocument):
            read_document(file.getvalue(), "bom.docx")


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 1_000)
    with pytest.raises(OversizedDocument, match=r"word/document\.xml unpacks to"):
        read_document(docx(p("a" * 2_000)), "groot.docx")


def test_a_password_and_old_word_are_named() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(EncryptedDocument):
        read_document(ole + "EncryptedPackage".encode("utf-16-le"), "geheim.docx")
    with pytest.raises(UnknownFormat, match="Word of before 2007"):
        read_document(ole, "oud.doc")
