"""The process that reads and parses documents for an indexer, and may die of a hostile one.

It is started by `index.parser` and talks to it over one pipe: bytes and a name come in, a `Parsed`
or an error goes back. It limits its own memory; its time is kept by whoever waits for it, and by an
alarm for when nobody does any more. It knows no index.
"""

from __future__ import annotations

import resource
import signal
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from pipeline.errors import UnreadableDocument
from pipeline.layouts import parse
from pipeline.models import Parsed
from pipeline.reading import Limits, read_document

MEGABYTE = 1_000_000
READY = "ready"  # the first thing that is said: a start takes time that no document is to blame for
GRACE = 5  # seconds after its time in which whoever waits may end it in a better way


@dataclass(frozen=True, slots=True)
class Task:
    """One file to parse, and what it may cost."""

    data: bytes
    name: str
    limits: Limits
    seconds: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An UnreadableDocument in its parts, for an exception does not travel whole."""

    error: type[UnreadableDocument]
    subject: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """The memory did not suffice."""


@dataclass(frozen=True, slots=True)
class Stumble:
    """A mistake of ours that a document brought to light."""

    error: str
    trace: str


Answer = Parsed | Refusal | Exhausted | Stumble


def main(descriptor: int, megabytes: int) -> None:
    """Serves the pipe behind the descriptor within this much memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the indexer to obey
    limit_memory(megabytes)
    serve(Connection(descriptor))


def serve(pipe: Connection) -> None:
    """Answers tasks until the other side hangs up."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(READY)
        while True:
            task: Task = pipe.recv()
            signal.alarm(task.seconds + GRACE)
            pipe.send(answer(task))
            signal.alarm(0)


def answer(task: Task) -> Answer:
    """What comes of one task; nothing that a document can provoke escapes."""
    try:
        return parse(read_document(task.data, task.name, task.limits))
    except UnreadableDocument as error:
        return Refusal(type(error), error.subject, error.problem, error.remedy)
    except MemoryError:
        return Exhausted()
    except Exception as error:  # noqa: BLE001  # it is told in full to whoever waits
        return Stumble(repr(error), traceback.format_exc())


def limit_memory(megabytes: int) -> None:
    """Lets no allocation go beyond the limit, where the system can hold to it."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))
