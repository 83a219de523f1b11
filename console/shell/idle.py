"""Notices that nobody is at the desk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

LEAST_S, MOST_S = 30, 8 * 3600
_HANDS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """``idle`` once no key and no pointer has moved for ``after_s`` (kept between 30 s and 8 h)."""

    idle = Signal()

    def __init__(self, after_s: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows: list[QWindow] = []
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self.set_after(after_s)
        self._timer.timeout.connect(self.idle)

    @property
    def after_s(self) -> int:
        """The wait in force."""
        return self._timer.interval() // 1000

    def set_after(self, after_s: int) -> None:
        """The wait is this long, from now."""
        self._timer.setInterval(min(max(after_s, LEAST_S), MOST_S) * 1000)

    def start(self) -> None:
        """Hands are watched for, from now."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and not self._watching:
            self._watching = True
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Nothing is watched."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and self._watching:
            self._watching = False
            app.focusWindowChanged.disconnect(self._watch)
        for window in self._windows:
            if isValid(window):
                window.removeEventFilter(self)
        self._windows.clear()
        self._timer.stop()

    def _watch(self, window: QWindow | None) -> None:
        """Hands reach a window before its widgets; a filter over every widget would cost much."""
        self._windows = [one for one in self._windows if isValid(one)]
        if window is not None and window not in self._windows:
            window.installEventFilter(self)
            self._windows.append(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS and self._timer.remainingTime() < self._timer.interval() - 1000:
            self._timer.start()
        return False
