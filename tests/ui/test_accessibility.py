"""No page has a serious fault for readers with a disability, as far as axe can tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import LAPTOP, PHONE, Site, visiting

pytestmark = [pytest.mark.browser, pytest.mark.model]

PAGES = [
    "/",
    "/?vraag=Wie+draagt+de+kosten%3F",
    "/?vraag=Wie+draagt+de+kosten%3F&groep=ja&taal=en",
    "/?vraag=Wie+draagt+de+kosten%3F&fractie=SGP",
    "/?answer=verslag-bruggen.4",
    "/?answer=verslag-bruggen.2&bron=verslag-bruggen.2",
    "/?answer=bestaat-niet.1",
    "/document?document=verslag-bruggen&vraag=pont",
    "/documenten",
]
SETTLED = ".ka-card, .ka-head, .ka-notice, .ka-problem"
BAD = {"serious", "critical"}

Scheme = Literal["light", "dark"]


@pytest.fixture(params=[(LAPTOP, "light"), (LAPTOP, "dark"), (PHONE, "light")])
def page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    size, scheme = request.param
    with visiting(browser, site, size) as page:
        page.emulate_media(color_scheme=scheme)
        yield page


@pytest.mark.parametrize("path", PAGES)
def test_no_serious_fault(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator(SETTLED).first).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    for summary in page.locator("[data-testid=stExpander] summary").all():
        summary.click()
    faults = [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in BAD
    ]
    assert faults == []


@pytest.mark.parametrize("path", PAGES)
def test_page_has_one_main_heading_and_a_language(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    language = page.evaluate("document.documentElement.lang")
    assert language == ("en" if "taal=en" in path else "nl")


def test_nothing_runs_off_the_screen_at_double_size(page: Page) -> None:
    page.goto("/?vraag=Wie+draagt+de+kosten%3F")
    expect(page.locator("article").first).to_be_visible()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
