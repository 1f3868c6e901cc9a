"""What exchanges have in common with questions about anything, remembered until the next commit.

It is the same for every question, and takes as long to find as what a question's own tokens are
compared with. It knows vectors and rows; not where these are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.ranking import Evidence, Vectors, find_common

MOST_REMEMBERED = 100_000  # exchanges, some 10 MB


class CommonGround:
    """Tells it of exchanges; any thread may use it."""

    def __init__(self, usual: Vectors) -> None:
        """`usual` stands for the tokens of the questions about anything, (tokens, components)."""
        self._usual = usual
        self._known: tuple[str, dict[int, float]] = ("", {})

    def of(self, token: str, passages: Sequence[Evidence]) -> Mapping[int, float]:
        """What `find_common` finds of these and others, by row, in the commit with this token."""
        known = self._at(token)
        new = [passage for passage in passages if passage.exchange_row not in known]
        known.update(find_common(self._usual, new))
        return known

    def _at(self, token: str) -> dict[int, float]:
        if self._known[0] != token or len(self._known[1]) > MOST_REMEMBERED:
            self._known = (token, {})
        return self._known[1]
