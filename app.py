"""The page's entry: set-up and navigation, nothing else.

`streamlit run app.py` meets this file twice. Its server imports it for `app`, and then, for each
visitor and each click, runs it as a script.
"""

from __future__ import annotations

import streamlit as st
from streamlit.starlette import App

from ui import markup
from ui.document_page import document_page
from ui.documents_page import documents_page
from ui.languages import TEXTS
from ui.problems import show_unexpected
from ui.search_page import search_page
from ui.server import MIDDLEWARE, ROUTES, lifespan
from ui.site import NAME, PageName, Site, show_band, view_of_address


def show_site() -> None:
    """Run the page that the address asks for."""
    st.set_page_config(page_title=NAME, page_icon=markup.ICON, layout="centered")
    st.html(markup.STYLE)
    site = Site(TEXTS[view_of_address().language])
    texts = site.texts
    site.pages[PageName.SEARCH] = st.Page(
        lambda: search_page(site), title=texts.search.title, url_path=PageName.SEARCH, default=True
    )
    site.pages[PageName.DOCUMENT] = st.Page(
        lambda: document_page(site), title=texts.document.title, url_path=PageName.DOCUMENT
    )
    site.pages[PageName.DOCUMENTS] = st.Page(
        lambda: documents_page(site), title=texts.documents.title, url_path=PageName.DOCUMENTS
    )
    page = st.navigation(list(site.pages.values()), position="hidden")
    show_band(site)
    page.run()


if __name__ == "__main__":
    show_site()
else:
    app = App(
        __file__,
        routes=ROUTES,
        middleware=MIDDLEWARE,
        lifespan=lifespan,
        on_script_error=show_unexpected,
    )
