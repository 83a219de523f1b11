"""Scanners that type: what one types is taken out of the keys, wherever the focus is.

A scanner presses its keys within a few milliseconds and Enter behind them; a person does not. So a
key is held back for a moment: followed at once by others and Enter it is a code, else it goes where
it would have gone, as if nothing had been between.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

GAP_MS = 30  # keys closer than this are a scanner's
SLACK_MS = 20  # the keys' own time tells; they may be handed over a little late
LEAST = 4  # a shorter run of keys is a person's
MOST = 512
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_BETWEEN = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock})  # capitals are typed with them
_TYPING = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


class Wedge(QObject):
    """``scanned`` with each code, while the focus is anywhere inside ``over``."""

    scanned = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._window: QWindow | None = None
        self._held: list[QKeyEvent] = []
        self._down: set[int] = set()  # keys whose release is not for others either
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(GAP_MS + SLACK_MS)
        self._timer.timeout.connect(self._give_back)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over:
            if isinstance(event, QShowEvent):
                QTimer.singleShot(0, self, self._watch)  # the window may be made only now
            elif isinstance(event, QHideEvent):
                self._unwatch()
            return False
        if self._replaying or not isinstance(event, QKeyEvent) or event.key() in _BETWEEN:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if not self._is_ours(event):
                self._give_back()  # before a shortcut fires
                return False
            event.accept()  # no shortcut fires; the key itself follows
            return True
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        if event.type() == QEvent.Type.KeyRelease and event.key() in self._down:
            self._down.discard(event.key())
            return True
        return False

    def _watch(self) -> None:
        """Keys reach a window before its widgets."""
        if not self._over.isVisible():
            return
        window = self._over.window().windowHandle()
        if window is not self._window:
            self._unwatch()
        if window is not None and self._window is None:
            self._window = window
            window.installEventFilter(self)

    def _unwatch(self) -> None:
        window, self._window = self._window, None
        if window is not None and isValid(window):
            window.removeEventFilter(self)
        self._give_back()

    def _is_ours(self, event: QKeyEvent) -> bool:
        """The key may belong to a code, or ends one."""
        if event.isAutoRepeat() or not self._has_keys():
            return False
        if event.key() in _ENDS:
            return len(self._held) >= LEAST and self._follows(event)
        text = event.text()
        return len(text) == 1 and text.isprintable() and event.modifiers() in _TYPING

    def _has_keys(self) -> bool:
        """Keys go to the page, and not to a question or a command bar over it."""
        focus, modal = QApplication.focusWidget(), QApplication.activeModalWidget()
        inside = focus is None or focus is self._over or self._over.isAncestorOf(focus)
        return inside and modal in (None, self._over.window())

    def _follows(self, event: QKeyEvent) -> bool:
        return event.timestamp() - self._held[-1].timestamp() <= GAP_MS

    def _pressed(self, event: QKeyEvent) -> bool:
        if not self._is_ours(event):
            self._give_back()
            return False
        if self._held and (not self._follows(event) or len(self._held) >= MOST):
            self._give_back()
        self._down.add(event.key())
        if event.key() in _ENDS:
            self._timer.stop()
            code = "".join(one.text() for one in self._held).strip()
            self._held.clear()
            self.scanned.emit(code)
            return True
        self._held.append(event.clone())
        self._timer.start()
        return True

    def _give_back(self) -> None:
        """The keys that were held back go where they would have gone."""
        self._timer.stop()
        held, self._held = self._held, []
        self._replaying = True
        try:
            for event in held:
                self._down.discard(event.key())
                _type(event)
        finally:
            self._replaying = False


def _type(event: QKeyEvent) -> None:
    """This key is pressed and let go: its shortcut where it has one, else whatever has the keys."""
    window = QApplication.activeWindow()
    target = QApplication.focusWidget() or window
    if window is None or target is None:
        return
    override = _again(event, QEvent.Type.ShortcutOverride)
    override.ignore()
    QCoreApplication.sendEvent(target, override)
    shortcut = None if override.isAccepted() else _shortcut(window, target, event)
    if shortcut is not None:
        shortcut.activated.emit()
        return
    QCoreApplication.sendEvent(target, _again(event, QEvent.Type.KeyPress))
    if isValid(target):
        QCoreApplication.sendEvent(target, _again(event, QEvent.Type.KeyRelease))


def _again(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(kind, event.key(), event.modifiers(), event.text())


def _shortcut(window: QWidget, target: QWidget, event: QKeyEvent) -> QShortcut | None:
    """The shortcut that this key would have fired."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    wanted = [QKeySequence(plain.value | event.key())]
    if not event.text().isalpha():  # a sign that needs Shift is named without it
        wanted.append(QKeySequence(event.key()))
    for shortcut in window.findChildren(QShortcut):
        if shortcut.isEnabled() and shortcut.key() in wanted and _obeys(shortcut, target):
            return shortcut
    return None


def _obeys(shortcut: QShortcut, target: QWidget) -> bool:
    owner = shortcut.parent()
    if not isinstance(owner, QWidget) or not (owner.isVisible() and owner.isEnabled()):
        return False
    if shortcut.context() == Qt.ShortcutContext.WidgetShortcut:
        return owner is target
    if shortcut.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return owner is target or owner.isAncestorOf(target)
    return owner.window() is target.window()
