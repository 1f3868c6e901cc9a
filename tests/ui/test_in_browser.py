"""The page as a reader meets it, with the real model, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.ui.papers import BRIDGES, a_pdf
from tests.ui.reader import Reader
from ui.address import Order
from ui.languages import TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.xdist_group("browser")]

COSTS, FERRY = "Wie draagt de kosten?", "Is there a ferry for cyclists?"


def test_question_is_answered_and_can_be_shared_and_returned_to(reader: Reader) -> None:
    first, answer = reader.answers.first, reader.texts.card
    reader.goto()
    reader.ask(COSTS)
    expect(first).to_contain_text("De kosten komen ten laste van het Mobiliteitsfonds")
    expect(first).to_contain_text(answer.answer_by.format(respondent=answer.cabinet))
    expect(first).to_contain_text(answer.page.format(first=1))
    expect(first).to_contain_text("VVD")
    reader.wait_until_whole()

    reader.ask(FERRY)
    expect(first).to_contain_text("gratis gebruikmaken van een pont")
    expect(reader.page).to_have_url(re.compile("vraag=Is\\+there"))
    reader.reload()
    expect(reader.field).to_have_value(FERRY)
    expect(first).to_contain_text("gratis gebruikmaken van een pont")

    reader.page.go_back()
    expect(reader.field).to_have_value(COSTS)
    expect(first).to_contain_text("Mobiliteitsfonds")
    reader.page.go_back()
    expect(reader.answers).to_have_count(0)
    reader.page.go_forward()
    expect(first).to_contain_text("Mobiliteitsfonds")
    reader.page.go_forward()
    expect(first).to_contain_text("gratis gebruikmaken")


def test_answers_are_narrowed_sorted_and_exported(reader: Reader) -> None:
    words = reader.texts.filters
    reader.goto(vraag=COSTS)
    expect(reader.answers).to_have_count(4)
    reader.page.get_by_text(words.title, exact=True).click()
    reader.wait_until_whole()
    reader.press(reader.button("VVD (2)"), re.compile("&fractie=VVD"))
    expect(reader.answers).to_have_count(2)
    reader.reload()
    expect(reader.answers).to_have_count(2)
    newest = reader.page.get_by_role("radio", name=words.orders[Order.NEWEST])
    newest.click(force=True)  # its word lies over it
    expect(newest).to_be_checked()
    expect(reader.page).to_have_url(re.compile("volgorde=nieuwste"))
    reader.page.go_back()
    expect(newest).not_to_be_checked()
    expect(reader.page).not_to_have_url(re.compile("volgorde"))
    reader.button(words.clear).click()
    expect(reader.answers).to_have_count(4)

    search = reader.texts.search
    csv = reader.download(reader.button(search.export_csv)).read_text("utf-8")
    assert csv.startswith("\ufeffrank,id,")
    json = reader.download(reader.button(search.export_json)).read_text("utf-8")
    assert json.startswith('{\n  "query": "Wie draagt')


def test_answer_has_its_references_its_citation_and_its_own_address(reader: Reader) -> None:
    words = reader.texts.card
    reader.goto(vraag=COSTS)
    link = reader.page.get_by_role("link", name="Kamerstuk 29 385, nr. 98")
    address = "https://zoek.officielebekendmakingen.nl/kst-29385-98.html"
    expect(link).to_have_attribute("href", address)
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    referring = reader.answers.filter(has_text=words.refers_to(1, numbers="2"))
    referred = referring.locator("section")
    expect(referred).to_be_hidden()
    referring.get_by_text(words.refers_to(1, numbers="2")).click()
    expect(referred).to_contain_text("De kosten komen ten laste van het Mobiliteitsfonds")

    reader.link(words.permalink).first.click()
    expect(reader.answers).to_have_count(1)
    expect(reader.page).to_have_url(re.compile(r"/\?answer=verslag-bruggen\.2(&taal=en)?$"))
    reader.reload()
    expect(reader.answers).to_contain_text("De kosten komen ten laste van het Mobiliteitsfonds")
    reader.button(words.cite).click()
    cited = reader.page.get_by_text("?answer=verslag-bruggen.2").first
    expect(cited).to_contain_text("het onderhoud van bruggen")
    copy = {"nl": "Kopieer naar het klembord", "en": "Copy to clipboard"}[reader.texts.language]
    expect(reader.button(copy)).to_have_count(2)  # seen without a mouse


def test_answer_that_is_gone_is_explained(reader: Reader) -> None:
    reader.goto(answer="bestaat-niet.7")
    problem = reader.texts.problems["UnknownAnswer"]
    expect(reader.page.get_by_role("alert")).to_contain_text(problem.what)


def test_source_opens_beside_the_answer_with_the_passage_marked(reader: Reader) -> None:
    words, drawer = reader.texts.source, reader.drawer
    reader.goto(answer="verslag-bruggen.2")
    reader.link(words.open).click()
    expect(drawer).to_contain_text(words.marked)
    picture = drawer.get_by_role("img", name=words.picture.format(number=1))
    expect(picture).to_be_visible()
    close = {"nl": "Sluiten", "en": "Close"}[reader.texts.language]  # Streamlit's own button
    expect(drawer.get_by_role("button", name=close, exact=True)).to_be_visible()
    expect(drawer.locator(".ka-passage")).to_be_in_viewport()
    expect(reader.page).to_have_url(re.compile("bron=verslag-bruggen.2"))
    original = drawer.get_by_role("link", name=words.download)
    assert reader.download(original).read_bytes() == a_pdf(BRIDGES)
    reader.page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(reader.page).not_to_have_url(re.compile("bron"))

    reader.page.go_back()
    expect(original).to_be_visible()
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.keyboard.press("Escape")  # heard also when nothing has the focus
    expect(drawer).to_have_count(0)


def test_whole_document_is_read_in_order_and_leads_back(reader: Reader) -> None:
    words = reader.texts.document
    reader.goto(vraag=FERRY)
    reader.link(words.open).first.click()
    expect(reader.link(words.back)).to_be_visible()
    expect(reader.answers).to_have_count(4)
    expect(reader.answers.filter(has_text=words.fits).first).to_be_visible()
    reader.link("CDA").click()
    expect(reader.page.locator("#deel-2")).to_be_in_viewport()
    reader.link(words.back).click()
    expect(reader.field).to_have_value(FERRY)


def test_page_changes_its_language_and_keeps_what_was_asked(reader: Reader) -> None:
    other = {"nl": "en", "en": "nl"}[reader.texts.language]
    reader.goto(vraag=FERRY)
    reader.link(reader.texts.other_language).click()
    page = Reader(reader.page, TEXTS[other])
    expect(page.field).to_have_value(FERRY)
    expect(page.answers.first).to_contain_text(page.texts.card.answer_by.split(" {")[0])
    assert page.page.evaluate("document.documentElement.lang") == other
    assert page.answers.locator(".ka-prose").first.get_attribute("lang") == "nl"
    page.wait_until_whole()
    page.ask("Who pays the costs?")
    expect(page.answers.first).to_contain_text("Mobiliteitsfonds")
    page.link(page.texts.other_language).click()
    expect(reader.field).to_have_value("Who pays the costs?")


def test_keyboard_alone_is_enough(reader: Reader) -> None:
    press = reader.page.keyboard.press
    reader.goto()
    reader.tab_to("input[type=search]")
    reader.page.keyboard.type("Krijgen fietsers een pont?")
    press("Enter")
    expect(reader.answers.first).to_contain_text("gratis gebruikmaken van een pont")
    reader.wait_until_whole()
    reader.tab_to("article summary")
    press("Enter")
    expect(reader.answers.locator("details").first).to_have_attribute("open", "")
    reader.tab_to("[class*=st-key-doing] a")
    press("Enter")
    download = reader.drawer.get_by_role("link", name=reader.texts.source.download)
    expect(download).to_be_visible()
    reader.tab_to("[role=dialog] .ka-download")
    press("Escape")
    expect(reader.drawer).to_have_count(0)
    expect(reader.link(reader.texts.source.open).first).to_be_focused()
