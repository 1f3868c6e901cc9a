"""What the JSON interface gives. Fields may be added; none changes its meaning or goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, Field

from index.models import DocumentRecord, ExchangeRecord, Hit
from pipeline.models import Kind
from ui.card import document_date, document_name, respondent


class CitationOut(BaseModel):
    """A reference to another paper; `url` is empty where it is malformed."""

    text: str
    url: str


class FootnoteOut(BaseModel):
    """A note with its marker."""

    label: str
    text: str


class Answer(BaseModel):
    """An answer with the question it answers, who, when and where."""

    id: str
    document_id: str
    title: str
    kind: Kind
    date: date | None
    numbers: list[int]
    party: str
    askers: list[str]
    respondent: str
    question: str
    answer: str = Field(description="Empty when the question was not answered yet")
    pages: tuple[int, int] = Field(description="The first and the last page")
    citations: list[CitationOut]
    footnotes: list[FootnoteOut]
    refers_to: list[str] = Field(description="Ids of the answers it points to")


class HitOut(Answer):
    """An answer that was found; `similarity` is a cosine, higher is closer."""

    rank: int
    similarity: float
    relevance: float = Field(description="How likely it meets the question, from 0 to 1")
    highlights: list[str] = Field(description="The sentences of the answer that do, best first")


class Found(BaseModel):
    """The hits for a question, best first."""

    query: str
    answered: bool = Field(description="Whether any hit is likely to meet the question")
    hits: list[HitOut]


class DocumentOut(BaseModel):
    """A document without its text."""

    id: str
    name: str
    title: str
    kind: Kind
    official_id: str
    dossier: str
    committee: str
    date: date | None
    pages: int
    answers: int
    unanswered: int = Field(description="Questions without an answer yet")


class Documents(BaseModel):
    """All documents."""

    documents: list[DocumentOut]


class Health(BaseModel):
    """How the service is doing."""

    status: str
    documents: int
    answers: int
    generation: int


def as_answer(found: ExchangeRecord, refers_to: Sequence[str]) -> Answer:
    """The answer as it is given to other programs."""
    exchange, document = found.exchange, found.document
    return Answer(
        id=found.id,
        document_id=document.id,
        title=document_name(document),
        kind=document.kind,
        date=document_date(document),
        numbers=list(exchange.numbers),
        party=exchange.party,
        askers=list(exchange.askers or document.metadata.askers),
        respondent=respondent(found),
        question=exchange.question,
        answer=exchange.answer,
        pages=exchange.pages,
        citations=[CitationOut(text=c.text, url=c.url) for c in exchange.citations],
        footnotes=[FootnoteOut(label=n.label, text=n.text) for n in exchange.footnotes],
        refers_to=list(refers_to),
    )


def as_hit(hit: Hit) -> HitOut:
    """The hit as it is given to other programs."""
    answer = as_answer(hit.found, [other.id for other in hit.referred])
    return HitOut(
        **answer.model_dump(),
        rank=hit.rank,
        similarity=hit.similarity,
        relevance=hit.relevance,
        highlights=list(hit.highlights),
    )


def as_document(record: DocumentRecord, unanswered: int) -> DocumentOut:
    """The document as it is given to other programs."""
    told = record.metadata
    return DocumentOut(
        id=record.id,
        name=record.name,
        title=document_name(record),
        kind=record.kind,
        official_id=told.official_id,
        dossier=told.dossier,
        committee=told.committee,
        date=document_date(record),
        pages=record.pages,
        answers=record.exchanges - unanswered,
        unanswered=unanswered,
    )
