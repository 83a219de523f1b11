"""Above the list: the find field, which a label scanner types into, and the filters."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from console.inventory.model import Counts, Filter
from console.inventory.page.words import filter_words
from console.ui.keycap import KeyButton

translate = QCoreApplication.translate
PAUSE_MS = 150  # typing pauses before the list is read anew


class FindField(QLineEdit):
    """Words to be found: ``found`` when typing pauses, ``entered`` on Enter, ``left`` downwards."""

    found = Signal(str)
    entered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(
            translate("Inventory", "Scan a label, or find by number, name, holder  (Ctrl+F)")
        )
        self.setAccessibleName(translate("Inventory", "Find equipment"))
        self.setMaxLength(100)
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self.found.emit(self.text().strip()))
        self.textChanged.connect(lambda _: self._pause.start())
        self.installEventFilter(self)

    def settle(self) -> None:
        """What was typed so far counts at once."""
        if self._pause.isActive():
            self._pause.stop()
            self.found.emit(self.text().strip())

    def rest(self) -> None:
        """What was typed so far has been answered."""
        self._pause.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit(self.text().strip())
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


class FilterBar(QWidget):
    """The filters with their counts, by digit, and the group by G. ``chosen`` with the new filter."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        self.buttons: dict[Filter, KeyButton] = {}
        for digit, which in enumerate(Filter, 1):
            button = KeyButton(filter_words(which), str(digit), "quiet")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _=False, which=which: self.chosen.emit(str(which)))
            self.buttons[which] = button
            row.addWidget(button)
        self.buttons[Filter.ALL].setChecked(True)
        row.addStretch(1)
        self.group = KeyButton(translate("Inventory", "All groups"), "G", "quiet")
        row.addWidget(self.group)

    def show_counts(self, counts: Counts) -> None:
        """Each filter says how many items it holds."""
        told = {
            Filter.ALL: counts.total,
            Filter.ISSUED: counts.issued,
            Filter.OVERDUE: counts.overdue,
            Filter.CHECK: counts.check,
        }
        for which, button in self.buttons.items():
            button.setText(f"{filter_words(which)} {told[which]}")

    def show_chosen(self, which: Filter, group: str) -> None:
        """This filter is marked; the group button says which group is shown."""
        self.buttons[which].setChecked(True)
        self.group.setText(group or translate("Inventory", "All groups"))
