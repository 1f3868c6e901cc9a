"""What a filter asks of exchanges, as conditions in SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass

from index.models import SearchFilter

LISTED = "(SELECT value FROM json_each(?))"  # any number of values for one question mark

# The day of a document is the day it was answered, or else the best that it states.
DAY = "coalesce(d.answered_on, d.adopted_on, d.asked_on)"
# Members of several fracties may have asked together, listed as in PARTY_BREAK: each finds it.
OF_PARTIES = (
    "EXISTS (SELECT 1 FROM json_each(?) AS chosen"
    " WHERE instr(', ' || e.party || ', ', ', ' || chosen.value || ', '))"
)
RESPONDENT = "coalesce(nullif(e.respondent, ''), d.respondent)"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which exchanges may be found: what the filter lets through, and of these by their rows only
    those in `only`, unless it is None, and none of those in `without`."""

    filters: SearchFilter = SearchFilter()
    only: frozenset[int] | None = None
    without: frozenset[int] = frozenset()


def conditions_of(scope: Scope) -> tuple[list[str], list[str]]:
    """The conditions on documents `d` and exchanges `e` that a scope sets, and their values."""
    filters = scope.filters
    listed = (
        ("d.kind", tuple(kind.value for kind in filters.kinds)),
        ("d.id", filters.document_ids),
        (RESPONDENT, filters.respondents),
    )
    conditions = [f"{column} IN {LISTED}" for column, given in listed if given]
    values = [json.dumps(given) for _, given in listed if given]
    if filters.parties:
        conditions.append(OF_PARTIES)
        values.append(json.dumps(filters.parties))
    for comparison, day in ((">=", filters.since), ("<=", filters.until)):
        if day is not None:
            conditions.append(f"{DAY} {comparison} ?")
            values.append(day.isoformat())
    for membership, rows in (("IN", scope.only), ("NOT IN", scope.without or None)):
        if rows is not None:
            conditions.append(f"e.id {membership} {LISTED}")
            values.append(json.dumps(sorted(rows)))
    return conditions, values
