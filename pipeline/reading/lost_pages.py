"""Finds page ends in text that an extractor ran together on long lines, feet and all.

A foot counts its pages, and says the same on each but for their number; a citation does neither. It
knows the feet of official papers and ministries only.
"""

from __future__ import annotations

import re
from collections import Counter

LONG_LINE = 1_000  # characters; no line of a page is as long
SIGNS = ("Kamer,", "agina ")  # one of which every foot holds
MIN_FEET = 2  # pages that must count on before their feet are known

_YEAR = r"vergaderjaar\s*\d{4}\s*[–-]\s*\d{2,4}"
_FEET = re.compile(
    r"(?:\b(?:ah|kst|kv)-[\w-]{4,40}\s+)?(?P<imprint>ISSN\s+\d{4}\s*-\s*\d{3}[\dX]\s*)?(?:’s-Gravenhage\s+\d{4}\s*)?"
    rf"(?P<of>(?:Tweede|Eerste)\s+Kamer,\s*{_YEAR},\s*(?:Aanhangsel|\d\d\s?\d{{3}}[^.\n]{{0,20}},\s+nr\.\s+\w{{1,5}}))"
    r"\s*(?:(?P<page>\d{1,4})\b|$)"
    r"|(?P<letter>P\s?agina)\s+(?P<leaf>\d{1,4})\s+van\s+\d{1,4}\b"
)


def break_pages(text: str) -> str:
    """The text with a form feed for each foot that stands amid a long line."""
    if not any(sign in text for sign in SIGNS):
        return text
    return "\n".join(_broken(line) if len(line) > LONG_LINE else line for line in text.split("\n"))


def _broken(line: str) -> str:
    feet = list(_FEET.finditer(line))
    named, _ = Counter(map(_name, feet)).most_common(1)[0] if feet else ("", 0)
    own = [foot for foot in feet if _name(foot) == named]
    pages = [int(foot["page"] or foot["leaf"] or 1) for foot in own]
    known = len(own) >= MIN_FEET or any(foot["imprint"] for foot in own)
    if not known or pages != list(range(pages[0], pages[0] + len(own))):
        return line
    starts = [0, *(foot.end() for foot in own)]
    ends = [*(foot.start() for foot in own), len(line)]
    return "\f".join(line[start:end].strip() for start, end in zip(starts, ends, strict=True))


def _name(foot: re.Match[str]) -> str:
    return foot["of"] or foot["letter"]
