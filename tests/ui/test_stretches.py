import pytest

from ui.stretches import find_stretches

QUESTION = "Klopt het dat de brug volgend jaar dicht gaat?"
OTHER = "Bent u bereid de brug eerder te openen dan gepland?"


@pytest.mark.parametrize(
    ("page", "passage", "marked"),
    [
        ("Eerst. De kosten van de brug. Dan.", "De kosten van de brug.", ["De kosten van de brug"]),
        (
            "van het Mobili-\nteits-\nfonds betaald",
            "het Mobiliteitsfonds",
            ["het Mobili-\nteits-\nfonds"],
        ),
        ("onderwijs en wetenschap ﬁnancieren", "financieren", ["ﬁnancieren"]),
        ("Heel iets anders staat hier op deze bladzijde.", "De kosten van de brug.", []),
        (
            "De leden van de CDA-fractie vragen of het regent.",
            "De leden van de CDA-fractie vragen waarom de dijken langs de hele kust zo laag zijn.",
            [],
        ),
        ("", "De kosten", []),
        ("De kosten", "", []),
    ],
)
def test_passage_is_found_on_a_page_however_it_is_broken(
    page: str, passage: str, marked: list[str]
) -> None:
    assert [page[start:end] for start, end in find_stretches(page, [passage])] == marked


@pytest.mark.parametrize(
    ("page", "before", "marked"),
    [
        (f"Vergaderjaar 2024\nVraag 1\n{QUESTION}\nAntwoord 1\nJa.\n", QUESTION, "Ja"),
        (f"{OTHER} Ja. {QUESTION} Nee, ja.", QUESTION, "ja"),
        ("Jaarlijks. Ja.", "Dit staat op de bladzijde hiervoor te lezen.", "Ja"),
        ("Vergaderjaar 2024, januari", QUESTION, ""),
    ],
)
def test_short_answer_is_the_first_word_after_its_question(
    page: str, before: str, marked: str
) -> None:
    found = [page[start:end] for start, end in find_stretches(page, ["Ja."], [before])]
    assert found == ([marked] if marked else [])
    if found:
        [(start, _)] = find_stretches(page, ["Ja."], [before])
        assert start > page.find(before)
