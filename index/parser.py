"""Reads and parses documents in a child process, so that a hostile one can be ended.

It knows the child's time and memory, and what to say when they do not suffice. It does not know
what is in a document.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from signal import Signals
from weakref import finalize

from index.errors import CostlyDocument, MisunderstoodDocument, ParserUnavailable
from index.files import MEGABYTE
from index.parser_process import READY, Answer, Exhausted, Refusal, Stumble, Task
from pipeline.errors import KamerantwoordError
from pipeline.models import Parsed
from pipeline.reading import Limits
from pipeline.settings import Settings

logger = logging.getLogger(__name__)

CHILD = "from index.parser_process import main; main({}, {})"
ROOT = str(Path(__file__).parents[1])
# For starting a child, which takes half a second of processor time: on a machine that has little to
# spare a minute by the clock, and no document is to blame for it. Only one that hangs is given up.
START_SECONDS = 300
DOCUMENTS_A_CHILD = 500  # then a fresh one takes over, so that no leak of a library adds up


class Parser:
    """Parses one document at a time, in the order they are handed in; any thread may use it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._limits = Limits(settings.max_megabytes * MEGABYTE, settings.max_pages)
        self._child = Child(settings.parse_megabytes)
        self._line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="parser")
        finalize(self, self._child.end)

    def submit(self, data: bytes, name: str) -> Future[Parsed]:
        """The document understood, some time; or its UnreadableDocument."""
        return self._line.submit(self._parse, data, name)

    def close(self) -> None:
        """Ends the child, also in the middle of a document."""
        self._line.shutdown(wait=False, cancel_futures=True)
        self._child.end()

    def _parse(self, data: bytes, name: str) -> Parsed:
        task = Task(data, name, self._limits, self._settings.parse_seconds)
        try:
            answer = self._child.ask(task)
        except TimeoutError:
            detail = f"it is not read within {task.seconds} s"
            raise CostlyDocument(name, detail) from None
        except ChildProcessError as error:
            raise CostlyDocument(name, str(error)) from None
        return _understood(answer, name, self._settings.parse_megabytes)


@dataclass(slots=True)
class Running:
    """A child process, our end of the pipe to it, and how often it was asked."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    asked: int = 0


class Child:
    """The child process, started when it is needed and again when it was ended."""

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._running: Running | None = None

    def ask(self, task: Task) -> Answer:
        """The child's answer; raises TimeoutError, or ChildProcessError when it died of the task."""
        running = self._start()
        try:
            running.pipe.send(task)
            if not running.pipe.poll(task.seconds):
                raise TimeoutError
            answer: Answer = pickle.loads(self._receive(running))  # noqa: S301  # from our child
        except TimeoutError:
            self.end()
            raise
        except (EOFError, OSError) as error:
            raise ChildProcessError(f"reading it was ended by {self.end()}") from error
        if isinstance(answer, Exhausted | Stumble) or running.asked >= DOCUMENTS_A_CHILD:
            self.end()
        return answer

    def end(self) -> str:
        """Ends the child, if there is one; returns how it came to its end, in words."""
        running, self._running = self._running, None
        if running is None:
            return "the indexer"
        code = running.process.poll()
        running.process.kill()
        running.process.wait()
        running.pipe.close()
        return Signals(-code).name if code is not None and code < 0 else f"exit code {code}"

    def _receive(self, running: Running) -> bytes:
        return running.pipe.recv_bytes(self._megabytes * MEGABYTE)

    def _start(self) -> Running:
        if self._running is not None and self._running.process.poll() is not None:
            self.end()
        if self._running is None:
            self._running = self._started()
        self._running.asked += 1
        return self._running

    def _started(self) -> Running:
        ours, theirs = Pipe()
        try:
            running = Running(_spawn(theirs, self._megabytes), ours)
        except OSError as error:
            raise ParserUnavailable(str(error)) from error
        theirs.close()
        problem = f"it is not ready after {START_SECONDS} s"
        try:
            if ours.poll(START_SECONDS) and ours.recv() == READY:
                return running
        except EOFError:
            problem = "it ended before it was ready"
        running.process.kill()
        code = running.process.wait()
        ours.close()
        raise ParserUnavailable(f"{problem}; exit code {code}")


def _spawn(pipe: Connection, megabytes: int) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, (ROOT, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-c", CHILD.format(pipe.fileno(), megabytes)],
        pass_fds=[pipe.fileno()],
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # libraries grumble there about documents that they can read
    )


def _understood(answer: Answer, name: str, megabytes: int) -> Parsed:
    match answer:
        case Parsed():
            return answer
        case Exhausted():
            raise CostlyDocument(name, f"reading it takes more than {megabytes} MB of memory")
        case Stumble():
            logger.error("Parsing %s went wrong\n%s", name, answer.trace)
            raise MisunderstoodDocument(name, answer.error)
        case Refusal():
            error = answer.error.__new__(answer.error)
            KamerantwoordError.__init__(error, answer.subject, answer.problem, answer.remedy)
            raise error
