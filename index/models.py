"""What the index takes and gives.

These types do not know SQL, FAISS or the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pipeline.models import Exchange, Kind, Metadata


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document in the catalogue, without its text."""

    id: str
    name: str
    sha256: str
    format: str
    kind: Kind
    evidence: str
    metadata: Metadata
    pages: int
    exchanges: int
    remarks: int
    warnings: tuple[str, ...]
    added_at: datetime


@dataclass(frozen=True, slots=True)
class ExchangeRecord:
    """An exchange in the catalogue, with its permanent id and its document."""

    id: str
    document: DocumentRecord
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a hit must be; an empty field lets everything through."""

    kinds: tuple[Kind, ...] = ()
    parties: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An exchange near the question, and the answers it points to.

    `similarity` is the cosine of its best passage, higher is closer. `relevance` is the probability
    that it meets the question, from 0 to 1. `highlights` are the sentences of its answer that do, as
    they are written, best first; at most three, and none where hardly anything meets it.
    """

    rank: int
    found: ExchangeRecord
    similarity: float
    relevance: float
    highlights: tuple[str, ...]
    referred: tuple[ExchangeRecord, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits for a question, best first, and how long each step took in seconds.

    `answered` says whether any of them is likely enough to meet the question.
    """

    question: str
    hits: tuple[Hit, ...]
    answered: bool
    generation: int
    seconds: dict[str, float]


class Stage(StrEnum):
    """What is being done to a document that is added."""

    READ = "read"
    PARSE = "parse"
    EMBED = "embed"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come: `done` of `total` passages for `embed`, else 0 or 1 of 1."""

    stage: Stage
    done: int
    total: int


class Outcome(StrEnum):
    """What became of a file that was added."""

    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AddReport:
    """What became of one file and what was understood of it."""

    name: str
    outcome: Outcome
    document_id: str = ""
    kind: Kind = Kind.OTHER
    exchanges: int = 0
    unanswered: int = 0  # of the exchanges
    questions: int = 0
    footnotes: int = 0
    remarks: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()
    problem: str = ""
    cause: str = ""  # the name of the error, for whoever says it in another language


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild embedded anew; `resumed` exchanges had been done by an earlier attempt."""

    exchanges: int
    passages: int
    resumed: int
