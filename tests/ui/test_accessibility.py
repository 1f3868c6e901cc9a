"""No page has a serious fault for readers with a disability, as far as axe can tell.

Each page is loaded once; the width and the colours of its reader are changed under it.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from tests.browser import LAPTOP, PHONE, without_errors
from tests.ui.reader import Reader
from ui.languages import TEXTS

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.xdist_group("browser")]

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
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
BAD = ["serious", "critical"]
FIND_FAULTS = """([rules, bad]) => axe.run({resultTypes: ["violations"], ...rules}).then(
    found => found.violations.filter(fault => bad.includes(fault.impact))
        .map(fault => [fault.id, fault.nodes.map(node => node.html)]))"""
ALL_RULES: dict[str, object] = {}
COLOUR_RULES: dict[str, object] = {"runOnly": ["color-contrast", "link-in-text-block"]}
DARK_ACCENT = "rgb(140, 196, 245)"  # --ka-accent in ui/style.css
DARK_PAGE = "rgb(18, 23, 29)"  # backgroundColor in .streamlit/config.toml
# Between two frames no colour is on its way from light to dark.
AT_REST = """() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(
    () => resolve(document.getAnimations().every(each => each.playState !== "running")))))"""


def find_faults(page: Page, rules: dict[str, object]) -> list[list[object]]:
    found: list[list[object]] = page.evaluate(FIND_FAULTS, [rules, BAD])
    return found


@pytest.mark.parametrize("address", PAGES)
def test_no_serious_fault(tab: Page, address: str) -> None:
    parts, language = urlsplit(address), "en" if "taal=en" in address else "nl"
    tab.set_viewport_size(LAPTOP)
    with without_errors(tab):
        Reader(tab, TEXTS[language]).goto(parts.path, **dict(parse_qsl(parts.query)))
        expect(tab.locator(SETTLED).first).to_be_visible()
        expect(tab.locator("h1")).to_have_count(1)
        assert tab.evaluate("document.documentElement.lang") == language
        for summary in tab.locator("[data-testid=stExpander] summary").all():
            summary.click()
        tab.evaluate(AXE)
        assert find_faults(tab, ALL_RULES) == []
        tab.set_viewport_size(PHONE)
        assert find_faults(tab, ALL_RULES) == []
        tab.emulate_media(color_scheme="dark", reduced_motion="reduce")
        try:
            expect(tab.locator(".ka-name-of-site")).to_have_css("color", DARK_ACCENT)
            expect(tab.locator(".stApp")).to_have_css("background-color", DARK_PAGE)
            tab.wait_for_function(AT_REST)
            assert find_faults(tab, COLOUR_RULES) == []
        finally:
            tab.emulate_media(color_scheme="light", reduced_motion="no-preference")


def test_nothing_runs_off_the_screen_at_double_size(reader: Reader) -> None:
    reader.goto(vraag="Wie draagt de kosten?")
    expect(reader.answers.first).to_be_visible()
    reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert reader.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
