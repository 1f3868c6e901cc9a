"""What is told about a file that was added or could not be.

It makes reports; it neither adds files nor prints anything.
"""

from __future__ import annotations

from collections.abc import Callable

from index.errors import ContradictoryDocument, LostOriginal, UnfitFile
from index.models import AddReport, Outcome, Progress
from pipeline.errors import MissingPath, UnreadableDocument
from pipeline.models import Parsed

Listener = Callable[[Progress], None]

# Trouble with one file; the next one may be fine. All other errors would meet every file.
BAD_FILE = (UnreadableDocument, ContradictoryDocument, UnfitFile, MissingPath)


def unheard(progress: Progress) -> None:
    """Listens to no progress."""


def failure_report(
    name: str,
    error: UnreadableDocument | ContradictoryDocument | UnfitFile | MissingPath | LostOriginal,
) -> AddReport:
    """The report on a file that could not be added."""
    problem = f"{error.problem}; {error.remedy}"
    return AddReport(name, Outcome.FAILED, problem=problem, cause=type(error).__name__)


def success_report(parsed: Parsed, passages: int, outcome: Outcome) -> AddReport:
    """The report on a document that was kept, with what was understood of it."""
    return AddReport(
        name=parsed.document.name,
        outcome=outcome,
        document_id=parsed.id,
        kind=parsed.kind,
        exchanges=len(parsed.exchanges),
        unanswered=sum(not exchange.answer_paragraphs for exchange in parsed.exchanges),
        questions=sum(max(1, len(e.numbers)) for e in parsed.exchanges if e.question_paragraphs),
        footnotes=sum(len(exchange.footnotes) for exchange in parsed.exchanges),
        remarks=len(parsed.remarks),
        passages=passages,
        warnings=parsed.warnings,
    )
