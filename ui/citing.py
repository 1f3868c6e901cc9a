"""An answer as a reference in someone else's text: a plain line, or BibTeX.

It does not know the page; it is given the address where the answer can be read.
"""

from __future__ import annotations

import re

from index.models import ExchangeRecord
from ui.card import (
    answer_name,
    document_date,
    document_name,
    page_span,
    respondent,
    respondent_told,
)
from ui.texts import Texts

BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def plain_citation(found: ExchangeRecord, address: str, texts: Texts) -> str:
    """One line: who answered, when, which answer, in which document, on which page, and where."""
    document, day = found.document, document_date(found.document)
    parts = [
        respondent_told(found, texts.card),
        f"“{document_name(document)}”",
        document.metadata.official_id,
        texts.date(day) if day else "",
        answer_name(found.exchange, texts.card).lower(),
        page_span(found, texts.card),
        address,
    ]
    line = flat(", ".join(part for part in parts if part)) + "."
    return line[0].upper() + line[1:]


def bibtex(found: ExchangeRecord, address: str, texts: Texts) -> str:
    """A BibTeX entry of the answer, for a bibliography."""
    document, day = found.document, document_date(found.document)
    first, last = found.exchange.pages
    span = str(first) if first == last else f"{first}--{last}"
    fields = {
        "author": f"{{{bibtex_text(respondent(found))}}}" if respondent(found) else "",
        "title": bibtex_text(document_name(document)),
        "year": str(day.year) if day else "",
        "month": str(day.month) if day else "",
        "number": bibtex_text(document.metadata.official_id),
        "pages": span if page_span(found, texts.card) else "",
        "note": bibtex_text(answer_name(found.exchange, texts.card)),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = re.sub(r"[^a-zA-Z0-9:.-]", "-", found.id)
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def bibtex_text(text: str) -> str:
    """The text on one line, such that TeX takes none of it for a command."""
    return "".join(BIBTEX_SIGNS.get(sign, sign) for sign in flat(text))


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
