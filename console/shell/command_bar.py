"""The command bar at the foot of the window: line, completions above it, last act, undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.core.errors import ConsoleError
from console.shell.activity import ActivityLine
from console.shell.command import Parsed, parse
from console.shell.model import Verb
from console.ui.keycap import KeyButton
from console.ui.panel import label
from console.ui.style import mark, px
from console.ui.undo import Undo
from console.ui.words import say_refusal

translate = QCoreApplication.translate

HISTORY = 50


class CommandLine(QLineEdit):
    """The line itself: keys that the bar wants reach it as signals."""

    completed = Signal()
    walked = Signal(int)
    left = Signal()
    entered = Signal()
    focused = Signal(bool)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Tab:
                self.completed.emit()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.walked.emit(-1 if key == Qt.Key.Key_Up else 1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            if key == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
            if event.key() in keys or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                event.accept()
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class Completions(QFrame):
    """The list above the line: what the words so far may mean, and what Enter would do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(4)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.say = label("", "soft", wrap=True)
        self.say.setContentsMargins(10, 0, 10, 0)
        column.addWidget(self.list)
        column.addWidget(self.say)
        self.hide()

    def show_parsed(self, parsed: Parsed) -> None:
        """The list shows this."""
        self.list.clear()
        for one in parsed.completions:
            item = QListWidgetItem(f"{one.label}    {one.detail}".rstrip())
            item.setData(Qt.ItemDataRole.UserRole, one.line)
            self.list.addItem(item)
        self.list.setVisible(bool(parsed.completions))
        self.list.setFixedHeight(px(28) * len(parsed.completions) + 4)
        self.say.setText(("Enter  " if parsed.ready else "") + parsed.say)
        mark(self.say, tone="accent" if parsed.ready else "")
        self.setVisible(True)
        self.adjustSize()


class CommandBar(QFrame):
    """Ctrl+K comes here, Esc goes back. ``left`` is emitted when the page should have the focus."""

    left = Signal()

    def __init__(self, over: QWidget, undo: Undo) -> None:
        super().__init__()
        self.setProperty("role", "bottomBar")
        self._verbs: Sequence[Verb] = ()
        self._history: list[str] = []
        self._at = 0
        self._undo = undo
        self._over = over
        self.line = CommandLine()
        self.line.setProperty("role", "command")
        self.line.setMinimumWidth(px(300))
        self.activity = ActivityLine()
        self._take_back = KeyButton("", "Ctrl+Z", "quiet")
        self._take_back.clicked.connect(self._on_take_back)
        self._take_back.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(10)
        row.addWidget(label("›", "title"))
        row.addWidget(self.line, 2)
        row.addWidget(self.activity, 3)
        row.addWidget(self._take_back)
        self.completions = Completions(over)
        over.installEventFilter(self)
        self.line.textEdited.connect(self._on_edited)
        self.line.completed.connect(self._on_completed)
        self.line.walked.connect(self._on_walked)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self.leave)
        self.line.focused.connect(self._on_focused)
        self.completions.list.itemClicked.connect(self._on_clicked)
        undo.changed.connect(self._on_undo)
        self.retranslate()

    def retranslate(self) -> None:
        """The bar speaks the language in force."""
        self.line.setPlaceholderText(
            translate("CommandBar", "Ctrl+K command: pai 2 31 · / search · ? help")
        )
        self.line.setAccessibleName(translate("CommandBar", "Command line"))
        self._undo.tell()

    def set_verbs(self, verbs: Sequence[Verb]) -> None:
        """These verbs are known."""
        self._verbs = tuple(verbs)

    def enter(self, text: str = "") -> None:
        """The line has the focus, with this text when given."""
        if text:
            self.line.setText(text)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll() if not text else self.line.end(False)
        self._on_edited()

    def leave(self) -> None:
        """One step back: first the words go, then the focus."""
        if self.line.text():
            self.line.clear()
            self._on_edited()
            return
        self.completions.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.completions.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _parsed(self) -> Parsed:
        return parse(self.line.text(), self._verbs)

    def _on_edited(self) -> None:
        self.completions.show_parsed(self._parsed())
        self._place()

    def _place(self) -> None:
        corner = self._over.mapFromGlobal(self.line.mapToGlobal(QPoint(0, 0)))
        self.completions.setFixedWidth(max(self.line.width(), px(420)))
        self.completions.adjustSize()
        self.completions.move(corner.x(), corner.y() - self.completions.height() - px(6))
        self.completions.raise_()

    def _on_completed(self) -> None:
        parsed = self._parsed()
        if parsed.completions:
            at = max(self.completions.list.currentRow(), 0)
            self.line.setText(parsed.completions[min(at, len(parsed.completions) - 1)].line)
            self._on_edited()

    def _on_walked(self, step: int) -> None:
        rows = self.completions.list.count()
        if self.line.text() and rows:
            now = self.completions.list.currentRow()
            first = 0 if step > 0 else rows - 1
            self.completions.list.setCurrentRow(first if now < 0 else (now + step) % rows)
        elif self._history:
            self._at = min(max(self._at + step, 0), len(self._history) - 1)
            self.line.setText(self._history[self._at])
            self._on_edited()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.line.setText(str(item.data(Qt.ItemDataRole.UserRole)))
        self.line.setFocus()
        self._on_edited()

    def _on_entered(self) -> None:
        if self.completions.list.currentRow() >= 0:
            self._on_completed()
        parsed = self._parsed()
        if not parsed.ready or parsed.verb is None:
            self.completions.show_parsed(parsed)
            self._place()
            return
        self._history = [*self._history, self.line.text()][-HISTORY:]
        self._at = len(self._history)
        try:
            parsed.verb.run(parsed.keys)
        except ConsoleError as refused:
            self.activity.say(say_refusal(refused), "alarm")
            return
        self.line.clear()
        self.completions.hide()
        self.left.emit()

    def _on_focused(self, here: bool) -> None:
        if not here:
            self.completions.hide()

    def _on_undo(self, words: str, seconds: int) -> None:
        self._take_back.setVisible(bool(words))
        if words:
            self._take_back.setText(
                translate("CommandBar", "Take back: {act} ({n} s)").format(act=words, n=seconds)
            )

    def _on_take_back(self) -> None:
        self._undo.take_back()
