"""The page of the links: which wires stand, how fresh what they say is, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.core.actor import Actor
from console.core.ids import LinkId
from console.links.model import UP, LinkConfig, LinkState
from console.links.page.columns import columns
from console.links.page.config_sheets import Files, ImportSheet, export_sheet
from console.links.page.detail import FRAMES, LinkDetail
from console.links.page.link_sheet import Choices, LinkSheet, UnitChoice
from console.links.page.parts import PageParts
from console.links.page.simulate_sheet import ask_family, replay_name, trial_name
from console.links.page.wires import Wires
from console.links.service import (
    Capture,
    Trials,
    captures,
    change_link,
    default_settings,
    export_links,
    import_links,
    look,
    plan_import,
    plugged_ports,
    record_link,
    remove_link,
    set_up_link,
)
from console.people.model import Right, allowed, require
from console.ui.dialogs import Question, confirm
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel
from console.ui.style import px
from console.ui.tables import RowTable
from console.ui.words import say_refusal

translate = QCoreApplication.translate

REFRESH_MS = 1000


class LinksPage(QWidget):
    """The table of links, the chosen link's panels, and ``extra``: the road to the city's panel."""

    def __init__(self, parts: PageParts, extra: QWidget | None = None) -> None:
        super().__init__()
        self.parts = parts
        self.trials = Trials(parts.clock, parts.data / "simulated")
        self.wires = Wires(parts.database, parts.supervisor, self.trials)
        self._simulated = 0
        self._unit_names: dict[str, str] = {}
        self.notice = Notice()
        self.panel = Panel(translate("Links", "Links"))
        self.table: RowTable[LinkState] = RowTable(
            columns(parts.clock.now, lambda unit: self._unit_names.get(unit, unit), self._on_trial),
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
        self.detail = LinkDetail(
            self.wires, parts.background, parts.actor, parts.clock.now, self._captures
        )
        self.story = Panel()
        self.story.body.addWidget(self.detail)
        self._lay_out(extra)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self._on_change())
        self.detail.replay_wished.connect(self._on_replay)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._on_chosen(None)

    def refresh(self) -> None:
        """The page shows how the links stand now, soon."""
        self.table.refresh()
        self.table.model.repaint()
        states = self.wires.snapshot()
        rows = self.table.model.rows
        if self.table.chosen_row() is None and rows:
            self.table.choose(rows[0].config.id)
        chosen = self.table.chosen_row()
        now_is = [s for s in states if chosen is not None and s.config.id == chosen.config.id]
        self._tell(now_is[0] if now_is else None)
        self._tell_count()

    def stop(self) -> None:
        """No simulated device is left."""
        self._timer.stop()
        self.trials.end_all()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_units()
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _lay_out(self, extra: QWidget | None) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.panel)
        split.addWidget(self.story)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 5)
        split.setChildrenCollapsible(False)
        split.setSizes([px(300), px(340)])
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(split, 1)
        if extra is not None:
            column.addWidget(extra)

    def _build_buttons(self) -> None:
        self.add_button = KeyButton(translate("Links", "Add"), "Insert", "primary")
        self.change_button = KeyButton(translate("Links", "Change"), "Ctrl+E")
        self.record_button = KeyButton(translate("Links", "Record"), "Ctrl+R")
        self.remove_button = KeyButton(translate("Links", "Remove"), "Ctrl+Delete")
        self.simulate_button = KeyButton(translate("Links", "Simulate"), "Ctrl+T", "quiet")
        self.import_button = KeyButton(translate("Links", "Import"), "Ctrl+I", "quiet")
        self.export_button = KeyButton(translate("Links", "Export"), "Ctrl+Shift+E", "quiet")
        for button, pressed in (
            (self.simulate_button, self._on_simulate),
            (self.import_button, self._on_import),
            (self.export_button, self._on_export),
            (self.record_button, self._on_record),
            (self.remove_button, self._on_remove),
            (self.change_button, self._on_change),
            (self.add_button, self._on_add),
        ):
            button.clicked.connect(lambda _checked=False, pressed=pressed: pressed())
            self.panel.add_action(button)

    def _window(self, after: LinkState | None, limit: int) -> list[LinkState]:
        states = list(self.wires.snapshot())
        ids = [state.config.id for state in states]
        if after is not None and after.config.id in ids:
            states = states[ids.index(after.config.id) + 1 :]
        return states[:limit]

    def _captures(self) -> list[Capture]:
        return captures(self.parts.data, self._names())

    def _names(self) -> dict[str, str]:
        states = self.parts.supervisor.snapshot()
        return {str(state.config.id): state.config.name for state in states}

    def _on_trial(self, state: LinkState) -> bool:
        return self.trials.has(state.config.id)

    def _tell_count(self) -> None:
        states = self.parts.supervisor.snapshot()
        up = sum(state.phase in UP for state in states)
        told = translate("Links", "{up} of {all} work").format(up=up, all=len(states))
        self.panel.set_title(translate("Links", "Links"), told if states else "")

    def _read_units(self) -> None:
        def keep(units: Sequence[UnitChoice]) -> None:
            self._unit_names = dict(units)
            self.table.model.repaint()

        self.parts.background.ask(self.parts.units, keep, self._on_failed, self)

    def _on_chosen(self, state: LinkState | None) -> None:
        self._tell(state)

    def _tell(self, state: LinkState | None) -> None:
        """The buttons and the panels below are about this link."""
        trial = state is not None and self._on_trial(state)
        self.change_button.setEnabled(state is not None and not trial)
        self.record_button.setEnabled(state is not None and not trial)
        self.remove_button.setEnabled(state is not None)
        recording = state is not None and state.config.record
        self.record_button.setText(
            translate("Links", "Stop recording") if recording else translate("Links", "Record")
        )
        self.remove_button.setText(
            translate("Links", "End the trial") if trial else translate("Links", "Remove")
        )
        self.detail.allow(allowed(self.parts.actor(), Right.MANAGE_LINKS))
        self.detail.show_link(state)

    def _on_add(self) -> None:
        self._ask_sheet(None)

    def _on_change(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None and not self._on_trial(chosen):
            self._ask_sheet(chosen.config)

    def _ask_sheet(self, was: LinkConfig | None) -> None:
        def read() -> Choices:
            devices = [(port["identity"], port["description"]) for port in plugged_ports()]
            return Choices(devices, self.parts.units(), default_settings())

        def put_up(choices: Choices) -> None:
            sheet = LinkSheet(self, choices, lambda config: self._save(sheet, config), was)
            sheet.open()
            sheet.form.editor("name").setFocus()

        self.parts.background.ask(read, put_up, self._on_failed, self)

    def _save(self, sheet: LinkSheet, config: LinkConfig) -> None:
        parts, actor = self.parts, self.parts.actor()

        def work() -> LinkConfig:
            return (change_link if config.id else set_up_link)(parts.database, actor, config)

        def saved(_: LinkConfig) -> None:
            sheet.accept()
            self._done()

        parts.background.ask(work, saved, sheet.refused, sheet)

    def _on_record(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None:
            link, on = chosen.config.id, not chosen.config.record
            self._act(lambda actor: record_link(self.parts.database, actor, link, on))

    def _on_remove(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is None:
            return
        link = chosen.config.id
        if self._on_trial(chosen):
            self._act(lambda actor: self.trials.end(link))
            return
        question = Question(
            translate("Links", "Remove the link “{name}”?").format(name=chosen.config.name),
            translate("Links", "Nothing more will be heard from this device. Recordings stay."),
            translate("Links", "Remove"),
            danger=True,
        )
        remove = partial(self._act, lambda actor: remove_link(self.parts.database, actor, link))
        confirm(self, question, remove)

    def _on_simulate(self) -> None:
        ask_family(self, self._simulate)

    def _simulate(self, family: str) -> None:
        self._simulated += 1
        name = trial_name(self._simulated)
        home = self.parts.home
        self._begin_trial(lambda: self.trials.simulate(family, name, *home()))

    def _on_replay(self, file: Path, speed: float) -> None:
        names = self._names()

        def begin() -> LinkId:
            found = look(file, names)
            family = found.family if found is not None else ""
            return self.trials.replay(file, family, replay_name(found, file), speed)

        self._begin_trial(begin)

    def _begin_trial(self, begin: Callable[[], LinkId]) -> None:
        actor = self.parts.actor()

        def work() -> LinkId:
            require(actor, Right.MANAGE_LINKS)
            return begin()

        def begun(link: LinkId) -> None:
            self._done()
            self.table.show_rows(self._window(None, len(self.wires.snapshot())))
            self.table.choose(link)
            self.detail.setCurrentIndex(FRAMES)

        self.parts.background.act(work, begun, self._on_failed, self)

    def _files(self) -> Files:
        parts, actor = self.parts, self.parts.actor()

        def signs() -> dict[str, str]:
            return dict(parts.units())

        return Files(
            lambda path: plan_import(parts.database, path, signs()),
            lambda planned: import_links(parts.database, actor, planned),
            lambda path: export_links(parts.database, actor, path, signs()),
        )

    def _on_import(self) -> None:
        sheet = ImportSheet(self, self.parts.background, self._files())
        sheet.taken.connect(self._on_taken)
        sheet.ask_file()

    def _on_taken(self, changed: int) -> None:
        self._done()
        self.notice.say(translate("Links", "{count} links were taken in").format(count=changed))

    def _on_export(self) -> None:
        def done(count: int, path: Path) -> None:
            told = translate("Links", "{count} links stand in {path}")
            self.notice.say(told.format(count=count, path=path))

        export_sheet(self, self.parts.background, self._files(), done)

    def _act(self, act: Callable[[Actor], object]) -> None:
        actor = self.parts.actor()
        self.parts.background.ask(lambda: act(actor), lambda _: self._done(), self._on_failed, self)

    def _done(self) -> None:
        self.notice.say("")
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
