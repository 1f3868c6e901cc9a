"""Where a reader chooses among the hits, sorts and groups them.

Each widget shows what the address says, and writes what is chosen back to the address. It is told
so only where it shows something else: told anew, it would forget a press that is on its way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import streamlit as st

from index.models import Hit
from pipeline.models import Kind
from ui import markup
from ui.address import Choice, Order, View
from ui.card import document_name
from ui.results import count_choices
from ui.site import Site, press_on_to, view_at_hand
from ui.texts import Texts

LISTED = frozenset({"bewindspersoon", "document"})  # long values, chosen from a list
PREFIX = "filter-"
ORDER_KEY = "order"
GROUPED_KEY = "grouped"


def show_filters(view: View, hits: Sequence[Hit], site: Site) -> None:
    """Put the choices on the page, each with the number of hits that it leaves."""
    words, counts = site.texts.filters, count_choices(hits, view.choice)
    chosen = sum(len(getattr(view.choice, field.name)) for field in fields(Choice))
    title = words.title_active(chosen) if chosen else words.title
    with st.expander(title, expanded=bool(chosen), key="filters"):
        for trait, options in counts.items():
            if len(options) > 1 or getattr(view.choice, trait):
                _show_trait(trait, options, view, hits, site)
        if chosen:
            st.button(words.clear, on_click=_clear, key="clear-filters", type="tertiary")


def show_order(view: View, site: Site) -> None:
    """Put the ways to sort and group on the page."""
    words = site.texts.filters
    _show_in(ORDER_KEY, view.order)
    _show_in(GROUPED_KEY, view.grouped)
    with st.container(key="order-row"):
        st.segmented_control(
            words.order,
            list(Order),
            format_func=lambda order: words.orders[order],
            key=ORDER_KEY,
            on_change=_take_order,
            required=True,
        )
        st.toggle(words.grouped, key=GROUPED_KEY, on_change=_take_order)


def _show_trait(
    trait: str, options: Mapping[str, int], view: View, hits: Sequence[Hit], site: Site
) -> None:
    words, names = site.texts.filters, _names(trait, hits, site.texts)

    def named(value: str) -> str:
        return words.option.format(value=names.get(value, value), n=options[value])

    key = PREFIX + trait
    _show_in(key, list(getattr(view.choice, trait)))
    if trait in LISTED:
        st.multiselect(
            words.traits[trait],
            list(options),
            format_func=named,
            key=key,
            on_change=_take_choice,
            placeholder=words.choose,
            select_all=False,
        )
    else:
        st.pills(
            words.traits[trait],
            list(options),
            selection_mode="multi",
            format_func=lambda value: markup.label(named(value)),
            key=key,
            on_change=_take_choice,
        )


def _show_in(key: str, value: object) -> None:
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _names(trait: str, hits: Sequence[Hit], texts: Texts) -> dict[str, str]:
    """What values are called, where that is not the value itself."""
    if trait == "document":
        return {hit.found.document.id: document_name(hit.found.document) for hit in hits}
    if trait == "soort":
        return {kind.value: texts.kinds[kind] for kind in Kind}
    return {}


def _take_choice() -> None:
    view = view_at_hand()
    chosen = {
        field.name: tuple(st.session_state.get(PREFIX + field.name) or ())
        for field in fields(Choice)
    }
    press_on_to(view.choosing(Choice(**chosen)))


def _take_order() -> None:
    order, grouped = st.session_state[ORDER_KEY], st.session_state[GROUPED_KEY]
    press_on_to(replace(view_at_hand(), order=order, grouped=grouped, page=1))


def _clear() -> None:
    press_on_to(view_at_hand().choosing(Choice()))
