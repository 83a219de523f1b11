"""The stocktake of a place: what is still missing shrinks with every label and tag that is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QWidget

from console.inventory.model import Item
from console.inventory.page.parts import PageParts, read_scanned
from console.inventory.page.scanning import Scanning
from console.inventory.service import Stocktake, taken
from console.ui.acts import Failed
from console.ui.dialogs import Question, Sheet
from console.ui.panel import label
from console.ui.style import px
from console.ui.wedge import Wedge
from console.ui.words import say_refusal

translate = QCoreApplication.translate
ROWS = 14
PAINT_MS = 100  # a reader tells many tags at once


@dataclass(frozen=True, slots=True)
class Counted:
    """Which place is counted, as people call it, and how far that has come."""

    words: str
    stock: Stocktake


class StocktakeSheet(Sheet):
    """Open from the first label to Enter; ``save(stock, then, failed)`` keeps the result."""

    def __init__(
        self,
        parent: QWidget,
        parts: PageParts,
        scanning: Scanning,
        counted: Counted,
        save: Callable[[Stocktake, Callable[[], None], Failed], None],
    ) -> None:
        question = Question(
            translate("Inventory", "Stocktake: {place}").format(place=counted.words),
            translate("Inventory", "Scan each label, or hold the tag reader to the shelves."),
            translate("Inventory", "Record"),
        )
        super().__init__(parent, question)
        self._parts, self._save = parts, save
        self.stock = counted.stock
        self._heard: set[str] = set()
        self.figure: QLabel = label("", "title")
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(translate("Inventory", "Not found yet"))
        self.list.setFixedHeight(min(px(ROWS * 28), parent.window().height() - px(260)))
        self.body.addWidget(self.figure)
        self.body.addWidget(self.list)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAINT_MS)
        self._soon.timeout.connect(self._show)
        self._wedge = Wedge(self)
        self._wedge.scanned.connect(self.take)
        scanning.heard.connect(self.take)
        self.yes.clicked.connect(self._on_yes)
        self.finished.connect(lambda _: parts.read_tags(False))
        self._show()
        self.open()
        parts.read_tags(True)

    def take(self, code: str) -> None:
        """This label was read; each counts once, however often a reader tells it."""
        code = code.strip().upper()
        if not code or code in self._heard:
            return
        self._heard.add(code)

        def show(item: Item | None) -> None:
            self.stock = taken(self.stock, code, item)
            if not self._soon.isActive():
                self._soon.start()

        def failed(error: Exception) -> None:
            self._heard.discard(code)
            self.say(say_refusal(error))

        self._parts.background.ask(partial(read_scanned, self._parts, code), show, failed, self)

    def refused(self, error: Exception) -> None:
        """The sheet stays open and says why nothing was recorded."""
        self.yes.setEnabled(True)
        self.say(say_refusal(error))

    def _on_yes(self) -> None:
        self.yes.setEnabled(False)  # one answer is enough
        self._save(self.stock, self.accept, self.refused)

    def _show(self) -> None:
        stock = self.stock
        self.figure.setText(
            translate("Inventory", "{found} of {all} found, {missing} not yet").format(
                found=len(stock.found), all=len(stock.expected), missing=len(stock.missing)
            )
        )
        lines = [f"{one.number}  {one.facts.name}" for one in stock.missing]
        lines += [_elsewhere(one) for one in stock.elsewhere.values()]
        lines += [
            translate("Inventory", "Unknown label: {code}").format(code=code)
            for code in stock.unknown
        ]
        self.list.clear()
        for line in lines:
            self.list.addItem(QListWidgetItem(line))


def _elsewhere(item: Item) -> str:
    if item.holding is not None:
        return translate("Inventory", "{item}: lies here, though {holder} has it").format(
            item=f"{item.number} {item.facts.name}", holder=item.holding.name
        )
    return translate("Inventory", "{item}: lies here, though it is kept elsewhere").format(
        item=f"{item.number} {item.facts.name}"
    )
