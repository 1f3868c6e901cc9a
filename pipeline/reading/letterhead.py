"""Tells the letterhead of a ministry from text, and reads the title and date that it holds.

Ministries set addresses, reference numbers and the subject in tables around the letter. They are
furniture, but "Datum" and "Onderwerp" say what the document is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.dates import read_date
from pipeline.models import Declared

# Two of these at the start of a cell's paragraph, or a return address, make a letterhead.
_FIELD = re.compile(
    r"(?:Datum|Onderwerp|Betreft|(?:Ons|Uw) kenmerk|Kenmerk|Uw brief|Contactpersoon|Projectnaam"
    r"|Bijlage\(?n?\)?|Postbus \d|Pagina \d+ van \d+|Bij beantwoording|Directoraat-Generaal"
    r"|www\.rijksoverheid\.nl|Doorkiesnummer|Auteur)\b",
)
_RETURN_ADDRESS = re.compile(r">?\s*Retouradres\b")
_PAGE_NUMBER = re.compile(r"P\s?agina \d+ van \d+\s*$")
_SUBJECT = ("Onderwerp", "Betreft")
MIN_FIELDS = 2


def is_letterhead(paragraphs: Sequence[str]) -> bool:
    """Whether a table with these paragraphs is a letterhead."""
    if any(_RETURN_ADDRESS.match(text) for text in paragraphs):
        return True
    fields = {found[0] for text in paragraphs if (found := _FIELD.match(text))}
    return len(fields) >= MIN_FIELDS


def is_page_number(text: str) -> bool:
    """Whether the paragraph is only "Pagina 2 van 7"."""
    return _PAGE_NUMBER.match(text) is not None


def read_letterhead(paragraphs: Sequence[str], known: Declared) -> Declared:
    """What is known, with the subject and date of a letterhead where it gives them."""
    title, dated = known.title, known.dated
    for text, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
        name, _, value = text.partition(" ")
        value = value.strip(" :") or following
        if name.rstrip(":") in _SUBJECT:
            title = title or value
        elif name.rstrip(":") == "Datum":
            dated = dated or read_date(value)
    return replace(known, title=title, dated=dated)
