"""Processes to break things in, and the count of what was broken."""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import ForkServerContext

import pytest

from tests.faults.laboratory import tally


@pytest.fixture(scope="session")
def forks() -> ForkServerContext:
    """Processes that start in milliseconds, from one that has everything imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.victim"])
    return context


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each thing that was broken, with how often."""
    if tally:
        terminalreporter.section("faults")
        for fault, count in sorted(tally.items()):
            terminalreporter.write_line(f"{count:7}  {fault}")
