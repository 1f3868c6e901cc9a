"""What every page is given: its language, and the other pages to link to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import markup
from ui.texts import Texts

NAME = "Kamerantwoord"


class PageName(StrEnum):
    """The pages of the site."""

    SEARCH = "zoeken"
    DOCUMENTS = "documenten"


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of one visitor in their language; `pages` is filled once all exist."""

    texts: Texts
    pages: dict[PageName, StreamlitPage] = field(default_factory=dict)

    def link(self, page: PageName, label: str, params: dict[str, str] | None = None) -> None:
        """Put a link to a page on the screen; the label is a text of the page's own."""
        st.page_link(self.pages[page], label=label, query_params=params, width="content")


def show_band(site: Site) -> None:
    """Put the name of the site and the links to its pages on top."""
    with st.container(key="site"):
        markup.show("band.html", name=NAME)
        site.link(PageName.SEARCH, site.texts.search.title)
        site.link(PageName.DOCUMENTS, site.texts.documents.title)
