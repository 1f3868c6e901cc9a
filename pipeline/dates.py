"""Dutch dates as documents write them.

It knows days, months and years, not what a date means.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, name in enumerate(
        "januari februari maart april mei juni juli augustus september oktober november "
        "december".split(),
        start=1,
    )
}
_SHORT = {
    "jan": 1, "feb": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dec": 12,
}  # fmt: skip
DATE = rf"(?:\d{{1,2}}\s+(?:{'|'.join([*MONTHS, *_SHORT])})\.?\s+(?:1[89]|20)\d{{2}})"
"""A pattern for `3 juni 2021`; white space may be a line end."""

_WRITTEN = re.compile(
    rf"(\d{{1,2}})\s+({'|'.join([*MONTHS, *_SHORT])})\.?\s+((?:1[89]|20)\d{{2}})", re.I
)
_FIGURES = re.compile(r"\b(?:(\d{1,2})[-/](\d{1,2})[-/](\d{4})|(\d{4})-(\d{2})-(\d{2}))\b")


def read_date(text: str) -> date | None:
    """The first date in `text`, or None when it holds none that can be."""
    for found in _WRITTEN.finditer(text):
        month = found[2].lower()
        day = _date(found[3], MONTHS.get(month) or _SHORT.get(month, 0), found[1])
        if day:
            return day
    for found in _FIGURES.finditer(text):
        day = _date(found[3], found[2], found[1]) or _date(found[4], found[5], found[6])
        if day:
            return day
    return None


def _date(year: str | None, month: str | int | None, day: str | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:  # 31 juni is a misprint, not a date
        return None
