"""Document → exchanges: tells the kind of a document, says why, and lets its layout read it.

Each layout declares its own clues; the kind with the most evidence is taken. It does not know how
a layout reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from slugify import slugify

from pipeline.layouts import brief, kamervragen, lijst_van_vragen, nota, schriftelijk_overleg
from pipeline.layouts.inline_labels import with_labels_apart
from pipeline.layouts.layout import Layout
from pipeline.layouts.prose import with_distinct_keys
from pipeline.models import Document, Exchange, Parsed

ENOUGH = 3.0  # weight of clues below which a document is of no known kind
SHOWN_WITHIN = 300  # paragraphs in which a document shows its kind
SHOWN_BY = 300  # characters by which a paragraph does
MAX_SLUG = 120  # characters

LAYOUTS: tuple[Layout, ...] = (
    schriftelijk_overleg.LAYOUT,
    kamervragen.LAYOUT,
    lijst_van_vragen.LAYOUT,
    nota.LAYOUT,
    brief.LAYOUT,
)
UNKNOWN = brief.OTHER


def parse(document: Document) -> Parsed:
    """What is understood of the document; never raises."""
    document = with_labels_apart(document)
    layout, evidence = tell_layout(document)
    transcript = layout.transcribe(document)
    if not transcript.exchanges and not transcript.remarks:
        transcript = replace(UNKNOWN.transcribe(document), metadata=transcript.metadata)
    exchanges = with_distinct_keys(transcript.exchanges)
    warnings = document.warnings + transcript.warnings
    if not any(exchange.question for exchange in exchanges):
        warnings += ("geen vragen en antwoorden herkend",)
    return Parsed(
        id=document_id(document, transcript.metadata.official_id),
        document=document,
        kind=layout.kind,
        evidence=evidence,
        metadata=transcript.metadata,
        exchanges=exchanges,
        remarks=transcript.remarks,
        warnings=warnings,
    )


def find_exchanges(document: Document) -> list[Exchange]:
    """The exchanges of the document, in its order."""
    return list(parse(document).exchanges)


def tell_layout(document: Document) -> tuple[Layout, str]:
    """The layout with the most evidence, and that evidence in words."""
    best, best_weight = UNKNOWN, ENOUGH
    best_reasons: tuple[str, ...] = ("geen bekende opmaak herkend",)
    texts = [each.text[:SHOWN_BY] for each in document.paragraphs[:SHOWN_WITHIN]]
    lower = [text.lower() for text in texts]
    for layout in LAYOUTS:
        weight, reasons = _evidence(layout, texts, lower)
        if weight > best_weight:
            best, best_weight, best_reasons = layout, weight, reasons
    return best, "; ".join(best_reasons)


def _evidence(
    layout: Layout, texts: Sequence[str], lower: Sequence[str]
) -> tuple[float, tuple[str, ...]]:
    weight = 0.0
    reasons: list[str] = []
    for clue in layout.clues:
        anchored = clue.pattern.pattern.startswith("^")  # then the rest need not be tried
        find = clue.pattern.match if anchored else clue.pattern.search
        signed = [text for text, plain in zip(texts, lower, strict=True) if clue.sign in plain]
        count = sum(map(bool, map(find, signed)))
        if count:
            weight += clue.weight
            reasons.append(f"{clue.tells} ({count}×)" if count > 1 else clue.tells)
    return weight, tuple(reasons)


def document_id(document: Document, official_id: str) -> str:
    """The official id in lower case, or else a slug of the file name."""
    official = official_id or document.declared.official_id
    return (
        official.lower()
        or slugify(PurePath(document.name).stem, max_length=MAX_SLUG)
        or (document.sha256[:12])
    )
