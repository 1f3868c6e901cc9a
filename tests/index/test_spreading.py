"""Work that is spread over two threads gives what one would have given."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, current_thread

import pytest

from index.spreading import spread


@pytest.mark.parametrize("count", [0, 1, 2, 100])
def test_results_come_in_the_order_of_what_they_are_of(count: int) -> None:
    assert spread(str, range(count)) == [str(number) for number in range(count)]


def test_two_threads_work_at_once() -> None:
    both = Barrier(2, timeout=30)

    def meet(_: int) -> str:
        both.wait()
        return current_thread().name

    assert len(set(spread(meet, [1, 2]))) == 2


def test_a_helper_that_is_busy_is_not_waited_for() -> None:
    both = Barrier(2, timeout=30)

    def spread_again(_: int) -> list[int]:
        both.wait()  # now caller and helper are both at work, and each asks for help
        return spread(abs, [-1, -2])

    assert spread(spread_again, [1, 2]) == [[1, 2], [1, 2]]


def test_many_callers_are_each_given_their_own() -> None:
    with ThreadPoolExecutor(8) as askers:
        told = askers.map(lambda start: spread(abs, range(-start, 0)), range(1, 40))
        assert list(told) == [list(range(start, 0, -1)) for start in range(1, 40)]


def test_what_goes_wrong_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        spread(lambda number: 1 // number, [1, 1, 0, 1])
