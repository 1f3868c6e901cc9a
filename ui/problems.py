"""What went wrong, in the words of the page, without paths or traces; those go to the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import KamerantwoordError
from ui import markup
from ui.texts import Problem, Texts

log = logging.getLogger(__name__)


def explain(error: KamerantwoordError, texts: Texts) -> Problem:
    """What the error means to the reader of the page: its nearest kind that has words."""
    for kind in type(error).__mro__:
        if known := texts.problems.get(kind.__name__):
            return known
    return texts.unexpected


def show_problem(problem: Problem) -> None:
    """Put a problem and its remedy on the page."""
    markup.show("problem.html", problem=problem)


@contextmanager
def shown(texts: Texts) -> Iterator[None]:
    """Whatever a user can do something about, shown in place of the rest of the block."""
    try:
        yield
    except KamerantwoordError as error:
        log.error("%s", error, exc_info=error)
        show_problem(explain(error, texts))
