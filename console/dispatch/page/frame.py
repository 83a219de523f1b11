"""Where the parts of the desk stand: queue, map over crews, and the call or the form."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from console.dispatch.page.call_panel import PanelButton
from console.ui.freshness import FreshnessLine
from console.ui.panel import Panel
from console.ui.style import px

translate = QCoreApplication.translate


class DeskFrame(QSplitter):
    """The desk's parts in splitters. ``new_wanted`` asks for the form of a call by hand."""

    new_wanted = Signal()

    def __init__(
        self, queue: QWidget, chart: QWidget, units: QWidget, right: list[QWidget]
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.queue_panel = Panel(translate("Desk", "Calls"))
        new = PanelButton(translate("Desk", "New call"), "N", "quiet")
        new.clicked.connect(self.new_wanted)
        new.setToolTip(translate("Desk", "N: take a call by hand"))
        self.queue_panel.add_action(new)
        self.queue_panel.body.addWidget(queue)
        self.queue_fresh = FreshnessLine(self)
        self.queue_fresh.setContentsMargins(8, 2, 8, 4)
        self.queue_panel.body.addWidget(self.queue_fresh)
        self.unit_panel = Panel(translate("Desk", "Crews"))
        self.unit_panel.body.addWidget(units)
        self.right = QStackedWidget()
        for widget in right:
            self.right.addWidget(widget)
        middle = self._middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(chart)
        middle.addWidget(self.unit_panel)
        middle.setStretchFactor(0, 3)
        middle.setStretchFactor(1, 2)
        middle.setSizes([px(500), px(430)])
        for part in (self.queue_panel, middle, self.right):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.setSizes([px(290), px(760), px(390)])
        for splitter in (middle, self):
            splitter.setChildrenCollapsible(False)
        self.queue_panel.setMinimumWidth(px(270))
        self.right.setMinimumWidth(px(370))

    def set_pictures(self, widget: QWidget) -> None:
        """This one stands between the map and the crews, as high as it wants to be."""
        self._middle.insertWidget(1, widget)
        self._middle.setCollapsible(1, False)

    def show_right(self, widget: QWidget) -> None:
        """This one stands at the right."""
        self.right.setCurrentWidget(widget)
