"""A page as a reader sees it: text without menus, notes at their markers."""

from __future__ import annotations

import time

import pytest

from pipeline.errors import BrokenDocument
from pipeline.models import Paragraph
from pipeline.reading import read_document
from pipeline.reading.html import read_html


def read(html: str) -> list[Paragraph]:
    """The paragraphs of a page."""
    pages = read_html(html.encode("utf-8"), "pagina.html").pages
    return [paragraph for page in pages for paragraph in page.paragraphs]


def texts(html: str) -> list[str]:
    """Their texts."""
    return [paragraph.text for paragraph in read(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Een  zin\n op twee regels.</p>", ["Een zin op twee regels."]),
        ("<h2>Vraag 1</h2>Kent u dit?<p>Ja.", ["Vraag 1", "Kent u dit?", "Ja."]),
        ("<p>Vraag 1<br>Kent u dit?</p>", ["Vraag 1", "Kent u dit?"]),
        ("<ol start=3><li>drie<li><p>vier</p><p>meer</p></ol>", ["3. drie", "4. vier", "meer"]),
        ('<ol type="a"><li>deel</li><li value="4">deel</li></ol>', ["a. deel", "d. deel"]),
        ("<ul><li>punt</li></ul>", ["• punt"]),
        ('<ul class="expliciet"><li><p><span class="ol">1°.</span> punt</p></li></ul>', ["1°. punt"]),
        ("<table><tr><th>Jaar<th>Bedrag<tr><td>2024<td>€ 3</table>", ["Jaar | Bedrag", "2024 | € 3"]),
        ("<nav>Menu</nav><p>Tekst</p><footer>Voet</footer><script>x()</script>", ["Tekst"]),
        ('<div id="kopregel">kop</div><p>Tekst</p><p style="display: none">weg</p>', ["Tekst"]),
        ("<div>kop</div><main><p>Tekst</p></main>", ["Tekst"]),
        ("<p>af&shy;breken&nbsp;en co&euml;rdinatie</p>", ["afbreken en coërdinatie"]),
        ("<p>niet <b>dicht<p>volgende", ["niet dicht", "volgende"]),
    ],
)  # fmt: skip
def test_what_a_page_shows(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


NOTES = {
    "officielebekendmakingen": (
        '<p>De tekst<sup><a class="nootnum" href="#ID-d1">1</a></sup>, en verder.</p>'
        '<div class="voet noot" id="supernote-note-ID-d1"><h5 class="note-close">'
        '<a href="#close-ID-d1">X</a> Noot </h5>'
        '<sup><span class="nootnum" id="ID-d1">1</span></sup><p>Kamerstuk 36 600, nr. 3</p></div>'
    ),
    "word": (
        '<p>De tekst<a href="#_ftn1" name="_ftnref1">[1]</a>, en verder.</p><div><div id=ftn1>'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> Kamerstuk 36 600, nr. 3</p></div></div>'
    ),
    "pandoc": (
        '<p>De tekst<a href="#fn1" id="fnref1"><sup>1</sup></a>, en verder.</p><section><ol>'
        '<li id="fn1"><p>Kamerstuk 36 600, nr. 3<a href="#fnref1">↩︎</a></p></li></ol></section>'
    ),
}


@pytest.mark.parametrize("program", NOTES)
def test_a_note_stands_at_its_marker(program: str) -> None:
    (paragraph,) = read(f"<body>{NOTES[program]}</body>")
    assert paragraph.text == "De tekst, en verder."
    assert [(n.label, n.offset, n.text) for n in paragraph.footnotes] == [
        ("1", 8, "Kamerstuk 36 600, nr. 3")
    ]


def test_a_link_to_a_chapter_is_no_note() -> None:
    page = '<p>Zie <a href="#h2">2</a>.</p><h2 id="h2">2 Kosten</h2><p>De kosten.</p>'
    assert texts(f"<body>{page}</body>")[0].startswith("Zie")


@pytest.mark.parametrize(
    "data",
    [
        "<p>coördinatie «één»</p>".encode(),
        '<meta charset="windows-1252"><p>coördinatie «één»</p>'.encode("cp1252"),
        "<p>coördinatie «één»</p>".encode("cp1252"),
        '<meta charset="iso-8859-1"><p>coördinatie «één»</p>'.encode(),
        "<p>coördinatie «één»</p>".encode("utf-16"),
        '<?xml version="1.0" encoding="utf-8"?><html><p>coördinatie «één»</p></html>'.encode(),
    ],
)
def test_whatever_its_encoding(data: bytes) -> None:
    document = read_document(data, "pagina.html")
    assert document.format == "html"
    assert [paragraph.text for paragraph in document.paragraphs] == ["coördinatie «één»"]


def test_what_the_page_says_of_itself() -> None:
    page = (
        '<html><head><meta name="DC.identifier" content="ah-tk-20202021-1"/>'
        '<meta name="DC.title" content="Over bijen"/>'
        '<meta name="OVERHEIDop.vraagnummer" content="2021Z00001"/></head><body><p>Tekst</p></body></html>'
    )
    declared = read_html(page.encode(), "x").declared
    assert (declared.official_id, declared.title, declared.case_number) == (
        "ah-tk-20202021-1", "Over bijen", "2021Z00001",
    )  # fmt: skip


def test_elements_nested_beyond_reason_are_refused() -> None:
    with pytest.raises(BrokenDocument, match="nested too deeply"):
        read_html(b"<div>" * 5_000 + b"diep" + b"</div>" * 5_000, "diep.html")


LARGE = {
    "links": "<p>"
    + '<a href="#x">1</a> ' * 20_000
    + '</p><div id="x">'
    + "<p>tekst</p>" * 10_000
    + "</div>",
    "line breaks": "<p>" + "<b>Regel</b>.<br>" * 30_000 + "</p>",
    "items": "<ul>" + "<li>punt" * 50_000 + "</ul>",
}


@pytest.mark.parametrize("case", LARGE)
def test_time_grows_with_the_page_and_no_faster(case: str) -> None:
    started = time.process_time()
    read_document(LARGE[case].encode(), "groot.html")
    assert time.process_time() - started < 5
