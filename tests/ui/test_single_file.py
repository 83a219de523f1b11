"""One at a time, but nobody waits behind a long one for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from console.ui.single_file import SingleFile

WAIT_S = 20.0


def go(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, name="walker")
    thread.start()
    return thread


def test_two_are_never_at_work_at_once() -> None:
    file, at_work, most = SingleFile(patience_s=WAIT_S), [0], [0]
    linger = threading.Event()

    def walk() -> None:
        for _ in range(20):
            with file:
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
                linger.wait(0.001)  # the others have every chance
                at_work[0] -= 1

    walkers = [go(walk) for _ in range(3)]
    for walker in walkers:
        walker.join(WAIT_S)
    assert most == [1]


def test_behind_a_long_one_the_next_goes_and_those_after_it_wait_for_that() -> None:
    file = SingleFile(patience_s=0.01)
    ends, second_in, second_ends = threading.Event(), threading.Event(), threading.Event()
    order: list[str] = []

    def long() -> None:
        with file:
            order.append("long")
            ends.wait(WAIT_S)
            order.append("long over")

    def second() -> None:
        with file:
            order.append("second")
            second_in.set()
            second_ends.wait(WAIT_S)

    first = go(long)
    while not order:
        ends.wait(0.001)
    behind = go(second)
    assert second_in.wait(WAIT_S)
    ends.set()
    first.join(WAIT_S)
    assert file.taken, "the long one's end is not the second one's"
    second_ends.set()
    behind.join(WAIT_S)
    assert order == ["long", "second", "long over"]
    assert not file.taken


def test_one_that_fails_lets_the_next_go() -> None:
    file = SingleFile(patience_s=WAIT_S)
    with pytest.raises(ValueError, match="lost"), file:
        raise ValueError("lost")
    with file:
        assert file.taken
