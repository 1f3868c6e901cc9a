"""The commands with which many machines add documents to one server: enqueue, work, queue.

They are part of the `kamerantwoord` command and, like it, only turn arguments into calls.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from index.desk import Desk, show
from index.files import printable, read_file
from index.printing import one_line
from index.reports import BAD_FILE, failure_report
from index.stores import open_queue, run_worker
from index.sweeping import find_all

queueing = typer.Typer()


@queueing.command()
def enqueue(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with files.")],
) -> None:
    """Have files wait on the server for whichever `work` has time."""
    desk: Desk = context.obj
    failed = False
    with closing(open_queue(desk.settings)) as queue:
        for found in find_all(paths):
            report = found.report
            try:
                data = b"" if report else read_file(found.path, desk.settings.max_megabytes)
            except BAD_FILE as error:
                report = failure_report(printable(str(found.path)), error)
            if report:
                show(report)
                failed = True
                continue
            put = queue.put(data, found.path.name)
            typer.echo(f"{'enqueued' if put else 'waiting':<11}{one_line(found.path.name)}")
    if failed:
        raise typer.Exit(1)


@queueing.command()
def work(
    context: typer.Context,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="End when no file waits any more.")
    ] = False,
) -> None:
    """Add files that wait on the server, until Ctrl-C; any number of machines may do so."""
    desk: Desk = context.obj
    with closing(desk.workshop.indexer(desk.settings)) as indexer:
        run_worker(desk.settings, indexer, show, until_empty=until_empty)


@queueing.command("queue")
def list_queue(context: typer.Context) -> None:
    """List the files that wait on the server, and those that could not be added."""
    desk: Desk = context.obj
    with closing(open_queue(desk.settings)) as queue:
        for waiting in queue.waiting():
            state = "failed" if waiting.problem else "waiting"
            told = f"{waiting.name}: {waiting.problem}" if waiting.problem else waiting.name
            typer.echo(f"{state:<11}{one_line(told)}")
