"""The page where a keeper adds documents, reads what was understood of them, and removes them."""

from __future__ import annotations

import streamlit as st

from ui import markup, resources
from ui.collection import show_collection
from ui.health import show_health
from ui.keeper import may_keep
from ui.problems import shown
from ui.report import reports
from ui.site import Site
from ui.upload_gate import let_in

MOST_FILES = 200  # at a time; they wait in memory until it is their turn
REFRESH = 1.0  # seconds between looks at the queue; a file takes seconds to minutes


def documents_page(site: Site) -> None:
    """Show the form to add files, the queue with its reports, and the documents there are."""
    words = site.texts.documents
    with shown(site.texts):
        if not may_keep(site):
            return
    let_in()
    markup.show("page_head.html", title=words.title, introduction=words.introduction)
    _add(site)
    _queue(site)
    with shown(site.texts):
        show_collection(site)
    show_health(site)


def _add(site: Site) -> None:
    words = site.texts.documents
    with st.form("add", clear_on_submit=True, border=False):
        files = st.file_uploader(words.choose, accept_multiple_files=True)
        most = resources.settings().max_megabytes
        markup.show("hint.html", text=words.choose_hint.format(megabytes=most))
        sent = st.form_submit_button(words.add, type="primary")
    if sent and files and len(files) > MOST_FILES:
        markup.show("notice.html", text=words.too_many.format(n=MOST_FILES))
    elif sent and files:
        resources.uploads().add([(file.name, file.getvalue()) for file in files])
    elif sent:
        markup.show("notice.html", text=words.nothing_chosen)


def _queue(site: Site) -> None:
    """The queue, looked at again and again while it moves, and what can be done about it."""
    uploads, words = resources.uploads(), site.texts.documents
    busy = uploads.busy()
    st.fragment(_show_queue, run_every=REFRESH if busy else None)(site, busy)
    queue = uploads.queue()
    with st.container(key="queue-choice"):
        if any(upload.held_up for upload in queue):
            st.button(words.retry, on_click=uploads.retry, key="retry")
        if any(upload.report for upload in queue):
            st.button(words.clear_report, on_click=uploads.clear, key="clear")


def _show_queue(site: Site, was_busy: bool) -> None:
    queue, words = resources.uploads().queue(), site.texts.documents
    if queue:
        done = sum(upload.report is not None for upload in queue)
        progress = words.progress.format(done=done, total=len(queue))
        lines = reports(queue, site.texts)
        markup.show("queue.html", words=words, progress=progress, reports=lines)
    if was_busy and not resources.uploads().busy():
        st.rerun()
