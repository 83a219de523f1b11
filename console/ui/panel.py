"""Panels and labels: the pieces that pages are laid out from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.ui.freshness import FreshnessLine
from console.ui.style import mark


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """Plain text (never markup) in a role: title, heading, figure, soft, caption, small, error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def line() -> QFrame:
    """A thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


class Panel(QFrame):
    """A titled panel: head with room for actions, body, and a freshness line when wanted."""

    def __init__(self, title: str = "", freshness: bool = False, margin: int = 0) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._head = QFrame()
        self._head.setProperty("role", "panelHead")
        self.head = QHBoxLayout(self._head)
        self.head.setContentsMargins(10, 0, 6, 0)
        self.head.setSpacing(6)
        self._title = label(title, "title")
        self._note = label("", "caption")
        self.head.addWidget(self._title)
        self.head.addWidget(self._note)
        self.head.addStretch(1)
        self._head.setVisible(bool(title))
        outer.addWidget(self._head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(6)
        outer.addLayout(self.body, 1)
        self.freshness: FreshnessLine | None = None
        if freshness:
            self.freshness = FreshnessLine(self)
            self.freshness.setContentsMargins(10, 2, 10, 4)
            self.freshness.setSizePolicy(
                QSizePolicy.Policy.Ignored, self.freshness.sizePolicy().verticalPolicy()
            )
            outer.addWidget(self.freshness)

    def set_title(self, title: str, note: str = "") -> None:
        """The head says this; ``note`` stands small beside it."""
        self._title.setText(title)
        self._note.setText(note)
        self._head.setVisible(bool(title))

    def add_action(self, widget: QWidget) -> None:
        """The widget stands at the right of the head."""
        self.head.addWidget(widget)


class Notice(QFrame):
    """A line inside a page that something needs a look: a word, a tone, never a dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        self._label = label("", wrap=True)
        row.addWidget(self._label, 1)
        self.row = row
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, text: str, tone: str = "") -> None:
        """The notice says this (``late`` or ``alarm`` in tone), or hides when there is nothing."""
        self._label.setText(text)
        mark(self, tone=tone)
        self.setVisible(bool(text))


class EmptyState(QWidget):
    """What an empty list means and what to do."""

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.addStretch(2)
        self._title = label(title, "soft", wrap=True)
        self._advice = label(advice, "small", wrap=True)
        for part in (self._title, self._advice):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addStretch(3)

    def say(self, title: str, advice: str = "") -> None:
        """It says this."""
        self._title.setText(title)
        self._advice.setText(advice)
