"""How long after Enter the first result stands on the screen: `python -m tests.ui.first_result`.

A real Chromium asks 50 questions, none of them twice, each from the empty page. The clock is the
browser's own: it starts at the key and stops when a frame with the first result is drawn.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from playwright.sync_api import expect, sync_playwright

from benchmarks.corpus import questions
from tests.browser import FLAGS, LAPTOP, WAIT, find_chromium, serving, visiting, wait_until_warm
from tests.ui.large_index import large_index
from tests.ui.reader import Reader
from ui.languages import TEXTS

QUESTIONS = 50
WARM_UP = 3  # questions that are not counted
TIME_FIRST_RESULT = """() => {
  window.firstResult = new Promise((done) => {
    const start = (event) => {
      if (event.key !== "Enter") return;
      document.removeEventListener("keydown", start, true);
      const began = performance.now();
      const look = () => document.querySelector("article")
        ? requestAnimationFrame(() => done(performance.now() - began))
        : requestAnimationFrame(look);
      look();
    };
    document.addEventListener("keydown", start, true);
  });
}"""


def first_result(reader: Reader, question: str) -> float:
    """Seconds from Enter to the first result."""
    reader.link(reader.texts.search.title).click()
    expect(reader.answers).to_have_count(0)
    expect(reader.field).to_have_value("")
    reader.wait_until_whole()
    reader.page.evaluate(TIME_FIRST_RESULT)
    reader.ask(question)
    seconds = float(reader.page.evaluate("window.firstResult")) / 1000
    reader.wait_until_whole()
    return seconds


def main() -> None:
    """Measure against a server of its own and print the spread."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="a data folder; filled first if it is empty")
    given = options.parse_args()
    expect.set_options(timeout=WAIT)
    with large_index(given.data) as data, serving(data) as site, sync_playwright() as playwright:
        print(wait_until_warm(site))
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with visiting(chromium, site, LAPTOP) as page:
            reader = Reader(page, TEXTS["nl"])
            reader.goto()
            asked = questions(WARM_UP + QUESTIONS, seed=11)
            times = [first_result(reader, question) for question in asked][WARM_UP:]
        chromium.close()
    p50, p95 = np.percentile(times, [50, 95])
    print(f"first result after Enter: {len(times)} questions, p50 {p50:.2f} s, p95 {p95:.2f} s")


if __name__ == "__main__":
    main()
