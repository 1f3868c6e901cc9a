"""Back to the top when other results take the place of those that were read.

Streamlit leaves the reader where they were, at the foot of a page they have not seen. The script is
constant, and the security headers allow it by its hash.
"""

from __future__ import annotations

from zlib import crc32

import streamlit as st

SCRIPT = "document.querySelector('[data-testid=stMain]').scrollTo(0, 0)"


def to_top_for(results: str) -> None:
    """Scroll to the top when these are other results than were shown before."""
    mark = crc32(results.encode("utf-8", "replace"))  # a number, so that no text becomes markup
    st.html(
        f'<span data-results="{mark}"></span><script>{SCRIPT}</script>',
        unsafe_allow_javascript=True,
    )
