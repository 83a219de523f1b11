"""The guard against PySide6 6.12 on Python 3.11: each emitted signal lost a reference to True."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    rung = Signal(bool)


def test_a_thousand_signals_keep_the_references_to_true() -> None:
    heard: list[bool] = []
    bell = Bell()
    bell.rung.connect(heard.append)
    bell.rung.emit(True)
    heard.clear()
    before = sys.getrefcount(True)
    for _ in range(1000):
        bell.rung.emit(True)
    assert len(heard) == 1000
    heard.clear()
    assert abs(sys.getrefcount(True) - before) < 10
