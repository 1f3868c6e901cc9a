"""Sentences end where a Dutch reader ends them, and no text is lost or slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Ja.", "Ik ken het bericht."],
        ["Dit staat o.a. in de brief van 3 mei jl. aan de Kamer.", "Zie ook art. 5."],
        ["Dit gebeurde op 3 mei jl.", "De Kamer is ingelicht."],
        ["Zie Kamerstuk 36 600 XVII, nr. 53.", "Het kabinet komt hierop terug."],
        ["De motie van mw. Van der Berg t.a.v. de raming is er.", "Dat was op 12 jan. 2024."],
        ["Min. drs. P. de Vries sprak met prof. dr. J.A. Jansen.", "Zij waren het eens."],
        ["Dit kost ca. 3.500 euro p.p. per jaar.", "De raming m.b.t. 2025 is 4,5 mln. euro."],
        ["Bent u bekend met het bericht «Te weinig. Te laat.»?", "Zo ja, wat vindt u daarvan?"],
        ["Het volgt uit de Wet a.b. jo. artikel 5, d.w.z. bij wet.", "De Wvggz geldt."],
        ["Zie vraag 3.", "In aanvulling daarop geldt nr. 4."],
        ["(Kamerstukken II 2023/24, 36 410 XVII, nr. 12, p. 4 e.v.).", "Het Rijk betaalt."],
        ["De heer Bakker c.s. vroeg dit.", "1. De eerste maatregel."],
        ["Op 1 jan. a.s. gaat dit in.", "Excl. btw is dat 3 mld. euro.", "Het zgn. fonds sluit."],
        ["Zie bijv. https://www.voorbeeld.nl/a.b?c=d.", "Dat is openbaar!", "Echt?"],
        ["Een zin zonder punt"],
    ],
)
def test_sentences_of_a_text(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@given(st.text(alphabet=st.sampled_from("Aa1.?!«»\"'() \n\u00a0éо。😀"), max_size=300) | st.text())
def test_sentences_together_are_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in sentence_spans(text)) == text


@pytest.mark.parametrize("unit", ["Ja. ", "«", "\n", "a. ", "(a. B) ", "' ", "1. ", "."])
def test_a_long_text_takes_no_more_than_its_length_in_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    sentence_spans(text)
    assert time.process_time() - began < 5
