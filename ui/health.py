"""How the index is doing: what it holds, whether it is sound, and two pictures of its answers."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from index.findings import Health
from index.models import DocumentRecord
from index.opening import Workshop
from index.stocktaking import take_stock
from ui import markup, resources
from ui.card import document_date
from ui.problems import shown
from ui.site import Site

log = logging.getLogger(__name__)

MOST_BARS = 12  # of one picture; what is beyond is put together, or too long ago


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a picture; `share` is of the longest, 0 to 1."""

    name: str
    number: int
    share: float


def show_health(site: Site) -> None:
    """Put the numbers, the pictures and the means to check and rebuild on the page."""
    words = site.texts.health
    with st.expander(words.title, key="health"), shown(site.texts):
        stock = take_stock(resources.settings())
        numbers = [(name, stock[key]) for key, name in words.numbers.items() if key in stock]
        with resources.catalogue().snapshot() as snapshot:
            parties, documents = snapshot.answers_by_party(), snapshot.documents()
            unanswered = snapshot.unanswered()
        pictures = (
            (words.by_party, by_party(parties, words.others)),
            (words.by_month, by_month(documents, unanswered)),
        )
        markup.show("health.html", numbers=numbers, pictures=pictures)
        with st.container(key="health-choice"):
            if st.button(words.check, key="check"):
                _check(site)
            if st.button(words.rebuild, key="rebuild"):
                _rebuild(site)


def by_party(counts: dict[str, int], others: str) -> list[Bar]:
    """The fracties with most answers, and the others together."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown_ones, rest = ranked[:MOST_BARS], ranked[MOST_BARS:]
    if rest:
        shown_ones.append((others, sum(count for _, count in rest)))
    return _bars(shown_ones)


def by_month(documents: Sequence[DocumentRecord], unanswered: Mapping[str, int]) -> list[Bar]:
    """The last months with answers, in the order of time."""
    months: Counter[str] = Counter()
    for document in documents:
        if day := document_date(document):
            months[f"{day:%Y-%m}"] += document.exchanges - unanswered.get(document.id, 0)
    return _bars(sorted(months.items())[-MOST_BARS:])


def _bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    longest = max((count for _, count in counts), default=0) or 1
    return [Bar(name, count, round(count / longest, 3)) for name, count in counts]


def _check(site: Site) -> None:
    """Examine all that is kept; what is found in detail goes to the log."""
    findings = list(Workshop(resources.embedder()).examine(resources.settings()))
    for finding in findings:
        log.info("%s: %s", finding.health.value, finding.told)
    words = site.texts.health
    sound = all(finding.health in (Health.SOUND, Health.REPAIRED) for finding in findings)
    markup.show("notice.html", text=words.sound if sound else words.unsound)


def _rebuild(site: Site) -> None:
    words, bar = site.texts.health, st.progress(0.0)

    def show_progress(done: int, total: int) -> None:
        text = words.rebuilding.format(done=done, total=total)
        bar.progress(done / total if total else 1.0, text=text)

    report = resources.indexer().rebuild(show_progress)
    bar.empty()
    markup.show("notice.html", text=words.rebuilt(report.exchanges))
