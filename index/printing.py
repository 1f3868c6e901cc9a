"""Results as lines of text or as JSON.

Text out of documents is data: what could steer a terminal is taken out. It knows no terminal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from index.models import AddReport, DocumentRecord, Hit, Outcome, SearchResult
from index.strength import strength_of

ASIDE = "    "
NOTHING = "Nothing found that answers this."
RELEVANCE_DIGITS = 4  # more say nothing about a probability


def report_line(report: AddReport) -> str:
    """What became of one file, on one line."""
    told = {
        Outcome.INDEXED: f"{report.document_id}, {_counts(report)}",
        Outcome.REPLACED: f"{report.document_id}, {_counts(report)}",
        Outcome.UNCHANGED: report.document_id,
        Outcome.DUPLICATE: f"the same document as {report.document_id}",
        Outcome.FAILED: report.problem,
    }
    line = one_line("; ".join([f"{report.name}: {told[report.outcome]}", *report.warnings]))
    return f"{report.outcome.value:<11}{line}"


def _counts(report: AddReport) -> str:
    answers = answers_told(report.exchanges, report.unanswered)
    return f"{report.kind.value}, {answers}, {report.passages} passages"


def answers_told(exchanges: int, unanswered: int) -> str:
    """How many answers there are, and how many questions without one where there are any."""
    answers = f"{exchanges - unanswered} answers"
    return f"{answers}, {unanswered} unanswered" if unanswered else answers


def document_fields(record: DocumentRecord, unanswered: int) -> tuple[str, ...]:
    """What `list` tells about a document: id, kind, answers, file and title."""
    answers = f"{record.exchanges - unanswered}"
    fields = (
        record.id,
        record.kind.value,
        f"{answers} of {record.exchanges}" if unanswered else answers,
        record.name,
        record.metadata.title,
    )
    return tuple(one_line(field) for field in fields)


def hits_as_json(result: SearchResult) -> str:
    """The question and its hits, as other programs read them."""
    hits = [_hit(hit) for hit in result.hits]
    found = {"query": result.question, "answered": result.answered, "hits": hits}
    return json.dumps(found, ensure_ascii=False, indent=2)


def _hit(hit: Hit) -> dict[str, Any]:
    exchange, document = hit.found.exchange, hit.found.document
    return {
        "rank": hit.rank,
        "id": hit.found.id,
        "document_id": document.id,
        "title": document.metadata.title,
        "kind": document.kind.value,
        "numbers": exchange.numbers,
        "party": exchange.party,
        "askers": exchange.askers,
        "respondent": exchange.respondent,
        "question": exchange.question,
        "answer": exchange.answer,
        "pages": exchange.pages,
        "similarity": hit.similarity,
        "relevance": round(hit.relevance, RELEVANCE_DIGITS),
        "highlights": hit.highlights,
        "refers_to": exchange.refers_to,
    }


def hits_as_text(result: SearchResult) -> str:
    """The hits for people: where each stands, its question in short and its answer in full."""
    if not result.hits:
        return NOTHING
    told = [] if result.answered else [f"{NOTHING} Perhaps related:"]
    hits = [harmless("\n".join(_hit_lines(hit))) for hit in result.hits]
    return "\n\n".join(told + hits)


def _hit_lines(hit: Hit) -> Iterable[str]:
    exchange, document = hit.found.exchange, hit.found.document
    first, last = exchange.pages
    page = f"page {first}" if first == last else f"pages {first}-{last}"
    strength = strength_of(hit.relevance).value
    yield f"{hit.rank}. {hit.found.id}  ({strength}, relevance {hit.relevance:.2f})"
    where = (exchange.party, document.metadata.title or document.name, page)
    yield ASIDE + " · ".join(part for part in where if part)
    for sentence in hit.highlights:
        yield _indented("» ", sentence)
    yield _indented("? ", exchange.question)
    yield _indented("", exchange.answer or "(not answered yet)")
    for answer in hit.referred:
        yield _indented(f"→ {answer.id}: ", answer.exchange.answer)


def _indented(mark: str, text: str) -> str:
    return "\n".join(ASIDE + line for line in (mark + text).splitlines())


def harmless(text: str) -> str:
    """Text without characters that steer a terminal or turn the order of letters around."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def one_line(text: str) -> str:
    """Harmless text on a single line."""
    return " ".join(harmless(text).split())
