"""News of the links on their way to the listeners: a slow listener holds up no wire.

Each link has a queue of its own, and they take turns. Telemetry that nobody took in time is dropped,
the oldest first, and counted. Whatever presses is never dropped: a link with too much of it waits,
and so does its device.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from console.core.ids import LinkId
from console.links.model import ReadingArrived, presses

MOST = 2000  # telemetry that waits, of one link
MOST_PRESSING = 4000
LONGEST_WAIT_S = 1.0  # for room, with one pressing event; then it is put all the same
_A_TURN = 64


class Queue:
    """What one link has to tell, in order. Its own thread puts, the delivery takes."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.dropped = 0
        self._wake = wake
        self._guard = threading.Lock()
        self._count = 0
        self._telemetry: deque[tuple[int, object]] = deque()
        self._pressing: deque[tuple[int, object]] = deque()
        self._room = threading.Event()

    def put(self, event: object) -> None:
        """The event waits its turn; a pressing one waits for room before."""
        if isinstance(event, ReadingArrived) and not presses(event.reading):
            with self._guard:
                if len(self._telemetry) >= MOST:
                    self._telemetry.popleft()
                    self.dropped += 1
                self._add(self._telemetry, event)
        else:
            if len(self._pressing) >= MOST_PRESSING:
                self._room.clear()
                self._wake()
                self._room.wait(LONGEST_WAIT_S)
            with self._guard:
                self._add(self._pressing, event)
        self._wake()

    def take(self) -> list[object]:
        """The next few, oldest first."""
        taken: list[object] = []
        with self._guard:
            while len(taken) < _A_TURN and (self._telemetry or self._pressing):
                taken.append(self._older().popleft()[1])
        self._room.set()
        return taken

    def _add(self, waiting: deque[tuple[int, object]], event: object) -> None:
        self._count += 1
        waiting.append((self._count, event))

    def _older(self) -> deque[tuple[int, object]]:
        if not self._telemetry or not self._pressing:
            return self._telemetry or self._pressing
        return min(self._telemetry, self._pressing, key=lambda waiting: waiting[0][0])


class Delivery:
    """Tells what the queues hold, in a thread of its own, from ``start`` to ``stop``."""

    def __init__(self, publish: Callable[[object], None]) -> None:
        self._publish = publish
        self._guard = threading.Lock()
        self._queues: dict[LinkId, Queue] = {}
        self._work = threading.Event()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def queue(self, link_id: LinkId) -> Queue:
        """The queue of this link; what an earlier runner of it left is told first."""
        with self._guard:
            return self._queues.setdefault(link_id, Queue(self._work.set))

    def forget(self, link_id: LinkId) -> None:
        """The link is no more; what it left is not told."""
        with self._guard:
            self._queues.pop(link_id, None)

    def start(self) -> None:
        """The thread runs."""
        self._ending = threading.Event()  # not that of one that lingers
        self._thread = threading.Thread(
            target=self._run, args=(self._ending,), name="links news", daemon=True
        )
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """What waits was told, as far as the time allowed, and the thread has ended."""
        self._ending.set()
        self._work.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def _run(self, ending: threading.Event) -> None:
        while not ending.is_set():
            self._work.wait()
            self._work.clear()
            while self._round():
                pass

    def _round(self) -> bool:
        """Every queue had its turn; whether any held something."""
        with self._guard:
            queues = list(self._queues.values())
        told = False
        for queue in queues:
            for event in queue.take():
                told = True
                self._publish(event)
        return told
