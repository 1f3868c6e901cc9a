"""The queue of files to add: one worker for the whole process, whatever visitors do meanwhile.

Indexing goes on when its keeper turns to another page or closes the browser, and everyone sees the
same queue. It knows the index, and nothing of the screen.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import RLock, Thread, current_thread

from index.indexing import Indexer
from index.models import AddReport, Progress
from pipeline.errors import KamerantwoordError

log = logging.getLogger(__name__)


class Interrupted(KamerantwoordError):
    """The worker ended before it came to this file."""

    def __init__(self) -> None:
        super().__init__("indexing", "was broken off", "see the log, then try again")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the queue: waiting, being worked on, reported on, or held up by an error.

    `stage_seconds` is how long its stage had taken when its progress was last told.
    """

    number: int
    name: str
    data: bytes = field(repr=False)
    progress: Progress | None = None
    stage_began: float = 0.0
    stage_seconds: float = 0.0
    report: AddReport | None = None
    held_up: KamerantwoordError | None = None

    @property
    def waits(self) -> bool:
        """Whether it is yet to be done and nothing holds it up."""
        return self.report is None and self.held_up is None

    @property
    def seconds_left(self) -> float | None:
        """How long its stage will still take at the pace so far; None while that cannot be said."""
        if self.progress is None or not self.progress.done or self.progress.total == 1:
            return None
        left = self.progress.total - self.progress.done
        return self.stage_seconds * left / self.progress.done

    def told(self, progress: Progress, now: float) -> Upload:
        """The file with the progress that it has made by now."""
        same = self.progress is not None and self.progress.stage is progress.stage
        began = self.stage_began if same else now
        seconds = now - began
        return replace(self, progress=progress, stage_began=began, stage_seconds=seconds)


class Uploads:
    """The queue; any thread may use it."""

    def __init__(self, indexer: Callable[[], Indexer]) -> None:
        self._indexer = indexer
        self._guard = RLock()
        self._queue: list[Upload] = []
        self._numbered = 0
        self._worker: Thread | None = None

    def queue(self) -> tuple[Upload, ...]:
        """All files since the reports were last cleared, in the order they came."""
        with self._guard:
            return tuple(self._queue)

    def busy(self) -> bool:
        """Whether a file waits or is being worked on."""
        return any(upload.waits for upload in self.queue())

    def add(self, files: list[tuple[str, bytes]]) -> None:
        """Queue files, each a name and its bytes, and see that they are worked on."""
        with self._guard:
            for name, data in files:
                self._numbered += 1
                self._queue.append(Upload(self._numbered, name, data))
            self._start()

    def retry(self) -> None:
        """Take up again what was held up."""
        with self._guard:
            self._queue = [replace(u, held_up=None, progress=None) for u in self._queue]
            self._start()

    def clear(self) -> None:
        """Forget the files that were reported on."""
        with self._guard:
            self._queue = [upload for upload in self._queue if upload.report is None]

    def _start(self) -> None:
        if self._worker is None:
            self._worker = Thread(target=self._work, name="uploads", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        """Take what waits, one by one; whatever ends this, no file is lost or left unexplained."""
        try:
            while (upload := self._next()) is not None:
                self._add(upload)
        finally:
            with self._guard:
                if self._worker is current_thread():  # it did not end by itself, in `_next`
                    self._worker = None
                    self._hold_up(Interrupted())

    def _next(self) -> Upload | None:
        """The first file that waits. With none the worker ends, under the same lock."""
        with self._guard:
            waiting = next((upload for upload in self._queue if upload.waits), None)
            if waiting is None:
                self._worker = None
            return waiting

    def _add(self, upload: Upload) -> None:
        try:
            report = self._indexer().add_bytes(
                upload.data,
                upload.name,
                lambda progress: self._tell(upload.number, progress),
            )
        except KamerantwoordError as error:  # what stops this file would stop the others too
            log.error("%s is held up: %s", upload.name, error, exc_info=error)
            self._hold_up(error)
        else:
            self._change(upload.number, report=report, data=b"", progress=None)

    def _tell(self, number: int, progress: Progress) -> None:
        now = time.monotonic()
        with self._guard:
            self._queue = [
                upload.told(progress, now) if upload.number == number else upload
                for upload in self._queue
            ]

    def _change(self, number: int, **changes: object) -> None:
        with self._guard:
            self._queue = [
                replace(upload, **changes) if upload.number == number else upload  # type: ignore[arg-type]
                for upload in self._queue
            ]

    def _hold_up(self, error: KamerantwoordError) -> None:
        with self._guard:
            self._queue = [
                replace(upload, held_up=error, progress=None) if upload.waits else upload
                for upload in self._queue
            ]
