"""The commands that keep an index in order over the years: sync, watch, rebuild, export, doctor.

They are part of the `kamerantwoord` command and, like it, only turn arguments into calls.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.desk import Added, Desk, add_all, end_with, show
from index.errors import UnfitFile, UnsettledFile
from index.exporting import export
from index.files import printable
from index.findings import Finding, Health
from index.models import AddReport, Outcome
from index.moving import counts_of, move_all
from index.printing import one_line
from index.reports import Listener, unheard
from index.stores import open_other
from index.sweeping import Found, Sweep, find_all
from index.syncing import prune
from index.terminal import complain, counting, stop_asked
from pipeline.errors import MissingPath

if TYPE_CHECKING:  # for its type alone: it watches through a library that is slow to load
    from index.watching import Watch

upkeep = typer.Typer()

Folder = Annotated[Path, typer.Argument(help="A folder with documents.")]
Prune = Annotated[bool, typer.Option("--prune", help="Remove documents that are not there.")]

# A file that goes or grows while it is looked at; the watch hears of it again.
PASSING = {UnsettledFile.__name__, MissingPath.__name__}


@upkeep.command()
def sync(context: typer.Context, folder: Folder, with_prune: Prune = False) -> None:
    """Make the index equal to a folder; remove nothing without --prune, or after a failure."""
    desk: Desk = context.obj
    check_folder(folder)
    with desk.sweep() as sweep:
        added = add_all(sweep, find_all([folder]))
        if with_prune and added.clean:
            added = Added(added.reports + _prune(desk, sweep), 0)
        elif with_prune:
            complain("nothing was removed, because not every file could be added")
    end_with(added)


@upkeep.command()
def watch(context: typer.Context, folder: Folder, with_prune: Prune = False) -> None:
    """Keep the index equal to a folder, until Ctrl-C."""
    desk: Desk = context.obj
    check_folder(folder)
    watched = desk.workshop.watch(folder)
    failing: set[Path] = set()
    with desk.sweep() as sweep, watched.listening(), stop_asked() as stopping:
        typer.echo(f"watching   {printable(str(folder))}")
        while not stopping.is_set():
            files = watched.changed_files()
            for file, report in zip(files, sweep.run(files, _unwatched), strict=True):
                _show_change(watched, file, report, failing)
                if stopping.is_set():
                    return
            again = sweep.overlooked()
            for file, report in zip(again, sweep.run(again, _unwatched), strict=True):
                _show_change(watched, file, report, failing)
            failing = {path for path in failing if path.exists()}
            if with_prune and watched.complete and not failing:
                _prune(desk, sweep)
            watched.wait(stopping)


@upkeep.command()
def rebuild(
    context: typer.Context,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read every original again, as after an upgrade.")
    ] = False,
) -> None:
    """Embed everything anew, as after a change of model; a second run goes on with the first."""
    desk: Desk = context.obj
    if reread:
        end_with(_reread(desk))
        return
    with (
        closing(desk.workshop.indexer(desk.settings, any_model=True)) as indexer,
        counting(1) as count,
    ):
        report = indexer.rebuild(lambda done, total: count("embed", done / max(total, 1)))
    resumed = f", {report.resumed} of them before" if report.resumed else ""
    typer.echo(f"rebuilt    {report.exchanges} answers{resumed}, {report.passages} passages")


@upkeep.command("export")
def export_all(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new or an empty folder.")],
) -> None:
    """Write all originals, and what was understood of them, to a folder."""
    desk: Desk = context.obj
    lost = 0
    with desk.store() as store:
        for exported in export(store, folder):
            if exported.lost:
                complain(str(exported.lost))
                lost += 1
            else:
                typer.echo(f"exported   {one_line(exported.name)}")
    if lost:
        raise typer.Exit(1)


@upkeep.command("migrate-to")
def migrate_to(
    context: typer.Context,
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help="postgresql://user@host/database, or a folder.")
    ],
) -> None:
    """Copy all that is kept to a server or a folder; a second run goes on with the first."""
    desk: Desk = context.obj
    copied = resumed = lost = 0
    with desk.store() as source, closing(open_other(desk.settings, place)) as target:
        for moved in move_all(source, target):
            copied, resumed = copied + 1, resumed + moved.resumed
            if moved.lost:
                complain(str(moved.lost))
                lost += 1
        total = ", ".join(f"{count} {name}" for name, count in counts_of(target).items())
        name = target.name
    before = f", {resumed} of them before" if resumed else ""
    typer.echo(f"migrated   {copied} documents{before}; {one_line(name)} keeps {total}")
    if lost:
        raise typer.Exit(1)


@upkeep.command()
def doctor(context: typer.Context) -> None:
    """Check everything that is kept, repair what can be made again, and name what is lost."""
    desk: Desk = context.obj
    findings: list[Finding] = []
    for finding in desk.workshop.examine(desk.settings):
        troubled = finding.health in (Health.LOST, Health.UNSOLVED)
        typer.echo(f"{finding.health.value:<11}{one_line(finding.told)}", err=troubled)
        findings.append(finding)
    if any(finding.health in (Health.LOST, Health.UNSOLVED) for finding in findings):
        raise typer.Exit(1)


def check_folder(folder: Path) -> None:
    """Raises MissingPath or UnfitFile when this is no folder."""
    if not folder.exists():
        raise MissingPath(printable(str(folder)))
    if not folder.is_dir():
        raise UnfitFile(printable(str(folder)), "is no folder", "give the folder that it is in")


def _reread(desk: Desk) -> Added:
    """Reads the original of every document again, with a line for each."""
    reports: list[AddReport] = []
    with (
        desk.store() as store,
        closing(desk.workshop.indexer(desk.settings)) as indexer,
        stop_asked() as stopping,
    ):
        documents = store.documents()
        for record in documents:
            report = desk.workshop.read_again(indexer, store.original, record.sha256, record.name)
            show(report)
            reports.append(report)
            if stopping.is_set():
                break
    return Added(tuple(reports), len(documents) - len(reports))


def _unwatched(found: Found) -> Listener:  # noqa: ARG001
    return unheard


def _show_change(watched: Watch, file: Found, report: AddReport, failing: set[Path]) -> None:
    if report.cause in PASSING:
        watched.forget(file.path)
        return
    if report.outcome is not Outcome.UNCHANGED:
        show(report)
    if report.outcome is Outcome.FAILED:
        failing.add(file.path)
    else:
        failing.discard(file.path)


def _prune(desk: Desk, sweep: Sweep) -> tuple[AddReport, ...]:
    """Removes what is not in the folder; returns the reports on files that were read again."""
    reports: list[AddReport] = []
    with desk.store() as store:
        for done in prune(store, sweep):
            if isinstance(done, AddReport):
                show(done)
                reports.append(done)
            else:
                typer.echo(f"removed    {one_line(done.document_id)}")
    return tuple(reports)
