"""What was found, narrowed, sorted, grouped and cut into pages, with counts for what to choose.

The hits for a question are the answers that fit it best, a fixed number of them. Choosing among
these never comes up empty unannounced, because each choice says how many it leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from index.models import ExchangeRecord, Hit
from ui.address import Choice, Order
from ui.card import document_date

MOST_FOUND = 50  # answers; few read further, and each costs the server time
PAGE_SIZE = 10

# What an answer has of each trait; members of several fracties may have asked together.
TRAITS: Mapping[str, Callable[[ExchangeRecord], tuple[str, ...]]] = {
    "soort": lambda found: (found.document.kind.value,),
    "fractie": lambda found: found.exchange.parties,
    "bewindspersoon": lambda found: (
        found.exchange.respondent or found.document.metadata.respondent,
    ),
    "jaar": lambda found: (str(_day(found).year) if _day(found) > date.min else "",),
    "document": lambda found: (found.document.id,),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Hits that are shown together; without grouping each hit is alone, and has no document."""

    document_id: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of results out of `pages`, of `total` hits in all."""

    groups: tuple[Group, ...]
    number: int
    pages: int
    total: int


def fits(found: ExchangeRecord, choice: Choice, ignoring: str = "") -> bool:
    """Whether an answer is among what was chosen, in all respects but one that is ignored."""
    return all(
        not chosen.isdisjoint(TRAITS[field.name](found))
        for field in fields(choice)
        if field.name != ignoring and (chosen := frozenset(getattr(choice, field.name)))
    )


def count_choices(hits: Sequence[Hit], choice: Choice) -> dict[str, dict[str, int]]:
    """For each trait, how many hits each value would leave, given what is chosen otherwise.

    What is chosen is always there, also when it leaves nothing.
    """
    return {trait: _count(hits, choice, trait) for trait in TRAITS}


def _count(hits: Sequence[Hit], choice: Choice, trait: str) -> dict[str, int]:
    told = Counter(
        value
        for hit in hits
        if fits(hit.found, choice, ignoring=trait)
        for value in TRAITS[trait](hit.found)
    )
    told.pop("", None)
    chosen = dict.fromkeys(getattr(choice, trait), 0)
    # By what all hits hold, so that nothing moves away under the finger when something is chosen.
    held = Counter(value for hit in hits for value in TRAITS[trait](hit.found))
    latest_first = trait == "jaar"
    values = sorted(told, key=lambda value: (-int(value) if latest_first else -held[value], value))
    return {value: told[value] for value in values} | {v: told.get(v, 0) for v in chosen}


def arrange(hits: Sequence[Hit], order: Order, grouped: bool, page: int) -> ResultPage:
    """A page of the hits, sorted and grouped; the last one when there are fewer."""
    ordered = _sorted(hits, order)
    groups = _by_document(ordered) if grouped else [Group("", (hit,)) for hit in ordered]
    pages = max(1, -(-len(groups) // PAGE_SIZE))
    number = min(page, pages)
    start = (number - 1) * PAGE_SIZE
    return ResultPage(tuple(groups[start : start + PAGE_SIZE]), number, pages, len(hits))


def _sorted(hits: Sequence[Hit], order: Order) -> list[Hit]:
    """By date an answer without one comes last; equal dates keep the order of relevance."""
    if order is Order.RELEVANCE:
        return list(hits)
    dated = [hit for hit in hits if _day(hit.found) > date.min]
    undated = [hit for hit in hits if _day(hit.found) == date.min]
    newest_first = order is Order.NEWEST
    return sorted(dated, key=lambda hit: _day(hit.found), reverse=newest_first) + undated


def _by_document(hits: Sequence[Hit]) -> list[Group]:
    """The hits of each document together, documents in the order of their first hit."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.found.document.id, []).append(hit)
    return [Group(document_id, tuple(members)) for document_id, members in groups.items()]


def _day(found: ExchangeRecord) -> date:
    return document_date(found.document) or date.min
