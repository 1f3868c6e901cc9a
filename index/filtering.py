"""What a filter asks of exchanges, as conditions in SQL."""

from __future__ import annotations

import json

from index.models import SearchFilter

LISTED = "(SELECT value FROM json_each(?))"  # any number of values for one question mark

# The day of a document is the day it was answered, or else the best that it states.
DAY = "coalesce(d.answered_on, d.adopted_on, d.asked_on)"
RESPONDENT = "coalesce(nullif(e.respondent, ''), d.respondent)"


def conditions_of(filters: SearchFilter) -> tuple[list[str], list[str]]:
    """The conditions on documents `d` and exchanges `e` that a filter sets, and their values."""
    listed = (
        ("d.kind", tuple(kind.value for kind in filters.kinds)),
        ("e.party", filters.parties),
        ("d.id", filters.document_ids),
        (RESPONDENT, filters.respondents),
    )
    conditions = [f"{column} IN {LISTED}" for column, given in listed if given]
    values = [json.dumps(given) for _, given in listed if given]
    for comparison, day in ((">=", filters.since), ("<=", filters.until)):
        if day is not None:
            conditions.append(f"{DAY} {comparison} ?")
            values.append(day.isoformat())
    return conditions, values
