"""Decides at each hyphen that ends a line whether the typesetter or the writer put it there.

Evidence comes from the text itself: words seen whole, and how often its lines end in a hyphen.
It does not know a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

HYPHENATED_SHARE = 0.013  # of lines: more hyphen ends than this betray automatic hyphenation
LONGEST_WORD = 80  # characters looked at before a line end

_BROKEN = re.compile(r"(?<![\w/])([^\W\d_][\w’'-]*)-$")
_LOWER_BROKEN = re.compile(r"(?<![\w/-])[a-zà-ÿ]{2,}-$")
_URL = re.compile(r"(?:https?:|www\.)\S+$")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_SUSPENDED = re.compile(r"(?:en|of|dan wel|respectievelijk|als|tot)\b")
_CLASH = re.compile(r"(?:a[aeiu]|e[eiu]|i[ej]|o[aeiou]|u[iu])$", re.I)


@dataclass(frozen=True, slots=True)
class Hyphens:
    """What a text tells about its own words and line ends."""

    words: frozenset[str]
    automatic: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> Hyphens:
        """The evidence in these lines."""
        if not any("-" in line[-2:] for line in lines):  # then no word need be known
            return cls(frozenset(), automatic=False)
        words = frozenset(_WORD.findall("\n".join(lines).lower()))
        broken = sum(
            bool(_LOWER_BROKEN.search(above.rstrip()[-LONGEST_WORD:]))
            and not _SUSPENDED.match(below)
            for above, below in pairwise(lines)
            if "-" in above[-2:] and below[:1].islower()
        )
        return cls(words, broken > HYPHENATED_SHARE * len(lines))

    def join(self, above: str, below: str) -> str:
        """`above` and `below` as running text."""
        return self.link(above, below) + below

    def link(self, above: str, below: str) -> str:
        """`above` as it must end for `below` to follow: a blank more, or its hyphen gone."""
        if above.endswith("\u00ad"):
            return above[:-1]
        if not above or not below:
            return above
        if not above.endswith(("-", "/", "_")):
            return f"{above} "
        found = _BROKEN.search(above[-LONGEST_WORD:])
        if not found:
            return above if _URL.search(above) else f"{above} "
        if _SUSPENDED.match(below):
            return f"{above} "
        if below[:1].islower() and self._is_soft(found[1], below):
            return above[:-1]
        return above

    def _is_soft(self, head: str, below: str) -> bool:
        tail = (_WORD.match(below) or [""])[0]
        whole, parted = f"{head}{tail}".lower(), f"{head}-{tail}".lower()
        if whole in self.words:
            return True
        if parted in self.words or head[-1].isupper() or head[-1].isdigit():
            return False
        if _CLASH.search(head[-1] + tail[:1]) and head.lower() in self.words:
            return False
        return self.automatic
