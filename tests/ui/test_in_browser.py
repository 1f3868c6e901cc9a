"""The page as a visitor meets it, with the real model, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import LAPTOP, PHONE, Site, visiting
from tests.ui.examples import HOSTILE, LONG_WORD
from tests.ui.papers import BEES, BRIDGES, OPENING, a_pdf

pytestmark = [pytest.mark.browser, pytest.mark.model]


@pytest.fixture(params=[LAPTOP, PHONE], ids=["laptop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    with visiting(browser, site, request.param) as page:
        yield page


def ask(page: Page, question: str) -> None:
    field = page.get_by_label("Wat wilt u weten?")
    field.fill(question)
    field.press("Enter")


def test_question_gets_the_right_answer_first(page: Page) -> None:
    page.goto("/")
    ask(page, "Wie draagt de kosten?")
    first = page.locator("article").first
    expect(first).to_contain_text("De kosten komen ten laste van het Mobiliteitsfonds")
    expect(first).to_contain_text("blz. 1")
    expect(first).to_contain_text("VVD")


def test_question_in_another_language_is_answered(page: Page) -> None:
    page.goto("/")
    ask(page, "Is there a ferry for cyclists?")
    expect(page.locator("article").first).to_contain_text("gratis gebruikmaken van een pont")


def test_address_of_a_question_can_be_shared(page: Page) -> None:
    page.goto("/?vraag=Krijgen+fietsers+een+pont%3F")
    expect(page.get_by_label("Wat wilt u weten?")).to_have_value("Krijgen fietsers een pont?")
    expect(page.locator("article").first).to_contain_text("gratis gebruikmaken van een pont")


def test_back_and_forward_return_to_earlier_questions(page: Page) -> None:
    page.goto("/")
    ask(page, "Wie draagt de kosten?")
    expect(page.locator("article").first).to_contain_text("Mobiliteitsfonds")
    ask(page, "Krijgen fietsers een pont?")
    expect(page.locator("article").first).to_contain_text("gratis gebruikmaken")
    page.go_back()
    expect(page.locator("article").first).to_contain_text("Mobiliteitsfonds")
    expect(page.get_by_label("Wat wilt u weten?")).to_have_value("Wie draagt de kosten?")
    page.go_back()
    expect(page.locator("article")).to_have_count(0)
    page.go_forward()
    page.go_forward()
    expect(page.locator("article").first).to_contain_text("gratis gebruikmaken")


def test_permalink_shows_the_one_answer_after_a_reload(page: Page) -> None:
    page.goto("/?vraag=Krijgen+fietsers+een+pont%3F")
    first = page.locator("article").first
    expect(first).to_contain_text("gratis gebruikmaken van een pont")
    expect(page.locator("article")).to_have_count(4)
    page.get_by_role("link", name="Link naar dit antwoord").first.click()
    expect(page.locator("article")).to_have_count(1)
    assert page.url.endswith("?answer=verslag-bruggen.3")
    page.reload()
    expect(page.locator("article")).to_contain_text("gratis gebruikmaken van een pont")


def test_answer_that_is_referred_to_opens_in_place(page: Page) -> None:
    page.goto("/?answer=verslag-bruggen.4")
    referred = page.locator("article section")
    expect(referred).to_be_hidden()
    page.get_by_text("Verwijst naar antwoord 2").click()
    expect(referred).to_contain_text("De kosten komen ten laste van het Mobiliteitsfonds")


def test_citation_is_a_link(page: Page) -> None:
    page.goto("/?answer=verslag-bruggen.1")
    link = page.get_by_role("link", name="Kamerstuk 29 385, nr. 98")
    expect(link).to_have_attribute(
        "href", "https://zoek.officielebekendmakingen.nl/kst-29385-98.html"
    )
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_answer_that_is_gone_is_explained(page: Page) -> None:
    page.goto("/?answer=bestaat-niet.7")
    expect(page.get_by_role("alert")).to_contain_text("Dit antwoord is er niet")


def test_new_document_is_added_found_and_removed(page: Page, tmp_path: Path) -> None:
    paper = tmp_path / "verslag-wilde-bij.pdf"
    paper.write_bytes(a_pdf(BEES))
    page.goto("/documenten")
    page.locator("input[type=file]").set_input_files(paper)
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    line = page.locator(".ka-queue li").first
    expect(line).to_contain_text("Toegevoegd")
    expect(line).to_contain_text("1 antwoord")
    page.get_by_role("link", name="Zoeken", exact=True).click()
    ask(page, "Waarom verdwijnen er bijen op de heide?")
    expect(page.locator("article").first).to_contain_text(
        "De zandbij verdwijnt vooral door stikstof"
    )

    page.get_by_role("link", name="Documenten", exact=True).click()
    remove(page, paper.name)


def test_bad_file_is_explained_and_the_others_go_on(page: Page, tmp_path: Path) -> None:
    broken, good = tmp_path / "kapot.pdf", tmp_path / "verslag-wilde-bij.pdf"
    broken.write_bytes(a_pdf(BEES)[:400])
    good.write_bytes(a_pdf(BEES))
    page.goto("/documenten")
    page.locator("input[type=file]").set_input_files([broken, good])
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    lines = page.locator(".ka-queue > ul > li")
    expect(lines.filter(has_text="kapot.pdf")).to_contain_text("Het bestand is beschadigd")
    expect(lines.filter(has_text="verslag-wilde-bij.pdf")).to_contain_text("antwoord")
    remove(page, good.name)


def test_filters_and_order_stay_in_the_address_and_back_undoes_them(page: Page) -> None:
    page.goto("/?vraag=Wie+draagt+de+kosten%3F")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("button", name="VVD (2)").click()
    expect(page.locator("article")).to_have_count(2)
    assert page.url.endswith("&fractie=VVD")
    page.reload()
    expect(page.locator("article")).to_have_count(2)
    page.get_by_role("radio", name="Nieuwste").or_(page.get_by_text("Nieuwste")).first.click()
    expect(page).to_have_url(re.compile("volgorde=nieuwste"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("volgorde"))
    page.get_by_role("button", name="Wis filters").click()
    expect(page.locator("article")).to_have_count(4)


def test_source_opens_beside_the_answer_with_the_passage_marked(page: Page) -> None:
    page.goto("/?answer=verslag-bruggen.2")
    page.get_by_role("link", name="Bekijk in het document").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Het antwoord is op deze bladzijde gemarkeerd.")
    expect(drawer.get_by_role("img", name="Bladzijde 1 van het document")).to_be_visible()
    assert "bron=verslag-bruggen.2" in page.url
    with page.expect_download() as download:
        drawer.get_by_role("link", name="Download het document").click()
    assert download.value.suggested_filename == "verslag-bruggen.pdf"
    assert download.value.path().read_bytes() == a_pdf(BRIDGES)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page).not_to_have_url(re.compile("bron"))


def test_escape_closes_the_source_also_when_the_focus_is_lost(page: Page) -> None:
    page.goto("/?answer=verslag-bruggen.2&bron=verslag-bruggen.2")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("link", name="Download het document")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page).not_to_have_url(re.compile("bron"))


def test_whole_document_is_read_in_order_and_leads_back(page: Page) -> None:
    page.goto("/?vraag=Krijgen+fietsers+een+pont%3F")
    page.get_by_role("link", name="Hele document").first.click()
    expect(page.locator("article")).to_have_count(4)
    expect(page.locator("article", has_text="Past bij uw vraag").first).to_be_visible()
    page.get_by_role("link", name="CDA", exact=True).click()
    expect(page.locator("#deel-2")).to_be_in_viewport()
    page.get_by_role("link", name="Terug naar zoeken").click()
    expect(page.get_by_label("Wat wilt u weten?")).to_have_value("Krijgen fietsers een pont?")


def test_page_speaks_english_and_keeps_what_was_asked(page: Page) -> None:
    page.goto("/?vraag=Krijgen+fietsers+een+pont%3F")
    page.get_by_role("link", name="English").click()
    field = page.get_by_label("What would you like to know?")
    expect(field).to_have_value("Krijgen fietsers een pont?")
    expect(page.locator("article").first).to_contain_text("Answer by the cabinet")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("article .ka-prose").first.get_attribute("lang") == "nl"
    field.fill("Who pays the costs?")
    field.press("Enter")
    expect(page).to_have_url(re.compile("taal=en"))
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_label("Wat wilt u weten?")).to_have_value("Who pays the costs?")


def test_keyboard_alone_is_enough(page: Page) -> None:
    page.goto("/")
    field = page.get_by_label("Wat wilt u weten?")
    expect(field).to_be_visible()
    tab_to(page, "input[type=search]")
    page.keyboard.type("Krijgen fietsers een pont?")
    page.keyboard.press("Enter")
    expect(page.locator("article").first).to_contain_text("gratis gebruikmaken van een pont")
    tab_to(page, "article summary")
    page.keyboard.press("Enter")
    expect(page.locator("article details").first).to_have_attribute("open", "")
    tab_to(page, "[class*=st-key-doing] a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something that matches has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def test_hits_are_exported(page: Page, tmp_path: Path) -> None:
    page.goto("/?vraag=Krijgen+fietsers+een+pont%3F")
    for name, beginning in (("CSV", "\ufeffrank,id,"), ("JSON", '{\n  "query": "Krijgen')):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download als {name}").click()
        download.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_text("utf-8").startswith(beginning)


def test_answer_is_cited_with_its_permanent_address(page: Page) -> None:
    page.goto("/?answer=verslag-bruggen.2")
    page.get_by_role("button", name="Citeer").click()
    expect(page.get_by_text("?answer=verslag-bruggen.2.").first).to_contain_text(
        "het onderhoud van bruggen"
    )


def test_keepers_page_is_closed_to_what_comes_through_a_proxy(browser: Browser, site: Site) -> None:
    with visiting(browser, site, LAPTOP) as page:
        page.context.set_extra_http_headers({"X-Forwarded-For": "203.0.113.7"})
        page.goto("/documenten")
        expect(page.get_by_role("alert")).to_contain_text("alleen te openen op de computer")


# What turns the order of letters around is taken out when a document is read.
READABLE = " ".join(HOSTILE.replace("\u202e", "").replace("\u202c", "").split())
HOSTILE_PAPER = (
    OPENING.format(topic="Digitale Zaken", subject=HOSTILE)
    + f"""

Vragen en opmerkingen van de leden van de VVD-fractie

De leden van de VVD-fractie vragen {HOSTILE} hierover.

1. Antwoord van het kabinet

Het kabinet antwoordt {HOSTILE} {LONG_WORD} en meer niet.
"""
)


def test_hostile_document_is_shown_as_text(page: Page, tmp_path: Path) -> None:
    paper = tmp_path / "**vet** $x$ :smile: <img src=x onerror=alert(1)>.txt"
    paper.write_text(HOSTILE_PAPER)
    page.goto("/documenten")
    page.locator("input[type=file]").set_input_files(paper)
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    line = page.locator(".ka-queue > ul > li", has_text=paper.name)
    expect(line).to_contain_text("Toegevoegd")
    row = page.locator("[class*=st-key-document-]", has_text=paper.name)
    row.get_by_role("button", name="Verwijderen").click()
    expect(page.get_by_role("dialog")).to_contain_text("<script>")
    page.get_by_role("button", name="Nee, behouden").click()

    page.get_by_role("link", name="Zoeken", exact=True).click()
    ask(page, "Wat antwoordt het kabinet over digitale zaken?" + HOSTILE)
    card = page.locator("article", has_text="en meer niet.").first
    card.get_by_text("Lees het hele antwoord").click()
    shown = card.evaluate("card => card.textContent")
    assert READABLE in " ".join(shown.split())
    assert LONG_WORD in shown
    expect(page.get_by_label("Wat wilt u weten?")).to_have_value(re.compile("<script>"))
    assert page.locator("article :is(script, img, style, b, em)").count() == 0
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    remove(page, paper.name)


def remove(page: Page, name: str) -> None:
    page.goto("/documenten")
    row = page.locator("[class*=st-key-document-]", has_text=name)
    row.get_by_role("button", name="Verwijderen").click()
    page.get_by_role("button", name="Ja, verwijderen").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Verslag wissen").click()
    expect(page.locator(".ka-queue")).to_have_count(0)
