"""The list of documents, each with what it is, a way to read it, and a way to remove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from index.models import DocumentRecord
from ui import markup, resources
from ui.address import View
from ui.card import answers_told, date_told, document_name
from ui.problems import shown
from ui.site import PageName, Site, view_of_address

ROWS = 25  # documents on a page


def show_collection(site: Site) -> None:
    """Put the documents on the page, those that match what is looked for."""
    words = site.texts.documents
    with resources.catalogue().snapshot() as snapshot:
        documents, unanswered = snapshot.documents(), snapshot.unanswered()
    if not documents:
        markup.show("notice.html", text=words.collection_empty)
        return
    markup.show("heading.html", text=words.collection(len(documents)))
    if len(documents) > ROWS:
        sought = st.text_input(
            words.find, key="find-document", placeholder=words.find_hint, type="search"
        )
        documents = [document for document in documents if _matches(document, sought)]
        if not documents:
            markup.show("notice.html", text=words.not_found)
            return
    view = view_of_address()
    pages = max(1, -(-len(documents) // ROWS))
    number = min(view.page, pages)
    for document in documents[(number - 1) * ROWS : number * ROWS]:
        _show_document(document, unanswered.get(document.id, 0), site)
    _show_steps(view, number, pages, site)


def _matches(document: DocumentRecord, sought: str) -> bool:
    text = f"{document_name(document)} {document.name} {document.id}".casefold()
    return all(word in text for word in sought.casefold().split())


def _show_document(document: DocumentRecord, unanswered: int, site: Site) -> None:
    words = site.texts.documents
    with st.container(key=f"document-{document.id}"):
        title, facts = document_name(document), _facts(document, unanswered, site)
        markup.show("document_row.html", title=title, facts=facts)
        paper = View(language=site.texts.language).of_document(document.id)
        site.link(PageName.DOCUMENT, site.texts.document.open, paper)
        if st.button(words.remove, key=f"remove-{document.id}", type="tertiary"):
            st.dialog(words.remove_title)(_ask_removal)(document, site)


def _facts(document: DocumentRecord, unanswered: int, site: Site) -> Sequence[str]:
    texts, words = site.texts, site.texts.documents
    facts = (
        texts.kinds[document.kind],
        date_told(document, texts),
        *answers_told(document.exchanges - unanswered, unanswered, texts),
        words.pages(document.pages) if document.pages > 1 else "",
        words.warnings(len(document.warnings)) if document.warnings else "",
        document.name,
    )
    return [fact for fact in facts if fact]


def _ask_removal(document: DocumentRecord, site: Site) -> None:
    words = site.texts.documents
    markup.show("removal.html", question=words.remove_confirm, title=document_name(document))
    with st.container(key="removal-choice"):
        if st.button(words.remove_yes, type="primary", key="yes-remove"):
            with shown(site.texts):
                resources.indexer().remove(document.id)
                st.rerun()
        if st.button(words.remove_no, key="no-keep"):
            st.rerun()


def _show_steps(view: View, number: int, pages: int, site: Site) -> None:
    words = site.texts.search
    if pages == 1:
        return
    with st.container(key="steps"):
        if number > 1:
            site.link(PageName.DOCUMENTS, words.previous, replace(view, page=number - 1))
        markup.show("hint.html", text=words.page_of.format(number=number, pages=pages))
        if number < pages:
            site.link(PageName.DOCUMENTS, words.next, replace(view, page=number + 1))
