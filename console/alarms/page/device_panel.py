"""The post's devices that raise alarms: where each is connected, and which are being tested."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from console.alarms import service
from console.alarms.model import Device
from console.alarms.page.device_sheet import DeviceChoices, DeviceSheet, DeviceTestSheet
from console.alarms.page.parts import PageParts
from console.core.actor import Actor
from console.ui.dialogs import Question, confirm
from console.ui.form_sheet import FormSheet
from console.ui.keycap import KeyButton
from console.ui.lamp import LampFace, Shape
from console.ui.moments import moment_text
from console.ui.panel import Panel
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.tables import RowTable
from console.ui.words import pick

translate = QCoreApplication.translate


class Host(Protocol):
    """Who is told how an act ended."""

    def done(self, told: str) -> None: ...
    def on_failed(self, error: Exception) -> None: ...


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device as the list shows it."""

    device: Device
    kind: str
    link: str


@dataclass(frozen=True, slots=True)
class _Read:
    rows: Sequence[DeviceRow]
    choices: DeviceChoices


class DevicePanel(Panel):
    """``refresh`` reads the devices again; acts end at ``host``."""

    def __init__(self, parts: PageParts, host: Host) -> None:
        super().__init__(translate("Alarms", "Devices that raise alarms"))
        self._parts, self._host = parts, host
        self._choices = DeviceChoices((), ())
        self.add_button = KeyButton(translate("Alarms", "Add"), "N")
        self.change_button = KeyButton(translate("Alarms", "Change"), "E")
        self.remove_button = KeyButton(translate("Alarms", "Remove"), "Delete")
        self.test_button = KeyButton(translate("Alarms", "Test mode"), "T", "primary")
        self.table: RowTable[DeviceRow] = RowTable(
            device_columns(parts.clock.now), lambda row: row.device.id,
            empty=(
                translate("Alarms", "No device is set up yet"),
                translate("Alarms", "A technician adds help buttons, doors and the panic button."),
            ),
        )  # fmt: skip
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self.change_button.click())
        self.add_button.clicked.connect(lambda: self._ask(None))
        self.change_button.clicked.connect(self._on_change)
        self.remove_button.clicked.connect(self._on_remove)
        self.test_button.clicked.connect(self._on_test)
        for button in (self.remove_button, self.test_button, self.change_button, self.add_button):
            self.add_action(button)
        self._on_chosen(None)

    def refresh(self) -> None:
        """The list shows the devices as they are now, soon."""
        parts = self._parts

        def read() -> _Read:
            with parts.database.read() as connection:
                found = service.devices(connection)
                kinds = service.kinds_now(connection, parts.clock.now())
            names = dict(parts.links())
            rows = [
                DeviceRow(
                    one, pick(kinds.of(one.kind).words),
                    names.get(one.input.link_id, "?") if one.input else "",
                )
                for one in found
            ]  # fmt: skip
            raised = [one for one in kinds.kinds.values() if one.input]
            return _Read(rows, DeviceChoices(raised, list(names.items())))

        parts.background.ask(read, self._show, self._host.on_failed, self)

    def _show(self, read: _Read) -> None:
        self._choices = read.choices
        self.table.show_rows(read.rows)
        if read.rows and self.table.chosen_row() is None:
            self.table.choose(read.rows[0].device.id)
        self._on_chosen(self.table.chosen_row())

    def _on_chosen(self, row: DeviceRow | None) -> None:
        for button in (self.change_button, self.remove_button, self.test_button):
            button.setEnabled(row is not None)
        in_test = row is not None and row.device.in_test(self._parts.clock.now())
        self.test_button.setText(
            translate("Alarms", "End the test") if in_test else translate("Alarms", "Test mode")
        )

    def _on_change(self) -> None:
        row = self.table.chosen_row()
        if row is not None:
            self._ask(row.device)

    def _ask(self, was: Device | None) -> None:
        database = self._parts.database

        def save(told: Device) -> None:
            self._act_of(
                sheet, lambda actor: service.keep_device(database, actor, told),
                translate("Alarms", "Saved: {name}").format(name=told.name),
            )  # fmt: skip

        sheet = DeviceSheet(self, self._choices, save, was)

    def _on_remove(self) -> None:
        row, database = self.table.chosen_row(), self._parts.database
        if row is None:
            return
        device = row.device
        question = Question(
            translate("Alarms", "Remove “{name}”?").format(name=device.name),
            translate("Alarms", "Its alarms stay on record; its input raises nothing any more."),
            translate("Alarms", "Remove"),
            danger=True,
        )
        told = translate("Alarms", "Removed: {name}").format(name=device.name)
        confirm(
            self,
            question,
            lambda: self._act(lambda a: service.remove_device(database, a, device.id), told),
        )

    def _on_test(self) -> None:
        row, parts = self.table.chosen_row(), self._parts
        if row is None:
            return
        device, now = row.device, parts.clock.now()
        if device.in_test(now):
            told = translate("Alarms", "In earnest again: {name}").format(name=device.name)
            self._act(lambda actor: service.end_test(parts.database, actor, device.id), told)
            return

        def save(until: datetime) -> None:
            told = translate("Alarms", "In test mode: {name}").format(name=device.name)
            self._act_of(
                sheet, lambda a: service.begin_test(parts.database, a, device.id, until), told
            )

        sheet = DeviceTestSheet(self, device, now, save)

    def _act(self, act: Callable[[Actor], object], told: str) -> None:
        actor = self._parts.actor()
        self._parts.background.act(
            lambda: act(actor), lambda _: self._host.done(told), self._host.on_failed, self
        )

    def _act_of(self, sheet: FormSheet, act: Callable[[Actor], object], told: str) -> None:
        actor = self._parts.actor()

        def ended(_: object) -> None:
            sheet.accept()
            self._host.done(told)

        self._parts.background.act(lambda: act(actor), ended, sheet.refused, sheet)


def device_columns(now: Callable[[], datetime]) -> list[Column[DeviceRow]]:
    """The columns of the list."""
    return [
        Column(
            translate("Alarms", "State"), lambda row: test_face(row.device, now()).word, 160,
            face=lambda row: test_face(row.device, now()),
        ),
        Column(translate("Alarms", "Name"), lambda row: row.device.name, 180),
        Column(translate("Alarms", "What it raises"), lambda row: row.kind, 120),
        Column(translate("Alarms", "Place"), lambda row: row.device.place),
        Column(translate("Alarms", "Wire"), lambda row: row.link or "–", 160),
        Column(translate("Alarms", "Input"), lambda row: input_text(row.device), 150),
    ]  # fmt: skip


def test_face(device: Device, now: datetime) -> LampFace:
    """The lamp of a device: in earnest, being tested until when, or on no wire."""
    if device.in_test(now):
        assert device.test_until is not None
        word = translate("Alarms", "Test until {time}").format(
            time=moment_text(device.test_until, now)
        )
        return LampFace(Shape.TRIANGLE, Tone.LATE, word)
    if device.input is None:
        return LampFace(Shape.DASH, Tone.QUIET, translate("Alarms", "On no wire"))
    return LampFace(Shape.DOT, Tone.CALM, translate("Alarms", "In earnest"))


def input_text(device: Device) -> str:
    """Board, input, and how its contact is wired."""
    if device.input is None:
        return "–"
    ways: Mapping[bool, str] = {
        True: translate("Alarms", "NC"),
        False: translate("Alarms", "NO"),
    }
    told = translate("Alarms", "board {unit} · input {number} · {way}")
    wire = device.input
    return told.format(unit=wire.unit, number=wire.number, way=ways[wire.normally_closed])
