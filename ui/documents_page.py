"""The page where a keeper adds documents, reads what was understood of them, and removes them."""

from __future__ import annotations

import streamlit as st

from index.models import DocumentRecord
from ui import markup, resources
from ui.card import date_told, document_name
from ui.problems import shown
from ui.report import reports
from ui.site import Site

REFRESH = 1.0  # seconds between looks at the queue; a file takes seconds to minutes


def documents_page(site: Site) -> None:
    """Show the form to add files, the queue with its reports, and the documents there are."""
    words = site.texts.documents
    markup.show("page_head.html", title=words.title, introduction=words.introduction)
    _add(site)
    _queue(site)
    with shown(site.texts):
        _collection(site)


def _add(site: Site) -> None:
    words = site.texts.documents
    with st.form("add", clear_on_submit=True, border=False):
        files = st.file_uploader(words.choose, accept_multiple_files=True)
        most = resources.settings().max_megabytes
        markup.show("hint.html", text=words.choose_hint.format(megabytes=most))
        sent = st.form_submit_button(words.add, type="primary")
    if sent and files:
        resources.uploads().add([(file.name, file.getvalue()) for file in files])
    elif sent:
        markup.show("notice.html", text=words.nothing_chosen)


def _queue(site: Site) -> None:
    """The queue, looked at again and again while it moves."""
    busy = resources.uploads().busy()
    st.fragment(_show_queue, run_every=REFRESH if busy else None)(site, busy)


def _show_queue(site: Site, was_busy: bool) -> None:
    queue, words = resources.uploads().queue(), site.texts.documents
    if not queue:
        return
    done = sum(upload.report is not None for upload in queue)
    progress = words.progress.format(done=done, total=len(queue))
    markup.show(
        "queue.html",
        words=words,
        progress=progress,
        done=done,
        reports=reports(queue, site.texts),
    )
    if any(upload.held_up for upload in queue):
        st.button(words.retry, on_click=resources.uploads().retry, key="retry")
    if was_busy and not resources.uploads().busy():
        st.rerun()
    if done:
        st.button(words.clear_report, on_click=resources.uploads().clear, key="clear")


def _collection(site: Site) -> None:
    words = site.texts.documents
    documents = resources.catalogue().documents()
    if not documents:
        markup.show("notice.html", text=words.collection_empty)
        return
    markup.show("found.html", text=words.collection(len(documents)))
    for document in documents:
        _show_document(document, site)


def _show_document(document: DocumentRecord, site: Site) -> None:
    texts, words = site.texts, site.texts.documents
    facts = [
        texts.kinds[document.kind],
        date_told(document, texts),
        words.answers(document.exchanges),
        words.pages(document.pages) if document.pages > 1 else "",
        document.name,
    ]
    with st.container(key=f"document-{document.id}"):
        markup.show(
            "document_row.html", title=document_name(document), facts=[f for f in facts if f]
        )
        if st.button(words.remove, key=f"remove-{document.id}", type="tertiary"):
            _confirm_removal(document, site)


def _confirm_removal(document: DocumentRecord, site: Site) -> None:
    words = site.texts.documents
    with shown(site.texts):
        st.dialog(words.remove_title)(_ask_removal)(document, site)


def _ask_removal(document: DocumentRecord, site: Site) -> None:
    words = site.texts.documents
    markup.show("removal.html", question=words.remove_confirm, title=document_name(document))
    if st.button(words.remove_yes, type="primary", key="remove-yes"):
        with shown(site.texts):
            resources.indexer().remove(document.id)
            st.rerun()
    if st.button(words.remove_no, key="remove-no"):
        st.rerun()
