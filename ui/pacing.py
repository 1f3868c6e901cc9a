"""How often someone may do something: so many at once, and so many a minute after that.

It does not know what is done, nor what happens to whoever is refused.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_PEOPLE = 10_000  # remembered at once; who was silent longest is forgotten first


class Pace:
    """A bucket of turns for each person that fills again with time; any thread may use it."""

    def __init__(
        self, at_once: int, a_minute: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._at_once = float(at_once)
        self._a_second = a_minute / 60
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._guard = Lock()

    def wait(self, person: str) -> float:
        """Takes a turn and returns 0, or the seconds until there is one."""
        with self._guard:
            now = self._clock()
            left, then = self._left.pop(person, (self._at_once, now))
            left = min(self._at_once, left + (now - then) * self._a_second)
            taken = left >= 1
            self._left[person] = (left - 1 if taken else left, now)
            if len(self._left) > MOST_PEOPLE:
                self._left.popitem(last=False)
            return 0.0 if taken else (1 - left) / self._a_second
