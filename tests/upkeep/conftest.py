"""A post with a chief, a technician, an auditor and a duty officer; a Background for the panels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.upkeep.model import BackupStanding
from console.upkeep.page import UpkeepDesk


def somebody(*roles: str) -> Actor:
    """An officer with exactly these roles."""
    return Actor("officer", "0007", frozenset(roles))


@dataclass
class Seat:
    """Who sits at the desk, and hands on its panels."""

    database: Database
    qtbot: QtBot
    background: Background
    actor: Actor = field(default_factory=lambda: somebody("chief", "technician"))

    standing: BackupStanding = field(default_factory=BackupStanding)

    @property
    def data(self) -> Path:
        return self.database.path.parent

    @property
    def desk(self) -> UpkeepDesk:
        return UpkeepDesk(
            self.database,
            self.data,
            self.database.clock,
            self.background,
            lambda: self.actor,
            standing=lambda: self.standing,
        )

    def show(self, panel: QWidget) -> None:
        self.qtbot.addWidget(panel)
        panel.resize(1200, 700)
        panel.show()

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def acts(self) -> list[str]:
        from console.core import audit

        with self.database.read() as connection:
            return [line.act for line in audit.lines(connection)]


@pytest.fixture
def seat(database: Database, qtbot: QtBot, qapp: QApplication) -> Iterator[Seat]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    yield Seat(database, qtbot, background)
    background.stop()
    bridge.stop()
