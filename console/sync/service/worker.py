"""What every thread of the road does: one step, a pause, and again, until it is told to end."""

from __future__ import annotations

import logging
import random
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from console.core.errors import ConsoleError
from console.sync.model import Pace, pause_s
from console.sync.service.board import Board
from console.sync.service.wire import Halted

log = logging.getLogger(__name__)


class Retry(Exception):
    """The step failed for this reason (a code); the city may have asked for a pause."""

    def __init__(self, code: str, after_s: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.after_s = after_s


@dataclass(frozen=True, slots=True)
class Rest:
    """How long to wait before the next turn: for a nudge, after a failure only for a hurry."""

    seconds: float
    after_failure: bool = False


class Worker(ABC):
    """A named thread that steps. A failing step is tried again with full jitter."""

    def __init__(
        self,
        name: str,
        board: Board,
        pace: Pace,
        halted: threading.Event,
        recovered: Callable[[], None],
    ) -> None:
        self.name = name
        self.board = board
        self.pace = pace
        self._halted = halted
        self._recovered = recovered
        self._work = threading.Event()
        self._hurry = threading.Event()
        self._failures = 0
        self._thread: threading.Thread | None = None

    @abstractmethod
    def step(self) -> float:
        """One piece of work; returns how long to wait for a nudge. Raises Retry or Unavailable."""

    @abstractmethod
    def failed(self) -> None:
        """The connection is not to be trusted any more."""

    @abstractmethod
    def close(self) -> None:
        """What the thread had open is closed; called in the thread."""

    def start(self) -> None:
        """The thread runs."""
        self._thread = threading.Thread(target=self._run, name=f"sync-{self.name}", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """There is work; a pause after a failure is kept."""
        self._work.set()

    def hurry(self) -> None:
        """The next try comes now, whatever the pause."""
        self._hurry.set()
        self._work.set()

    def join(self, timeout_s: float) -> bool:
        """Whether the thread has ended within the time; the road must be halted before."""
        self.hurry()
        if self._thread is not None:
            self._thread.join(timeout_s)
            return not self._thread.is_alive()
        return True

    def _run(self) -> None:
        try:
            while True:
                self._work.clear()
                self._hurry.clear()
                if self._halted.is_set():  # asked after the clearing: a stop is never missed
                    return
                rest = self.turn()
                if rest.seconds > 0:
                    (self._hurry if rest.after_failure else self._work).wait(rest.seconds)
        except Halted:
            pass
        finally:
            self.close()

    def turn(self) -> Rest:
        """One step is taken and told of; nothing is waited for here."""
        try:
            wait_s = self.step()
        except Retry as retry:
            return self._rest_after(retry.code, retry.after_s)
        except ConsoleError as failure:
            log.info("%s: %s", self.name, failure)
            return self._rest_after(failure.code, None)
        except Halted:
            raise
        except Exception:
            log.exception("the step of %s failed", self.name)
            return self._rest_after("sync.bug", None)
        if self._failures:
            self._failures = 0
            self.board.over(self.name)
            self._recovered()
        return Rest(wait_s)

    def _rest_after(self, code: str, after_s: float | None) -> Rest:
        self.failed()
        self._failures += 1
        self.board.heard(self.name, code)
        log.info("%s: %s, failure %d in a row", self.name, code, self._failures)
        own = pause_s(self._failures, self.pace, random.random())
        return Rest(own if after_s is None else max(after_s, own), after_failure=True)
