"""The sheets in which a technician sets a device up on its input, and puts it into test mode."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.alarms.model import NAME_CHARS, PLACE_CHARS, AlarmKind, Device, InputPlace
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.moments import moment_text
from console.ui.style import px
from console.ui.words import pick

translate = QCoreApplication.translate
TEST_MINUTES = (5, 15, 30, 60, 120, 240, 480)


@dataclass(frozen=True, slots=True)
class DeviceChoices:
    """What may be chosen: kinds that an input raises, and wires (id, name)."""

    kinds: Sequence[AlarmKind]
    links: Sequence[tuple[str, str]]


class DeviceSheet(FormSheet):
    """Asks for one device; ``save(device)`` is called when the fields are filled."""

    def __init__(
        self,
        parent: QWidget,
        choices: DeviceChoices,
        save: Callable[[Device], None],
        was: Device | None = None,
    ) -> None:
        title = translate("Alarms", "Change the device")
        if was is None:
            title = translate("Alarms", "Add a device")
        told = translate(
            "Alarms",
            "Help buttons are wired normally closed: a cut wire alarms then. Duress rings nowhere at the post; only the city hears it.",
        )
        super().__init__(parent, Question(title, told, translate("Alarms", "Save")), 2)
        self.setMinimumWidth(px(620))
        self._save, self._was = save, was or Device("", "")
        self._build(choices)
        self._fill(self._was)
        self._show_wire()
        self.filled.connect(self._on_filled)
        self.open()
        self.form.editor("name").setFocus()

    def _build(self, choices: DeviceChoices) -> None:
        form = self.form
        form.add("name", translate("Alarms", "Name"), _line(NAME_CHARS), required=True)
        kinds = [(one.code, pick(one.words)) for one in choices.kinds]
        form.add("kind", translate("Alarms", "What it raises"), _choice(kinds), required=True)
        form.add("place", translate("Alarms", "Place"), _line(PLACE_CHARS), wide=True)
        form.add("lat", translate("Alarms", "Latitude (WGS-84)"), _line(16))
        form.add("lon", translate("Alarms", "Longitude (WGS-84)"), _line(16))
        links = [("", translate("Alarms", "on no wire")), *choices.links]
        self._link = _choice(links)
        self._link.currentIndexChanged.connect(self._show_wire)
        form.add("link", translate("Alarms", "Wire"), self._link)
        form.add("unit", translate("Alarms", "Address of the board"), _line(5))
        form.add("number", translate("Alarms", "Input, from 1"), _line(4))
        ways = [
            (True, translate("Alarms", "normally closed (opens when pressed)")),
            (False, translate("Alarms", "normally open (closes when pressed)")),
        ]
        form.add("closed", translate("Alarms", "Contact"), _choice(ways))

    def _fill(self, was: Device) -> None:
        wire = was.input
        self.form.fill({
            "name": was.name, "kind": was.kind, "place": was.place,
            "lat": "" if was.lat is None else f"{was.lat:.6f}",
            "lon": "" if was.lon is None else f"{was.lon:.6f}",
            "link": wire.link_id if wire else "",
            "unit": str(wire.unit) if wire else "1",
            "number": str(wire.number) if wire else "1",
            "closed": wire.normally_closed if wire else True,
        })  # fmt: skip

    def _show_wire(self) -> None:
        for key in ("unit", "number", "closed"):
            self.form.show_field(key, bool(self._link.currentData()))

    def _on_filled(self) -> None:
        values = self.form.values()
        wire = None
        if values["link"]:
            wire = InputPlace(
                str(values["link"]),
                _whole(values["unit"]),
                _whole(values["number"]),
                bool(values["closed"]),
            )
        self._save(
            replace(
                self._was, name=values["name"], kind=values["kind"], place=values["place"],
                lat=_number(values["lat"]), lon=_number(values["lon"]), input=wire,
            )
        )  # fmt: skip


class DeviceTestSheet(FormSheet):
    """Asks how long a device is tested; ``save(until)`` when it is chosen."""

    def __init__(
        self, parent: QWidget, device: Device, now: datetime, save: Callable[[datetime], None]
    ) -> None:
        told = translate(
            "Alarms",
            "What it tells is shown as a test, rings nowhere, and the city is not told. The test ends by itself.",
        )
        asked = translate("Alarms", "Test “{name}”?").format(name=device.name)
        super().__init__(parent, Question(asked, told, translate("Alarms", "Begin the test")))
        self._now, self._save = now, save
        ends = [
            (minutes, f"{moment_text(now + timedelta(minutes=minutes), now)}  ({minutes} min)")
            for minutes in TEST_MINUTES
        ]
        self.until = _choice(ends)
        self.until.setCurrentIndex(TEST_MINUTES.index(15))
        self.form.add("until", translate("Alarms", "Until"), self.until)
        self.filled.connect(self._on_filled)
        self.open()
        self.until.setFocus()

    def _on_filled(self) -> None:
        self._save(self._now + timedelta(minutes=int(self.form.values()["until"])))


def _choice(items: Sequence[tuple[object, str]]) -> QComboBox:
    box = QComboBox()
    for data, text in items:
        box.addItem(text, data)
    return box


def _line(most: int) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(most)
    return line


def _whole(text: str) -> int:
    """The whole number, or one that is refused wherever it is given."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return math.nan
