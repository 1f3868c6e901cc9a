"""The XML of official publications: the form of today and that of 1984 to 2008."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.errors import BrokenDocument, UnknownFormat
from pipeline.layouts import parse
from pipeline.models import Paragraph, Style
from pipeline.reading import read_document
from pipeline.reading.xml import read_xml


def read(xml: str) -> list[Paragraph]:
    """The paragraphs of a publication."""
    return [p for page in read_xml(xml.encode("utf-8"), "stuk.xml").pages for p in page.paragraphs]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<tekst><al>Een zin.</al><al>En nog een.</al></tekst>", ["Een zin.", "En nog een."]),
        ("<kop><label>Artikel</label><nr>2</nr><titel>Kosten</titel></kop>", ["Artikel 2 Kosten"]),
        ("<lijst><li><li.nr>1.</li.nr><al>een</al><al>meer</al></li></lijst>", ["1. een", "meer"]),
        ("<al>de <nadruk type='cur'>Wet</nadruk> en <extref doc='x'>stb 1</extref></al>", ["de Wet en stb 1"]),
        ("<table><tgroup><tbody><row><entry><al>a</al></entry><entry><al>b</al></entry></row></tbody></tgroup></table>",
         ["a | b"]),
        ("<onbekend><nieuw>Eén</nieuw><nieuw>Twee</nieuw></onbekend>", ["Eén", "Twee"]),
        ("<naam><voornaam>Jan </voornaam><achternaam>Smit</achternaam></naam>", ["Jan Smit"]),
        ("<al>co&euml;rdinatie &amp; meer</al>", ["coërdinatie & meer"]),
        ("<stuk><stuknr>Nr. <ondernummer>4</ondernummer></stuknr><titel>VERSLAG</titel><al>Tekst</al></stuk>",
         ["Nr. 4 VERSLAG", "Tekst"]),
        ("<a><metadata><meta name='x'/></metadata><kamervraagkop><tekstregel>kop</tekstregel></kamervraagkop>"
         "<al>Tekst</al></a>", ["Tekst"]),
    ],
)  # fmt: skip
def test_what_an_element_is_for(xml: str, expected: list[str]) -> None:
    assert [
        paragraph.text for paragraph in read(f"<officiele-publicatie>{xml}</officiele-publicatie>")
    ] == expected


def test_a_note_stands_at_its_marker() -> None:
    note = "<noot.nr>1</noot.nr><noot.al>Kamerstuk <nadruk>36</nadruk></noot.al>"
    xml = f'<al>Zie dit<noot type="voet">{note}</noot>.</al>'
    (paragraph,) = read(f"<tekst>{xml}</tekst>")
    (found,) = paragraph.footnotes
    assert (paragraph.text, found.label, found.offset, found.text) == (
        "Zie dit.",
        "1",
        7,
        "Kamerstuk 36",
    )


OLD = """<kvr><metadata>
<item attribuut="Bibliografische_omschrijving">Vragen van het lid De Boer (CDA) aan de minister van
 Bijen over honing. (Ingezonden 3 mei 1999); Antwoord</item>
<item attribuut="Inhoud">Vragen over honing.</item><item attribuut="Datum_beantwoording">1999-05-20</item></metadata>
<vraag nummer="1" voetnoot="1">Kent u het bericht?</vraag><vraag nummer="2">Wat vindt u?</vraag>
<vraag nummer="3">En dan?</vraag><vraag nummer="4">En verder?</vraag>
<antwoord nummer="1">Ja.</antwoord><antwoord nummer="2, 3 en 4">Niets. Zie vraag 1.</antwoord>
<noten afkomstig="vraag"><noot nummer="1">De Krant, 1 mei 1999</noot></noten></kvr>"""


def test_the_old_form_gives_exchanges() -> None:
    parsed = parse(read_document(OLD.encode(), "KVR1.xml"))
    found = [(e.numbers, e.question, e.answer) for e in parsed.exchanges]
    assert found == [
        ((1,), "Kent u het bericht?", "Ja."),
        ((2, 3, 4), "Wat vindt u?\n\nEn dan?\n\nEn verder?", "Niets. Zie vraag 1."),
    ]
    assert [note.text for note in parsed.exchanges[0].footnotes] == ["De Krant, 1 mei 1999"]
    assert parsed.metadata.askers == ("De Boer",)
    assert parsed.metadata.asked_on == date(1999, 5, 3)
    assert parsed.metadata.answered_on == date(1999, 5, 20)


@pytest.mark.parametrize("numbers", ["4 t/m 6", "4, 5 en 6", "4/5/6", "4,5en 6", "4 t/m6"])
def test_the_old_form_lists_numbers_in_many_ways(numbers: str) -> None:
    xml = "<kvr>" + "".join(f'<vraag nummer="{n}">Vraag {n}?</vraag>' for n in range(1, 7))
    xml += f'<antwoord nummer="1, 2 en 3">Ja.</antwoord><antwoord nummer="{numbers}">Nee.</antwoord></kvr>'
    exchanges = parse(read_document(xml.encode(), "KVR2.xml")).exchanges
    assert [exchange.numbers for exchange in exchanges] == [(1, 2, 3), (4, 5, 6)]


def test_headings_are_headings() -> None:
    assert (
        read("<tekst><tussenkop>Kosten</tussenkop><al>Veel.</al></tekst>")[0].style is Style.HEADING
    )


@pytest.mark.parametrize(
    "xml",
    [
        "<a><al>niet dicht</a>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><a><al>&e;</al></a>',
        "<a>" * 400 + "diep" + "</a>" * 400,
    ],
)
def test_damaged_or_hostile_xml_is_refused(xml: str) -> None:
    with pytest.raises(BrokenDocument):
        read_document(xml.encode(), "stuk.xml")


def test_xml_without_text_is_not_a_document() -> None:
    with pytest.raises(UnknownFormat):
        read_document(b"<?xml version='1.0'?><leeg><a b='c'/></leeg>", "leeg.xml")
