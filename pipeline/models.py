"""The types that flow through the pipeline, one for each stage.

They are plain frozen values. They do not know how they are stored, ranked or shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

PARAGRAPH_BREAK = "\n\n"
PARTY_BREAK = ", "
"""Parts the fracties in the `party` of an exchange that members of several asked for."""


class Kind(StrEnum):
    """What sort of parliamentary document a file is."""

    SCHRIFTELIJK_OVERLEG = "schriftelijk_overleg"
    KAMERVRAGEN = "kamervragen"
    LIJST_VAN_VRAGEN = "lijst_van_vragen"
    NOTA = "nota"
    BRIEF = "brief"
    OTHER = "other"


class Part(StrEnum):
    """The side of an exchange that a text belongs to."""

    QUESTION = "question"
    ANSWER = "answer"


class Style(StrEnum):
    """What the source says a paragraph is, where it says so."""

    BODY = "body"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, with the offset in its paragraph's text where its marker stood."""

    label: str
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text without marker digits, the page it begins on, and its notes.

    `emphasised` is true when the source sets the whole paragraph in bold or italics.
    """

    text: str
    page: int
    last_page: int
    footnotes: tuple[Footnote, ...] = ()
    style: Style = Style.BODY
    emphasised: bool = False

    def cut(self, start: int, end: int | None = None) -> Paragraph:
        """The stretch from `start` to `end`, stripped, with the notes that fall in it."""
        end = len(self.text) if end is None else end
        stretch = self.text[start:end]
        start += len(stretch) - len(stretch.lstrip())
        stretch = stretch.strip()
        kept = tuple(
            replace(note, offset=min(note.offset - start, len(stretch)))
            for note in self.footnotes
            if start <= note.offset <= end and (note.offset > start or start == 0)
        )
        return Paragraph(stretch, self.page, self.last_page, kept, self.style, self.emphasised)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number in the file, counted from 1, and the paragraphs that begin on it."""

    number: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """What the format itself states about the document; empty where it states nothing."""

    title: str = ""
    official_id: str = ""
    dossier: str = ""
    case_number: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: pages of paragraphs, free of page furniture."""

    name: str
    sha256: str
    format: str
    pages: tuple[Page, ...]
    declared: Declared = Declared()
    warnings: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All paragraphs in reading order."""
        return tuple(paragraph for page in self.pages for paragraph in page.paragraphs)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to another paper as it is written; `url` is empty when it is malformed.

    `target` is the paper's id, or `ah-tk-20232024-1121.3` for its answer to question 3.
    """

    text: str
    target: str
    url: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One answer with the question or questions it answers: what is found and shown.

    `key` is unique within its document. An empty `answer` means that none was given yet; an empty
    `question` that the answer stands by itself, as in a letter.
    """

    key: str
    numbers: tuple[int, ...]
    section: str
    party: str
    askers: tuple[str, ...]
    respondent: str
    ministry: str
    question_paragraphs: tuple[Paragraph, ...]
    answer_paragraphs: tuple[Paragraph, ...]
    citations: tuple[Citation, ...]
    refers_to: tuple[int, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """The fracties of `party`, each by itself."""
        return tuple(filter(None, self.party.split(PARTY_BREAK)))

    @property
    def question(self) -> str:
        """The questions, paragraphs parted by a blank line."""
        return joined(self.question_paragraphs)

    @property
    def answer(self) -> str:
        """The answer, paragraphs parted by a blank line."""
        return joined(self.answer_paragraphs)

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The notes of question and answer in order; offsets count within their paragraph."""
        paragraphs = self.question_paragraphs + self.answer_paragraphs
        return tuple(note for paragraph in paragraphs for note in paragraph.footnotes)

    @property
    def pages(self) -> tuple[int, int]:
        """The first and last page the exchange stands on."""
        paragraphs = self.question_paragraphs + self.answer_paragraphs
        return min(p.page for p in paragraphs), max(p.last_page for p in paragraphs)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a fractie said and nobody answered."""

    party: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The remark, paragraphs parted by a blank line."""
        return joined(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Who asked whom what and when; empty or None where the document does not say."""

    title: str = ""
    official_id: str = ""
    dossier: str = ""
    case_number: str = ""
    committee: str = ""
    ministers: tuple[str, ...] = ()
    askers: tuple[str, ...] = ()
    respondent: str = ""
    asked_on: date | None = None
    answered_on: date | None = None
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document understood: its kind and why, its metadata, exchanges and remarks.

    `id` is the official id in lower case, or else a slug of the file name.
    """

    id: str
    document: Document
    kind: Kind
    evidence: str
    metadata: Metadata
    exchanges: tuple[Exchange, ...]
    remarks: tuple[Remark, ...]
    warnings: tuple[str, ...]

    def answer_id(self, exchange: Exchange) -> str:
        """The id that permalinks use; it survives re-indexing."""
        return f"{self.id}.{exchange.key}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one part of an exchange that fits the model."""

    exchange_key: str
    part: Part
    position: int
    text: str
    pages: tuple[int, int]


def joined(paragraphs: Iterable[Paragraph]) -> str:
    """The texts of the paragraphs, parted by a blank line."""
    return PARAGRAPH_BREAK.join(paragraph.text for paragraph in paragraphs)
