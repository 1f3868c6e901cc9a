"""What every page is given: its language, the other pages to link to, and the address bar."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui import markup
from ui.address import View, read_address, write_address
from ui.languages import other_language
from ui.texts import Texts

NAME = "Kamerantwoord"
SHOWN, LEFT = "shown-view", "left-view"  # in the session


class PageName(StrEnum):
    """The pages of the site, as they stand in the address."""

    SEARCH = "zoeken"
    DOCUMENT = "document"
    DOCUMENTS = "documenten"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of one visitor in their language; `pages` is filled once all exist."""

    texts: Texts
    pages: dict[PageName, StreamlitPage] = field(default_factory=dict)

    def link(self, page: PageName, label: str, view: View | None = None) -> None:
        """Put a link to a page on the screen; the label is a text of the page's own."""
        shown = view or View(language=self.texts.language)
        st.page_link(self.pages[page], label=label, query_params=_pairs(shown), width="content")


def view_of_address() -> View:
    """What the address bar says."""
    return read_address({key: st.query_params.get_all(key) for key in st.query_params})


def view_at_hand() -> View:
    """The view that the visitor was last shown or sent to, for a press to change.

    The address that comes with a press may be one press behind, on a slow line or machine.
    """
    shown: View = st.session_state.get(SHOWN) or view_of_address()
    return shown


def followed_view() -> View:
    """The view to show: that of the address, unless it is the one that a press has just left."""
    view, run = view_of_address(), get_script_run_ctx()
    went_back = run is not None and run.is_history_navigation
    return view_at_hand() if view == st.session_state.get(LEFT) and not went_back else view


def press_on_to(view: View) -> None:
    """Go to where a press on a choice leads, from the view at hand."""
    left = view_at_hand()
    go_to(view)
    st.session_state[LEFT] = left


def go_to(view: View) -> None:
    """Write a view in the address bar, as a step that one can go back from."""
    if view != st.session_state.get(SHOWN):
        st.session_state[SHOWN], st.session_state[LEFT] = view, None
    st.query_params.from_dict(write_address(view))


def show_band(site: Site) -> None:
    """Put the name of the site and the links to its pages on top."""
    with st.container(key="site"):
        markup.show("band.html", name=NAME)
        site.link(PageName.SEARCH, site.texts.search.title)
        site.link(PageName.DOCUMENTS, site.texts.documents.title)
        # A link of the browser's own, so that the server sends the page in the other language.
        other = replace(view_of_address(), language=other_language(site.texts))
        address = "?" + urlencode(write_address(other), doseq=True)
        markup.show(
            "language.html",
            address=address,
            language=other.language,
            name=site.texts.other_language,
        )


def _pairs(view: View) -> list[tuple[str, str]]:
    return [(key, value) for key, values in write_address(view).items() for value in values]
