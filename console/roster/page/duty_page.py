"""The page of the room: the crews, and the roster, one key apart."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.roster.page.month_view import MonthView
from console.roster.page.parts import PageParts
from console.roster.page.roster_page import RosterPage
from console.ui.keycap import KeyButton

translate = QCoreApplication.translate


class DutyPage(QWidget):
    """Two views, each with its own keys. ``news`` when crews or the roster may have changed."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self.crews = RosterPage(parts)
        self.months = MonthView(parts)
        self.views = QStackedWidget()
        self.tabs = (
            KeyButton(translate("Roster", "Crews"), "Ctrl+1", "quiet"),
            KeyButton(translate("Roster", "Roster"), "Ctrl+2", "quiet"),
        )
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 0)
        row.setSpacing(4)
        for at, (tab, view) in enumerate(zip(self.tabs, (self.crews, self.months), strict=True)):
            self.views.addWidget(view)
            tab.setCheckable(True)
            tab.clicked.connect(partial(self.show_view, at))
            row.addWidget(tab)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.views, 1)
        self.show_view(0)

    def show_view(self, at: int) -> None:
        """The crews (0) or the roster (1) have the keys."""
        self.views.setCurrentIndex(at)
        for index, tab in enumerate(self.tabs):
            tab.setChecked(index == at)
        view = (self.crews.table, self.months.grid)[at]
        self.setFocusProxy(view)
        view.setFocus()

    def news(self) -> None:
        """The view that is seen looks soon."""
        self.crews.news()
        self.months.news()
