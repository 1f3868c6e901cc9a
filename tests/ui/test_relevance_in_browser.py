"""What the page says of a question that nothing answers, and of one that is answered."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from index.strength import Strength
from tests.ui.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.xdist_group("browser")]

RECIPE = "Hoe bak ik een appeltaart?"
FERRY = "Krijgen fietsers een veerpont?"
SAID = (
    "Ja, fietsers en voetgangers kunnen tijdens de werkzaamheden gratis gebruikmaken van een pont."
)


def test_page_says_that_nothing_answers_and_marks_what_does(reader: Reader) -> None:
    search, card = reader.texts.search, reader.texts.card
    nothing = reader.page.get_by_text(search.nothing, exact=True)
    strength = reader.answers.first.locator(".ka-strength")
    reader.goto(vraag=RECIPE)
    expect(nothing).to_be_visible()
    related = search.related.format(found=search.found(4))
    expect(reader.page.get_by_text(related, exact=True)).to_be_visible()
    expect(strength).to_contain_text(card.strengths[Strength.WEAK])
    reader.page.get_by_text(card.strengths_title).click()
    for meaning in card.strengths_meaning.values():
        expect(reader.page.get_by_text(meaning)).to_be_visible()

    reader.ask(FERRY)
    mark = reader.answers.first.locator("mark")
    expect(mark).to_have_text(SAID)
    expect(mark).to_have_css("text-decoration-line", "underline")  # not by colour alone
    expect(strength).not_to_contain_text(card.strengths[Strength.WEAK])
    expect(nothing).to_have_count(0)
    wide = reader.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide


def test_document_marks_only_the_answers_that_meet_the_question(reader: Reader) -> None:
    document = "verslag-bruggen"
    fits = reader.page.get_by_text(reader.texts.document.fits, exact=True)
    reader.goto("/document", vraag=RECIPE, document=document)
    expect(reader.answers).to_have_count(4)
    expect(fits).to_have_count(0)
    reader.goto("/document", vraag=FERRY, document=document)
    expect(fits.first).to_be_visible()
    assert fits.count() < 4
