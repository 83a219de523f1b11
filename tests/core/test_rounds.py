"""Work done again and again: at once, by the clock, after a nudge, through every fault, to the end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest

from console.core.errors import Refused
from console.core.rounds import Rounds

LONG_S = 3600.0


class Work:
    """Counts its turns; a test waits for a turn instead of for a time."""

    def __init__(self) -> None:
        self.turns = 0
        self.trouble: Exception | None = None
        self._turned = threading.Condition()

    def turn(self) -> None:
        with self._turned:
            self.turns += 1
            self._turned.notify_all()
        if self.trouble is not None:
            raise self.trouble

    def wait(self, turns: int) -> bool:
        with self._turned:
            return self._turned.wait_for(lambda: self.turns >= turns, 10.0)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def rounds(work: Work) -> Iterator[Rounds]:
    made = Rounds("work", work.turn, LONG_S)
    yield made
    made.stop()


def test_the_first_turn_comes_at_once_and_the_next_after_a_nudge(
    rounds: Rounds, work: Work
) -> None:
    rounds.start()
    assert work.wait(1)
    rounds.nudge()
    assert work.wait(2)
    rounds.stop()
    assert work.turns == 2
    assert rounds.ending


def test_turns_come_by_the_clock() -> None:
    work = Work()
    rounds = Rounds("work", work.turn, 0.01)
    rounds.start()
    assert work.wait(3)
    rounds.stop()


def test_the_first_round_may_be_another() -> None:
    work, seen = Work(), threading.Event()
    rounds = Rounds("work", work.turn, None, first=seen.set)
    rounds.start()
    assert seen.wait(10.0)
    rounds.nudge()
    assert work.wait(1)
    rounds.stop()


def test_a_refusal_and_a_bug_end_nothing_and_only_the_bug_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work, fell = Work(), list[Exception]()
    rounds = Rounds("work", work.turn, None, fell=fell.append)
    work.trouble = Refused("store.locked")
    with caplog.at_level(logging.WARNING):
        rounds.start()
        assert work.wait(1)
        work.trouble = bug = ValueError("a bug")
        rounds.nudge()
        assert work.wait(2)
        work.trouble = None
        rounds.nudge()
        assert work.wait(3)
        rounds.stop()
    assert fell == [bug]
    assert [r.levelname for r in caplog.records] == ["WARNING", "ERROR"]


def test_what_was_stopped_starts_again(rounds: Rounds, work: Work) -> None:
    rounds.start()
    assert work.wait(1)
    rounds.stop()
    rounds.start()
    assert work.wait(2)
    assert not rounds.ending


def test_a_turn_that_outlives_its_stop_is_not_called_back() -> None:
    begun, let_go, turns = threading.Event(), threading.Event(), list[str]()

    def turn() -> None:
        turns.append(threading.current_thread().name)
        begun.set()
        let_go.wait(10.0)

    rounds = Rounds("slow", turn, None)
    rounds.start()
    assert begun.wait(10.0)
    slow = next(t for t in threading.enumerate() if t.name == "slow")
    rounds.stop(timeout_s=0.01)
    begun.clear()
    rounds.start()
    assert begun.wait(10.0)
    let_go.set()
    slow.join(10.0)
    assert not slow.is_alive()
    rounds.stop()
    assert len(turns) == 2
