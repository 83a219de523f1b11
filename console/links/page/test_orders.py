"""The orders that a technician may try on a device: what they ask for, and which family takes them.

Pressing to talk is not among them: nobody puts a radio on the air from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.links.model import (
    AskPosition,
    CheckRadio,
    ChooseGroup,
    ConfirmAlarm,
    Order,
    Outcome,
    Probe,
    ReadCard,
    ReadTags,
    SendStatus,
    SendText,
    SwitchOutput,
)
from console.links.model.words import OUTCOME_WORDS
from console.ui.words import pick

translate = QCoreApplication.translate

Values = Mapping[str, str]
_TALKS = ("probe", "text", "status", "check", "position", "confirm", "group")
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "nmea": (),
    "kiss": (),
    "barcode": (),
    "modbus": ("probe", "on", "off"),
    "jt808": ("probe", "text", "position", "confirm"),
    "tetra": _TALKS,
    "hytera": _TALKS,
    "rigctl": ("probe", "group"),
    "idcard": ("probe", "card"),
    "rfid-r2000": ("probe", "tags", "no_tags"),
    "rfid-r200": ("probe", "tags", "no_tags"),
}


@dataclass(frozen=True, slots=True)
class TestOrder:
    """One kind of order: the fields it needs (to, text, number), and how it is made of them."""

    __test__ = False  # no test class, whatever its name begins with

    key: str
    fields: tuple[str, ...]
    make: Callable[[Values], Order]


ORDERS: tuple[TestOrder, ...] = (
    TestOrder("probe", (), lambda values: Probe()),
    TestOrder("text", ("to", "text"), lambda values: SendText(values["to"], values["text"])),
    TestOrder("status", ("to", "number"), lambda v: SendStatus(v["to"], int(v["number"]))),
    TestOrder("check", ("to",), lambda values: CheckRadio(values["to"])),
    TestOrder("position", ("to",), lambda values: AskPosition(values["to"])),
    TestOrder("confirm", ("to",), lambda values: ConfirmAlarm(values["to"])),
    TestOrder("group", ("to",), lambda values: ChooseGroup(values["to"])),
    TestOrder("on", ("number",), lambda values: SwitchOutput(int(values["number"]), True)),
    TestOrder("off", ("number",), lambda values: SwitchOutput(int(values["number"]), False)),
    TestOrder("card", (), lambda values: ReadCard()),
    TestOrder("tags", (), lambda values: ReadTags(True)),
    TestOrder("no_tags", (), lambda values: ReadTags(False)),
)


def orders_of(family: str) -> tuple[TestOrder, ...]:
    """Those that a device of this family may take; all of them where that is not known."""
    known = _KNOWN.get(family)
    return ORDERS if known is None else tuple(one for one in ORDERS if one.key in known)


def order_words(key: str) -> str:
    """What the order is called."""
    return {
        "probe": translate("Orders", "Ask the device whether it is there"),
        "text": translate("Orders", "Send a text"),
        "status": translate("Orders", "Send a status"),
        "check": translate("Orders", "Radio check"),
        "position": translate("Orders", "Ask for the position"),
        "confirm": translate("Orders", "Confirm an emergency"),
        "group": translate("Orders", "Choose a group or channel"),
        "on": translate("Orders", "Switch an output on"),
        "off": translate("Orders", "Switch an output off"),
        "card": translate("Orders", "Read the card once"),
        "tags": translate("Orders", "Look for tags"),
        "no_tags": translate("Orders", "Look for tags no longer"),
    }[key]


def field_words(key: str, field: str) -> str:
    """What a field of this order is called."""
    if field == "to" and key == "group":
        return translate("Orders", "Group or channel")
    if field == "number" and key == "status":
        return translate("Orders", "Status value")
    return {
        "to": translate("Orders", "To (radio, terminal or group)"),
        "text": translate("Orders", "Text"),
        "number": translate("Orders", "Output, counted from 0"),
    }[field]


def answer_words(name: str) -> str:
    """What a device's answer says under this name; a name of its own stays as it is."""
    return {
        "identity": translate("Orders", "identity"),
        "unit": translate("Orders", "device"),
        "values": translate("Orders", "inputs"),
        "reference": translate("Orders", "reference"),
        "parts": translate("Orders", "parts"),
        "registration": translate("Orders", "registered"),
        "level": translate("Orders", "signal"),
        "signal_dbm": translate("Orders", "signal (dBm)"),
        "error_rate": translate("Orders", "error rate"),
        "output": translate("Orders", "output"),
    }.get(name, name)


def outcome_words(outcome: Outcome) -> str:
    """What became of the order."""
    if outcome.done:
        parts = (f"{answer_words(name)} {_told(v)}" for name, v in outcome.fields.items())
        return "  ·  ".join((translate("Orders", "Done"), *parts))
    words = OUTCOME_WORDS.get(outcome.cause)
    told = pick(words) if words else outcome.cause
    return f"{told}  {outcome.told}".rstrip()


def _told(value: object) -> str:
    """Inputs as one sees them; everything else as it is written."""
    if isinstance(value, (list, tuple)) and all(isinstance(one, bool) for one in value):
        return "".join("●" if one else "○" for one in value)
    return str(value)
