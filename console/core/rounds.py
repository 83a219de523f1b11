"""Work that a thread of its own does again and again: every so often, and soon after a nudge."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from console.core.errors import ConsoleError

log = logging.getLogger(__name__)


class Rounds:
    """From ``start`` to ``stop`` a thread calls ``turn``: at once, ``every_s`` seconds after the last
    one (None: not by itself), and soon after ``nudge``.

    ``first`` is called in place of the first ``turn``. What is raised is logged under ``name`` and
    ends nothing; a bug is told to ``fell``, too.
    """

    def __init__(
        self,
        name: str,
        turn: Callable[[], object],
        every_s: float | None,
        first: Callable[[], object] | None = None,
        fell: Callable[[Exception], object] | None = None,
    ) -> None:
        self._name, self._turn, self._every_s = name, turn, every_s
        self._first, self._fell = first or turn, fell
        self._wake = threading.Event()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def ending(self) -> bool:
        """The end was asked for; a long turn gives up where it can."""
        return self._ending.is_set()

    def start(self) -> None:
        """The thread runs."""
        self._ending, self._wake = (
            threading.Event(),
            threading.Event(),
        )  # not those of one that lingers
        self._thread = threading.Thread(
            target=self._run, args=(self._ending, self._wake), name=self._name, daemon=True
        )
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """The thread has ended, or is left to end alone once its turn is done."""
        self._ending.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def nudge(self) -> None:
        """The next turn comes now; from any thread, at no cost."""
        self._wake.set()

    def _run(self, ending: threading.Event, wake: threading.Event) -> None:
        work = self._first
        while not ending.is_set():
            self._try(work)
            work = self._turn
            wake.wait(self._every_s)
            wake.clear()

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except ConsoleError as refused:
            log.warning("%s: %s", self._name, refused)
        except Exception as bug:
            log.exception("%s", self._name)
            if self._fell is not None:
                self._fell(bug)
