"""The system page: people of the post, and the limits that the lamps go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.dispatch.page.limits_panel import LimitsPanel
from console.people.page import OfficersPanel
from console.ui.style import px

if TYPE_CHECKING:
    from console.app.console import Console

translate = QCoreApplication.translate


class SystemPage(QWidget):
    """People at the left, limits at the right."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        post = console.post
        self.people = OfficersPanel(post.database, console.background, lambda: console.session)
        self.limits = LimitsPanel(post.database, post.clock, console.background, console.actor)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(self.people)
        across.addWidget(self.limits)
        across.setSizes([px(620), px(560)])
        across.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.addWidget(across)
