"""Documents are added, read about and removed, in a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import LAPTOP, PHONE, Site, serving, visiting, without_errors
from tests.ui.examples import HOSTILE, LONG_WORD
from tests.ui.papers import BEES, OPENING, a_pdf
from tests.ui.reader import Reader
from ui.languages import TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.xdist_group("browser")]

HOSTILE_NAME = "**vet** $x$ :smile: <img src=x onerror=alert(1)>.txt"
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


@pytest.mark.parametrize(("size", "language"), [(LAPTOP, "nl"), (PHONE, "en")])
def test_documents_are_added_found_and_removed(
    tab: Page, tmp_path: Path, size: ViewportSize, language: str
) -> None:
    """A good, a broken and a hostile file at once; each is reported on, and none harms another."""
    good, broken, hostile = (tmp_path / n for n in ("bijen.pdf", "kapot.pdf", HOSTILE_NAME))
    good.write_bytes(a_pdf(BEES))
    broken.write_bytes(a_pdf(BEES)[:400])
    hostile.write_text(HOSTILE_PAPER)
    tab.set_viewport_size(size)
    keeper = Reader(tab, TEXTS[language])
    with without_errors(tab):
        add(keeper, [broken, good, hostile])
        find_good(keeper)
        find_hostile(keeper)
        remove(keeper, hostile.name, good.name)


def add(keeper: Reader, files: list[Path]) -> None:
    words = keeper.texts.documents
    keeper.goto("/documenten")
    keeper.page.locator("input[type=file]").set_input_files(files)
    expect(keeper.page.get_by_test_id("stFileChipName")).to_have_count(len(files))
    expect(keeper.page.get_by_test_id("stFileChipIconSpinner")).to_have_count(0)
    keeper.button(words.add).click()
    broken, good, hostile = (
        keeper.page.locator(".ka-queue > ul > li", has_text=file.name) for file in files
    )
    expect(broken).to_contain_text(keeper.texts.problems["BrokenDocument"].what)
    expect(good).to_contain_text(words.answers(1))
    expect(hostile).to_contain_text(words.answers(1))
    expect(keeper.button(words.clear_report)).to_be_visible()


def find_good(keeper: Reader) -> None:
    keeper.link(keeper.texts.search.title).click()
    keeper.ask("Waarom verdwijnen er bijen op de heide?")
    expect(keeper.answers.first).to_contain_text("De zandbij verdwijnt vooral door stikstof")


def find_hostile(keeper: Reader) -> None:
    """Its text shows as text in the card, the field and the source, and nothing overflows."""
    page = keeper.page
    keeper.ask("Wat antwoordt het kabinet over digitale zaken?" + HOSTILE)
    card = keeper.answers.filter(has_text="en meer niet.").first
    expect(card).to_be_visible()
    keeper.wait_until_whole()  # until then what belongs to an earlier card may stand below it
    card.get_by_text(keeper.texts.card.read_more).click()
    shown = card.evaluate("card => card.textContent")
    assert READABLE in " ".join(shown.split())
    assert LONG_WORD in shown
    expect(keeper.field).to_have_value(re.compile("<script>"))
    assert page.locator("article :is(script, img, style, b, em)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    beside = page.locator("[class*=st-key-card-]", has_text="en meer niet.").first
    beside.get_by_role("link", name=keeper.texts.source.open).click()
    leaf = keeper.drawer.locator(".ka-leaf")
    expect(leaf).to_contain_text("en meer niet.")
    assert READABLE in " ".join(leaf.evaluate("leaf => leaf.textContent").split())
    assert leaf.locator(":is(script, img, style, b, em)").count() == 0
    page.keyboard.press("Escape")
    expect(keeper.drawer).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def remove(keeper: Reader, *names: str) -> None:
    words = keeper.texts.documents
    keeper.link(words.title).click()
    for name in names:
        row = keeper.page.locator("[class*=st-key-document-]", has_text=name)
        row.get_by_role("button", name=words.remove).click()
        expect(keeper.drawer).to_contain_text(words.remove_confirm)
        keeper.button(words.remove_no).click()
        expect(keeper.drawer).to_have_count(0)
        row.get_by_role("button", name=words.remove).click()
        yes = keeper.button(words.remove_yes)
        expect(yes.locator("p")).to_have_css("color", "rgb(255, 255, 255)")  # on dark blue
        yes.click()
        expect(row).to_have_count(0)
        expect(keeper.drawer).to_have_count(0)
    keeper.button(words.clear_report).click()
    expect(keeper.page.locator(".ka-queue")).to_have_count(0)


def test_keepers_page_is_closed_to_what_comes_through_a_proxy(browser: Browser, site: Site) -> None:
    with visiting(browser, site, LAPTOP) as page:
        page.context.set_extra_http_headers({"X-Forwarded-For": "203.0.113.7"})
        page.goto("/documenten")
        expect(page.get_by_role("alert")).to_contain_text(TEXTS["nl"].keeper.elsewhere.what)


def test_keeper_stays_in_when_the_page_is_loaded_anew(browser: Browser, tmp_path: Path) -> None:
    password = "Zeedijk-1953"
    # The page of an empty index needs no model, so that none is loaded.
    settings = {"KAMERANTWOORD_ADMIN_PASSWORD": password, "KAMERANTWOORD_MODEL": "/bestaat/niet"}
    words = TEXTS["nl"]
    with (
        serving(tmp_path / "data", **settings) as site,
        visiting(browser, site, LAPTOP) as page,
    ):
        page.goto("/documenten")
        page.get_by_label(words.keeper.field).fill("zeedijk")
        page.get_by_label(words.keeper.field).press("Enter")
        expect(page.get_by_text(words.keeper.wrong)).to_be_visible()
        page.get_by_label(words.keeper.field).fill(password)
        page.get_by_label(words.keeper.field).press("Enter")
        add = page.get_by_role("button", name=words.documents.add, exact=True)
        expect(add).to_be_visible()
        page.reload()
        expect(add).to_be_visible()
        page.get_by_role("button", name=words.keeper.leave).click()
        expect(page.get_by_label(words.keeper.field)).to_be_visible()
