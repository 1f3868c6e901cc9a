"""Hits as files for other programs: CSV for spreadsheets, JSON as the terminal gives it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from index.models import Hit, SearchResult
from index.printing import hits_as_json
from index.strength import is_answered
from ui.card import document_date, document_name, listed, respondent

COLUMNS = (
    "rank",
    "id",
    "document",
    "kind",
    "date",
    "numbers",
    "party",
    "askers",
    "respondent",
    "question",
    "answer",
    "first_page",
    "last_page",
    "similarity",
    "relevance",
    "highlights",
)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run such a cell
EXCEL_READS_UTF8 = "\ufeff"


def as_csv(hits: Sequence[Hit]) -> bytes:
    """A line a hit under a line of column names; no cell is taken for a formula."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([harmless_cell(value) for value in _row(hit)] for hit in hits)
    return (EXCEL_READS_UTF8 + file.getvalue()).encode("utf-8", "replace")


def as_json(question: str, hits: Sequence[Hit]) -> bytes:
    """The hits as `kamerantwoord search --json` gives them."""
    answered = is_answered([hit.relevance for hit in hits])
    result = SearchResult(question, tuple(hits), answered, 0, {})
    return hits_as_json(result).encode("utf-8", "replace")


def harmless_cell(value: str) -> str:
    """The value, quoted where a spreadsheet would take it for a formula."""
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


def _row(hit: Hit) -> tuple[str, ...]:
    exchange, document = hit.found.exchange, hit.found.document
    day = document_date(document)
    return (
        str(hit.rank),
        hit.found.id,
        document_name(document),
        document.kind.value,
        day.isoformat() if day else "",
        listed(exchange.numbers),
        exchange.party,
        "; ".join(exchange.askers or document.metadata.askers),
        respondent(hit.found),
        exchange.question,
        exchange.answer,
        *map(str, exchange.pages),
        f"{hit.similarity:.3f}",
        f"{hit.relevance:.3f}",
        "\n".join(hit.highlights),
    )
