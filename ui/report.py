"""What became of each file in the queue, in the words of the page."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from index.models import AddReport, Outcome
from ui.card import answers_told
from ui.problems import explain, explain_cause
from ui.texts import DocumentsTexts, Texts
from ui.uploads import Upload

LAST_STRETCH = 55  # seconds; from here on they are counted in fives


@dataclass(frozen=True, slots=True)
class Report:
    """One line of the queue. `fraction` is None unless the file is being worked on."""

    name: str
    state: str
    said: str
    facts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    fraction: float | None = None


def reports(queue: Iterable[Upload], texts: Texts) -> list[Report]:
    """A report on each file, in the order of the queue."""
    return [_report(upload, texts) for upload in queue]


def _report(upload: Upload, texts: Texts) -> Report:
    words = texts.documents
    if upload.report is not None:
        return _done(upload.report, texts)
    if upload.held_up is not None:
        problem = explain(upload.held_up, texts)
        return Report(upload.name, "held", f"{problem.what}. {problem.remedy}.")
    if (progress := upload.progress) is None:
        return Report(upload.name, "waits", words.waiting)
    stage = words.stages[progress.stage]
    if progress.total == 1:
        return Report(upload.name, "busy", stage)
    said = [words.stage_of.format(stage=stage, done=progress.done, total=progress.total)]
    if (seconds := upload.seconds_left) is not None:
        said.append(words.time_left.format(time=_about(seconds, words)))
    fraction = progress.done / progress.total
    return Report(upload.name, "busy", ", ".join(said), fraction=fraction)


def _about(seconds: float, words: DocumentsTexts) -> str:
    """A time as one tells it: minutes, or fives of seconds where it is less than one."""
    if seconds > LAST_STRETCH:
        return words.minutes(math.ceil(seconds / 60))
    return words.seconds(max(1, math.ceil(seconds / 5)) * 5)


def _done(report: AddReport, texts: Texts) -> Report:
    words = texts.documents
    if report.outcome is Outcome.FAILED:
        problem = explain_cause(report.cause, texts)
        said = f"{words.outcomes[Outcome.FAILED]}. {problem.what}. {problem.remedy}."
        return Report(report.name, "failed", said)
    if report.outcome in (Outcome.UNCHANGED, Outcome.DUPLICATE):  # nothing was read, or is kept
        return Report(report.name, "done", words.outcomes[report.outcome], (report.document_id,))
    counted = [
        words.questions(report.questions),
        *answers_told(report.exchanges - report.unanswered, report.unanswered, texts),
        words.footnotes(report.footnotes),
        words.remarks(report.remarks),
        words.warnings(len(report.warnings)),
    ]
    facts = (texts.kinds[report.kind], *counted)
    return Report(report.name, "done", words.outcomes[report.outcome], facts, report.warnings)
