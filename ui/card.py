"""One answer as it stands on the page: verbatim, with its question, who, when and where.

It says which words go where; `templates/card.html` says how they look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.models import DocumentRecord, ExchangeRecord
from index.strength import Strength, strength_of
from pipeline.models import Citation, Exchange
from ui import prose
from ui.prose import Block
from ui.texts import CardTexts, Texts

PDF = "pdf"  # the format
CABINET = frozenset({"kabinet", "het kabinet"})  # as respondents are told
# "Minister van Financiën" takes an article, "Minister Van Dam" none.
OFFICE = re.compile(
    r"(?i:minister|staatssecretaris)(s|sen)? (van|voor)\b|(?i:minister-president)\b"
)
OPENING = 160  # characters of the question's first line; more never fits beside its label


@dataclass(frozen=True, slots=True)
class Card:
    """All that the template needs, as text."""

    id: str
    name: str
    facts: tuple[str, ...]
    question_label: str
    question_opening: str
    question: list[Block]
    respondent: str
    shown: list[Block]
    folded: list[Block]
    citations: list[Citation]
    referred_label: str
    referred: tuple[Card, ...]
    document: str
    place: tuple[str, ...]
    strength: Strength | None = None
    marked_further_on: bool = False


def make_card(
    found: ExchangeRecord,
    referred: Sequence[ExchangeRecord],
    texts: Texts,
    *,
    relevance: float | None = None,
    highlights: tuple[str, ...] = (),
    folds: bool = True,
) -> Card:
    """The card of an answer; `referred` are shown inside it, without what they point to.

    `relevance` and `highlights` are there when it was found by a question.
    """
    exchange, words, who = found.exchange, texts.card, respondent_told(found, texts.card)
    shown, folded = (
        prose.fold(exchange.answer_paragraphs) if folds else (list(exchange.answer_paragraphs), [])
    )
    all_paragraphs = exchange.question_paragraphs + exchange.answer_paragraphs
    marked = frozenset(highlights)
    shown_blocks = prose.blocks(shown, exchange.citations, marked)
    return Card(
        id=found.id,
        name=answer_name(exchange, words),
        facts=tuple(_facts(found, texts)),
        question_label=_question_label(exchange, words),
        question_opening=exchange.question[:OPENING],
        question=prose.blocks(exchange.question_paragraphs, exchange.citations),
        respondent=words.answer_by.format(respondent=who) if who else words.respondent_unknown,
        shown=shown_blocks,
        folded=prose.blocks(folded, exchange.citations, marked),
        citations=[
            Citation(c.text, c.target, prose.safe_url(c.url))
            for c in prose.unplaced(exchange.citations, all_paragraphs)
        ],
        referred_label=words.refers_to(len(exchange.refers_to), numbers=listed(exchange.refers_to)),
        referred=tuple(make_card(other, (), texts) for other in referred),
        document=document_name(found.document),
        place=tuple(filter(None, [page_span(found, words)])),
        strength=None if relevance is None else strength_of(relevance),
        marked_further_on=bool(marked) and not prose.has_marks(shown_blocks),
    )


def answer_name(exchange: Exchange, words: CardTexts) -> str:
    """What the answer is called, such as "Antwoord 3, 4"."""
    numbers = listed(exchange.numbers)
    return f"{words.answer} {numbers}" if numbers else words.answer


def date_told(document: DocumentRecord, texts: Texts) -> str:
    """The day a document counts for, saying which day that is unless it is that of the answer."""
    told = document.metadata
    if told.answered_on:
        return texts.date(told.answered_on)
    if told.adopted_on:
        return texts.adopted.format(date=texts.date(told.adopted_on))
    return texts.asked.format(date=texts.date(told.asked_on)) if told.asked_on else ""


def document_name(document: DocumentRecord) -> str:
    """The title of a document, or its file name where it has none."""
    return document.metadata.title or document.name


def document_date(document: DocumentRecord) -> date | None:
    """The day a document counts for: answered, else adopted, else asked."""
    told = document.metadata
    return told.answered_on or told.adopted_on or told.asked_on


def respondent(found: ExchangeRecord) -> str:
    """Who answered, as far as the answer or else its document says."""
    metadata = found.document.metadata
    return found.exchange.respondent or metadata.respondent or ", ".join(metadata.ministers)


def respondent_told(found: ExchangeRecord, words: CardTexts) -> str:
    """Who answered, as it reads within a sentence."""
    who = respondent(found)
    if who.casefold() in CABINET:
        return words.cabinet
    return words.office.format(office=who) if OFFICE.match(who) else who


def answers_told(answers: int, unanswered: int, texts: Texts) -> list[str]:
    """How many answers there are, and how many questions still wait for one."""
    told = [texts.documents.answers(answers)] if answers or not unanswered else []
    return [*told, texts.document.unanswered(unanswered)] if unanswered else told


def listed(numbers: Sequence[int]) -> str:
    """Numbers in a row: "3, 4, 5"."""
    return ", ".join(str(number) for number in numbers)


def page_span(found: ExchangeRecord, words: CardTexts) -> str:
    """The page or pages an answer stands on, in words; nothing where a format has no pages."""
    if found.document.pages == 1 and found.document.format != PDF:
        return ""
    first, last = found.exchange.pages
    return (words.page if first == last else words.pages).format(first=first, last=last)


def _facts(found: ExchangeRecord, texts: Texts) -> list[str]:
    """The line above a card: kind and date of the document, fractie, askers."""
    exchange, document = found.exchange, found.document
    askers = exchange.askers or document.metadata.askers
    facts = [
        texts.kinds[document.kind],
        date_told(document, texts),
        exchange.party,
        texts.card.asked_by.format(askers=", ".join(askers)) if askers else "",
    ]
    return [fact for fact in facts if fact]


def _question_label(exchange: Exchange, words: CardTexts) -> str:
    label = words.question(max(1, len(exchange.numbers)))
    numbers = listed(exchange.numbers)
    return f"{label} {numbers}" if numbers else label
