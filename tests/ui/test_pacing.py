import pytest

from ui import pacing
from ui.pacing import Pace


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_turns_run_out_and_come_back_with_time() -> None:
    clock = Clock()
    pace = Pace(at_once=2, a_minute=6, clock=clock)
    assert [pace.wait("an"), pace.wait("an")] == [0, 0]
    assert pace.wait("an") == pytest.approx(10)
    clock.now += 4
    assert pace.wait("an") == pytest.approx(6)
    clock.now += 6
    assert pace.wait("an") == 0


def test_one_person_does_not_use_up_the_turns_of_another() -> None:
    pace = Pace(at_once=1, a_minute=1, clock=Clock())
    assert [pace.wait("an"), pace.wait("bo")] == [0, 0]
    assert pace.wait("an") > 0


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST_PEOPLE", 3)
    pace = Pace(at_once=1, a_minute=1, clock=Clock())
    for person in "abcd":
        pace.wait(person)
    assert pace.wait("a") == 0
    assert pace.wait("d") > 0
