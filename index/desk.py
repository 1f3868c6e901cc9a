"""What several commands do: open the index and add files with a line for each.

It prints; it decides nothing about documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import typer

from index.models import AddReport, Outcome, Progress, Stage
from index.opening import Workshop
from index.printing import report_line
from index.reports import Listener, unheard
from index.store import Store
from index.stores import open_store
from index.sweeping import Found, Sweep
from index.terminal import Count, complain, counting, stop_asked
from pipeline.settings import Settings, load_settings

INTERRUPTED = 130  # the exit code that shells expect of a command that was ended with Ctrl-C
MODEL_SHARE = 0.9  # of the time that a document takes, as the progress bar shows it


@dataclass(frozen=True, slots=True)
class Desk:
    """What the commands work with: the settings, and whoever opens the index."""

    workshop: Workshop = field(default_factory=Workshop)
    settings: Settings = field(default_factory=load_settings)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """What is kept, closed afterwards."""
        with closing(open_store(self.settings)) as store:
            yield store

    @contextmanager
    def sweep(self) -> Iterator[Sweep]:
        """A sweep that opens the model when the first new file comes."""
        with (
            self.store() as store,
            closing(self.workshop.sweep(self.settings, store)) as sweep,
        ):
            yield sweep


@dataclass(frozen=True, slots=True)
class Added:
    """The reports on the files that were looked at, and how many were not."""

    reports: tuple[AddReport, ...]
    left: int

    @property
    def clean(self) -> bool:
        """Whether every file was looked at and none failed."""
        return not self.left and not any(r.outcome is Outcome.FAILED for r in self.reports)


def add_all(sweep: Sweep, files: Sequence[Found]) -> Added:
    """Adds the files with a line for each, to the end or to the first Ctrl-C."""
    reports: list[AddReport] = []
    with counting(len(files)) as count, stop_asked() as stopping:
        for report in sweep.run(files, lambda file: _hear(count, file, len(reports))):
            show(report)
            reports.append(report)
            if stopping.is_set():
                break
        for report in sweep.run(sweep.overlooked(), lambda _: unheard):
            show(report)
    return Added(tuple(reports), len(files) - len(reports))


def end_with(added: Added) -> None:
    """Ends the command with the exit code that fits."""
    if added.left:
        total = added.left + len(added.reports)
        complain(f"stopped; {added.left} of {total} files were not looked at")
        raise typer.Exit(INTERRUPTED)
    if not added.clean:
        raise typer.Exit(1)


def show(report: AddReport) -> None:
    """One line on what became of a file; on stderr when it failed."""
    typer.echo(report_line(report), err=report.outcome is Outcome.FAILED)


def _hear(count: Count, file: Found, at: int) -> Listener:
    def hear(progress: Progress) -> None:
        done = progress.done / max(progress.total, 1) if progress.stage is Stage.EMBED else 0
        count(f"{progress.stage.value} {file.path.name}", at + MODEL_SHARE * done)

    count(file.path.name, at)
    return hear
