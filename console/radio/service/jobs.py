"""Lines that wait to be written: in one act many, each for itself, in a thread of their own."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import ConsoleError

Job = Callable[[Act], None]
MOST = 2000
AT_ONCE = 64
RADIO = Actor("device", "radio")
log = logging.getLogger(__name__)


class Jobs:
    """``put`` from any thread; ``turn`` writes. Beyond ``MOST`` the oldest that may be dropped is,
    and is counted; a call for help never is."""

    def __init__(self, database: Database, put: Callable[[], None]) -> None:
        self._database, self._nudge = database, put
        self._guard = threading.Lock()
        self._urgent: deque[Job] = deque()
        self._waiting: deque[Job] = deque()
        self._bug: Job | None = None  # the job under way; after a failure the one that failed
        self.dropped = 0

    def put(self, job: Job, urgent: bool = False) -> None:
        """The job will be done, soon."""
        with self._guard:
            if urgent:
                self._urgent.append(job)
            else:
                if len(self._waiting) >= MOST:
                    self._waiting.popleft()
                    self.dropped += 1
                self._waiting.append(job)
        self._nudge()

    def turn(self) -> bool:
        """Some of what waits is written, the most urgent first; True while more waits. What the
        store cannot take now waits for the next turn; a job that is a bug takes nobody with it."""
        batch = self._take()
        written = not batch
        try:
            if batch:
                self._write(batch)
                written = True
        finally:
            if not written:
                self._put_back([one for one in batch if one[0] is not self._bug])
        return bool(self._urgent or self._waiting)

    def finish(self) -> None:
        """All that waits is written."""
        while self.turn():
            pass

    def _take(self) -> list[tuple[Job, bool]]:
        with self._guard:
            taken = [(self._urgent.popleft(), True) for _ in range(len(self._urgent))]
            room = max(0, AT_ONCE - len(taken))
            count = min(room, len(self._waiting))
            taken += [(self._waiting.popleft(), False) for _ in range(count)]
        return taken

    def _put_back(self, batch: list[tuple[Job, bool]]) -> None:
        with self._guard:
            self._urgent.extendleft(job for job, urgent in reversed(batch) if urgent)
            room = max(0, MOST - len(self._waiting))
            kept = [job for job, urgent in batch if not urgent][:room]
            self.dropped += sum(not urgent for _, urgent in batch) - len(kept)
            self._waiting.extendleft(reversed(kept))

    def _write(self, batch: list[tuple[Job, bool]]) -> None:
        with self._database.act(RADIO) as act:
            for job, _ in batch:
                self._bug = job
                try:
                    with act.part():
                        job(act)
                except ConsoleError as refused:
                    if refused.code.startswith("store."):
                        self._bug = None
                        raise
                    log.warning("radio: %s", refused)
                self._bug = None
