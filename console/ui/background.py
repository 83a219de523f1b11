"""Work that must not hold up the UI thread: asked for there, done elsewhere, answered there."""

from __future__ import annotations

import itertools
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from console.core.errors import ConsoleError, at_the_edge
from console.ui.bridge import Bridge
from console.ui.single_file import SingleFile

T = TypeVar("T")
THREADS = 3


class Asked:
    """A piece of work on its way; ``drop`` makes its answer unwanted."""

    def __init__(self) -> None:
        self.dropped = False

    def drop(self) -> None:
        """The answer will not be delivered (the work itself may still run to its end)."""
        self.dropped = True


@dataclass(frozen=True, slots=True)
class _Work:
    work: Callable[[], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    owner: QObject | None
    asked: Asked


class Background:
    """A few named worker threads. ``ask`` from the UI thread; answers come back to it.

    A ConsoleError goes to ``failed``, or where none is given to ``on_refused``; any other error
    is a bug and goes to the crash hook as well. After ``stop`` no answer is delivered; looks that
    had not begun are dropped, acts are done to the last.

    Whatever was handed over is let go in the UI thread: a widget that nobody else holds any more
    must not end in a worker.
    """

    def __init__(self, bridge: Bridge, threads: int = THREADS) -> None:
        self.on_refused: Callable[[ConsoleError], None] | None = None
        self._bridge = bridge
        self._handed: dict[int, _Work] = {}  # changed by the UI thread only
        self._numbers = itertools.count()
        self._looks: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._acts: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._count = threads
        self._file = SingleFile()
        self._threads: list[threading.Thread] = []
        self._stopped = False

    def start(self) -> None:
        """The workers run."""
        self._stopped = False
        for number in range(1, self._count + 1):
            self._begin(f"background-{number}", self._look)
        self._begin("background-acts", self._act)

    def _begin(self, name: str, labour: Callable[[], None]) -> None:
        thread = threading.Thread(target=labour, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """The workers have ended, or are left to end alone after ``timeout_s`` each."""
        self._stopped = True
        for _ in range(self._count):
            self._looks.put(None)
        self._acts.put(None)
        for thread in self._threads:
            thread.join(timeout_s)
        if not any(thread.is_alive() for thread in self._threads):
            self._handed.clear()
        self._threads.clear()

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> Asked:
        """``work`` will be done by a worker and its answer given to ``then`` in the UI thread.

        With ``owner``, nothing is delivered once that Qt object is gone.
        """
        asked = Asked()
        if not self._stopped:
            self._looks.put(self._hand_over(_Work(work, then, failed, owner, asked)))
        return asked

    def act(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """The same for what changes something: acts are done in the order in which they were asked
        for, and what was asked for before ``stop`` is done still."""
        if not self._stopped:
            self._acts.put(self._hand_over(_Work(work, then, failed, owner, Asked())))

    def _hand_over(self, work: _Work) -> int:
        number = next(self._numbers)
        self._handed[number] = work
        return number

    def _look(self) -> None:
        while (number := self._looks.get()) is not None:
            with self._file:
                if not self._stopped:
                    self._do(number)

    def _act(self) -> None:
        while (number := self._acts.get()) is not None:
            self._do(number)

    def _do(self, number: int) -> None:
        """The worker holds nothing of what was handed over once its answer is on the way."""
        try:
            answer = None if self._handed[number].asked.dropped else self._handed[number].work()
        except Exception as error:  # noqa: BLE001  (a thread root)
            self._bridge.post(partial(self._arrive_failed, number, error))
        else:
            self._bridge.post(partial(self._arrive, number, answer))

    def _arrive(self, number: int, answer: Any) -> None:
        item = self._wanted(number)
        if item is not None and item.then is not None:
            item.then(answer)

    def _arrive_failed(self, number: int, error: Exception) -> None:
        item = self._wanted(number)
        if item is not None:
            self._tell(item, error)
        error.__traceback__ = None  # its frames hold the work, and the worker may still hold it

    def _wanted(self, number: int) -> _Work | None:
        """The work is done with; None when nobody waits for its answer."""
        item = self._handed.pop(number, None)
        if item is None or self._stopped or item.asked.dropped:
            return None
        gone = item.owner is not None and not isValid(item.owner)
        return None if gone else item

    def _tell(self, item: _Work, error: Exception) -> None:
        error = at_the_edge(error)
        if not isinstance(error, ConsoleError):
            sys.excepthook(type(error), error, error.__traceback__)
        if item.failed is not None:
            item.failed(error)
        elif isinstance(error, ConsoleError) and self.on_refused is not None:
            self.on_refused(error)
