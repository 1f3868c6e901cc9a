"""What a filter asks of exchanges, as conditions in PostgreSQL's SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from index.filtering import Scope

# The day of a document is the day it was answered, or else the best that it states.
DAY = "coalesce(d.answered_on, d.adopted_on, d.asked_on)"
RESPONDENT = "coalesce(nullif(e.respondent, ''), d.respondent)"
# Members of several fracties may have asked together, listed as in PARTY_BREAK: each finds it.
OF_PARTIES = "string_to_array(e.party, ', ') && %s::text[]"

DOCUMENTS = "JOIN documents d ON d.id = e.document_id"
_OF_DOCUMENT = re.compile(r"\bd\.")


def documents_for(conditions: Iterable[str]) -> str:
    """The join that these conditions need, if any: a document looked up for each exchange."""
    return DOCUMENTS if any(map(_OF_DOCUMENT.search, conditions)) else ""


def conditions_of(scope: Scope) -> tuple[list[str], list[Any]]:
    """The conditions on documents `d` and exchanges `e` that a scope sets, and their values."""
    filters = scope.filters
    asked: list[tuple[str, Any]] = [
        ("d.kind = ANY(%s::text[])", [kind.value for kind in filters.kinds]),
        ("e.document_id = ANY(%s::text[])", list(filters.document_ids)),
        (f"{RESPONDENT} = ANY(%s::text[])", list(filters.respondents)),
        (OF_PARTIES, list(filters.parties)),
        (f"{DAY} >= %s", filters.since.isoformat() if filters.since else None),
        (f"{DAY} <= %s", filters.until.isoformat() if filters.until else None),
        ("e.id <> ALL(%s::bigint[])", sorted(scope.without)),
    ]
    chosen = [(condition, value) for condition, value in asked if value]
    if scope.only is not None:
        chosen.append(("e.id = ANY(%s::bigint[])", sorted(scope.only)))
    return [condition for condition, _ in chosen], [value for _, value in chosen]
