"""What every page is given: its language, the other pages to link to, and the address bar."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import markup
from ui.address import View, read_address, write_address
from ui.languages import other_language
from ui.texts import Texts

NAME = "Kamerantwoord"


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


def go_to(view: View) -> None:
    """Write a view in the address bar, as a step that one can go back from."""
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
