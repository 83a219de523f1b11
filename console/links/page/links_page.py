"""The page of the links: which wires stand, how fresh what they say is, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.links.model import PHASE_WORDS, UP, LinkConfig, LinkPhase, LinkState
from console.links.page.columns import bad_tip, cause_text, columns
from console.links.page.link_sheet import Choices, LinkSheet, UnitChoice
from console.links.service import (
    Supervisor,
    add_link,
    change_link,
    plugged_ports,
    record_link,
    remove_link,
)
from console.ui.background import Background
from console.ui.dialogs import Question, confirm
from console.ui.keycap import KeyButton
from console.ui.moments import moment_text
from console.ui.panel import Notice, Panel, label
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

REFRESH_MS = 1000


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page works with. ``actor`` says who is signed in; ``units`` is asked off the UI thread."""

    database: Database
    supervisor: Supervisor
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    units: Callable[[], Sequence[UnitChoice]] = tuple


class LinksPage(QWidget):
    """The table of links, the chosen link's story, and ``extra``: the road to the city's panel."""

    def __init__(self, parts: PageParts, extra: QWidget | None = None) -> None:
        super().__init__()
        self._parts = parts
        self._unit_names: dict[str, str] = {}
        self.notice = Notice()
        self.panel = Panel(translate("Links", "Links"))
        self.table: RowTable[LinkState] = RowTable(
            columns(parts.clock.now, lambda unit: self._unit_names.get(unit, unit)),
            lambda state: state.config.id,
            parts.background,
            self._window,
            (
                translate("Links", "No link is set up yet"),
                translate(
                    "Links",
                    "Nothing is heard from any device. Plug a receiver in, then press Insert and choose it.",
                ),
            ),
        )
        self._build_buttons()
        self.panel.body.addWidget(self.table)
        self.story = Panel(translate("Links", "The chosen link"), margin=10)
        self.told = label("", "", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.story.body.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self.panel, 3)
        column.addWidget(self.story)
        if extra is not None:
            column.addWidget(extra)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self._on_change())
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._on_chosen(None)

    def refresh(self) -> None:
        """The table shows how the links stand now, soon."""
        self.table.refresh()
        self.table.model.repaint()
        states = self._parts.supervisor.snapshot()
        chosen = self.table.chosen_row()
        now_is = [s for s in states if chosen is not None and s.config.id == chosen.config.id]
        self._tell_story(now_is[0] if now_is else None)
        self._tell_count(states)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_units()
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _build_buttons(self) -> None:
        self.add_button = KeyButton(translate("Links", "Add"), "Insert", "primary")
        self.change_button = KeyButton(translate("Links", "Change"), "Ctrl+E")
        self.record_button = KeyButton(translate("Links", "Record"), "Ctrl+R")
        self.remove_button = KeyButton(translate("Links", "Remove"), "Ctrl+Delete")
        self.add_button.clicked.connect(self._on_add)
        self.change_button.clicked.connect(self._on_change)
        self.record_button.clicked.connect(self._on_record)
        self.remove_button.clicked.connect(self._on_remove)
        for button in (
            self.record_button,
            self.remove_button,
            self.change_button,
            self.add_button,
        ):
            self.panel.add_action(button)

    def _window(self, after: LinkState | None, limit: int) -> list[LinkState]:
        states = self._parts.supervisor.snapshot()
        if after is not None:
            states = tuple(s for s in states if s.config.name > after.config.name)
        return list(states[:limit])

    def _tell_count(self, states: Sequence[LinkState]) -> None:
        up = sum(state.phase in UP for state in states)
        told = translate("Links", "{up} of {all} work").format(up=up, all=len(states))
        self.panel.set_title(translate("Links", "Links"), told if states else "")

    def _read_units(self) -> None:
        def keep(units: Sequence[UnitChoice]) -> None:
            self._unit_names = dict(units)
            self.table.model.repaint()

        self._parts.background.ask(self._parts.units, keep, self._on_failed, self)

    def _on_chosen(self, state: LinkState | None) -> None:
        for button in (self.change_button, self.record_button, self.remove_button):
            button.setEnabled(state is not None)
        self._tell_story(state)

    def _tell_story(self, state: LinkState | None) -> None:
        self.story.setVisible(state is not None)
        if state is None:
            return
        recording = state.config.record
        self.record_button.setText(
            translate("Links", "Stop recording") if recording else translate("Links", "Record")
        )
        now = self._parts.clock.now()
        lines = [
            translate("Links", "{state} since {time}").format(
                state=pick(PHASE_WORDS[state.phase]), time=moment_text(state.since, now)
            )
        ]
        if state.error:
            lines.append(
                translate("Links", "Last trouble at {time}: {told}").format(
                    time=moment_text(state.error_at, now), told=cause_text(state)
                )
            )
        if state.bad:
            lines.append(
                translate("Links", "{count} bad frames, {why}").format(
                    count=state.bad, why=bad_tip(state)
                )
            )
        if state.recording:
            lines.append(
                translate("Links", "Recorded to {file}").format(file=f"captures/{state.recording}")
            )
        lines.append(advice(state))
        self.story.set_title(state.config.name)
        self.told.setText("\n".join(line for line in lines if line))

    def _on_add(self) -> None:
        self._ask_sheet(None)

    def _on_change(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            self._ask_sheet(chosen.config)

    def _ask_sheet(self, was: LinkConfig | None) -> None:
        def look() -> Choices:
            devices = [(port["identity"], port["description"]) for port in plugged_ports()]
            return Choices(devices, self._parts.units())

        def put_up(choices: Choices) -> None:
            sheet = LinkSheet(self, choices, lambda config: self._save(sheet, config), was)
            sheet.open()

        self._parts.background.ask(look, put_up, self._on_failed, self)

    def _save(self, sheet: LinkSheet, config: LinkConfig) -> None:
        parts, actor = self._parts, self._parts.actor()

        def work() -> LinkConfig:
            if config.id:
                return change_link(parts.database, actor, config)
            return add_link(
                parts.database, actor, config.name, config.family, config.transport, config.serves
            )

        def saved(_: LinkConfig) -> None:
            sheet.accept()
            self._done()

        parts.background.ask(work, saved, sheet.refused, sheet)

    def _on_record(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            link, on = chosen.config.id, not chosen.config.record
            self._act(lambda actor: record_link(self._parts.database, actor, link, on))

    def _on_remove(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is None:
            return
        link = chosen.config.id
        question = Question(
            translate("Links", "Remove the link “{name}”?").format(name=chosen.config.name),
            translate("Links", "Nothing more will be heard from this device. Recordings stay."),
            translate("Links", "Remove"),
            danger=True,
        )
        remove = partial(self._act, lambda actor: remove_link(self._parts.database, actor, link))
        confirm(self, question, remove)

    def _act(self, act: Callable[[Actor], object]) -> None:
        actor = self._parts.actor()
        self._parts.background.ask(
            lambda: act(actor), lambda _: self._done(), self._on_failed, self
        )

    def _done(self) -> None:
        self.notice.say("")
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")


def advice(state: LinkState) -> str:
    """What the officer can do about this state; empty when there is nothing to do."""
    told = {
        LinkPhase.ABSENT: translate("Links", "Plug the device in; the link opens by itself."),
        LinkPhase.LOST: translate(
            "Links", "Check cable and power; when it is back the link goes on by itself."
        ),
        LinkPhase.SILENT: translate(
            "Links",
            "The port is open, but nothing can be understood: check power, antenna and baud rate.",
        ),
    }
    if state.phase is LinkPhase.PLUGGED and state.error:
        return translate(
            "Links", "Another program may hold the port, or the right to open it is missing."
        )
    return told.get(state.phase, "")
