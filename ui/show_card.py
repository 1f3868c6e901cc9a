"""A card on the page, with what can be done with its answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from index.models import ExchangeRecord
from ui import markup
from ui.address import View
from ui.card import make_card
from ui.site import PageName, Site


def show_card(
    found: ExchangeRecord,
    referred: Sequence[ExchangeRecord],
    view: View,
    site: Site,
    *,
    rank: int = 0,
) -> None:
    """Put an answer on the page; `rank` 0 is an answer by itself, shown whole."""
    words = site.texts
    card = make_card(found, referred, words, folds=bool(rank))
    with st.container(key=f"card-{rank}"):
        markup.show("card.html", texts=words, answer=card, rank=rank)
        with st.container(key=f"doing-{rank}"):
            beside = view.with_source(found.id, 0)
            site.link(PageName.SEARCH, words.source.open, beside)
            if rank:
                site.link(PageName.SEARCH, words.card.permalink, view.of_answer(found.id))
            paper = view.of_document(found.document.id)
            site.link(PageName.DOCUMENT, words.document.open, paper)
