"""The one crossing from every other thread to the UI thread."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from console.core.events import EventBus

E = TypeVar("E")
TURN_S = 0.008  # then the UI thread gets its turn for keys and painting


class Bridge(QObject):
    """Runs what other threads post, in the UI thread and in order. Make it in the UI thread."""

    _came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], None]] = deque()
        self._guard = threading.Lock()
        self._called = False
        self._closed = False
        self._ends: list[Callable[[], None]] = []
        self._kept: dict[int, Callable[..., None]] = {}  # changed by the UI thread only
        self._numbers = itertools.count()
        self._came.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, work: Callable[[], None]) -> None:
        """``work`` will run in the UI thread soon. Callable from any thread; never waits."""
        with self._guard:
            if self._closed:
                return
            self._waiting.append(work)
            del work  # from here on only the UI thread holds it
            called, self._called = self._called, True
        if not called:
            self._came.emit()

    def listen(self, bus: EventBus, kind: type[E], slot: Callable[[E], None]) -> Callable[[], None]:
        """``slot`` hears every event of this kind in the UI thread; returns what ends it."""
        number = self._keep(slot)
        unsubscribe = bus.subscribe(kind, partial(self._send, number))

        def end() -> None:
            unsubscribe()
            self._kept.pop(number, None)

        self._ends.append(end)
        return end

    def carried(self, slot: Callable[[E], None]) -> Callable[[E], None]:
        """What any thread may call: ``slot`` then runs in the UI thread with what it was given.

        Whoever is handed it holds nothing of ``slot``: a widget must not end in another thread.
        """
        return partial(self._send, self._keep(slot))

    def _keep(self, slot: Callable[..., None]) -> int:
        number = next(self._numbers)
        self._kept[number] = slot
        return number

    def _send(self, number: int, told: object) -> None:
        self.post(partial(self._deliver, number, told))

    def _deliver(self, number: int, told: object) -> None:
        slot = self._kept.get(number)
        if slot is not None:
            slot(told)

    def stop(self) -> None:
        """Nothing more crosses; what still waits is dropped."""
        for end in self._ends:
            end()
        self._ends.clear()
        with self._guard:
            self._closed = True
            left, self._waiting = self._waiting, deque()
        left.clear()  # not under the guard: what ends here may post
        self._kept.clear()

    def _run(self) -> None:
        until = time.monotonic() + TURN_S
        while True:
            with self._guard:
                if not self._waiting:
                    self._called = False
                    return
                work = self._waiting.popleft()
            try:
                work()
            except Exception as bug:  # noqa: BLE001  (the Qt hook: one bug must not stop the others)
                sys.excepthook(type(bug), bug, bug.__traceback__)
            if time.monotonic() > until:
                self._came.emit()
                return
