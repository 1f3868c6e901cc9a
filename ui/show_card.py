"""A card on the page, with what can be done with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st

from index.models import ExchangeRecord, Hit
from ui import markup
from ui.address import View, write_address
from ui.card import make_card
from ui.citing import bibtex, plain_citation
from ui.site import PageName, Site


def show_card(
    found: ExchangeRecord,
    referred: Sequence[ExchangeRecord],
    view: View,
    site: Site,
    *,
    hit: Hit | None = None,
) -> None:
    """Put an answer on the page; one that no question found is shown whole."""
    texts = site.texts
    rank, card = 0, make_card(found, referred, texts, folds=False)
    if hit:
        rank = hit.rank
        card = make_card(found, referred, texts, relevance=hit.relevance, highlights=hit.highlights)
    with st.container(key=f"card-{rank}"):
        markup.show("card.html", texts=texts, answer=card, rank=rank)
        with st.container(key=f"doing-{rank}"):
            site.link(PageName.SEARCH, texts.source.open, view.with_source(found.id, 0))
            if rank:
                site.link(PageName.SEARCH, texts.card.permalink, view.of_answer(found.id))
            paper = view.of_document(found.document.id)
            site.link(PageName.DOCUMENT, texts.document.open, paper)
            _show_citations(found, view, site, key=f"cite-{rank}")


def _show_citations(found: ExchangeRecord, view: View, site: Site, key: str) -> None:
    """The answer as a reference, each with Streamlit's button to copy it."""
    words = site.texts.card
    popover = st.popover(words.cite, key=key, on_change="rerun")  # made when it is opened
    if not popover.open:
        return
    address = answer_address(st.context.url or "", view.of_answer(found.id))
    with popover:
        for title, text in (
            (words.cite_plain, plain_citation(found, address, site.texts)),
            (words.cite_bibtex, bibtex(found, address, site.texts)),
        ):
            markup.show("label.html", text=title)
            st.code(text, language=None, wrap_lines=True)


def answer_address(page: str, view: View) -> str:
    """The permanent address of an answer, given that of the page it is shown on."""
    parts = urlsplit(page)
    query = urlencode(write_address(view), doseq=True)
    return f"{parts.scheme}://{parts.netloc}/?{query}" if parts.netloc else f"/?{query}"
