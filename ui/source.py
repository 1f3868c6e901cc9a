"""The source of an answer beside it: the page of the PDF, or its text, with the answer marked."""

from __future__ import annotations

import logging
from urllib.parse import quote

import streamlit as st
from pypdfium2 import PdfiumError

from index.errors import LostOriginal
from index.models import ExchangeRecord
from pipeline.models import Paragraph
from ui import markup, prose, resources
from ui.card import PDF, document_name
from ui.pdf_picture import draw_page
from ui.problems import shown
from ui.scrolling import to_passage_of
from ui.site import Site, go_to, view_at_hand, view_of_address

log = logging.getLogger(__name__)


def show_source(site: Site) -> None:
    """Open the source in a drawer at the side; closing it goes back to the answers alone."""
    drawer = st.dialog(site.texts.source.title, width="medium", position="right", on_dismiss=_close)
    drawer(_show)(site)


def _close() -> None:
    go_to(view_at_hand().with_source("", 0))


def _show(site: Site) -> None:
    view = view_of_address()
    with shown(site.texts):
        found = resources.catalogue().exchange(view.source)
        first, document = answer_page(found), found.document
        number = min(view.leaf or first, document.pages)
        markup.show("source_head.html", title=document_name(document))
        _show_steps(number, found, site)
        if document.format == PDF:
            _show_picture(found, number, site)
        else:
            _show_text(found, number, site)
        to_passage_of(f"{number} {found.id}")
        address = f"api/documents/{quote(document.id)}/original"
        markup.show("download.html", address=address, text=site.texts.source.download)


def answer_page(found: ExchangeRecord) -> int:
    """The page the answer begins on, or its question where there is no answer yet."""
    return (found.exchange.answer_paragraphs or found.exchange.question_paragraphs)[0].page


def original(found: ExchangeRecord) -> bytes:
    """The document as it came; raises LostOriginal."""
    return resources.catalogue().original(found.document.sha256)


def _show_steps(number: int, found: ExchangeRecord, site: Site) -> None:
    words, pages = site.texts.source, found.document.pages
    if pages == 1:
        return
    with st.container(key="source-steps"):
        if number > 1:
            _show_step(words.previous, number - 1)
        markup.show("hint.html", text=words.page_of.format(number=number, pages=pages))
        if number < pages:
            _show_step(words.next, number + 1)


def _show_step(label: str, leaf: int) -> None:
    """A button to another page. A link would run the whole page, and the drawer would blink."""
    st.button(label, on_click=_turn, args=(leaf,), key=label, type="tertiary")


def _turn(leaf: int) -> None:
    view = view_at_hand()
    go_to(view.with_source(view.source, leaf))


def _show_picture(found: ExchangeRecord, number: int, site: Site) -> None:
    words = site.texts.source
    passage = [paragraph.text for paragraph in _passage(found)]
    question = [paragraph.text for paragraph in found.exchange.question_paragraphs]
    before = question if found.exchange.answer_paragraphs else []
    try:
        picture = draw_page(original(found), number, passage, before)
    except (PdfiumError, LostOriginal) as error:
        log.warning("page %d of %s cannot be drawn", number, found.document.id, exc_info=error)
        markup.show("hint.html", text=words.not_drawn)
        _show_text(found, number, site)
        return
    markup.show("hint.html", text=words.marked if picture.marked else words.unmarked)
    if picture.passage_top is not None:
        height, top = f"{picture.height:.2%}", f"{picture.passage_top:.2%}"
        markup.show("passage.html", height=height, top=top)
    st.image(picture.png, width="stretch", alt=words.picture.format(number=number))


def _show_text(found: ExchangeRecord, number: int, site: Site) -> None:
    pages = resources.catalogue().pages(found.document.id)
    paragraphs = next((page.paragraphs for page in pages if page.number == number), ())
    marked = frozenset(paragraph.text for paragraph in _passage(found))
    blocks = prose.blocks(paragraphs, found.exchange.citations, marked)
    markup.show("source_text.html", blocks=blocks, card=site.texts.card)


def _passage(found: ExchangeRecord) -> tuple[Paragraph, ...]:
    return found.exchange.answer_paragraphs or found.exchange.question_paragraphs
