"""`python -m pipeline FILE`: shows what is understood of a file, without a model or an index."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import KamerantwoordError, MissingPath, UnreadableDocument
from pipeline.layouts import parse
from pipeline.models import Exchange, Parsed
from pipeline.reading import read_document

WIDTH = 100  # characters of a question or answer shown on a line


def main(arguments: list[str] | None = None) -> int:
    """Print the parse of each file; 1 when one of them cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON object a file")
    parser.add_argument("--explain", action="store_true", help="say why it is of its kind")
    options = parser.parse_args(arguments)
    failed = False
    for path in options.files:
        try:
            parsed = parse(_read(path))
        except KamerantwoordError as error:
            print(error, file=sys.stderr)
            failed = True
            continue
        if options.json:
            print(json.dumps(as_json(parsed), ensure_ascii=False, indent=2))
        else:
            _show(parsed, explain=options.explain)
    return int(failed)


def _read(path: Path) -> Any:
    if not path.exists():
        raise MissingPath(str(path))
    if not path.is_file():
        raise UnreadableDocument(str(path), "it is no file")
    try:
        return read_document(path.read_bytes(), path.name)
    except OSError as error:
        raise UnreadableDocument(str(path), error.strerror or str(error)) from error


def as_json(parsed: Parsed) -> dict[str, Any]:
    """The parse as plain values, in the names that other programs rely on."""
    metadata = parsed.metadata
    return {
        "document": {
            "id": parsed.id,
            "name": parsed.document.name,
            "format": parsed.document.format,
            "sha256": parsed.document.sha256,
            "pages": len(parsed.document.pages),
            "kind": parsed.kind,
            "evidence": parsed.evidence,
            "title": metadata.title,
            "official_id": metadata.official_id,
            "dossier": metadata.dossier,
            "case_number": metadata.case_number,
            "committee": metadata.committee,
            "ministers": metadata.ministers,
            "askers": metadata.askers,
            "respondent": metadata.respondent,
            "asked_on": _iso(metadata.asked_on),
            "answered_on": _iso(metadata.answered_on),
            "adopted_on": _iso(metadata.adopted_on),
            "warnings": parsed.warnings,
        },
        "exchanges": [_exchange(parsed, exchange) for exchange in parsed.exchanges],
        "remarks": [{"party": each.party, "text": each.text} for each in parsed.remarks],
    }


def _exchange(parsed: Parsed, exchange: Exchange) -> dict[str, Any]:
    return {
        "id": parsed.answer_id(exchange),
        "numbers": exchange.numbers,
        "section": exchange.section,
        "party": exchange.party,
        "askers": exchange.askers,
        "respondent": exchange.respondent,
        "ministry": exchange.ministry,
        "question": exchange.question,
        "answer": exchange.answer,
        "refers_to": exchange.refers_to,
        "citations": [
            {"text": each.text, "target": each.target, "url": each.url}
            for each in exchange.citations
        ],
        "footnotes": [{"label": note.label, "text": note.text} for note in exchange.footnotes],
        "pages": exchange.pages,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _show(parsed: Parsed, *, explain: bool) -> None:
    print(
        f"{parsed.document.name}: {parsed.kind}, {len(parsed.exchanges)} exchanges, id {parsed.id}"
    )
    if explain:
        print(f"  why: {parsed.evidence}")
    for warning in parsed.warnings:
        print(f"  warning: {warning}")
    for exchange in parsed.exchanges:
        first, last = exchange.pages
        pages = f"p. {first}" if first == last else f"p. {first}-{last}"
        heading = " · ".join(part for part in (exchange.party, exchange.section, pages) if part)
        print(f"\n[{exchange.key}] {heading}")
        print(f"  Q {_line(exchange.question)}")
        print(f"  A {_line(exchange.answer)}")
        if exchange.refers_to:
            print(f"  → {', '.join(map(str, exchange.refers_to))}")
        for citation in exchange.citations:
            print(f"  § {citation.text} {citation.url}".rstrip())
    for remark in parsed.remarks:
        print(f"\n[remark] {remark.party}\n  {_line(remark.text)}")


def _line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= WIDTH:
        return line
    half = WIDTH // 2
    return f"{line[:half]} … {line[-half:]} ({len(line)} characters)"


if __name__ == "__main__":
    sys.exit(main())
