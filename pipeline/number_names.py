"""Numbers that are written out, "eenentwintig", or in Roman figures, "IV", as labels have them.

It knows the numbers of questions, up to 99; it does not know where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable

MAX_ROMAN = 20  # questions; beyond it nobody counts in Roman figures

_UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = (
    *("tien", "elf", "twaalf", "dertien", "veertien", "vijftien"),
    *("zestien", "zeventien", "achttien", "negentien"),
)
_TENS = (*("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"),)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _spelled() -> dict[str, int]:
    names = {name: value for value, name in enumerate((*_UNITS, *_TEENS), 1)}
    names |= {"één": 1, "eén": 1, "éen": 1}
    for tens, name in enumerate(_TENS, 2):
        names[name] = tens * 10
        for value, unit in enumerate(_UNITS, 1):
            for link in ("en", "ën"):
                names[f"{unit}{link}{name}"] = tens * 10 + value
    return names


def _roman(number: int) -> str:
    figures = ""
    for value, figure in _ROMAN:
        while number >= value:
            figures, number = figures + figure, number - value
    return figures


SPELLED = _spelled()
"""Number words in lower case, with what they stand for."""

NAMES = SPELLED | {_roman(number): number for number in range(1, MAX_ROMAN + 1)} | {"l": 1}
"""The same with Roman figures; "l" is how text recognition reads a 1."""


def one_of(names: Iterable[str]) -> str:
    """A pattern for one of the names as a whole word; it gives up at any other first letter."""
    longest_first = sorted(names, key=len, reverse=True)
    by_letter = {
        letter: [n for n in longest_first if n[0] == letter]
        for letter in {n[0] for n in longest_first}
    }
    ways = "|".join(
        rf"{letter}(?:{'|'.join(name[1:] for name in by_letter[letter])})"
        for letter in sorted(by_letter)
    )
    return rf"\b(?:{ways})\b"
