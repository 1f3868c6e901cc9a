"""What became of each file in the queue, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.models import AddReport, Outcome
from ui.problems import explain, explain_cause
from ui.texts import Texts
from ui.uploads import Upload


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
    counts = progress.total > 1
    return Report(
        upload.name,
        "busy",
        words.stage_of.format(stage=stage, done=progress.done, total=progress.total)
        if counts
        else stage,
        fraction=progress.done / progress.total if counts else None,
    )


def _done(report: AddReport, texts: Texts) -> Report:
    words = texts.documents
    if report.outcome is Outcome.FAILED:
        problem = explain_cause(report.cause, texts)
        said = f"{words.outcomes[Outcome.FAILED]}. {problem.what}. {problem.remedy}."
        return Report(report.name, "failed", said)
    counted = [
        words.questions(report.questions),
        words.answers(report.exchanges),
        words.footnotes(report.footnotes),
        words.remarks(report.remarks),
        words.warnings(len(report.warnings)),
    ]
    facts = (texts.kinds[report.kind], *counted)
    return Report(report.name, "done", words.outcomes[report.outcome], facts, report.warnings)
