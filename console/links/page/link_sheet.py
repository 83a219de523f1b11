"""The sheet in which a technician sets a link up or changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.core.errors import Refused
from console.core.ids import LinkId
from console.links.model import (
    BAUDS,
    FAMILY_WORDS,
    NAME_CHARS,
    LinkConfig,
    Place,
    SerialPlace,
    TcpPlace,
    TcpServerPlace,
    UdpPlace,
)
from console.links.page.device_fields import SettingsEditor, SourcesEditor
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.words import pick

translate = QCoreApplication.translate

UnitChoice = tuple[str, str]  # id, what people call it
SOURCED = frozenset({"jt808", "tetra", "hytera", "kiss"})  # many speak over one link

_FIELDS: Mapping[str, frozenset[str]] = {
    "serial": frozenset({"identity", "baud"}),
    "tcp": frozenset({"host", "port"}),
    "tcp_server": frozenset({"host", "port"}),
    "udp": frozenset({"host", "port", "listen"}),
}
_KIND_OF = {
    SerialPlace: "serial", TcpPlace: "tcp", TcpServerPlace: "tcp_server", UdpPlace: "udp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: plugged-in devices (identity, description), units, settings by family."""

    devices: Sequence[tuple[str, str]]
    units: Sequence[UnitChoice]
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


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
        self._settings = choices.settings
        self._build(choices)
        if was is not None:
            self._fill(was)
        self._show_kind()
        self.filled.connect(self._on_filled)

    def _build(self, choices: Choices) -> None:
        name = QLineEdit()
        name.setMaxLength(NAME_CHARS)
        self.form.add("name", translate("Links", "Name"), name, required=True)
        self._family = _choice([(key, pick(words)) for key, words in FAMILY_WORDS.items()])
        self.form.add("family", translate("Links", "Kind of device"), self._family, required=True)
        kinds = [
            ("serial", translate("Links", "Serial port")),
            ("tcp", translate("Links", "Network address")),
            ("tcp_server", translate("Links", "Devices call in (TCP)")),
            ("udp", translate("Links", "Datagrams (UDP)")),
        ]
        self._kind = _choice(kinds)
        self._kind.currentIndexChanged.connect(self._show_kind)
        self.form.add("kind", translate("Links", "Connected by"), self._kind)
        units = [("", translate("Links", "no unit")), *choices.units]
        self.form.add("serves", translate("Links", "Serves the unit"), _choice(units))
        self._build_places(choices)
        self.device = SettingsEditor()
        told = translate("Links", "Settings of the device")
        self.form.add("settings", told, self.device, wide=True)
        self.sources = SourcesEditor(choices.units)
        told = translate("Links", "Radios and terminals on this link, and their units")
        self.form.add("sources", told, self.sources, wide=True)
        self._family.currentIndexChanged.connect(self._show_family)
        self._show_family()

    def _build_places(self, choices: Choices) -> None:
        devices = [(identity, f"{identity}  {told}".strip()) for identity, told in choices.devices]
        self._device = _choice(devices)
        self._device.setEditable(True)
        self.form.add("identity", translate("Links", "Device"), self._device, wide=True)
        bauds = _choice([(str(baud), str(baud)) for baud in BAUDS])
        bauds.setCurrentIndex(BAUDS.index(9600))
        self.form.add("baud", translate("Links", "Baud rate"), bauds, wide=True)
        self._host, listen = QLineEdit(), QLineEdit()
        self.form.add("host", translate("Links", "Host or IP"), self._host)
        self.form.add("port", translate("Links", "Port"), QLineEdit())
        listen.setPlaceholderText(translate("Links", "empty: any"))
        self.form.add("listen", translate("Links", "Own port"), listen, wide=True)

    def _fill(self, was: LinkConfig) -> None:
        place = was.transport
        kind = _KIND_OF.get(type(place))
        if kind is None:
            raise ValueError(f"{place} is not set up by hand")
        values = {"name": was.name, "family": was.family, "serves": was.serves or "", "kind": kind}
        if isinstance(place, TcpServerPlace):
            values |= {"host": place.bind, "port": str(place.port)}
        else:
            values |= {name: _text(getattr(place, name)) for name in _FIELDS[kind]}
        self.form.fill(values)
        self.device.put(was.settings)
        self.sources.show_sources(was.sources)

    def _show_kind(self) -> None:
        kind = self._kind.currentData()
        shown = _FIELDS[kind]
        for key in frozenset().union(*_FIELDS.values()):
            self.form.show_field(key, key in shown)
        ours = kind == "tcp_server"
        host = translate("Links", "Own address") if ours else translate("Links", "Host or IP")
        self.form.name_field("host", host)
        hints = {
            "tcp_server": translate("Links", "empty: every address of this machine"),
            "udp": translate("Links", "empty: whoever sends to our port"),
        }
        self._host.setPlaceholderText(hints.get(kind, ""))

    def _show_family(self) -> None:
        family = self._family.currentData()
        settings = self._settings.get(family, {})
        self.device.show_family(settings)
        self.form.show_field("settings", bool(settings))
        self.form.show_field("sources", family in SOURCED)
        self.adjustSize()

    def _identity(self) -> str:
        """The chosen device's identity, or the one that was typed over it."""
        text = self._device.currentText().strip()
        at = self._device.findText(text)
        return str(self._device.itemData(at)) if at >= 0 else text

    def _place(self, values: dict[str, Any]) -> Place:
        match values["kind"]:
            case "tcp":
                return TcpPlace(values["host"], _number(values["port"]))
            case "tcp_server":
                return TcpServerPlace(values["host"], _number(values["port"]))
            case "udp":
                listen = _number(values["listen"]) if values["listen"] else None
                return UdpPlace(values["host"], _number(values["port"]), listen)
        return SerialPlace(self._identity(), int(values["baud"]))

    def _on_filled(self) -> None:
        values = self.form.values()
        place = self._place(values)
        was = self._was or LinkConfig(LinkId(""), "", "", place)
        try:
            settings = self.device.settings()
            sources = self.sources.sources() if values["family"] in SOURCED else {}
        except Refused as wrong:
            self.refused(wrong)
            return
        self._save(
            replace(
                was,
                name=values["name"],
                family=values["family"],
                transport=place,
                serves=values["serves"] or None,
                settings=settings,
                sources=sources,
            )
        )


def _choice(items: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    for data, text in items:
        box.addItem(text, data)
    return box


def _number(text: str) -> int:
    """A port as it was typed; 0, which is none, where it is no number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _text(value: object) -> str:
    return "" if value is None else str(value)
