"""Text that another extractor mangled: fallen markers, lost blanks, notes glued to their numbers."""

from __future__ import annotations

import pytest

from pipeline.layouts import parse
from pipeline.models import Parsed
from pipeline.reading import read_document

HEAD = """Tweede Kamer der Staten-Generaal2
Vergaderjaar 2023–2024 Aanhangsel van de Handelingen
Vragen gesteld door de leden der Kamer, met de daarop door de
regering gegeven antwoorden
17
Vragen van het lid Aa (VVD) aan de Minister van Bijen over tellen (ingezonden 3 mei 2024).
Antwoord van Minister Jansen (Bijen) (ontvangen 9 mei 2024).
"""
MANGLED = (
    HEAD
    + """Vraag 1
Kent u het bericht dat bijen inde gemeente worden geteld zonder dat iemand dat heeft gevraagd?
1
Antwoord 1
Ja. De gemeente heeft mij daarover ingelicht en het onderzoek is inmiddels afge-rond.
2 Deze uitkomsten zijn openbaar.
1De Krant, 24 april 2024, Bijen geteld
ah-tk-20232024-17
ISSN 0921 - 7398’s-Gravenhage 2024Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel 1
Vraag 2 en 3
Wat vindt u van het tellen?Deelt u de mening dat tellen duur is?Zo nee, waarom niet?
Antwoord 2 en 3
Het tellen is goed.Duur is het niet.Dat blijkt uit de cijfers.
2Zie Kamerstuk 36 999, nr. 2.
Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel 2
"""
)


def parsed() -> Parsed:
    """The mangled text, parsed."""
    return parse(read_document(MANGLED.encode(), "antwoord.pdf.txt"))


def test_exchanges_and_notes_are_those_of_the_original() -> None:
    first, second = parsed().exchanges
    assert (first.numbers, second.numbers) == ((1,), (2, 3))
    assert first.question.endswith("dat heeft gevraagd?")
    assert [note.text for note in first.footnotes] == [
        "De Krant, 24 april 2024, Bijen geteld",
        "Zie Kamerstuk 36 999, nr. 2.",
    ]
    assert first.answer.endswith("Deze uitkomsten zijn openbaar.")


def test_sentences_that_ran_together_are_parted() -> None:
    second = parsed().exchanges[1]
    assert (
        second.question
        == "Wat vindt u van het tellen? Deelt u de mening dat tellen duur is? Zo nee, waarom niet?"
    )
    assert second.answer == "Het tellen is goed. Duur is het niet. Dat blijkt uit de cijfers."


def test_a_single_odd_full_stop_is_left_as_it_is() -> None:
    text = HEAD + "Vraag 1\nKent u Node.Js bij de gemeente?\nAntwoord 1\nJa."
    assert "Node.Js" in parse(read_document(text.encode(), "a.txt")).exchanges[0].question


def test_labels_amid_a_line_begin_lines_again() -> None:
    joined = HEAD.replace("\n", " ") + (
        "Vraag 1 Kent u het bericht?Antwoord 1 Ja. Vraag 2 Wat vindt u ervan? "
        "Antwoord op vraag 2 NRC meldt het juist, zie ook Kamervraag 4 van vorig jaar."
    )
    first, second = parse(read_document(joined.encode(), "a.txt")).exchanges
    assert (first.question, first.answer) == ("Kent u het bericht?", "Ja.")
    assert (second.numbers, second.question) == ((2,), "Wat vindt u ervan?")
    assert second.answer.startswith("NRC meldt het juist")


def test_a_blank_line_after_every_line_parts_nothing() -> None:
    doubled = HEAD + (
        "Vraag 1\nKent u het bericht dat bijen in de\ngemeente Waterveen worden geteld zonder\n"
        "dat iemand daar ooit om heeft gevraagd?\nAntwoord 1\nJa. De gemeente heeft mij daarover\n"
        "ingelicht en het onderzoek is inmiddels\nafgerond en verzonden.\n"
    )
    (only,) = parse(read_document(doubled.replace("\n", "\n\n").encode(), "a.txt")).exchanges
    assert only.question.endswith(
        "in de gemeente Waterveen worden geteld zonder dat iemand daar ooit om heeft gevraagd?"
    )
    assert only.answer.endswith("inmiddels afgerond en verzonden.")


@pytest.mark.parametrize(
    "marked",
    [
        "**Vraag 1**\nKent u dit?\n\n**Antwoord 1**\nJa.",
        "### Vraag 1\nKent u dit?\n\n### Antwoord\nJa.",
        "- Vraag 1: Kent u dit?\n- Antwoord 1: Ja.",
        "| Vraag 1 | Kent u dit? |\n| Antwoord 1 | Ja. |",
    ],
)
def test_labels_are_read_behind_bullets_and_markdown(marked: str) -> None:
    (only,) = parse(read_document((HEAD + marked).encode(), "vragen.txt")).exchanges
    assert (only.numbers, only.question, only.answer) == ((1,), "Kent u dit?", "Ja.")
