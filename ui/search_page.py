"""The page where a question is asked and answers are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from index.models import Hit
from index.search import referred_answers
from index.strength import is_answered
from ui import markup, resources
from ui.address import View
from ui.card import document_name
from ui.exports import as_csv, as_json
from ui.filters import show_filters, show_order
from ui.problems import shown
from ui.results import MOST_FOUND, Group, ResultPage, arrange, fits
from ui.scrolling import to_top_for
from ui.show_card import show_card
from ui.site import NAME, PageName, Site, followed_view, go_to, view_at_hand, view_of_address
from ui.source import show_source

FIELD = "question-field"
ASKED = "question-asked"


def search_page(site: Site) -> None:
    """Show the field, and below it what its question found or the one answer asked for."""
    _follow_address()
    view = view_of_address()
    at_start = not view.question and not view.answer
    markup.show("search_head.html", words=site.texts.search, at_start=at_start)
    _ask(site)
    with shown(site.texts):
        if view.answer:
            _show_answer(view, site)
        elif view.question:
            _show_results(view, site)
        else:
            _show_start(site)
    if view.source:
        show_source(site)


def _follow_address() -> None:
    """Put the address's question in the field when the visitor followed a link or went back."""
    view = followed_view()
    if st.session_state.get(ASKED) != view.question or FIELD not in st.session_state:
        st.session_state[ASKED] = st.session_state[FIELD] = view.question
    # A link from a page to itself runs the page but leaves the browser's address as it was.
    go_to(view)


def _ask(site: Site) -> None:
    words = site.texts.search
    with st.form("ask", border=False), st.container(key="ask-row"):
        st.text_input(words.label, key=FIELD, placeholder=words.hint, type="search")
        st.form_submit_button(words.button, type="primary", on_click=_take_question)


def _take_question() -> None:
    """Write the question in the address, from where the page reads it."""
    view = view_at_hand().asking(st.session_state[FIELD])
    st.session_state[ASKED] = view.question
    go_to(view)


def _show_start(site: Site) -> None:
    """Questions to begin with, or where to add documents while there are none."""
    words = site.texts.search
    with resources.catalogue().snapshot() as snapshot:
        empty = not snapshot.counts()["documents"]
        questions = resources.starters(snapshot.state().generation, snapshot)
    if empty:
        _show_empty(site)
    elif questions:
        with st.container(key="starters"):
            markup.show("label.html", text=words.examples)
            for question in questions:
                view = View(question, language=site.texts.language)
                site.link(PageName.SEARCH, markup.label(question), view)


def _show_empty(site: Site) -> None:
    words = site.texts.search
    markup.show("notice.html", text=words.empty_index)
    site.link(PageName.DOCUMENTS, words.to_documents)


def _show_answer(view: View, site: Site) -> None:
    with resources.catalogue().snapshot() as snapshot:
        found = snapshot.exchange(view.answer)
        referred = referred_answers(snapshot, found)
    show_card(found, referred, view, site)


def _show_results(view: View, site: Site) -> None:
    words = site.texts.search
    best = resources.best_hits(view.question, MOST_FOUND)
    if not best:
        with resources.catalogue().snapshot() as snapshot:
            empty = not snapshot.counts()["documents"]
        if empty:
            _show_empty(site)
        else:
            markup.show("notice.html", text=words.nothing, hint=words.nothing_hint)
        return
    show_filters(view, best, site)
    hits = _narrowed(view, best)
    if not hits:
        markup.show("notice.html", text=words.nothing_chosen)
    else:
        page = arrange(hits, view.order, view.grouped, view.page)
        to_top_for(f"{page.number} {view.question}")
        answered = is_answered([hit.relevance for hit in hits])
        if not answered:
            markup.show("notice.html", text=words.nothing, hint=words.nothing_hint)
        with st.container(key="above-results"):
            markup.show("found.html", text=_found(page.total, answered, view, site))
            show_order(view, site)
        markup.show("strengths.html", words=site.texts.card)
        for group in page.groups:
            _show_group(group, view, site)
        _show_steps(page, view, site)
        _show_exports(view.question, hits, site)
    if view.choice:
        label = words.narrower if view.wide else words.wider
        with st.container(key="wider"):
            site.link(PageName.SEARCH, label, replace(view, wide=not view.wide, page=1))


def _found(total: int, answered: bool, view: View, site: Site) -> str:
    """How many there are; there may be more than the most that is ever shown."""
    words = site.texts.search
    if answered and total == MOST_FOUND:
        return (words.found_most_grouped if view.grouped else words.found_most)(total)
    found = (words.found_grouped if view.grouped else words.found)(total)
    return found if answered else words.related.format(found=found)


def _narrowed(view: View, best: Sequence[Hit]) -> list[Hit]:
    """The hits that are among what was chosen; when asked for, also those that fit less well."""
    hits = best
    if view.wide:
        hits = resources.best_hits(view.question, MOST_FOUND, view.choice.as_filter())
    return [hit for hit in hits if fits(hit.found, view.choice)]


def _show_group(group: Group, view: View, site: Site) -> None:
    if group.document_id:
        document = group.hits[0].found.document
        count = site.texts.search.group_of(len(group.hits))
        markup.show("group.html", title=document_name(document), count=count)
    for hit in group.hits:
        show_card(hit.found, hit.referred, view, site, hit=hit)


def _show_steps(page: ResultPage, view: View, site: Site) -> None:
    """Links to the pages before and after this one."""
    words = site.texts.search
    if page.pages == 1:
        return
    with st.container(key="steps"):
        if page.number > 1:
            site.link(PageName.SEARCH, words.previous, replace(view, page=page.number - 1))
        markup.show("hint.html", text=words.page_of.format(number=page.number, pages=page.pages))
        if page.number < page.pages:
            site.link(PageName.SEARCH, words.next, replace(view, page=page.number + 1))


def _show_exports(question: str, hits: Sequence[Hit], site: Site) -> None:
    """Buttons that make a file of all these hits when they are pressed."""
    words = site.texts.search
    files = (
        (words.export_csv, "csv", "text/csv", lambda: as_csv(hits)),
        (words.export_json, "json", "application/json", lambda: as_json(question, hits)),
    )
    with st.container(key="exports"):
        for label, ending, mime, make in files:
            st.download_button(
                label, make, f"{NAME.lower()}.{ending}", mime, on_click="ignore", type="tertiary"
            )
