"""Someone at the page: who acts as soon as they see what they act on, and never sooner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from ui.texts import Texts

MOST_TABS = 80  # more than there are things to reach on any page of the tests
MISSED = 15_000.0  # ms without any change after which a press has missed


@dataclass(frozen=True)
class Reader:
    """A tab, and the texts of the language its reader has chosen."""

    page: Page
    texts: Texts

    def goto(self, path: str = "/", **params: str) -> None:
        """Open an address as one that was typed, and wait until the page is whole."""
        if self.texts.language == "en":
            params["taal"] = "en"
        self.page.goto(f"{path}?{urlencode(params)}" if params else path)
        self.wait_until_whole()

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_whole()

    def press(self, button: Locator, address: re.Pattern[str]) -> None:
        """Press what leads to an address; once more where the page moved away under the finger."""
        button.click()
        try:
            expect(self.page).to_have_url(address, timeout=MISSED)
        except AssertionError:
            button.click()
            expect(self.page).to_have_url(address)

    def wait_until_whole(self) -> None:
        expect(self.page.locator("[data-test-script-state=notRunning]")).to_be_attached()

    @property
    def field(self) -> Locator:
        return self.page.get_by_label(self.texts.search.label)

    @property
    def answers(self) -> Locator:
        return self.page.locator("article")

    @property
    def drawer(self) -> Locator:
        return self.page.get_by_role("dialog")

    def ask(self, question: str) -> None:
        self.field.fill(question)
        self.field.press("Enter")

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def tab_to(self, selector: str) -> None:
        """Press Tab until something that matches has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"the keyboard does not reach {selector}")

    def download(self, control: Locator) -> Path:
        with self.page.expect_download() as download:
            control.click()
        return download.value.path()
