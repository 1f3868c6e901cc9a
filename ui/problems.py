"""What went wrong, in the words of the page, without paths or traces; those go to the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import UnknownAnswer, UnknownDocument
from pipeline.errors import KamerantwoordError
from ui import markup
from ui.languages import TEXTS
from ui.site import view_of_address
from ui.texts import Problem, Texts

log = logging.getLogger(__name__)


def explain(error: KamerantwoordError, texts: Texts) -> Problem:
    """What the error means to the reader of the page."""
    return _nearest(type(error), texts)


def explain_cause(name: str, texts: Texts) -> Problem:
    """What an error of that name means to the reader of the page."""
    kind = next((kind for kind in _kinds(KamerantwoordError) if kind.__name__ == name), None)
    return _nearest(kind, texts) if kind else texts.unexpected


def _nearest(kind: type[KamerantwoordError], texts: Texts) -> Problem:
    """The words for this kind of error, or else for what it is a kind of."""
    known = (texts.problems.get(ancestor.__name__) for ancestor in kind.__mro__)
    return next((problem for problem in known if problem), texts.unexpected)


def _kinds(root: type[KamerantwoordError]) -> Iterator[type[KamerantwoordError]]:
    yield root
    for kind in root.__subclasses__():
        yield from _kinds(kind)


def show_problem(problem: Problem) -> None:
    """Put a problem and its remedy on the page."""
    markup.show("problem.html", problem=problem)


def show_unexpected(error: Exception) -> bool:
    """Say in the reader's language that something failed, in place of Streamlit's own words.

    Streamlit calls it with what a page did not expect; true means that nothing else is to be said.
    """
    log.error("a page failed", exc_info=error)
    show_problem(TEXTS[view_of_address().language].unexpected)
    return True


@contextmanager
def shown(texts: Texts) -> Iterator[None]:
    """Whatever a user can do something about, shown in place of the rest of the block."""
    try:
        yield
    except (UnknownAnswer, UnknownDocument) as error:  # an old link, and nobody's mistake
        log.info("%s", error)
        show_problem(explain(error, texts))
    except KamerantwoordError as error:
        log.error("%s", error, exc_info=error)
        show_problem(explain(error, texts))
