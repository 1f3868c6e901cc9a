"""To where a reader wants to be: the top of other results, the passage in its source.

Streamlit leaves the reader where they were, at the foot of a page they have not seen. The scripts
are constant, and the security headers allow them by their hashes.
"""

from __future__ import annotations

from zlib import crc32

import streamlit as st

TO_TOP = "document.querySelector('[data-testid=stMain]').scrollTo(0, 0)"
TO_PASSAGE = """
document.querySelector("[role=dialog] :is(mark, .ka-passage)")?.scrollIntoView({block: "center"})
"""
SCRIPTS = (TO_TOP, TO_PASSAGE)


def to_top_for(results: str) -> None:
    """Scroll to the top when these are other results than were shown before."""
    _run_for(results, TO_TOP)


def to_passage_of(leaf: str) -> None:
    """Scroll the drawer to what is marked when this is another page than was shown before."""
    _run_for(leaf, TO_PASSAGE)


def _run_for(what: str, script: str) -> None:
    """The browser runs the script when it gets another mark, which is a number and no markup."""
    mark = crc32(what.encode("utf-8", "replace"))
    html = f'<span data-shown="{mark}"></span><script>{script}</script>'
    st.html(html, unsafe_allow_javascript=True)
