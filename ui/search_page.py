"""The page where a question is asked and answers are read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from index.models import ExchangeRecord
from index.search import referred_answers
from ui import markup, resources
from ui.address import View, read_address, write_address
from ui.card import make_card
from ui.problems import shown
from ui.site import PageName, Site

FIELD = "question-field"
ASKED = "question-asked"


def search_page(site: Site) -> None:
    """Show the field, and below it what its question found or the one answer asked for."""
    _follow_address()
    markup.show("search_head.html", words=site.texts.search)
    _ask(site)
    view = read_address(st.query_params)
    with shown(site.texts):
        if view.answer:
            _show_answer(view.answer, site)
        elif view.question:
            _show_hits(view, site)
        elif not resources.catalogue().documents():
            markup.show("notice.html", text=site.texts.search.empty_index)
            site.link(PageName.DOCUMENTS, site.texts.search.to_documents)


def _follow_address() -> None:
    """Put the address's question in the field when the visitor followed a link or went back."""
    view = read_address(st.query_params)
    if st.session_state.get(ASKED) != view.question:
        st.session_state[ASKED] = st.session_state[FIELD] = view.question
    # A link from a page to itself runs the page but leaves the browser's address as it was.
    st.query_params.from_dict(write_address(view))


def _ask(site: Site) -> None:
    words = site.texts.search
    with st.form("ask", border=False), st.container(key="ask-row"):
        st.text_input(words.label, key=FIELD, placeholder=words.hint, type="search")
        st.form_submit_button(words.button, type="primary", on_click=_take_question)


def _take_question() -> None:
    """Write the question in the address, from where the page reads it."""
    view = read_address(st.query_params).asking(st.session_state[FIELD])
    st.session_state[ASKED] = view.question
    st.query_params.from_dict(write_address(view))


def _show_hits(view: View, site: Site) -> None:
    words = site.texts.search
    result = resources.searcher().search(view.question)
    if result.hits:
        markup.show("found.html", text=words.found(len(result.hits)))
    else:
        markup.show("notice.html", text=words.nothing, hint=words.nothing_hint)
    for hit in result.hits:
        _show_card(hit.found, hit.referred, site, rank=hit.rank)


def _show_answer(answer_id: str, site: Site) -> None:
    with resources.catalogue().snapshot() as snapshot:
        found = snapshot.exchange(answer_id)
        referred = referred_answers(snapshot, found)
    _show_card(found, referred, site)


def _show_card(
    found: ExchangeRecord, referred: Sequence[ExchangeRecord], site: Site, rank: int = 0
) -> None:
    card = make_card(found, referred, site.texts)
    with st.container(key=f"card-{rank}"):
        markup.show("card.html", texts=site.texts, answer=card, rank=rank)
        if rank:
            address = write_address(View().of_answer(found.id))
            site.link(PageName.SEARCH, site.texts.card.permalink, address)
