"""The bar over the stage: how it is divided, what is kept, what runs by itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QWidget

from console.ui.keycap import KeyButton
from console.ui.words import pick
from console.videowall.model import GRID_WORDS, Grid

translate = QCoreApplication.translate
GRID_LABELS = {
    Grid.ONE: "1×1",
    Grid.FOUR: "2×2",
    Grid.NINE: "3×3",
    Grid.SIXTEEN: "4×4",
}


class StageBar(QWidget):
    """Buttons with their keys. ``divided(grid)``; the others are connected one by one."""

    divided = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.grids = QButtonGroup(self)
        self._grid_of: dict[Grid, KeyButton] = {}
        self._groups = [QWidget(), QWidget()]
        first, second = (QHBoxLayout(group) for group in self._groups)
        for row in (first, second):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4)
        for place, grid in enumerate(Grid):
            words = GRID_LABELS.get(grid) or pick(GRID_WORDS[grid])
            button = KeyButton(words, str(place + 1))
            button.setToolTip(pick(GRID_WORDS[grid]))
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, grid=grid: self.divided.emit(grid))
            self.grids.addButton(button)
            self._grid_of[grid] = button
            first.addWidget(button)
        self.alone_button = KeyButton(translate("Wall", "Alone"), "F")
        self.alone_button.setToolTip(
            translate("Wall", "Double click does it too. + and - enlarge, Shift and arrows move.")
        )
        self.layouts_button = KeyButton(translate("Wall", "Layouts"), "L")
        self.tour_button = KeyButton(translate("Wall", "Tour"), "T")
        self.patrol_button = KeyButton(translate("Wall", "Tier patrol"), "P")
        self.snapshot_button = KeyButton(translate("Wall", "Snapshot"), "S")
        self.screen_button = KeyButton(translate("Wall", "Full screen"), "W")
        self.turn_button = KeyButton(translate("Wall", "PTZ"), "Y")
        for button in (self.alone_button, self.tour_button, self.patrol_button, self.screen_button,
                       self.turn_button):  # fmt: skip
            button.setCheckable(True)
        for button in (self.alone_button, self.layouts_button, self.tour_button,
                       self.patrol_button, self.snapshot_button, self.turn_button,
                       self.screen_button):  # fmt: skip
            second.addWidget(button)
        self._folded = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 6, 6, 6)
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider group: two rows where there is no room for one."""
        wide = max(group.sizeHint().width() for group in self._groups) + 12
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = sum(group.sizeHint().width() for group in self._groups) + 24
        folded = event.size().width() < wide
        if folded != self._folded:
            self._folded = folded
            self._place()

    def _place(self) -> None:
        for group in self._groups:
            self._grid.removeWidget(group)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self._groups[0], 0, 0, left)
        if self._folded:
            self._grid.addWidget(self._groups[1], 1, 0, 1, 2, left)
        else:
            self._grid.addWidget(self._groups[1], 0, 1, right)
        self.updateGeometry()

    def show_grid(self, grid: Grid) -> None:
        """This division is the one in force."""
        self._grid_of[grid].setChecked(True)
