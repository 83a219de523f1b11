"""The one crossing from every other thread to the UI thread."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
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
        self._came.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, work: Callable[[], None]) -> None:
        """``work`` will run in the UI thread soon. Callable from any thread; never waits."""
        with self._guard:
            if self._closed:
                return
            self._waiting.append(work)
            called, self._called = self._called, True
        if not called:
            self._came.emit()

    def listen(self, bus: EventBus, kind: type[E], slot: Callable[[E], None]) -> Callable[[], None]:
        """``slot`` hears every event of this kind in the UI thread; returns what ends it."""
        end = bus.subscribe(kind, lambda event: self.post(lambda: slot(event)))
        self._ends.append(end)
        return end

    def stop(self) -> None:
        """Nothing more crosses; what still waits is dropped."""
        for end in self._ends:
            end()
        self._ends.clear()
        with self._guard:
            self._closed = True
            self._waiting.clear()

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
