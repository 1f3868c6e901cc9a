"""What an examination finds.

The words of the doctor, in whatever store; what is examined, the doctor of a store knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from index.errors import IndexUnwritable
from pipeline.errors import KamerantwoordError

Check = Callable[[], Iterator["Finding"]]


class Health(StrEnum):
    """How it stands with what was examined."""

    SOUND = "sound"
    REPAIRED = "repaired"
    UNSOLVED = "unsolved"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was examined, and how it stands with it after the repair."""

    health: Health
    told: str


def run_checks(checks: Mapping[str, Check], place: str) -> Iterator[Finding]:
    """What all checks find; a repair that cannot be made is told, and the next check goes on."""
    for name, check in checks.items():
        found = 0
        try:
            for finding in check():
                found += 1
                yield finding
        except KamerantwoordError as error:
            yield Finding(Health.UNSOLVED, f"{name}: {error}")
            found += 1
        except OSError as error:  # of a cache, whose disk may be full or read-only
            unwritable = IndexUnwritable(place, error.strerror or str(error))
            yield Finding(Health.UNSOLVED, f"{name}: {unwritable}")
            found += 1
        if not found:
            yield Finding(Health.SOUND, name)
