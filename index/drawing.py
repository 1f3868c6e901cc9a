"""Progress bars and tables as rich draws them on a terminal.

It knows nothing of documents, and not whether there is a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[str, float], None]]:
    """A bar on stderr below the lines that are written; it hears what is done and how much."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    ) as bar:
        task = bar.add_task("", total=total)
        yield lambda doing, done: bar.update(task, description=doing, completed=done)


def draw_table(headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    """A table on stdout; no field is read as markup."""
    table = Table(*headings)
    for row in rows:
        table.add_row(*(Text(field) for field in row))
    Console().print(table)
