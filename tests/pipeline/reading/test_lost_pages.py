"""Feet of pages that an extractor left amid a line."""

from __future__ import annotations

from pipeline.layouts import parse
from pipeline.reading import read_document
from pipeline.reading.lost_pages import LONG_LINE, break_pages

TITLE = (
    "Tweede Kamer der Staten-Generaal 2 Vergaderjaar 2024–2025 Aanhangsel van de Handelingen 403 "
    "Vragen van het lid Aa (VVD) aan de Minister van Bijen over honing (ingezonden 3 mei 2024). "
    "Antwoord van Minister Bee (Bijen) (ontvangen 9 mei 2024). Zie ook Aanhangsel Handelingen, nr. 402 "
)
FIRST_FOOT = "ah-tk-20242025-403 ISSN 0000 - 0000 ’s-Gravenhage 2024 "
FOOT = "Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel {page} "
SENTENCE = "Het kabinet telt de bijen in het hele land en ook die in de duinen. "
CITED = "Tweede Kamer, vergaderjaar 2024–2025, 36 600, nr. 3"


def test_feet_amid_one_long_line_are_page_breaks_and_no_text() -> None:
    text = (
        f"{TITLE}Vraag 1 Kent u het bericht over honing? Antwoord 1 {SENTENCE * 9}Dat is wat het "
        f"{FIRST_FOOT}{FOOT.format(page=1)}kabinet vindt. Vraag 2 Wat nu? Antwoord 2 {SENTENCE * 9}"
        f"{FOOT.format(page=2)}Vraag 3 En dan? Antwoord 3 Zie {CITED}. {FOOT.format(page=3)}"
    )
    parsed = parse(read_document(text.encode(), "vragen.txt"))
    assert [(each.numbers, each.question, each.pages) for each in parsed.exchanges] == [
        ((1,), "Kent u het bericht over honing?", (1, 2)),
        ((2,), "Wat nu?", (2, 2)),
        ((3,), "En dan?", (3, 3)),
    ]
    first, second, third = (" ".join(each.answer.split()) for each in parsed.exchanges)
    assert first == f"{SENTENCE * 9}Dat is wat het kabinet vindt."
    assert second == (SENTENCE * 9).strip()
    assert third == f"Zie {CITED}."


def test_citations_do_not_count_on_and_stay() -> None:
    text = f"{SENTENCE * 20}Zie {CITED} 4 en {CITED} 7, en dan verder. " * 2
    assert len(text) > LONG_LINE
    assert break_pages(text) == text


def test_lines_of_ordinary_length_are_left_alone() -> None:
    text = "\n".join(f"{SENTENCE}\n{FOOT.format(page=page)}" for page in range(1, 5))
    assert break_pages(text) == text
