"""The crew form's own editors: people by ticks and by free text, kit by ticks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.ui.style import px

translate = QCoreApplication.translate

BETWEEN = re.compile("[、,，;；\n]+")
ROLE = Qt.ItemDataRole.UserRole


class PeopleEditor(QWidget):
    """Officers of the post by ticks (Space), others by free text; its value is a list of names."""

    changed = Signal()

    def __init__(self, officers: Sequence[tuple[str, str]]) -> None:
        """``officers``: the name that is kept, and what stands in the list."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.list = QListWidget()
        self.list.setProperty("role", "field")
        self.list.setAccessibleName(translate("Roster", "Officers of the post"))
        for kept, shown in officers:
            item = QListWidgetItem(shown)
            item.setData(ROLE, kept)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setFixedHeight(px(92))
        self.list.setVisible(bool(officers))
        self.others = QLineEdit()
        self.others.setPlaceholderText(
            translate("Roster", "Others: auxiliaries, guards… separated by commas")
        )
        self.others.setAccessibleName(translate("Roster", "Others"))
        column.addWidget(self.list)
        column.addWidget(self.others)
        self.list.itemChanged.connect(lambda _: self.changed.emit())
        self.others.textChanged.connect(lambda _: self.changed.emit())
        self.setFocusProxy(self.list if officers else self.others)

    def value(self) -> list[str]:
        """The ticked officers, then the others."""
        ticked = [
            str(item.data(ROLE))
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        ]
        others = [one.strip() for one in BETWEEN.split(self.others.text())]
        return list(dict.fromkeys([*ticked, *(one for one in others if one)]))

    def put(self, value: Any) -> None:
        """Exactly these people are in it."""
        names = [str(name) for name in value or ()]
        known = set()
        for item in self._items():
            inside = item.data(ROLE) in names
            known.add(item.data(ROLE))
            item.setCheckState(Qt.CheckState.Checked if inside else Qt.CheckState.Unchecked)
        self.others.setText("、".join(name for name in names if name not in known))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]


class KitEditor(QWidget):
    """A tick for each kit word; codes that the table does not know any more stay as they are."""

    changed = Signal()

    def __init__(self, words: Mapping[str, str], columns: int = 4) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setVerticalSpacing(4)
        self.ticks: dict[str, QCheckBox] = {}
        self._unknown: list[str] = []
        for at, (code, word) in enumerate(words.items()):
            tick = QCheckBox(word)
            tick.toggled.connect(lambda _: self.changed.emit())
            self.ticks[code] = tick
            grid.addWidget(tick, at // columns, at % columns)
        if self.ticks:
            self.setFocusProxy(next(iter(self.ticks.values())))

    def value(self) -> list[str]:
        """The codes of the ticked kit."""
        return [code for code, tick in self.ticks.items() if tick.isChecked()] + self._unknown

    def put(self, value: Any) -> None:
        """Exactly this kit is ticked."""
        codes = {str(code) for code in value or ()}
        for code, tick in self.ticks.items():
            tick.setChecked(code in codes)
        self._unknown = sorted(codes - set(self.ticks))
