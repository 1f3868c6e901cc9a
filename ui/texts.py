"""Everything the page says, as one type that each language fills in.

It does not know when a text is shown. No text holds anything from a document: those are shown
beside these texts, escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index.models import Outcome
from index.strength import Strength
from pipeline.models import Kind
from ui.address import Order


@dataclass(frozen=True, slots=True)
class Plural:
    """A text about a number, with its form for one and its form for any other."""

    one: str
    many: str

    def __call__(self, number: int, **more: object) -> str:
        """The form that fits the number, with `{n}` and whatever else it names filled in."""
        form = self.one if number == 1 else self.many
        return form.format(n=number, **more)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and what helps, as the reader of the page is told."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class SearchTexts:
    """The page where a question is asked."""

    title: str
    heading: str
    introduction: str
    label: str
    hint: str
    button: str
    examples: str
    empty_index: str
    to_documents: str
    found: Plural
    found_grouped: Plural
    found_most: Plural
    found_most_grouped: Plural
    nothing: str
    nothing_hint: str
    related: str
    nothing_chosen: str
    wider: str
    narrower: str
    previous: str
    next: str
    page_of: str
    group_of: Plural
    export_csv: str
    export_json: str


@dataclass(frozen=True, slots=True)
class FilterTexts:
    """What one can choose among the hits, and how they are sorted."""

    title: str
    title_active: Plural
    traits: Mapping[str, str]
    option: str
    choose: str
    clear: str
    order: str
    orders: Mapping[Order, str]
    grouped: str


@dataclass(frozen=True, slots=True)
class SourceTexts:
    """A page of the document an answer stands in."""

    open: str
    title: str
    page_of: str
    previous: str
    next: str
    download: str
    picture: str
    marked: str
    unmarked: str
    not_drawn: str


@dataclass(frozen=True, slots=True)
class DocumentTexts:
    """One document with its exchanges."""

    open: str
    title: str
    back: str
    contents: str
    no_party: str
    remarks: str
    remark_of: str
    remark: str
    details: str
    fields: Mapping[str, str]
    fits: str
    none_given: str
    unanswered: Plural


@dataclass(frozen=True, slots=True)
class CardTexts:
    """One answer."""

    question: Plural
    questions_by: str
    read_question: str
    answer_by: str
    cabinet: str
    office: str
    answer: str
    respondent_unknown: str
    unanswered: str
    asked_by: str
    page: str
    pages: str
    footnote: str
    footnotes: str
    citations: str
    malformed: str
    refers_to: Plural
    read_more: str
    read_less: str
    permalink: str
    new_window: str
    cite: str
    cite_plain: str
    cite_bibtex: str
    fits_question: str
    strengths: Mapping[Strength, str]
    strengths_title: str
    strengths_meaning: Mapping[Strength, str]
    strengths_marks: str
    mark_begins: str
    mark_ends: str
    marks_further_on: str


@dataclass(frozen=True, slots=True)
class DocumentsTexts:
    """The page where documents are added and removed."""

    title: str
    introduction: str
    choose: str
    choose_hint: str
    add: str
    nothing_chosen: str
    progress: str
    waiting: str
    stages: Mapping[str, str]
    stage_of: str
    report: str
    clear_report: str
    outcomes: Mapping[Outcome, str]
    answers: Plural
    questions: Plural
    footnotes: Plural
    remarks: Plural
    warnings: Plural
    pages: Plural
    collection: Plural
    collection_empty: str
    remove: str
    remove_title: str
    remove_confirm: str
    remove_yes: str
    remove_no: str
    removed: str
    retry: str
    find: str
    find_hint: str
    not_found: str
    too_many: str
    time_left: str
    minutes: Plural
    seconds: Plural


@dataclass(frozen=True, slots=True)
class KeeperTexts:
    """The door of the page where documents are added and removed."""

    introduction: str
    field: str
    enter: str
    wrong: str
    wait: Plural
    elsewhere: Problem
    log_in: str
    log_in_with: str
    logged_in_as: str
    refusals: Mapping[str, Problem]
    bad_accounts: Problem
    leave: str


@dataclass(frozen=True, slots=True)
class HealthTexts:
    """How the index is doing."""

    title: str
    numbers: Mapping[str, str]
    sound: str
    unsound: str
    check: str
    rebuild: str
    rebuilding: str
    rebuilt: Plural
    by_party: str
    by_month: str
    others: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts in one language."""

    language: str
    months: tuple[str, ...]
    day: str
    adopted: str
    asked: str
    kinds: Mapping[Kind, str]
    search: SearchTexts
    filters: FilterTexts
    card: CardTexts
    source: SourceTexts
    document: DocumentTexts
    documents: DocumentsTexts
    keeper: KeeperTexts
    health: HealthTexts
    other_language: str
    unexpected: Problem
    problems: Mapping[str, Problem]

    def date(self, day: date) -> str:
        """A date in words."""
        return self.day.format(day=day.day, month=self.months[day.month - 1], year=day.year)
