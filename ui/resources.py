"""What is opened once for all visitors: the settings, the model, the reader of the index.

The model takes seconds to load and hundreds of megabytes, so a process has one. The readers may be
used by any thread, and notice by themselves what was added since.
"""

from __future__ import annotations

import gc
import logging
from threading import BoundedSemaphore, Thread

import streamlit as st

from index.indexing import Indexer
from index.models import Hit, SearchFilter, SearchResult
from index.search import EVERYTHING, Searcher
from index.store import Snapshot, Store
from index.stores import open_store
from pipeline.embedding import Embedder, load_embedder
from pipeline.errors import KamerantwoordError
from pipeline.settings import Settings, load_settings
from ui.starters import starting_questions
from ui.uploads import Uploads

log = logging.getLogger(__name__)

KEPT_SEARCHES = 64  # of about half a megabyte each
SEARCHES_AT_ONCE = 2  # each uses all cores where it can; more only hold each other up
WARMING_QUESTION = "Wat doet het kabinet?"  # any will do: the first is slow, whatever it asks

_turns = BoundedSemaphore(SEARCHES_AT_ONCE)


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings of this process."""
    return load_settings()


@st.cache_resource(show_spinner=False)
def embedder() -> Embedder:
    """The embedding model."""
    return load_embedder(settings())


@st.cache_resource(show_spinner=False)
def catalogue() -> Store:
    """The reader of documents and answers."""
    return open_store(settings())


@st.cache_resource(show_spinner=False)
def searcher() -> Searcher:
    """The reader that ranks answers."""
    return Searcher.open(settings(), embedder())


@st.cache_resource(show_spinner=False)
def indexer() -> Indexer:
    """The writer of the index; it holds no lock except while it keeps or removes a document."""
    return Indexer.open(settings(), embedder())


@st.cache_resource(show_spinner=False)
def uploads() -> Uploads:
    """The queue of files that are being added, one for all keepers."""
    return Uploads(indexer)


def search(question: str, limit: int, filters: SearchFilter = EVERYTHING) -> SearchResult:
    """What the searcher finds, once it is this question's turn."""
    with _turns:
        return searcher().search(question, limit, filters)


def best_hits(question: str, limit: int, filters: SearchFilter = EVERYTHING) -> tuple[Hit, ...]:
    """The hits for a question, kept for as long as a reader turns pages and chooses among them."""
    return _hits_of(question, limit, filters, catalogue().generation())


@st.cache_resource(show_spinner=False, max_entries=KEPT_SEARCHES)
def _hits_of(
    question: str,
    limit: int,
    filters: SearchFilter,
    generation: int,  # noqa: ARG001  # part of the key
) -> tuple[Hit, ...]:
    return search(question, limit, filters).hits


@st.cache_resource(show_spinner=False, max_entries=1)
def starters(generation: int, _snapshot: Snapshot) -> list[str]:  # noqa: ARG001  # the key
    """The questions to begin with, found anew when the index has changed."""
    return starting_questions(_snapshot)


def warm_up() -> None:
    """Start loading the model, so that the first visitor need not wait for it."""
    Thread(target=_load, name="warm-up", daemon=True).start()


def _load() -> None:
    try:
        embedder()
        searcher().search(WARMING_QUESTION, limit=1)
    except KamerantwoordError as error:  # each visitor is told so in place of results
        log.error("the page starts, but cannot search yet: %s", error)
    # Streamlit collects garbage after each run of a page. Frozen, the million objects of the model
    # and its libraries are no longer looked through each time, which took a quarter of a second.
    gc.collect()
    gc.freeze()
