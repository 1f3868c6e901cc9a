"""Waits for the files of a folder to change and come to rest.

It tells when to look and which files are new since the last look; it adds nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from watchdog.events import FileOpenedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from index.sweeping import Found, find_all

SETTLE_SECONDS = 2.0  # a file that was not written to for so long is taken as complete
LOOK_SECONDS = 0.2  # between two looks whether something happened or an end was asked


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file is written: its identity, size and time of change."""

    inode: int
    size: int
    changed: int


class Watch:
    """One folder, and what was seen of its files."""

    def __init__(self, folder: Path, settle: float = SETTLE_SECONDS) -> None:
        self._folder = folder
        self._settle = settle
        self._stirred = Event()
        self._known: dict[Path, Stamp] = {}
        self.complete = False  # whether the last look saw all there is

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hears changes in the folder while the block runs."""
        observer = Observer()
        observer.schedule(_Stirring(self._stirred), str(self._folder), recursive=True)
        observer.start()
        try:
            yield
        finally:
            observer.stop()
            observer.join()

    def wait(self, stop: Event) -> bool:
        """Returns when something changed and is at rest again; False when an end was asked."""
        while not self._stirred.is_set():
            if stop.wait(LOOK_SECONDS):
                return False
        while self._stirred.is_set():
            self._stirred.clear()
            if stop.wait(self._settle):
                return False
        return True

    def changed_files(self) -> list[Found]:
        """The files that are new or changed since the last call, those still written to left out.

        What is left out is heard of again.
        """
        listed = find_all([self._folder])
        self.complete = all(found.report is None for found in listed)
        stamps = {found.path: _stamp(found.path) for found in listed if found.report is None}
        self._known = {path: stamp for path, stamp in self._known.items() if path in stamps}
        changed = {path: s for path, s in stamps.items() if s and self._known.get(path) != s}
        resting = {path: stamp for path, stamp in changed.items() if self._is_at_rest(stamp)}
        if len(resting) < len(changed):
            self.complete = False
            self._stirred.set()
        self._known |= resting
        return [Found(path) for path in resting]

    def forget(self, path: Path) -> None:
        """Looks at a file again at the next change, as when it was caught in the middle of one."""
        self._known.pop(path, None)
        self._stirred.set()

    def _is_at_rest(self, stamp: Stamp) -> bool:
        age = time.time() - stamp.changed / 1e9
        return not 0 <= age < self._settle  # one from the future says that the clock was set back


class _Stirring(FileSystemEventHandler):
    def __init__(self, stirred: Event) -> None:
        self._stirred = stirred

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Notes that something changed; reading a file is no change."""
        if not isinstance(event, FileOpenedEvent) and event.event_type != "closed_no_write":
            self._stirred.set()


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns)
