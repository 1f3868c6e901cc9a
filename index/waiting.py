"""What is told of a file that waits to be added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from index.models import AddReport


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for its turn, or the `problem` for which it was not added."""

    name: str
    problem: str


class Queue(Protocol):
    """Files that wait to be added by whoever has time."""

    def put(self, data: bytes, name: str) -> bool:
        """Has a file wait for its turn; false when it waits already."""

    def waiting(self) -> list[Waiting]:
        """The files that wait, are being worked on or could not be added, first come first."""

    def close(self) -> None:
        """Lets go of the queue."""


Heard = Callable[[AddReport], None]  # hears what became of a file
