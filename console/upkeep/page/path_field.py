"""A field for a file or a folder: typed, or chosen in the platform's own dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from console.ui.style import px

translate = QCoreApplication.translate
Chooser = Callable[[QWidget, str, str], str]  # parent, title, where to begin → path or ""


def choose_folder(parent: QWidget, title: str, begin: str) -> str:
    """The folder that a person chose; empty when none."""
    return QFileDialog.getExistingDirectory(parent, title, begin)


def choose_file(kinds: str) -> Chooser:
    """A chooser of one existing file of these kinds (``Roads (*.osm.pbf)``)."""

    def choose(parent: QWidget, title: str, begin: str) -> str:
        return QFileDialog.getOpenFileName(parent, title, begin, kinds)[0]

    return choose


class PathField(QWidget):
    """An editor for ``Form``: a line and a button that opens ``chooser``."""

    changed = Signal()

    def __init__(self, title: str, chooser: Chooser) -> None:
        super().__init__()
        self._title = title
        self.chooser = chooser
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.button = QPushButton(translate("Upkeep", "Choose …"))
        self.button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(lambda _text: self._on_text())
        self.button.clicked.connect(self._on_choose)

    def value(self) -> str:
        """The path, without blanks around it."""
        return self.line.text().strip()

    def put(self, value: Any) -> None:
        """It shows this path; None empties it."""
        self.line.setText(str(value or ""))

    def _on_text(self) -> None:
        self.line.setToolTip(self.line.text())
        self.changed.emit()

    def _on_choose(self) -> None:
        begin = self.value()
        there = begin if begin and Path(begin).exists() else str(Path.home())
        chosen = self.chooser(self, self._title, there)
        if chosen:
            self.put(chosen)
