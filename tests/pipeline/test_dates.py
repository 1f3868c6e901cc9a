"""Dutch dates as documents write them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.dates import read_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 juni 2021", date(2021, 6, 3)),
        ("Den Haag, 28 Januari 2025", date(2025, 1, 28)),
        ("op 1 okt. 1999 gesteld", date(1999, 10, 1)),
        ("2021-06-21", date(2021, 6, 21)),
        ("18-10-2023", date(2023, 10, 18)),
        ("31 juni 2021, lees 1 juli 2021", date(2021, 7, 1)),
        ("31 juni 2021", None),
        ("in juni 2021", None),
        ("", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text) == day
