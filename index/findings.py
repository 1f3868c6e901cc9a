"""What an examination finds.

The words of the doctor; it neither examines nor repairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
