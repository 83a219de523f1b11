"""The cyclic garbage collector, run by the UI thread and by no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 250
FULL_EVERY = 240  # turns: about a minute


class Collector(QObject):
    """From ``start`` to ``stop`` cycles are collected from a timer of the UI thread only.

    Elsewhere the collector would destroy Qt objects in the wrong thread. What stands at ``start``
    is frozen out of later collections, so that a full one stays short. ``stop`` leaves the
    automatic collector as ``start`` found it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._turn = 0
        self._automatic = False

    def start(self) -> None:
        """The automatic collector is off, ours runs."""
        self._automatic = gc.isenabled()
        gc.disable()
        gc.freeze()  # uncollected: a collection of all that was built takes a tenth of a second
        self._timer.start()

    def stop(self) -> None:
        """Nothing is collected by us any more; nothing is frozen."""
        self._timer.stop()
        gc.unfreeze()
        if self._automatic:
            gc.enable()

    def _collect(self) -> None:
        self._turn += 1
        young, middle, _old = gc.get_count()
        if self._turn % FULL_EVERY == 0:
            gc.collect(2)
        elif middle > 10:
            gc.collect(1)
        elif young > 700:
            gc.collect(0)
