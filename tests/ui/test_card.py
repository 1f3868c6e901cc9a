from dataclasses import replace

import pytest

from index.strength import ANSWERS_FROM, Strength
from pipeline.models import Metadata
from tests.ui.examples import a_document, a_paragraph, a_record, an_exchange
from ui.card import make_card
from ui.dutch import DUTCH
from ui.english import ENGLISH
from ui.markup import render


def test_card_says_who_when_and_where() -> None:
    card = make_card(a_record(), (), DUTCH)
    assert card.facts == (
        "Schriftelijk overleg",
        "12 maart 2024",
        "CDA",
        "Gesteld door Van der Zee",
    )
    assert card.question_label == "Vraag 19"
    assert card.respondent == "Antwoord van de minister van Infrastructuur en Waterstaat"
    assert card.document == "Verslag over de zeedijken"
    assert card.place == ("blz. 3–4",)


def test_card_invents_nothing_that_the_document_does_not_say() -> None:
    document = replace(a_document(), metadata=Metadata())
    exchange = replace(an_exchange(), party="", askers=(), numbers=(), answer_paragraphs=())
    card = make_card(a_record(exchange, document), (), DUTCH)
    assert card.facts == ("Schriftelijk overleg",)
    assert card.respondent == "Antwoord"
    assert card.question_label == "Vraag"
    assert card.document == "verslag-zeedijken.pdf"
    assert card.place == ("blz. 3",)
    assert card.shown == []


@pytest.mark.parametrize(
    ("respondent", "told"),
    [
        ("Minister van Financiën", "Antwoord van de Minister van Financiën"),
        ("Staatssecretaris voor Cultuur", "Antwoord van de Staatssecretaris voor Cultuur"),
        ("minister-president", "Antwoord van de minister-president"),
        ("Minister Van Dam", "Antwoord van Minister Van Dam"),
        ("Kabinet", "Antwoord van het kabinet"),
    ],
)
def test_office_takes_an_article_and_a_name_none(respondent: str, told: str) -> None:
    exchange = replace(an_exchange(), respondent=respondent)
    assert make_card(a_record(exchange), (), DUTCH).respondent == told


def test_page_is_told_only_where_a_format_has_pages() -> None:
    document = replace(a_document(), format="html", pages=1)
    assert make_card(a_record(document=document), (), DUTCH).place == ()


def test_respondent_of_the_answer_comes_before_that_of_the_document() -> None:
    exchange = replace(an_exchange(), respondent="het kabinet")
    assert make_card(a_record(exchange), (), DUTCH).respondent == "Antwoord van het kabinet"


def test_referred_answers_stand_inside_under_a_line_that_names_them() -> None:
    exchange = an_exchange(refers_to=(1, 2))
    others = [a_record(an_exchange(numbers=(number,))) for number in (1, 2)]
    card = make_card(a_record(exchange), others, DUTCH)
    assert card.referred_label == "Verwijst naar antwoorden 1, 2"
    assert [other.name for other in card.referred] == ["Antwoord 1", "Antwoord 2"]


def test_malformed_citation_is_listed_without_a_link() -> None:
    [citation] = make_card(a_record(), (), DUTCH).citations
    assert (citation.text, citation.url) == ("Kamerstuk 31 7xx", "")


def test_long_answer_is_whole_where_it_is_not_folded() -> None:
    exchange = replace(an_exchange(), answer_paragraphs=(a_paragraph("Zand en klei. " * 200),))
    assert make_card(a_record(exchange), (), DUTCH).folded
    assert not make_card(a_record(exchange), (), DUTCH, folds=False).folded


def test_sentences_that_meet_the_question_are_marked_in_the_answer_alone() -> None:
    said = "De dijk wordt hoger."
    exchange = an_exchange(question=said, answer=f"{said} Dat duurt <b>lang</b>.")
    card = make_card(a_record(exchange), (), DUTCH, relevance=0.99, highlights=(said,))
    shown = render("card.html", texts=DUTCH, answer=card, rank=1)
    assert shown.count("<mark") == 1
    marked = shown.split("<mark")[1].split("</mark>")[0]
    assert marked.endswith(f'<span class="ka-t">{said}</span>')
    assert "Dat duurt &lt;b&gt;lang&lt;/b&gt;." in shown
    assert 'data-begins="begin markering"' in marked


def test_a_card_says_how_well_it_fits_in_a_word_that_is_explained() -> None:
    for relevance, strength in (
        (1.0, Strength.STRONG),
        (ANSWERS_FROM, Strength.FAIR),
        (0.0, Strength.WEAK),
    ):
        card = make_card(a_record(), (), DUTCH, relevance=relevance)
        assert card.strength is strength
        shown = render("card.html", texts=DUTCH, answer=card, rank=1)
        assert f"Past bij uw vraag: </span>{DUTCH.card.strengths[strength]}<" in shown
    assert make_card(a_record(), (), DUTCH).strength is None
    for texts in (DUTCH, ENGLISH):
        explained = render("strengths.html", words=texts.card)
        assert all(word in explained for word in texts.card.strengths.values())


def test_a_long_answer_says_when_the_sentence_that_fits_is_folded_away() -> None:
    last = "Dit is het antwoord."
    exchange = an_exchange(answer=" ".join(["Eerst iets anders."] * 90) + " " + last)
    card = make_card(a_record(exchange), (), DUTCH, relevance=0.9, highlights=(last,))
    assert card.marked_further_on
    assert DUTCH.card.marks_further_on in render("card.html", texts=DUTCH, answer=card, rank=1)
    first = make_card(a_record(exchange), (), DUTCH, highlights=("Eerst iets anders.",))
    assert not first.marked_further_on
