"""The list of visits, newest first, with a field to find by and one for the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from console.citizen import service
from console.citizen.model import Visit, Wanted, day_of, read_day
from console.citizen.page.columns import visit_columns
from console.citizen.page.parts import Look, PageParts
from console.ui.keycap import KeyButton
from console.ui.panel import Panel
from console.ui.style import mark, px
from console.ui.tables import RowTable

translate = QCoreApplication.translate

PAUSE_MS = 200


class ListPanel(Panel):
    """``table`` holds the visits; the page hears its ``chosen`` and ``opened``."""

    def __init__(self, parts: PageParts, look: Callable[[], Look]) -> None:
        super().__init__(translate("Citizen", "Visits"))
        self._parts = parts
        self._wanted = Wanted()
        self.table: RowTable[Visit] = RowTable(
            visit_columns(look, parts.clock.now), lambda v: v.id, parts.background, self._page
        )
        self.text, self.day = QLineEdit(), QLineEdit()
        self.today = KeyButton(translate("Citizen", "Today"), "T")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_filter)
        self._lay_out()
        self._tell_empty()

    @property
    def wanted(self) -> Wanted:
        """What is looked for now."""
        return self._wanted

    def show_figures(self, look: Look) -> None:
        """The head says how many visits there are."""
        told = translate("Citizen", "today {today}, in all {all}").format(
            today=f"{look.figures.today:,}", all=f"{look.figures.all:,}"
        )
        self.set_title(translate("Citizen", "Visits"), told)

    def show_all(self) -> None:
        """Nothing is filtered."""
        self.text.clear()
        self.day.clear()
        self._pause.stop()
        self._on_filter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the down arrow go from the fields to the list; Esc empties them and goes too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape):
                if key == Qt.Key.Key_Escape and isinstance(watched, QLineEdit):
                    watched.clear()
                self._pause.stop()
                self._on_filter()
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(px(10), px(6), px(10), px(2))
        row.setSpacing(px(8))
        self.text.setPlaceholderText(
            translate("Citizen", "Number, words, or a whole phone number   Ctrl+F")
        )
        self.day.setPlaceholderText(translate("Citizen", "Day, e.g. 11-21"))
        self.text.setAccessibleName(translate("Citizen", "Find a visit"))
        self.day.setAccessibleName(translate("Citizen", "Day"))
        self.day.setFixedWidth(px(130))
        for editor in (self.text, self.day):
            editor.setClearButtonEnabled(True)
            editor.setMaxLength(service.FIND_CHARS)
            editor.textChanged.connect(lambda _text: self._pause.start())
            editor.installEventFilter(self)
        row.addWidget(self.text, 1)
        row.addWidget(self.day)
        row.addWidget(self.today)
        self.today.clicked.connect(self._on_today)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._on_find)

    def _on_find(self) -> None:
        self.text.setFocus()
        self.text.selectAll()

    def _on_today(self) -> None:
        """The day is today, or any again."""
        today = day_of(self._parts.clock.now())
        self.day.setText("" if self._wanted.day == today else f"{today:%Y-%m-%d}")
        self._pause.stop()
        self._on_filter()

    def _on_filter(self) -> None:
        today = day_of(self._parts.clock.now())
        try:
            day = read_day(self.day.text(), today)
        except ValueError:
            mark(self.day, wrong="yes")
            self.day.setToolTip(translate("Citizen", "No such day; write 2026-11-21 or 11-21"))
            return
        mark(self.day, wrong="")
        self.day.setToolTip("")
        self.today.setText(
            translate("Citizen", "All days") if day == today else translate("Citizen", "Today")
        )
        wanted = Wanted(self.text.text().strip(), day)
        if wanted != self._wanted:
            self._wanted = wanted
            self._tell_empty()
            self.table.model.replace(())  # another list begins with its first window
            self.table.refresh()

    def _tell_empty(self) -> None:
        if self._wanted == Wanted():
            self.table.set_empty(
                translate("Citizen", "No visit is recorded yet"),
                translate("Citizen", "N records the first one."),
            )
        else:
            self.table.set_empty(
                translate("Citizen", "No visit is like that"),
                translate(
                    "Citizen",
                    "Words are sought in what was asked and done and in the place; a phone or id "
                    "number only whole. Esc in the field shows all.",
                ),
            )

    def _page(self, after: Visit | None, limit: int) -> Sequence[Visit]:
        wanted, now = self._wanted, self._parts.clock.now()
        with self._parts.database.read() as connection:
            return service.find(
                connection, wanted, now, None if after is None else after.key, limit
            )
