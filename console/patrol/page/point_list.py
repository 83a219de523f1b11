"""The list of points: the open ones or all, found by number or name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from console.patrol.model import PointId
from console.patrol.page.columns import Now, point_columns
from console.patrol.page.parts import Look, PointRow
from console.ui.keycap import KeyButton
from console.ui.panel import Panel
from console.ui.tables import RowTable

translate = QCoreApplication.translate


class PointList(Panel):
    """Points as a table with its filter and its search; ``table`` has the choice."""

    def __init__(self, now: Now) -> None:
        super().__init__(translate("Patrol", "Must-reach points"))
        self._look: Look | None = None
        self._wanted: PointId | None = None
        self.table: RowTable[PointRow] = RowTable(
            point_columns(now),
            lambda row: row.id,
            empty=(translate("Patrol", "Being read…"), ""),
        )
        self.table.view.setAccessibleName(translate("Patrol", "Must-reach points"))
        self.open_button = KeyButton(translate("Patrol", "Open ones"), "O")
        self.all_button = KeyButton(translate("Patrol", "All"), "A")
        self.import_button = KeyButton(translate("Patrol", "Import"), "Ctrl+I")
        self.export_button = KeyButton(translate("Patrol", "Export"), "Ctrl+E")
        self.add_button = KeyButton(translate("Patrol", "Add"), "N")
        for button, only_open in ((self.open_button, True), (self.all_button, False)):
            button.setCheckable(True)
            button.setChecked(only_open)
            button.clicked.connect(self._switch(only_open))
        for button in (
            self.open_button,
            self.all_button,
            self.import_button,
            self.export_button,
            self.add_button,
        ):
            self.add_action(button)
        self._build_search()
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 0)
        row.addWidget(self.search)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)

    def show_look(self, seen: Look) -> None:
        """The table shows what fits the filter and the search."""
        self._look = seen
        self._show_rows()

    def want(self, point_id: PointId) -> None:
        """This point is chosen as soon as it is read."""
        self._wanted = point_id

    def _build_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Patrol", "Find by number or name  (/ or Ctrl+F)"))
        self.search.setAccessibleName(translate("Patrol", "Find a point"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._show_rows())
        self.search.returnPressed.connect(self.table.setFocus)
        for key in ("/", "Ctrl+F"):
            finder = QShortcut(QKeySequence(key), self)
            finder.activated.connect(self.search.setFocus)
        back = QShortcut(QKeySequence("Escape"), self.search)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self._leave_search)

    def _switch(self, only_open: bool) -> Callable[[], None]:
        def switch() -> None:
            self.open_button.setChecked(only_open)
            self.all_button.setChecked(not only_open)
            self._show_rows()

        return switch

    def _leave_search(self) -> None:
        self.search.clear()
        self.table.setFocus()

    def _show_rows(self) -> None:
        if self._look is None:
            return
        words = self.search.text().strip().casefold()
        rows = [
            row
            for row in self._look.rows
            if (row.open or not self.open_button.isChecked())
            and words in f"{row.point.number} {row.point.name}".casefold()
        ]
        self._say_empty(self._look, bool(words))
        self.table.show_rows(rows)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        if rows and not self.table.view.selectionModel().hasSelection():
            self.table.choose((self.table.chosen_row() or rows[0]).id)
        self.table.chosen.emit(self.table.chosen_row())

    def _say_empty(self, seen: Look, searched: bool) -> None:
        if searched:
            said = (
                translate("Patrol", "No point fits these words"),
                translate("Patrol", "Esc empties the search; A looks among all points."),
            )
        elif seen.due:
            said = (
                translate("Patrol", "Every point of this shift is reached"),
                translate("Patrol", "A shows all points."),
            )
        else:
            said = (
                translate("Patrol", "No point is due in this shift"),
                translate("Patrol", "N adds one, Ctrl+I takes a list from a file."),
            )
        self.table.set_empty(*said)
