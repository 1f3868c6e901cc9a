"""Documents and answers made up for the tests of the page."""

from __future__ import annotations

from datetime import UTC, date, datetime

from index.models import DocumentRecord, ExchangeRecord
from pipeline.models import Citation, Exchange, Footnote, Kind, Metadata, Paragraph, Style

HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked=2'> **vet** _schuin_ "
    "$x^2$ `code` # kop [link](javascript:alert(1)) :smile: :red[rood] &lt;b&gt; &amp; {{ 7*7 }} "
    "\u202eomgekeerd\u202c שלום עולם 😀 </div></article><style>*{display:none}</style>"
)
LONG_WORD = "woord" * 2_000  # 10,000 characters without a place to break


def a_paragraph(text: str, *notes: Footnote, page: int = 1, style: Style = Style.BODY) -> Paragraph:
    return Paragraph(text, page, page, notes, style)


def a_document(
    document_id: str = "verslag-zeedijken", title: str = "Verslag over de zeedijken"
) -> DocumentRecord:
    return DocumentRecord(
        id=document_id,
        name=f"{document_id}.pdf",
        sha256="0" * 64,
        format="pdf",
        kind=Kind.SCHRIFTELIJK_OVERLEG,
        evidence="",
        metadata=Metadata(
            title=title,
            ministers=("de minister van Infrastructuur en Waterstaat",),
            answered_on=date(2024, 3, 12),
        ),
        pages=12,
        exchanges=2,
        remarks=0,
        warnings=(),
        added_at=datetime(2024, 4, 1, tzinfo=UTC),
    )


def an_exchange(
    question: str = "Hoe hoog worden de zeedijken?",
    answer: str = "De zeedijken worden een meter hoger, zie Kamerstuk 31 710, nr. 4.",
    numbers: tuple[int, ...] = (19,),
    notes: tuple[Footnote, ...] = (),
    refers_to: tuple[int, ...] = (),
) -> Exchange:
    return Exchange(
        key="-".join(map(str, numbers)),
        numbers=numbers,
        section="",
        party="CDA",
        askers=("Van der Zee",),
        respondent="",
        ministry="",
        question_paragraphs=(a_paragraph(question, page=3),) if question else (),
        answer_paragraphs=(a_paragraph(answer, *notes, page=4),) if answer else (),
        citations=(
            Citation("Kamerstuk 31 710, nr. 4", "kst-31710-4", "https://example.org/kst-31710-4"),
            Citation("Kamerstuk 31 7xx", "", ""),
        ),
        refers_to=refers_to,
    )


def a_record(
    exchange: Exchange | None = None, document: DocumentRecord | None = None
) -> ExchangeRecord:
    exchange, document = exchange or an_exchange(), document or a_document()
    return ExchangeRecord(f"{document.id}.{exchange.key}", document, exchange)
