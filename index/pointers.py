"""Which answers are found by what they point to: "Zie het antwoord op vraag 19."

How near an answer is, others say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from index.store import Snapshot

MOST_LETTERS = 160  # of an answer that says little more than where the answer is
POINTED_SHARE = 0.5  # how much of its closeness such an answer takes from the one it points to
BEHIND = 1e-3  # what it stays behind that one, which is what is looked for


def lean_on_targets(
    close: Mapping[int, float], targets: Mapping[int, Iterable[int]]
) -> dict[int, float]:
    """How close exchanges are when those that point to others share in the closeness of these.

    `targets` holds the rows to which a row points; one that was not found lends nothing.
    """
    leaning = dict(close)
    for row, pointed in targets.items():
        found = [close[target] for target in pointed if target in close]
        if row in close and found and max(found) > close[row]:
            shared = (1 - POINTED_SHARE) * close[row] + POINTED_SHARE * max(found)
            leaning[row] = min(shared, max(found) - BEHIND)
    return leaning


def find_targets(snapshot: Snapshot, exchange_rows: Iterable[int]) -> dict[int, list[int]]:
    """For each of these exchanges that does little more than point, where it points to.

    Where a number occurs more than once in a document, the one in the same section is meant, or
    else the last before the answer.
    """
    places = defaultdict(list)
    for at in snapshot.pointing(exchange_rows, MOST_LETTERS):
        if at.target != at.pointing:
            choice = (at.section_is_same, at.is_before, at.position, at.target)
            places[at.pointing, at.number].append(choice)
    targets = defaultdict(list)
    for (pointing, _), choices in sorted(places.items()):
        targets[pointing].append(max(choices)[-1])
    return dict(targets)
