"""A real page in a real browser: fixtures that start the server and Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error, Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",  # tests may run as root, where Chromium's sandbox cannot
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START = 60.0  # seconds for the server to answer; loading Streamlit takes about two
WARM_UP = 180.0  # seconds for the model to load, likewise
WAIT = 30_000  # milliseconds for something to appear, on a machine that does other things too

LAPTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 380, "height": 800}


@dataclass(frozen=True)
class Site:
    """A running server and what it says in its log."""

    url: str
    log: Path
    process: int


def find_chromium() -> str:
    """Where Chromium is; without it a test is skipped, or fails where it must not be missed."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    message = "no Chromium found: install it with `apt-get install chromium`"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Site]:
    """The page of `data` on a free port, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "KAMERANTWOORD_DATA": str(data),
        "PYTHONFAULTHANDLER": "1",  # a crash leaves a trace in the log
        **settings,
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    log = data.with_suffix(".log")
    with (
        log.open("wb") as sink,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=sink, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            _wait_until_up(f"http://127.0.0.1:{port}", server, log)
            yield Site(f"http://127.0.0.1:{port}", log, server.pid)
        finally:
            server.send_signal(signal.SIGTERM)


def _wait_until_up(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except OSError:  # refused, reset or too slow: it is still starting
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2_000:]}")


def wait_until_warm(site: Site) -> str:
    """Wait until the model is loaded and questions can be answered; gives what the server says."""
    with urlopen(f"{site.url}/health", timeout=WARM_UP) as answer:
        return str(answer.read().decode())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    executable = find_chromium()
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def visiting(browser: Browser, site: Site, size: ViewportSize) -> Iterator[Page]:
    """A page of a new visitor; at the end nothing may have gone wrong in it."""
    context = browser.new_context(
        base_url=site.url,
        viewport=size,
        locale="nl-NL",
        reduced_motion="reduce",
    )
    context.set_default_timeout(WAIT)
    page = context.new_page()
    try:
        with without_errors(page):
            yield page
    finally:
        context.close()


@contextmanager
def without_errors(page: Page) -> Iterator[None]:
    """At the end of the block no script of the page may have failed."""
    errors: list[str] = []

    def note(error: Error) -> None:
        errors.append(str(error))

    page.on("pageerror", note)
    yield
    page.remove_listener("pageerror", note)
    assert errors == []
