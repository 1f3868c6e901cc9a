"""Takes the pictures in docs/screenshots: `make screenshots`, with the sample documents."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from tests.browser import (
    FLAGS,
    LAPTOP,
    PHONE,
    ROOT,
    Site,
    find_chromium,
    serving,
    visiting,
    wait_until_warm,
)

SAMPLES = ROOT / "samples" / "documents"
FOLDER = ROOT / "docs" / "screenshots"
QUESTION = "Wat gebeurt er in dorpen waar de bibliotheek is gesloten?"
ENGLISH = "What happened in villages where the library closed?"
ANSWER = "ah-tk-20242025-9002.2-3"
DOCUMENT = ANSWER.split(".")[0]
PAGES = {
    "begin": "/",
    "zoeken": f"/?{urlencode({'vraag': QUESTION})}",
    "english": f"/?{urlencode({'vraag': ENGLISH, 'taal': 'en'})}",
    "bron": f"/?{urlencode({'vraag': QUESTION, 'bron': ANSWER})}",
    "document": f"/document?{urlencode({'document': DOCUMENT, 'vraag': QUESTION})}",
    "documenten": "/documenten",
}
SHOWN = {  # what is there when the page is complete
    "begin": ".st-key-starters",
    "zoeken": "article",
    "english": "article",
    "bron": "[role=dialog] img",
    "document": "article",
    "documenten": "h1",
}
SIZES = {"laptop": LAPTOP, "telefoon": PHONE}
REST = 2_000  # milliseconds after the last change, for fonts and folding


def take_all(browser: Browser, site: Site) -> list[Path]:
    """A picture of every page at every size."""
    taken = []
    for size, viewport in SIZES.items():
        for name, address in PAGES.items():
            with visiting(browser, site, viewport) as page:
                page.goto(address)
                page.wait_for_selector(SHOWN[name])
                page.wait_for_timeout(REST)
                taken.append(FOLDER / f"{name}-{size}.png")
                page.screenshot(path=taken[-1])
    return taken


def main() -> None:
    """Index the samples in a folder of their own, open the page and take its pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        add = [sys.executable, "-c", "from index.cli import main; main()", "add", str(SAMPLES)]
        subprocess.run(add, env={**os.environ, "KAMERANTWOORD_DATA": str(data)}, check=True)
        with serving(data) as site, sync_playwright() as playwright:
            wait_until_warm(site)
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            for path in take_all(browser, site):
                print(path.relative_to(ROOT))
            browser.close()


if __name__ == "__main__":
    main()
