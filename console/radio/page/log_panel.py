"""The log: everything, of the open call, or of the chosen crew; recordings are heard from here."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut

from console.radio.page.acts import RadioActs
from console.radio.page.parts import PageParts
from console.radio.page.reading import read_log
from console.radio.page.words import Shown, log_columns
from console.radio.service import Wanted
from console.ui.keycap import KeyButton
from console.ui.panel import Panel
from console.ui.tables import RowTable

translate = QCoreApplication.translate


class Which(Enum):
    """Which lines are shown."""

    ALL = "all"
    CALL = "call"
    CREW = "crew"


class LogPanel(Panel):
    """``unit()`` tells the crew that is chosen beside it."""

    def __init__(self, parts: PageParts, acts: RadioActs, unit: Callable[[], str]) -> None:
        super().__init__(translate("Radio", "Log"))
        self._parts, self._acts, self._unit = parts, acts, unit
        self._which = Which.ALL
        self._wanted = Wanted()
        self.buttons = {
            Which.ALL: KeyButton(translate("Radio", "All"), "A"),
            Which.CALL: KeyButton(translate("Radio", "The open call"), "C"),
            Which.CREW: KeyButton(translate("Radio", "The chosen crew"), "W"),
        }
        self.hear = KeyButton(translate("Radio", "Hear"), "P", "quiet")
        self.show_call = KeyButton(translate("Radio", "To the call"), "G", "quiet")
        self.add_action(self.show_call)
        self.add_action(self.hear)
        for which, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self._show, which))
            self.add_action(button)
        self.table: RowTable[Shown] = RowTable(
            log_columns(parts.clock.now), lambda shown: shown.line.id, parts.background,
            self._window,
        )  # fmt: skip
        self.body.addWidget(self.table)
        self.hear.clicked.connect(self._on_hear)
        self.show_call.clicked.connect(self._on_call)
        self.table.opened.connect(lambda _: self._on_hear())
        self.table.chosen.connect(lambda _: self._tell())
        space = QShortcut(QKeySequence("Space"), self)
        space.activated.connect(self._on_hear)
        self._show(Which.ALL)

    def refresh(self) -> None:
        """The lines are read again; those of another call or crew when that was changed."""
        wanted = self._now_wanted()
        if wanted != self._wanted:
            self._restart(wanted)
        else:
            self.table.refresh()

    def crew_changed(self) -> None:
        """Another crew is chosen."""
        if self._which is Which.CREW:
            self.refresh()

    def _show(self, which: Which, _: bool = False) -> None:
        self._which = which
        for one, button in self.buttons.items():
            button.setChecked(one is which)
        told = {
            Which.ALL: (
                translate("Radio", "Nothing was said over the radio yet"),
                translate("Radio", "Every message, status, talk and check stands here."),
            ),
            Which.CALL: (
                translate("Radio", "Nothing was said about the open call"),
                translate("Radio", "The call chosen on the desk is the open one."),
            ),
            Which.CREW: (translate("Radio", "Nothing was said with this crew yet"), ""),
        }[which]
        self.table.set_empty(*told)
        self._restart(self._now_wanted())

    def _restart(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.table.restart()
        self._tell()

    def _now_wanted(self) -> Wanted:
        call = self._parts.open_call()
        if self._which is Which.CALL:
            self.set_title(translate("Radio", "Log"), call.number)
            return Wanted(call_id=call.id or "none")
        self.set_title(translate("Radio", "Log"))
        if self._which is Which.CREW:
            return Wanted(unit_id=self._unit() or "none")
        return Wanted()

    def _window(self, after: Shown | None, limit: int) -> list[Shown]:
        return read_log(self._parts, self._wanted, after, limit)

    def _tell(self) -> None:
        row = self.table.chosen_row()
        self.hear.setEnabled(row is not None and bool(row.line.voice))
        self.show_call.setEnabled(row is not None and bool(row.line.call_id))

    def _on_hear(self) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self._acts.listen(row.line)

    def _on_call(self) -> None:
        row = self.table.chosen_row()
        if row is not None and row.line.call_id:
            self._parts.show_call(row.line.call_id)
