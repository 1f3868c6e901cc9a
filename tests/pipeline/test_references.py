from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.references import find_citations, find_refers_to

CITATIONS: tuple[tuple[str, list[str]], ...] = (
    ("Kamerstuk 36 600 XVII, Nr. 53.", ["kst-36600-XVII-53"]),
    ("Kamerstuk 36471, nr. 96.", ["kst-36471-96"]),
    ("Kamerstuk 21501-20, Nr. 2214.", ["kst-21501-20-2214"]),
    ("Kamerstuk 2020-2021, 21 501-02, nr. 2241.", ["kst-21501-02-2241"]),
    ("Kamerstuk 30 821 Nr. 202.", ["kst-30821-202"]),
    ("Kamerstuk, 28 828, nr. 70", ["kst-28828-70"]),
    ("Kamerstuk 36200-XII-60", ["kst-36200-XII-60"]),
    ("Kamerstukken II 2023–24, 23 235, nr. 240", ["kst-23235-240"]),
    ("Tweede Kamer, vergaderjaar 2022–2023, 26 485, nr. 424", ["kst-26485-424"]),
    ("Kamerstukken I 2022/23, 32 813, AO", ["kst-32813-AO"]),
    ("Kamerstukken 29665, nummers 427, 433 en 473.", ["kst-29665-427", "kst-29665-433", "kst-29665-473"]),
    ("Kamerstuk 31 985, nr. 85 en Kamerstuk 31 986, nr. 2", ["kst-31985-85", "kst-31986-2"]),
    ("Aanhangsel Handelingen II, 2006-2007, nr. 784", ["ah-tk-20062007-784"]),
    ("Aanhangsel van de Handelingen, vergaderjaar 2023–2024, nr. 12", ["ah-tk-20232024-12"]),
    ("Zie mijn antwoord op vraag 3 van Aanhangsel Handelingen 2023-2024, nr. 12", ["ah-tk-20232024-12.3"]),
    ("Zie de antwoorden op vragen 2 en 3 (Kamerstuk 36 600, nr. 4)", ["kst-36600-4.2-3"]),
    ("zie ook 2024Z11859", ["kv-tk-2024Z11859"]),
    ("TK 2023/24, 31 839, nr. 1024.", ["kst-31839-1024"]),
    ("Kamerstukken, 2022-2023, 29628, nr. 1135", ["kst-29628-1135"]),
    ("in 2024 waren er 36 600 mensen", []),
)  # fmt: skip

MALFORMED = (
    "Kamerstuk 326410-V-48.",
    "Kamerstuk 308 21, nr. 244",
    "Kamerstuk 3082, nr. 249.",
    "Motie De Wit/Zwart 36-200 V nr. 32 (2022)",
    "Aanhangsel Handelingen II, 2006-2009, nr. 784",
)

POINTERS = (
    ("Zie de beantwoording bij vragen 1 en 2.", 17, (1, 2)),
    ("Zie de beantwoording op de vragen 1 en 2.", 35, (1, 2)),
    ("Zie verder het antwoord op vragen 1 en 2.", 33, (1, 2)),
    ("Zie de beantwoording bij vraag 19.", 24, (19,)),
    ("Zie ook het antwoord op de vragen één en eenentwintig.", 20, (1, 21)),
    (
        "Het antwoord op vragen een jaar geleden was anders dan dat op vraag twee jaar geleden.",
        3,
        (),
    ),
    ("Voor het antwoord hierop verwijs ik naar het antwoord op vraag 11.", 7, (11,)),
    ("Ik verwijs u naar het antwoord onder 3.", 4, (3,)),
    ("Zie de antwoorden op de vragen 7 t/m 10.", 11, (7, 8, 9, 10)),
    ("Zie antwoord 3 en 4.", 5, (3, 4)),
    ("Zie verder mijn antwoord bij 6.", 5, (6,)),
    ("Dat is voldoende (zie vraag 4 en 5).", 1, (4, 5)),
    ("Zie het antwoord op de vorige vraag.", 5, (4,)),
    ("Zie het antwoord op vraag 2 van het lid De Wit.", 1, ()),
    ("Zie het antwoord op vraag 3 van Aanhangsel Handelingen 2000-2001, nr. 4.", 5, ()),
    ("Zoals aangegeven bij vraag 1 had het kabinet liever gewacht.", 6, (1,)),
    ("Zoals bij vraag 2 is uitgelegd, mag dat niet.", 6, (2,)),
    ("De onder vraag 5 beschreven aanpak loopt.", 6, (5,)),
    ("Zoals ook in vraag 4 is aangegeven, heeft er geen verhoging plaatsgevonden.", 6, (4,)),
    ("De in vraag 4 bedoelde beweringen zijn niet gedaan.", 6, ()),
    ("Dat blijkt uit antwoord 3, en uit mijn antwoord 4, 5 en 6.", 7, (3, 4, 5, 6)),
    ("Gelet op het bij vraag 1 gegeven antwoord is dat niet nodig.", 3, (1,)),
    ("De situatie zoals onder vraag/antwoord 1 beschreven komt voor.", 2, (1,)),
    ("Zoals in mijn reactie op vraag 6 verwoord.", 7, (6,)),
    ("Zoals ik hiervoor bij vraag 2 en vraag 3 heb aangegeven.", 7, (2, 3)),
    ("Zie verder de beantwoording van vraag 3 van Aa en Bee.", 7, ()),
    ("Zie hiervoor mijn antwoord 14 juli 1999 aan de Kamer.", 3, ()),
    ("Ik verwijs naar mijn antwoord op Kamervragen van de leden Aa en Bee, onder vraag 3.", 4, ()),
    ("Er waren 3 vragen en 4 antwoorden.", 5, ()),
    ("Zie het antwoord op vraag 5.", 5, ()),
)


@pytest.mark.parametrize(("text", "targets"), CITATIONS)
def test_citations(text: str, targets: list[str]) -> None:
    found = find_citations(text)
    assert [citation.target for citation in found] == targets
    assert all(
        citation.url.endswith(f"{citation.target.partition('.')[0]}.html") for citation in found
    )
    assert all(citation.text in text for citation in found)


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_citation_is_kept_without_a_link(text: str) -> None:
    (citation,) = find_citations(text)
    assert citation.url == ""
    assert citation.text in text


@pytest.mark.parametrize(("answer", "own", "refers_to"), POINTERS)
def test_pointers(answer: str, own: int, refers_to: tuple[int, ...]) -> None:
    assert find_refers_to(answer, (own,)) == refers_to


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(citation.text in text for citation in find_citations(text))
    assert 7 not in find_refers_to(text, (7,))


def test_many_citations_take_linear_time() -> None:
    text = "Zie Kamerstuk 36 600 XVII, nr. 53 en het antwoord op vraag 3. " * 20_000
    start = time.perf_counter()
    assert len(find_citations(text)) == 1
    assert find_refers_to(text, ()) == (3,)
    assert time.perf_counter() - start < 0.5 * 20  # a second a megabyte is 1.3; CI is slower
