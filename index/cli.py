"""The `kamerantwoord` command.

It turns arguments into calls and results into lines. It knows no SQL, no FAISS and no model; what
takes seconds to import is behind `Workshop`.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from index.cli_evaluation import evaluation
from index.cli_queue import queueing
from index.cli_upkeep import upkeep
from index.desk import Desk, add_all, end_with
from index.errors import UnfitFile
from index.printing import document_fields, hits_as_json, hits_as_text, one_line
from index.removing import remove_document
from index.stocktaking import take_stock
from index.sweeping import find_all
from index.terminal import OneLineErrors, keep_log, show_table
from pipeline.settings import Settings

app = typer.Typer(
    cls=OneLineErrors,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # boxes and colours would add a third to the time that --help takes
    context_settings={"max_content_width": 120},
)

MOST_HITS = 1_000


@app.callback()
def prepare(context: typer.Context) -> None:
    """Find what the Dutch cabinet answered."""
    context.obj = context.obj or Desk()
    keep_log(context.obj.settings.data)


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with files.")],
) -> None:
    """Add files, and the files in folders, to the index."""
    with context.obj.sweep() as sweep:
        result = add_all(sweep, find_all(paths))
    end_with(result)


@app.command("list")
def list_documents(context: typer.Context) -> None:
    """List the documents in the index."""
    with context.obj.store() as store, store.snapshot() as snapshot:
        unanswered = snapshot.unanswered()
        rows = [document_fields(each, unanswered.get(each.id, 0)) for each in snapshot.documents()]
    show_table(("id", "kind", "answers", "file", "title"), rows)


@app.command()
def remove(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
) -> None:
    """Remove a document from the index."""
    with context.obj.store() as store:
        remove_document(store, document_id)
    typer.echo(f"removed    {one_line(document_id)}")


@app.command()
def search(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="In Dutch, English, German or French.")],
    limit: Annotated[int, typer.Option(min=1, max=MOST_HITS, help="How many answers.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Search the answers that meet a question."""
    desk: Desk = context.obj
    with closing(desk.workshop.searcher(desk.settings)) as searcher:
        result = searcher.search(question, limit)
    typer.echo(hits_as_json(result) if as_json else hits_as_text(result))


@app.command()
def info(context: typer.Context) -> None:
    """Tell what is in the index, with which model, and how much room it takes."""
    settings: Settings = context.obj.settings
    stock = take_stock(settings) | {"model wanted": settings.model}
    for name, value in stock.items():
        typer.echo(f"{name + ':':<15}{value}")


@app.command()
def serve(context: typer.Context) -> None:
    """Open the page in which to search and to add documents."""
    settings: Settings = context.obj.settings
    page = find_spec("app")
    if page is None or page.origin is None:
        raise UnfitFile("app.py", "is not installed", "install Kamerantwoord again")
    address = ["--server.address", settings.host, "--server.port", str(settings.port)]
    command = [sys.executable, "-m", "streamlit", "run", page.origin, *address]
    os.execv(sys.executable, command)  # noqa: S606  # no shell; signals go to the page itself


app.add_typer(evaluation)
app.add_typer(upkeep)
app.add_typer(queueing)


def main() -> None:
    """The entry of the `kamerantwoord` command."""
    app()
