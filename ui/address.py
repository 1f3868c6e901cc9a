"""What the address bar says: every state of the page that can be shared or gone back to.

It does not know the page. Whatever an address holds that means nothing is left out in silence,
because a shared link that is half right must still work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from index.models import SearchFilter
from pipeline.models import Kind

QUESTION = "vraag"
ANSWER = "answer"
LANGUAGE = "taal"
ORDER, GROUPED, WIDE, PAGE = "volgorde", "groep", "ruim", "pagina"
SOURCE, LEAF = "bron", "blad"

LANGUAGES = ("nl", "en")
YES = "ja"

MAX_QUESTION = 2_000  # characters; a longer one is a document, and no model reads it whole
MAX_NUMBER = 9_999  # of a page; more is a typing error


class Order(StrEnum):
    """How hits are sorted."""

    RELEVANCE = "relevantie"
    NEWEST = "nieuwste"
    OLDEST = "oudste"


@dataclass(frozen=True, slots=True)
class Choice:
    """What hits must be; an empty field lets everything through. Its fields name parameters."""

    soort: tuple[str, ...] = ()
    fractie: tuple[str, ...] = ()
    bewindspersoon: tuple[str, ...] = ()
    jaar: tuple[str, ...] = ()
    document: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def as_filter(self) -> SearchFilter:
        """The nearest that the index can select by; years that lie apart are taken as a period."""
        years = sorted(year for year in map(_number, self.jaar) if year)
        return SearchFilter(
            kinds=tuple(Kind(kind) for kind in self.soort if kind in set(Kind)),
            parties=self.fractie,
            respondents=self.bewindspersoon,
            document_ids=self.document,
            since=date(years[0], 1, 1) if years else None,
            until=date(years[-1], 12, 31) if years else None,
        )


@dataclass(frozen=True, slots=True)
class View:
    """The state of the page."""

    question: str = ""
    answer: str = ""
    choice: Choice = Choice()
    order: Order = Order.RELEVANCE
    grouped: bool = False
    wide: bool = False
    page: int = 1
    source: str = ""
    leaf: int = 0
    language: str = LANGUAGES[0]

    def asking(self, question: str) -> View:
        """The view after asking something else: how it is sorted stays, what it chose does not."""
        return View(
            question=question.strip()[:MAX_QUESTION],
            order=self.order,
            grouped=self.grouped,
            language=self.language,
        )

    def choosing(self, choice: Choice) -> View:
        """The view of other hits to the same question."""
        return replace(self, choice=choice, wide=False, page=1, source="", leaf=0)

    def of_answer(self, answer_id: str) -> View:
        """The view of one answer by itself."""
        return View(answer=answer_id, language=self.language)

    def of_document(self, document_id: str) -> View:
        """The view of a whole document, that still knows what was asked."""
        chosen = Choice(document=(document_id,))
        return View(self.question, choice=chosen, language=self.language)

    def with_source(self, answer_id: str, leaf: int) -> View:
        """The view with a page of the source of an answer beside it, or none."""
        return replace(self, source=answer_id, leaf=leaf)


Params = Mapping[str, Sequence[str]]


def read_address(params: Params) -> View:
    """The view that the parameters of an address describe."""

    def one(key: str) -> str:
        return params[key][0].strip() if params.get(key) else ""

    answer, order, language = one(ANSWER), one(ORDER), one(LANGUAGE)
    source = one(SOURCE)
    choice = {
        field.name: tuple(dict.fromkeys(value for value in params.get(field.name, ()) if value))
        for field in fields(Choice)
    }
    return View(
        question="" if answer else one(QUESTION)[:MAX_QUESTION],
        answer=answer,
        choice=Choice() if answer else Choice(**choice),
        order=Order(order) if order in set(Order) else Order.RELEVANCE,
        grouped=one(GROUPED) == YES,
        wide=one(WIDE) == YES,
        page=_number(one(PAGE)) or 1,
        source=source,
        leaf=_number(one(LEAF)) if source else 0,
        language=language if language in LANGUAGES else LANGUAGES[0],
    )


def write_address(view: View) -> dict[str, list[str]]:
    """The parameters that describe the view; what is as usual is left out."""
    usual = View()
    params = {
        QUESTION: [view.question],
        ANSWER: [view.answer],
        **{field.name: list(getattr(view.choice, field.name)) for field in fields(Choice)},
        ORDER: [view.order.value] if view.order is not usual.order else [],
        GROUPED: [YES] if view.grouped else [],
        WIDE: [YES] if view.wide else [],
        PAGE: [str(view.page)] if view.page != usual.page else [],
        SOURCE: [view.source],
        LEAF: [str(view.leaf)] if view.leaf else [],
        LANGUAGE: [view.language] if view.language != usual.language else [],
    }
    return {key: values for key, values in params.items() if any(values)}


def _number(text: str) -> int:
    """A page number, or 0 where the text is none."""
    number = int(text) if text.isdecimal() and len(text) <= len(str(MAX_NUMBER)) else 0
    return number if number <= MAX_NUMBER else 0
