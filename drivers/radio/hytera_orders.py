"""What the console wants of a Hytera radio, as messages, and which answer each waits for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from drivers.contract import (
    AskPosition,
    CheckRadio,
    ChooseGroup,
    ConfirmAlarm,
    Order,
    Other,
    PressToTalk,
    Probe,
    ReleaseTalk,
    SendText,
)
from drivers.errors import NotSupported
from drivers.radio import hytera_messages as messages
from drivers.radio.hytera_frames import (
    GROUPS,
    LP,
    RCP,
    RRS,
    TMP,
    address_of,
    hdap,
    name_of,
)

LONGEST_TEXT = 240  # characters; longer ones radios do not show
PRIVATE, GROUP, EMERGENCY_GROUP = 0, 1, 3
EMERGENCY = 3  # the priority of an emergency call


Mark = tuple[str, object]  # what an answer names: the kind of question and its number or radio


class Asked(NamedTuple):
    """One message of an order and what its answer will name; none: its acknowledgement is enough."""

    data: bytes
    mark: Mark | None


def asked(order: Order, request: int, settings: Mapping[str, Any]) -> list[Asked]:
    """The messages of this order, each sent when the one before was answered.

    Raises NotSupported for an order that Hytera's protocols do not have, or an impossible id.
    """
    try:
        return _asked(order, request, settings)
    except (ValueError, OverflowError) as impossible:
        raise NotSupported(f"no radio or group: {impossible}", "bad_order") from impossible


def _asked(order: Order, request: int, settings: Mapping[str, Any]) -> list[Asked]:
    numbered = request.to_bytes(4, "big")
    if isinstance(order, SendText):
        return [_text(order, numbered, settings)]
    if isinstance(order, AskPosition):
        body = numbered + address_of(order.of)
        return [Asked(hdap(LP, messages.ASK_PLACE, body), ("place", request))]
    if isinstance(order, ConfirmAlarm):
        body = numbered + address_of(order.of)
        return [Asked(hdap(LP, messages.STOP_EMERGENCY, body), ("stop", request))]
    if isinstance(order, CheckRadio):
        address = address_of(order.of)
        return [Asked(hdap(RRS, messages.CHECK, address), ("online", name_of(address)))]
    if isinstance(order, PressToTalk):
        press = bytes.fromhex(settings["ptt_press"])
        key = Asked(hdap(RCP, messages.BUTTON, press), ("reply", messages.BUTTON_REPLY))
        return [*([_call(order.group, order.priority, settings)] if order.group else []), key]
    if isinstance(order, ChooseGroup):
        return [_call(order.group, 0, settings)]
    if isinstance(order, ReleaseTalk):
        release = bytes.fromhex(settings["ptt_release"])
        return [Asked(hdap(RCP, messages.BUTTON, release), ("reply", messages.BUTTON_REPLY))]
    if isinstance(order, Probe):
        return [Asked(hdap(RCP, messages.WHO, b""), None)]
    raise NotSupported(f"not an order for Hytera: {type(order).__name__}", "not_supported")


def _text(order: SendText, numbered: bytes, settings: Mapping[str, Any]) -> Asked:
    if not 0 < len(order.text) <= LONGEST_TEXT:
        raise NotSupported(f"a text has 1 to {LONGEST_TEXT} characters", "bad_order")
    group = order.to in settings["groups"]
    opcode = messages.GROUP_TEXT if group else messages.PRIVATE_TEXT
    opcode |= 0 if order.receipt else messages.NO_ANSWER_WANTED
    to = address_of(order.to, GROUPS) if group else address_of(order.to)
    body = numbered + to + address_of(settings["own_id"]) + order.text.encode("utf-16-le")
    mark = ("text", int.from_bytes(numbered, "big")) if order.receipt else None
    return Asked(hdap(TMP, opcode, body), mark)


def _call(group: str, priority: int, settings: Mapping[str, Any]) -> Asked:
    """Whom the talk key will call; without a list of groups every id is one."""
    kind = GROUP if group in settings["groups"] or not settings["groups"] else PRIVATE
    if kind == GROUP and priority >= EMERGENCY:
        kind = EMERGENCY_GROUP
    target = int.from_bytes(address_of(group)[1:], "big")
    body = bytes((kind,)) + target.to_bytes(4, "little")
    return Asked(hdap(RCP, messages.CALL, body), ("reply", messages.CALL_REPLY))


def verdict(message: Other) -> tuple[Mark, bool, str] | None:
    """Which mark this reading answers, whether it is a yes, and with which words."""
    fields = message.fields
    if message.what == "delivery":
        return ("text", fields["reference"]), fields["result"] == 0, fields["told"]
    if message.what in ("location_answer", "emergency_stop_answer"):
        kind = "place" if message.what == "location_answer" else "stop"
        good = fields.get("result", 0) == 0
        return (kind, fields["request"]), good, fields.get("told", "")
    if message.what == "online_answer":
        online = fields["online"]
        return ("online", fields["source"]), online, "" if online else "offline"
    replies = {"call_reply": messages.CALL_REPLY, "button_reply": messages.BUTTON_REPLY}
    if message.what in replies:
        good = fields.get("result") == 0
        return ("reply", replies[message.what]), good, "" if good else "refused"
    return None
