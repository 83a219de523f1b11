"""The settings of this machine: shown, checked, saved; what holds at once and what at next start."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from console.core.errors import ConsoleError
from console.people.model import Right
from console.settings import CityRoad, Settings
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel
from console.ui.style import px
from console.ui.words import say_refusal
from console.upkeep import service
from console.upkeep.model import (
    AT_ONCE,
    AreasFound,
    Certificate,
    CityAnswer,
    RoadsFound,
    Value,
    values_of,
)
from console.upkeep.page.desk import UpkeepDesk
from console.upkeep.page.settings_sections import (
    backup_section,
    city_section,
    general_section,
    ground_section,
    stacked,
)

translate = QCoreApplication.translate
CLOCK_TOLERANCE_S = 5.0


class SettingsPanel(Panel):
    """A form over the settings file. ``saved(Settings)`` once the file says what the
    form says: the settings in force, as file and environment make them."""

    saved = Signal(object)

    def __init__(self, desk: UpkeepDesk) -> None:
        super().__init__(translate("Upkeep", "Settings of this machine"))
        self._desk = desk
        self._shown: dict[str, Value] = {}
        self.general = general_section()
        self.ground, self.check_ground = ground_section()
        self.city, self.check_certificate, self.ask_city = city_section()
        self.backups = backup_section()
        self.sections = (self.general, self.ground, self.city, self.backups)
        self.notice = Notice()
        self.save = KeyButton(translate("Upkeep", "Save settings"), "Ctrl+S", "primary")
        self.check_ground.clicked.connect(self._on_ground)
        self.check_certificate.clicked.connect(self._on_certificate)
        self.ask_city.clicked.connect(self._on_city)
        self.save.clicked.connect(self._on_save)
        self.add_action(self.save)
        for button in self._buttons():
            button.setEnabled(False)  # until the form shows what there is
        self._lay_out()
        self._halt_with_panel()

    def refresh(self) -> None:
        """The form shows what the file says, and may be changed by who sits here."""
        self._desk.background.ask(
            lambda: (
                service.written_settings(self._desk.data),
                service.overridden(self._desk.data),
            ),
            lambda read: self._show(*read),
            self._failed,
            self,
        )

    def values(self) -> dict[str, Value]:
        """What stands in the fields, by the names of the settings file."""
        told: dict[str, Value] = {}
        for section in self.sections:
            told.update(section.form.values())
        told["idle_lock_s"] = self._idle_lock_s(int(told["idle_lock_s"]))
        return told

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def _buttons(self) -> tuple[KeyButton, ...]:
        return self.save, self.check_ground, self.check_certificate, self.ask_city

    def _lay_out(self) -> None:
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(px(10), px(10), px(10), px(10))
        across.setSpacing(px(8))
        across.addLayout(stacked((self.general, self.backups)), 1)
        across.addLayout(stacked((self.ground, self.city)), 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.body.addWidget(self.notice)
        self.body.addWidget(scroll, 1)

    def _halt_with_panel(self) -> None:
        """A question to the city under way ends when the panel is gone."""
        halted = self._halted = threading.Event()
        self.destroyed.connect(lambda *_: halted.set())
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._on_quit)  # of this panel: gone with it, unlike an Event's

    def _on_quit(self) -> None:
        self._halted.set()

    def _show(self, settings: Settings, overridden: frozenset[str]) -> None:
        self._shown = values_of(settings)
        shown: dict[str, Any] = dict(self._shown)
        shown["idle_lock_s"] = round(int(self._shown["idle_lock_s"]) / 60)
        may = self._desk.may(Right.CHANGE_SETTINGS)
        for section in self.sections:
            section.form.fill({key: shown[key] for key in section.form.values()})
            section.form.clear_messages()
            for key in section.form.values():
                section.form.editor(key).setEnabled(may and key not in overridden)
                if key in overridden:
                    section.form.say(
                        key,
                        translate(
                            "Upkeep", "Decided by the environment of this machine, not here."
                        ),
                    )
        for button in self._buttons():
            button.setEnabled(may)
        if not may:
            self.notice.say(
                translate("Upkeep", "Only a chief or a technician may change settings.")
            )
        elif not self.notice.property("tone"):
            self.notice.say("")

    def _idle_lock_s(self, minutes: int) -> int:
        """The seconds of these minutes; the file's own seconds where the minutes stayed."""
        before = int(self._shown.get("idle_lock_s", 0))
        return before if round(before / 60) == minutes else minutes * 60

    def _on_save(self) -> None:
        lacking = [section.form.missing() for section in self.sections]  # each marks its own
        if any(lacking):
            return
        desk, actor, told, before = self._desk, self._desk.actor(), self.values(), self._shown
        self.save.setEnabled(False)

        def work() -> tuple[Settings, Settings]:
            written = service.change_settings(desk.database, actor, desk.data, told)
            return written, service.settings_in_force(desk.data)

        def done(settings: tuple[Settings, Settings]) -> None:
            after = values_of(settings[0])
            altered = {name for name in after if after[name] != before.get(name)}
            self._shown = after
            self.save.setEnabled(True)
            self._say_saved(altered)
            self.saved.emit(settings[1])

        desk.background.ask(work, done, self._failed, self)

    def _say_saved(self, altered: set[str]) -> None:
        if not altered:
            self.notice.say(translate("Upkeep", "Nothing was changed."))
        elif altered <= AT_ONCE:
            self.notice.say(translate("Upkeep", "Saved; it holds from now on."))
        else:
            self.notice.say(
                translate(
                    "Upkeep",
                    "Saved. Roads, areas, city and language take effect at next start: "
                    "close the console and open it again.",
                ),
                "late",
            )

    def _on_ground(self) -> None:
        told, data = self.ground.form.values(), self._desk.data
        roads, areas = str(told["roads_file"]), str(told["areas_file"])

        def work() -> tuple[RoadsFound | None, AreasFound | None]:
            return (
                service.check_roads(roads, data / "cache") if roads else None,
                service.check_areas(areas) if areas else None,
            )

        def done(found: tuple[RoadsFound | None, AreasFound | None]) -> None:
            lines = [_roads_words(found[0]), _areas_words(found[1])]
            self.ground.say("\n".join(lines), "" if all(found) else "late")

        self._check(self.ground, translate("Upkeep", "The files are being read …"), work, done)

    def _on_certificate(self) -> None:
        desk, road = self._desk, self._road()

        def done(found: Certificate) -> None:
            ends = f"{found.ends_at.astimezone():%Y-%m-%d}"
            if found.ends_soon(desk.clock.now()):
                told = translate(
                    "Upkeep", "The certificate of {name} fits, but ends on {ends}: renew it now."
                )
                self.city.say(told.format(name=found.name, ends=ends), "late")
            else:
                told = translate("Upkeep", "The certificate of {name} fits and holds until {ends}.")
                self.city.say(told.format(name=found.name, ends=ends))

        self._check(
            self.city,
            translate("Upkeep", "The certificate is being checked …"),
            lambda: service.check_certificate(road, desk.database.post, desk.clock.now()),
            done,
        )

    def _on_city(self) -> None:
        desk, road, halted = self._desk, self._road(), self._halted

        def work() -> CityAnswer:
            service.check_certificate(road, desk.database.post, desk.clock.now())
            store = desk.database.post, desk.database.epoch
            return service.ask_city(road, store, desk.clock, halted)

        def done(answer: CityAnswer) -> None:
            told = translate(
                "Upkeep",
                "The city answered in {ms} ms and knows this post; its clock differs by {s} s.",
            ).format(ms=answer.took_ms, s=f"{answer.ahead_s:+.1f}")
            late = abs(answer.ahead_s) > CLOCK_TOLERANCE_S
            if late:
                told += "\n" + translate("Upkeep", "That is too much: set this machine's time.")
            self.city.say(told, "late" if late else "")

        self._check(
            self.city,
            translate("Upkeep", "The city is being asked, ten seconds at most …"),
            work,
            done,
        )

    def _road(self) -> CityRoad:
        told = {name.partition(".")[2]: str(v) for name, v in self.city.form.values().items()}
        return CityRoad(**told)

    def _check(
        self, section: Any, words: str, work: Callable[[], Any], done: Callable[[Any], None]
    ) -> None:
        """``work`` runs aside while the section says ``words``, then what came of it."""
        section.form.clear_messages()
        section.say(words)
        hands = self.focusWidget()
        self.setFocus()  # else Qt gives it to a stranger when the section is shut
        section.setEnabled(False)

        def rest() -> None:
            section.setEnabled(True)
            if hands is not None and self.hasFocus():
                hands.setFocus()

        def then(found: Any) -> None:
            rest()
            done(found)

        def failed(error: Exception) -> None:
            rest()
            if isinstance(error, ConsoleError) and section.form.say_refused(error):
                section.say("")
            else:
                section.say(say_refusal(error), "alarm")

        self._desk.background.ask(work, then, failed, self)

    def _failed(self, error: Exception) -> None:
        self.save.setEnabled(self._desk.may(Right.CHANGE_SETTINGS))
        if isinstance(error, ConsoleError):
            for section in self.sections:
                if section.form.say_refused(error):
                    return
        self.notice.say(say_refusal(error), "alarm")


def _roads_words(found: RoadsFound | None) -> str:
    if found is None:
        return translate("Upkeep", "No roads extract is chosen.")
    return translate(
        "Upkeep", "Roads: {roads} roads, {streets} streets with a name, read in {ms} ms."
    ).format(roads=found.roads, streets=found.streets, ms=found.took_ms)


def _areas_words(found: AreasFound | None) -> str:
    if found is None:
        return translate("Upkeep", "No file of areas is chosen.")
    return translate("Upkeep", "Areas: {areas} areas with {cells} grid cells.").format(
        areas=found.areas, cells=found.cells
    )
