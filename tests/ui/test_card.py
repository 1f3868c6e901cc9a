from dataclasses import replace

from pipeline.models import Metadata
from tests.ui.examples import a_document, a_paragraph, a_record, an_exchange
from ui.card import make_card
from ui.dutch import DUTCH


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
