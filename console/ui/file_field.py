"""A field for the path of one file, with the platform's file dialog beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from console.ui.keycap import KeyButton

translate = QCoreApplication.translate

# parent, title, where to begin, kinds → the chosen path, or nothing
Choose = Callable[[QWidget, str, str, str], str]


def choose_open(parent: QWidget, title: str, begin: str, kinds: str) -> str:
    """The platform's dialog for a file that is there."""
    return QFileDialog.getOpenFileName(parent, title, begin, kinds)[0]


def choose_save(parent: QWidget, title: str, begin: str, kinds: str) -> str:
    """The platform's dialog for a file to write; it asks before one is replaced."""
    return QFileDialog.getSaveFileName(parent, title, begin, kinds)[0]


class FileField(QWidget):
    """A path to type, or to choose with Ctrl+O."""

    changed = Signal()

    def __init__(
        self, title: str, endings: tuple[str, ...], choose: Choose, kinds: str = ""
    ) -> None:
        super().__init__()
        self._title, self.choose = title, choose
        names = " ".join(f"*{ending}" for ending in endings)
        self._kinds = (kinds or translate("File", "Tables ({names})")).format(names=names)
        self.line = QLineEdit()
        self.line.setPlaceholderText("  ".join(endings))
        self.line.setAccessibleName(title)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.browse = KeyButton(translate("File", "Browse"), "Ctrl+O")
        self.browse.clicked.connect(self._on_browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        self.setFocusProxy(self.line)

    def path(self) -> Path | None:
        """The path that stands in it; quotes around it, as a copied path has them, are left out."""
        told = self.line.text().strip().strip("\"'\u201c\u201d")
        return Path(told).expanduser() if told else None

    def _on_browse(self) -> None:
        chosen = self.choose(self, self._title, self.line.text().strip(), self._kinds)
        if chosen:
            self.line.setText(chosen)
        self.line.setFocus()
