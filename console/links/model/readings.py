"""What drivers give and take, handed on to the rooms above: they open no driver themselves."""

from __future__ import annotations

from drivers.contract import (
    AskPosition,
    Bad,
    Card,
    CheckRadio,
    ChooseGroup,
    ConfirmAlarm,
    Inputs,
    Message,
    Order,
    Other,
    Outcome,
    Position,
    PressToTalk,
    Probe,
    RadioCall,
    ReadCard,
    Reading,
    ReadTags,
    ReleaseTalk,
    SendStatus,
    SendText,
    Status,
    SwitchOutput,
    Tag,
    Text,
)

__all__ = [
    "AskPosition",
    "Bad",
    "Card",
    "CheckRadio",
    "ChooseGroup",
    "ConfirmAlarm",
    "Inputs",
    "Message",
    "Order",
    "Other",
    "Outcome",
    "Position",
    "PressToTalk",
    "Probe",
    "RadioCall",
    "ReadCard",
    "ReadTags",
    "Reading",
    "ReleaseTalk",
    "SendStatus",
    "SendText",
    "Status",
    "SwitchOutput",
    "Tag",
    "Text",
]


def source_of(reading: Reading) -> str | None:
    """Which radio or terminal said it; None where the family does not name one."""
    return getattr(reading, "source", None)


def presses(reading: Reading) -> bool:
    """It may not be dropped, however many wait: an alarm, an input, or words of a person.

    Places and the device's own small talk are telemetry: the next one is as good.
    """
    match reading:
        case Position():
            return bool(reading.alarms)
        case Other():
            return False
    return True
