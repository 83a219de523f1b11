"""The limits that lamps, advice and undo go by; the chief changes them, the lamps follow at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QSpinBox

from console.core import reference
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.dispatch import service
from console.ui.background import Background
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel, label
from console.ui.words import say_refusal

translate = QCoreApplication.translate


class LimitsPanel(Panel):
    """A form over the reference table ``limits``. Refusals stand in the panel."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        background: Background,
        actor: Callable[[], Actor],
    ) -> None:
        super().__init__(translate("Limits", "Limits of this post"), margin=10)
        self._database = database
        self._clock = clock
        self._background = background
        self._actor = actor
        self._form = Form(columns=4)
        for key, title in self._titles().items():
            box = QSpinBox()
            box.setRange(0, 86400)
            self._form.add(key, title, box)
        self.body.addWidget(
            label(
                translate(
                    "Limits",
                    "Seconds unless said otherwise. A value outside sane bounds is brought to the "
                    "nearest one; the city's own limits on a call go before these.",
                ),
                "small",
                wrap=True,
            )
        )
        self.body.addWidget(self._form)
        self.notice = Notice()
        self.body.addWidget(self.notice)
        row = QHBoxLayout()
        row.addStretch(1)
        self.save = KeyButton(translate("Limits", "Save limits"), "Ctrl+S", "primary")
        self.save.clicked.connect(self._on_save)
        row.addWidget(self.save)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """The form shows the limits in force."""
        self._background.ask(self._read, self._show, self._failed, self)

    def _titles(self) -> dict[str, str]:
        by_level = {
            f"{name}.{level}": title.format(level=level)
            for name, title in (
                ("sign_s", translate("Limits", "Sign, level {level}")),
                ("depart_s", translate("Limits", "Depart, level {level}")),
                ("feedback_s", translate("Limits", "First feedback, level {level}")),
            )
            for level in (1, 2, 3, 4)
        }
        return by_level | {
            "arrive_s.core": translate("Limits", "Arrive, core zone"),
            "arrive_s.crowded": translate("Limits", "Arrive, crowded zone"),
            "arrive_s.general": translate("Limits", "Arrive, other ground"),
            "position_age_s": translate("Limits", "Position too old after"),
            "arrival_radius_m": translate("Limits", "Arrival radius (m)"),
            "undo_s": translate("Limits", "Undo possible for"),
        }

    def _read(self) -> dict[str, Any]:
        with self._database.read() as connection:
            return dict(reference.current(connection, "limits", self._clock.now()))

    def _show(self, table: dict[str, Any]) -> None:
        values: dict[str, Any] = {}
        for key in self._titles():
            name, _, inner = key.partition(".")
            values[key] = table[name][inner] if inner else table[name]
        self._form.fill(values)

    def _on_save(self) -> None:
        body: dict[str, Any] = {}
        for key, value in self._form.values().items():
            name, _, inner = key.partition(".")
            if inner:
                body.setdefault(name, {})[inner] = value
            else:
                body[name] = value
        actor = self._actor()
        self._background.act(
            lambda: service.change_limits(self._database, actor, body),
            self._saved,
            self._failed,
            self,
        )

    def _saved(self, table: dict[str, Any]) -> None:
        self._show(table)
        self.notice.say(translate("Limits", "Saved; the lamps go by these limits from now on."))

    def _failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
