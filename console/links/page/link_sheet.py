"""The sheet in which a technician sets a link up or changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.core.ids import LinkId
from console.links.model import (
    BAUDS,
    FAMILY_WORDS,
    NAME_CHARS,
    LinkConfig,
    Place,
    SerialPlace,
    TcpPlace,
)
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.words import pick

translate = QCoreApplication.translate

UnitChoice = tuple[str, str]  # id, what people call it


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: plugged-in devices (identity, description) and units."""

    devices: Sequence[tuple[str, str]]
    units: Sequence[UnitChoice]


class LinkSheet(FormSheet):
    """Asks for one link; ``save(config)`` is called when the fields are filled."""

    def __init__(
        self,
        parent: QWidget,
        choices: Choices,
        save: Callable[[LinkConfig], None],
        was: LinkConfig | None = None,
    ) -> None:
        title = translate("Links", "Change the link") if was else translate("Links", "Add a link")
        told = translate(
            "Links",
            "The device is known by its identity, not by its port: it may be plugged in anywhere.",
        )
        super().__init__(parent, Question(title, told, translate("Links", "Save")), 2)
        self._was, self._save = was, save
        self._build(choices)
        if was is not None:
            self._fill(was)
        self._show_kind()
        self.filled.connect(self._on_filled)

    def _build(self, choices: Choices) -> None:
        name = QLineEdit()
        name.setMaxLength(NAME_CHARS)
        self.form.add("name", translate("Links", "Name"), name, required=True)
        family = _choice([(key, pick(words)) for key, words in FAMILY_WORDS.items()])
        self.form.add("family", translate("Links", "Kind of device"), family, required=True)
        kinds = [
            ("serial", translate("Links", "Serial port")),
            ("tcp", translate("Links", "Network address")),
        ]
        self._kind = _choice(kinds)
        self._kind.currentIndexChanged.connect(self._show_kind)
        self.form.add("kind", translate("Links", "Connected by"), self._kind)
        units = [("", translate("Links", "no unit")), *choices.units]
        self.form.add("serves", translate("Links", "Serves the unit"), _choice(units))
        devices = [(identity, f"{identity}  {told}".strip()) for identity, told in choices.devices]
        self._device = _choice(devices)
        self._device.setEditable(True)
        self.form.add("identity", translate("Links", "Device"), self._device, wide=True)
        bauds = _choice([(str(baud), str(baud)) for baud in BAUDS])
        bauds.setCurrentIndex(BAUDS.index(9600))
        self.form.add("baud", translate("Links", "Baud rate"), bauds)
        self.form.add("host", translate("Links", "Host or IP"), QLineEdit())
        self.form.add("port", translate("Links", "Port"), QLineEdit())

    def _fill(self, was: LinkConfig) -> None:
        values = {"name": was.name, "family": was.family, "serves": was.serves or ""}
        match was.transport:
            case SerialPlace(identity, baud):
                values |= {"kind": "serial", "identity": identity, "baud": str(baud)}
            case TcpPlace(host, port):
                values |= {"kind": "tcp", "host": host, "port": str(port)}
            case _:
                raise ValueError(f"{was.transport} is not set up by hand")
        self.form.fill(values)

    def _show_kind(self) -> None:
        serial = self._kind.currentData() != "tcp"
        for key in ("identity", "baud"):
            self.form.show_field(key, serial)
        for key in ("host", "port"):
            self.form.show_field(key, not serial)

    def _identity(self) -> str:
        """The chosen device's identity, or the one that was typed over it."""
        text = self._device.currentText().strip()
        at = self._device.findText(text)
        return str(self._device.itemData(at)) if at >= 0 else text

    def _on_filled(self) -> None:
        values = self.form.values()
        place: Place
        if values["kind"] == "tcp":
            port = values["port"]
            number = int(port) if port.isascii() and port.isdecimal() and len(port) < 6 else 0
            place = TcpPlace(values["host"], number)
        else:
            place = SerialPlace(self._identity(), int(values["baud"]))
        was = self._was or LinkConfig(LinkId(""), "", "", place)
        self._save(
            replace(
                was,
                name=values["name"],
                family=values["family"],
                transport=place,
                serves=values["serves"] or None,
            )
        )


def _choice(items: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    for data, text in items:
        box.addItem(text, data)
    return box
