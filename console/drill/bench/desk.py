"""A console that a measurement works with: opened, signed in, its answers given as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from console.app.console import Console
from console.app.post import Post
from console.core.ids import OfficerId
from console.drill.entry import make_application
from console.people.model import Role, Session
from console.settings import read_settings

PATIENCE_S = 240.0
ROLES = frozenset({Role.DUTY_OFFICER, Role.CHIEF})


def told(answer: dict[str, Any]) -> None:
    """One line of JSON for whoever started this process."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class MeasuredDesk:
    """The window of the post in ``data``. ``run`` calls ``begin`` once the desk is usable."""

    def __init__(self, data: Path) -> None:
        settings = read_settings(data)
        self.app = make_application(settings.language)
        self.post = Post(settings)
        self.post.start()
        self.console = Console(self.app, self.post)
        self.console.start()
        self.console.window.resize(1920, 1080)
        self.desk = self.console.desk
        self._begun = False

    def run(self, begin: Callable[[], None]) -> int:
        """The exit status: 0 when ``end`` was called, 3 when the time was up."""

        def usable() -> None:
            if not self._begun and self.post.roads.ready:
                self._begun = True
                QTimer.singleShot(1500, self.app, begin)  # the first rush is not what is measured
            elif not self._begun:
                QTimer.singleShot(50, self.app, usable)

        self.console.usable.connect(usable)
        officer = OfficerId("bench")
        self.console.enter(Session(officer, "0101", "bench", ROLES))
        QTimer.singleShot(round(PATIENCE_S * 1000), self.app, lambda: self.app.exit(3))
        status = int(self.app.exec())
        self.console.stop()
        self.post.stop()
        return status

    def end(self, answer: dict[str, Any]) -> None:
        """The measurement is done; this is what it found."""
        told(answer)
        self.app.exit(0)
