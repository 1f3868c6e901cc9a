"""The page of one document: what it is, and its exchanges in their order with a table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

import streamlit as st

from index.models import DocumentRecord, ExchangeRecord
from index.search import referred_answers
from index.store import Snapshot
from index.strength import is_answered
from pipeline.models import Remark
from ui import markup, prose, resources
from ui.address import View, write_address
from ui.card import Card, answers_told, date_told, document_name, make_card
from ui.problems import shown
from ui.prose import Block
from ui.results import MOST_FOUND, PAGE_SIZE
from ui.site import PageName, Site, go_to, view_of_address
from ui.texts import Texts


@dataclass(frozen=True, slots=True)
class Item:
    """An answer in a document, with what is said of it and its permanent address."""

    answer: Card
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Section:
    """The answers to one fractie in a row."""

    anchor: str
    name: str
    count: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Remarked:
    """A remark that nobody answered."""

    name: str
    blocks: list[Block]


def document_page(site: Site) -> None:
    """Show the document that the address names."""
    view = view_of_address()
    go_to(view)
    if view.question:
        back = View(view.question, language=view.language)
        with st.container(key="back"):
            site.link(PageName.SEARCH, site.texts.document.back, back)
    if not view.choice.document:
        markup.show("notice.html", text=site.texts.document.none_given)
        return
    with shown(site.texts):
        _show(view.choice.document[0], view, site)


def _show(document_id: str, view: View, site: Site) -> None:
    texts = site.texts
    with resources.catalogue().snapshot() as snapshot:
        document = snapshot.document(document_id)
        exchanges = snapshot.exchanges(document_id)
        remarks = snapshot.remarks(document_id)
        cards = [_card(snapshot, found, texts) for found in exchanges]
    fitting = _fitting(view.question, document_id) if view.question else frozenset()
    items = [
        Item(card, texts.document.fits if card.id in fitting else "", _address(card.id, view))
        for card in cards
    ]
    markup.show(
        "document.html",
        words=texts.document,
        card=texts.card,
        title=document_name(document),
        facts=_facts(document, exchanges, texts),
        details=list(_details(document, texts)),
        sections=_sections(exchanges, items, texts),
        remarks=[_remarked(remark, texts) for remark in remarks],
    )


def _card(snapshot: Snapshot, found: ExchangeRecord, texts: Texts) -> Card:
    return make_card(found, referred_answers(snapshot, found), texts)


def _fitting(question: str, document_id: str) -> frozenset[str]:
    """The answers in the document that the first page of results shows, and that meet it."""
    hits = resources.best_hits(question, MOST_FOUND)[:PAGE_SIZE]
    return frozenset(
        hit.found.id
        for hit in hits
        if hit.found.document.id == document_id and is_answered([hit.relevance])
    )


def _address(answer_id: str, view: View) -> str:
    return "./?" + urlencode(write_address(view.of_answer(answer_id)), doseq=True)


def _facts(
    document: DocumentRecord, exchanges: Sequence[ExchangeRecord], texts: Texts
) -> list[str]:
    open_ones = sum(not found.exchange.answer_paragraphs for found in exchanges)
    facts = [
        texts.kinds[document.kind],
        date_told(document, texts),
        *answers_told(len(exchanges) - open_ones, open_ones, texts),
    ]
    return [fact for fact in facts if fact]


def _details(document: DocumentRecord, texts: Texts) -> Iterator[tuple[str, str]]:
    """The metadata that is there, each with its name."""
    told, names = document.metadata, texts.document.fields
    values = {
        "kind": texts.kinds[document.kind],
        "official_id": told.official_id,
        "dossier": told.dossier,
        "case_number": told.case_number,
        "committee": told.committee,
        "ministers": "; ".join(told.ministers),
        "askers": "; ".join(told.askers),
        "asked_on": texts.date(told.asked_on) if told.asked_on else "",
        "answered_on": texts.date(told.answered_on) if told.answered_on else "",
        "adopted_on": texts.date(told.adopted_on) if told.adopted_on else "",
        "name": document.name,
        "pages": str(document.pages) if document.pages > 1 else "",
        "evidence": document.evidence,
        "warnings": "; ".join(document.warnings),
    }
    yield from ((names[key], value) for key, value in values.items() if value)


def _sections(
    exchanges: Sequence[ExchangeRecord], items: Sequence[Item], texts: Texts
) -> list[Section]:
    """The answers in the order of the document, a section for each fractie in a row."""
    pairs = zip(exchanges, items, strict=True)
    sections = []
    for number, (party, group) in enumerate(groupby(pairs, lambda pair: pair[0].exchange.party)):
        members = tuple(item for _, item in group)
        name = party or texts.document.no_party
        open_ones = sum(not item.answer.shown for item in members)
        count = ", ".join(answers_told(len(members) - open_ones, open_ones, texts))
        sections.append(Section(f"deel-{number + 1}", name, count, members))
    return sections


def _remarked(remark: Remark, texts: Texts) -> Remarked:
    words = texts.document
    name = words.remark_of.format(party=remark.party) if remark.party else words.remark
    return Remarked(name, prose.blocks(remark.paragraphs))
