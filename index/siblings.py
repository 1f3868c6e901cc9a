"""Which exchanges are found by the document they stand in.

A question is often about all that was asked at once: "huisvesting van justitiële inrichtingen". Then
an answer that says no more than "Ja, in 2001" is found by what its document says elsewhere. How
near an exchange is by itself, others say.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.filtering import Scope
from index.places import Place
from index.store import Snapshot

# Fitted on half of 350 abstracts and 357 questions of written questions, see docs/decisions.md.
DOCUMENT_SHARE = 0.5  # how much of the closeness of its document's nearest exchange each is given
FOREMOST_DOCUMENTS = 3  # documents whose exchanges all become candidates
SHORT_DOCUMENT = 20  # exchanges; those of a longer one, about many things, are found one by one


def lean_on_documents(close: Mapping[Place, float]) -> dict[Place, float]:
    """How close exchanges are when each shares in the closeness of the nearest in its document."""
    nearest = _nearest(close)
    return {
        place: near + DOCUMENT_SHARE * nearest[place.document_id] for place, near in close.items()
    }


def find_siblings(snapshot: Snapshot, close: Mapping[Place, float], scope: Scope) -> list[Place]:
    """The exchanges that the foremost short documents hold beside those that are known."""
    nearest = _nearest(close)
    documents = sorted(nearest, key=lambda document: (-nearest[document], document))
    found = snapshot.places_in(documents[:FOREMOST_DOCUMENTS], SHORT_DOCUMENT, scope)
    return sorted(place for place in found if place not in close)


def _nearest(close: Mapping[Place, float]) -> dict[str, float]:
    nearest: dict[str, float] = {}
    for place, near in close.items():
        nearest[place.document_id] = max(near, nearest.get(place.document_id, near))
    return nearest
