"""Values to database columns and back, letter for letter.

Nested values are kept as JSON, in which a document stays legible to other tools for decades.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from index.integrity import StoredRow, check_row
from index.models import DocumentRecord
from pipeline.models import (
    Citation,
    Exchange,
    Footnote,
    Kind,
    Metadata,
    Page,
    Paragraph,
    Parsed,
    Remark,
    Style,
)

Row = dict[str, str | int | bytes | None]


def document_row(parsed: Parsed, added_at: datetime) -> Row:
    """The columns of `documents`."""
    metadata = parsed.metadata
    return {
        "id": parsed.id,
        "name": parsed.document.name,
        "sha256": parsed.document.sha256,
        "format": parsed.document.format,
        "kind": parsed.kind.value,
        "evidence": parsed.evidence,
        "title": metadata.title,
        "official_id": official_id(parsed),
        "dossier": metadata.dossier,
        "case_number": metadata.case_number,
        "committee": metadata.committee,
        "ministers": list_to_json(metadata.ministers),
        "askers": list_to_json(metadata.askers),
        "respondent": metadata.respondent,
        "asked_on": _from_date(metadata.asked_on),
        "answered_on": _from_date(metadata.answered_on),
        "adopted_on": _from_date(metadata.adopted_on),
        "warnings": list_to_json(parsed.warnings),
        "added_at": added_at.isoformat(),
        "page_count": len(parsed.document.pages),
        "exchange_count": len(parsed.exchanges),
        "remark_count": len(parsed.remarks),
        "listing": 0,  # sealed when its exchanges and passages are in
    }


def official_id(parsed: Parsed) -> str:
    """The id that the document states in its text, or else the one that its format declares."""
    return parsed.metadata.official_id or parsed.document.declared.official_id


def document_record(row: StoredRow) -> DocumentRecord:
    """A row of `documents`.

    Like the others here, raises IndexDamaged when the row is not what was written.
    """
    check_row("documents", row)
    return DocumentRecord(
        id=row["id"],
        name=row["name"],
        sha256=row["sha256"],
        format=row["format"],
        kind=Kind(row["kind"]),
        evidence=row["evidence"],
        metadata=_metadata(row),
        pages=row["page_count"],
        exchanges=row["exchange_count"],
        remarks=row["remark_count"],
        warnings=tuple(json.loads(row["warnings"])),
        added_at=datetime.fromisoformat(row["added_at"]),
    )


def _metadata(row: StoredRow) -> Metadata:
    return Metadata(
        title=row["title"],
        official_id=row["official_id"],
        dossier=row["dossier"],
        case_number=row["case_number"],
        committee=row["committee"],
        ministers=tuple(json.loads(row["ministers"])),
        askers=tuple(json.loads(row["askers"])),
        respondent=row["respondent"],
        asked_on=_to_date(row["asked_on"]),
        answered_on=_to_date(row["answered_on"]),
        adopted_on=_to_date(row["adopted_on"]),
    )


def exchange_row(exchange: Exchange) -> Row:
    """The columns of `exchanges` that come from the exchange itself."""
    citations = [[cited.text, cited.target, cited.url] for cited in exchange.citations]
    return {
        "key": exchange.key,
        "numbers": list_to_json(exchange.numbers),
        "section": exchange.section,
        "party": exchange.party,
        "askers": list_to_json(exchange.askers),
        "respondent": exchange.respondent,
        "ministry": exchange.ministry,
        "question": paragraphs_to_json(exchange.question_paragraphs),
        "answer": paragraphs_to_json(exchange.answer_paragraphs),
        "citations": json.dumps(citations),
        "refers_to": list_to_json(exchange.refers_to),
    }


def exchange_of(row: StoredRow) -> Exchange:
    """A row of `exchanges`."""
    check_row("exchanges", row)
    return Exchange(
        key=row["key"],
        numbers=tuple(json.loads(row["numbers"])),
        section=row["section"],
        party=row["party"],
        askers=tuple(json.loads(row["askers"])),
        respondent=row["respondent"],
        ministry=row["ministry"],
        question_paragraphs=paragraphs_of(row["question"]),
        answer_paragraphs=paragraphs_of(row["answer"]),
        citations=tuple(Citation(*cited) for cited in json.loads(row["citations"])),
        refers_to=tuple(json.loads(row["refers_to"])),
    )


def page_of(row: StoredRow) -> Page:
    """A row of `pages`."""
    check_row("pages", row)
    return Page(row["number"], paragraphs_of(row["paragraphs"]))


def remark_of(row: StoredRow) -> Remark:
    """A row of `remarks`."""
    check_row("remarks", row)
    return Remark(row["party"], paragraphs_of(row["paragraphs"]))


def paragraphs_to_json(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs with pages, notes and style; only what differs from plain text is written out."""
    return json.dumps([_from_paragraph(paragraph) for paragraph in paragraphs])


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The inverse of `paragraphs_to_json`."""
    return tuple(_to_paragraph(fields) for fields in json.loads(text))


def list_to_json(values: Iterable[str | int]) -> str:
    """A JSON array; letters outside ASCII are escaped, so that any string survives."""
    return json.dumps(list(values))


def _from_paragraph(paragraph: Paragraph) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "text": paragraph.text,
        "pages": [paragraph.page, paragraph.last_page],
    }
    if paragraph.footnotes:
        fields["footnotes"] = [[n.label, n.text, n.offset] for n in paragraph.footnotes]
    if paragraph.style is not Style.BODY:
        fields["style"] = paragraph.style.value
    if paragraph.emphasised:
        fields["emphasised"] = True
    return fields


def _to_paragraph(fields: dict[str, Any]) -> Paragraph:
    page, last_page = fields["pages"]
    return Paragraph(
        text=fields["text"],
        page=page,
        last_page=last_page,
        footnotes=tuple(Footnote(*note) for note in fields.get("footnotes", ())),
        style=Style(fields.get("style", Style.BODY)),
        emphasised=fields.get("emphasised", False),
    )


def _from_date(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
