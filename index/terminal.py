"""The terminal itself: errors on one line, traces in a log file, progress bars and tables.

What is drawn is drawn by `drawing`, which is loaded only where there is a terminal to draw on. It
knows nothing of documents.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any

import typer
from typer.core import TyperGroup

from index.printing import one_line
from pipeline.errors import KamerantwoordError

LOG_NAME = "kamerantwoord.log"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Count = Callable[[str, float], None]  # hears what is being done, and how many are done

logger = logging.getLogger("kamerantwoord")


class OneLineErrors(TyperGroup):
    """Commands whose trouble is told on one line on stderr, with exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; the trace of what goes wrong is for the log alone."""
        try:
            return super().invoke(ctx)
        except KamerantwoordError as error:
            logger.info("Refused", exc_info=True)
            complain(str(error))
        except (typer.Exit, typer.Abort, BrokenPipeError, typer.BadParameter):
            raise
        except Exception as error:
            logger.exception("Unexpected trouble")
            complain(
                f"unexpected trouble ({error!r}); the trace is in {LOG_NAME} of the data folder"
            )
        raise typer.Exit(1)


def complain(problem: str) -> None:
    """One line on stderr."""
    typer.echo(f"kamerantwoord: {one_line(problem)}", err=True)


def keep_log(data: Path) -> None:
    """Sends the log to a file in the data folder, which is made when there is something to tell."""
    root = logging.getLogger()
    for former in [handler for handler in root.handlers if isinstance(handler, LateLog)]:
        root.removeHandler(former)
        former.close()
    handler = LateLog(data / LOG_NAME)
    handler.setFormatter(logging.Formatter(LOG_FORMAT))
    root.addHandler(handler)
    logger.setLevel(logging.INFO)


class LateLog(logging.FileHandler):
    """A log file that is opened at its first line, and left alone where it cannot be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a line, or nothing on a disk that is full or read-only."""
        with suppress(OSError):
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """A log that cannot be written must not end a command that can."""


@contextmanager
def counting(total: int) -> Iterator[Count]:
    """A progress bar on stderr, when that is a terminal, below the lines that are written."""
    if not sys.stderr.isatty():
        yield lambda doing, done: None  # noqa: ARG005  # there is nobody to watch it
        return
    from index.drawing import progress_bar  # noqa: PLC0415  # loading it takes as long as `list`

    with progress_bar(total) as count:
        yield lambda doing, done: count(one_line(doing), done)


@contextmanager
def stop_asked() -> Iterator[Event]:
    """Set at the first Ctrl-C, for a loop to end in its own time; the second one ends it at once."""
    asked = Event()

    def hear(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        complain("stopping after this document; press Ctrl-C again to stop at once")

    former = signal.signal(signal.SIGINT, hear)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, former)


def show_table(headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    """A table on a terminal; elsewhere a line a row, its fields parted by tabs and never cut."""
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(row))
        return
    from index.drawing import draw_table  # noqa: PLC0415  # loading it takes as long as `list`

    draw_table(headings, rows)
