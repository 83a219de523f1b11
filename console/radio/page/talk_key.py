"""The talk key: held anywhere in the console's windows, let go when they lose the keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from console.ui.keycap import KeyButton


class TalkKey(QObject):
    """From ``start`` to ``stop`` ``press`` is called when the key goes down, and ``let_go`` when it
    comes up or the console loses the keys."""

    def __init__(
        self, press: Callable[[], None], let_go: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._press, self._let_go = press, let_go
        self._key = Qt.Key.Key_Insert
        self._windows: list[QWindow] = []
        self._down = False
        self._watching = False

    def use(self, name: str) -> None:
        """The key of this portable name talks from now on; an unknown name changes nothing."""
        self._key = getattr(Qt.Key, f"Key_{name}", self._key)

    def start(self) -> None:
        """The key is listened for."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and not self._watching:
            self._watching = True
            app.focusWindowChanged.connect(self._on_window)
            self._on_window(app.focusWindow())

    def stop(self) -> None:
        """The key does nothing."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and self._watching:
            self._watching = False
            app.focusWindowChanged.disconnect(self._on_window)
        for window in self._windows:
            if isValid(window):
                window.removeEventFilter(self)
        self._windows.clear()
        self._up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() != self._key:
            return False
        if kind is QEvent.Type.KeyRelease:  # with whatever else is down by now
            if not event.isAutoRepeat():
                self._up()
            return self._down
        if event.modifiers() not in _BARE:
            return False
        if not self._down and not event.isAutoRepeat():
            self._down = True
            self._press()
        return True

    def _on_window(self, window: QWindow | None) -> None:
        """A sheet that opens takes the keys within the console: the key may stay down."""
        if window is None:
            self._up()
            return
        self._windows = [one for one in self._windows if isValid(one)]
        if window not in self._windows:
            window.installEventFilter(self)
            self._windows.append(window)

    def _up(self) -> None:
        if self._down:
            self._down = False
            self._let_go()


_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class TalkButton(KeyButton):
    """Shows the talk key and is held like it; the key itself is listened for elsewhere."""

    def show_key(self, key: str) -> None:
        """This key is drawn in it."""
        self._key = key
        self.updateGeometry()
        self.update()
