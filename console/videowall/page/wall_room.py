"""The room's views, one key apart: the wall, the recordings, and what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.ui.keycap import KeyButton


class WallRoom(QWidget):
    """Each view has its own keys, and ``tools`` stand beside the tabs of the first one alone."""

    def __init__(self, tools: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.views = QStackedWidget()
        self.tabs: list[KeyButton] = []
        self._tools = tuple(tools)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(8, 6, 8, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        for tool in self._tools:
            self._row.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self.views, 1)

    def add_view(self, title: str, view: QWidget, key: str = "") -> None:
        """A further view, with this key or the next number; Ctrl+3 and Ctrl+4 are the frame's."""
        at = self.views.addWidget(view)
        tab = KeyButton(title, key or f"Ctrl+{at + 1}", "quiet")
        tab.setCheckable(True)
        tab.clicked.connect(partial(self.show_view, at))
        self._row.insertWidget(at, tab)
        self.tabs.append(tab)
        if at == 0:
            self.show_view(0)

    def show_view(self, at: int) -> None:
        """This view has the keys."""
        self.views.setCurrentIndex(at)
        for index, tab in enumerate(self.tabs):
            tab.setChecked(index == at)
        for tool in self._tools:
            tool.setVisible(at == 0)
        view = self.views.widget(at)
        self.setFocusProxy(view)
        view.setFocus()

    def view(self, kind: type[QWidget]) -> QWidget | None:
        """The view of this kind, or None."""
        views = (self.views.widget(at) for at in range(self.views.count()))
        return next((one for one in views if isinstance(one, kind)), None)
