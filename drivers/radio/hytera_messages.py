"""What a Hytera message says: registration, texts, places, radio control."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drivers.contract import Other, Position, Reading, Text
from drivers.errors import BadFrame
from drivers.radio.hytera_frames import (
    ACCEPT,
    ACKS,
    BEATS,
    CLOSE,
    CLOSE_ACK,
    CLOSES,
    CONNECT,
    CONNECTS,
    DATA,
    DATA_ACK,
    DEVICE_OPTION,
    LP,
    RCP,
    REJECT,
    REJECTS,
    RRS,
    SLOT_OPTION,
    TMP,
    Hdap,
    Packet,
    name_of,
)
from drivers.radio.hytera_place import LENGTH, place

# TMP, low byte of its opcode; in the high byte:
PRIVATE_TEXT, PRIVATE_ANSWER, GROUP_TEXT, GROUP_ANSWER = 0xA1, 0xA2, 0xB1, 0xB2
NO_ANSWER_WANTED, HAS_OPTION = 0x8000, 0x4000
DELIVERY_RESULTS: Mapping[int, str] = {
    0x00: "ok", 0x01: "failed", 0x03: "bad parameter", 0x04: "channel busy", 0x05: "receive only",
    0x06: "low battery", 0x07: "PLL unlocked", 0x08: "private call not acknowledged",
    0x09: "repeater did not wake", 0x0A: "no contact", 0x0B: "transmission denied",
    0x0C: "transmission interrupted",
}  # fmt: skip

ASK_PLACE, PLACE_ANSWER, STOP_EMERGENCY, EMERGENCY_STOPPED = 0xA001, 0xA002, 0xB001, 0xB002
EMERGENCY, TIMED_PLACE, CONDITIONAL_PLACE = 0xB003, 0xC003, 0xD003
_LP_NAMES = {
    ASK_PLACE: "location_request", PLACE_ANSWER: "location_answer",
    STOP_EMERGENCY: "emergency_stop", EMERGENCY_STOPPED: "emergency_stop_answer",
    0xC001: "timed_location_request", 0xC002: "timed_location_answer",
    0xC004: "timed_location_stop", 0xC005: "timed_location_stop_answer",
    0xD001: "conditional_location_request", 0xD002: "conditional_location_answer",
}  # fmt: skip
PLACE_RESULTS: Mapping[int, str] = {0: "ok", 0x06: "no fix", 0x69: "format error"}

REGISTER, DEREGISTER, CHECK, REGISTERED, CHECKED = 0x03, 0x01, 0x02, 0x80, 0x82

CALL, REMOVE_CALL, BUTTON, BROADCASTS, WHO = 0x0841, 0x0842, 0x0041, 0x10C9, 0x0452
REPLY = 0x8000
CALL_REPLY, BUTTON_REPLY = CALL | REPLY, BUTTON | REPLY
REPEATER_STATUS = 0xB845
_RCP_NAMES = {
    CALL: "call_request", CALL_REPLY: "call_reply", REMOVE_CALL: "call_removal",
    0x8842: "call_removal_reply", BUTTON: "button_request", BUTTON_REPLY: "button_reply",
    BROADCASTS: "broadcast_request", 0x80C9: "broadcast_reply", WHO: "radio_id_request",
    0x8452: "radio_id_reply", 0xB843: "transmit_status", 0xB844: "receive_status",
    REPEATER_STATUS: "repeater_status", 0x0833: "radio_check", 0x8833: "radio_check_reply",
}  # fmt: skip
CALL_TYPES = ("private", "group", "all", "emergency_group", "remote_monitor")

# which opcodes each service is known to use: a start that has one of them is not mere noise
_TMP_LOW = frozenset((PRIVATE_TEXT, PRIVATE_ANSWER, GROUP_TEXT, GROUP_ANSWER))
_LP_KNOWN = frozenset((*_LP_NAMES, EMERGENCY, TIMED_PLACE, CONDITIONAL_PLACE))
_RRS_KNOWN = frozenset((REGISTER, DEREGISTER, CHECK, REGISTERED, CHECKED))


def known(service: int, opcode: int) -> bool:
    """This service is known to use this opcode."""
    if service == TMP:
        return opcode & 0xFF in _TMP_LOW and opcode & 0x3F00 == 0
    if service == LP:
        return opcode in _LP_KNOWN
    if service == RRS:
        return opcode in _RRS_KNOWN
    return service == RCP and opcode in _RCP_NAMES


def reading(message: Hdap) -> Reading:
    """What this message says. Raises BadFrame where its body is not what its opcode wants."""
    return _READERS.get(message.service, _unknown)(message)


def _unknown(message: Hdap) -> Other:
    fields = {"service": message.service, "opcode": message.opcode, "data": message.body.hex()}
    return Other("hdap", fields)


def _text(message: Hdap) -> Reading:
    low, body = message.opcode & 0xFF, message.body
    if low not in _TMP_LOW:
        return _unknown(message)
    if message.opcode & HAS_OPTION:
        if len(body) < 2 or (option := int.from_bytes(body[:2], "big")) > len(body) - 2:
            raise BadFrame("syntax")
        body = body[2 : len(body) - option]
    if len(body) < 9 or (len(body) < 12 and low != GROUP_ANSWER):
        raise BadFrame("syntax")
    reference = int.from_bytes(body[:4], "big")
    destination = name_of(body[4:8])
    if low in (PRIVATE_TEXT, GROUP_TEXT):
        if len(body) % 2:
            raise BadFrame("syntax")
        text = body[12:].decode("utf-16-le", "replace").rstrip("\x00")
        wanted = not message.opcode & NO_ANSWER_WANTED
        return Text(name_of(body[8:12]), destination, text, reference, wanted)
    if len(body) != (9 if low == GROUP_ANSWER else 13):
        raise BadFrame("syntax")
    told: dict[str, Any] = {"reference": reference, "destination": destination}
    if low == PRIVATE_ANSWER:
        told["source"] = name_of(body[8:12])
    return Other("delivery", told | _result(body[-1], DELIVERY_RESULTS), "ack")


def _result(code: int, words: Mapping[int, str]) -> dict[str, Any]:
    return {"result": code, "told": words.get(code, "unknown")}


def _location(message: Hdap) -> Reading:
    opcode, body = message.opcode, message.body
    if opcode == EMERGENCY:
        return _emergency(body)
    if opcode == PLACE_ANSWER and len(body) >= 10:
        source, result = name_of(body[4:8]), int.from_bytes(body[8:10], "big")
        if len(body) == 10 + LENGTH:
            return place(body[10:], source, (), result == 0)
        if len(body) == 10:
            told = {"request": int.from_bytes(body[:4], "big"), "source": source}
            return Other("location_answer", told | _result(result, PLACE_RESULTS))
        raise BadFrame("syntax")
    if opcode in (TIMED_PLACE, CONDITIONAL_PLACE):
        rest = len(body) - 8 - LENGTH  # the time that is left stands between in timed reports
        if rest < 0 or (rest and opcode == CONDITIONAL_PLACE):
            raise BadFrame("syntax")
        return place(body[-LENGTH:], name_of(body[4:8]))
    what = _LP_NAMES.get(opcode)
    if what is None:
        return _unknown(message)
    if len(body) < 8:
        raise BadFrame("syntax")
    asked = {"request": int.from_bytes(body[:4], "big")}
    who = "destination" if opcode & 0xF in (1, 4) else "source"
    fields = asked | {who: name_of(body[4:8])}
    if len(body) >= 10 and who == "source":
        fields |= _result(int.from_bytes(body[8:10], "big"), PLACE_RESULTS)
    elif len(body) > 8:
        fields["data"] = body[8:].hex()
    return Other(what, fields)


def _emergency(body: bytes) -> Position:
    if len(body) == 5:  # a radio without a receiver: the alarm stands all the same
        return Position(name_of(body[:4]), None, None, False, alarms=("sos",))
    if len(body) != 5 + LENGTH:
        raise BadFrame("syntax")
    return place(body[5:], name_of(body[:4]), ("sos",))


def _registration(message: Hdap) -> Other:
    opcode, body = message.opcode, message.body
    if opcode not in _RRS_KNOWN:
        return _unknown(message)
    if len(body) < 4:
        raise BadFrame("syntax")
    radio, rest = name_of(body[:4]), body[4:]
    if opcode == REGISTER:
        return Other("registration", {"source": radio}, "register")
    if opcode == DEREGISTER:
        return Other("deregistration", {"source": radio}, "register")
    if opcode == CHECK:
        return Other("online_check", {"destination": radio})
    if not rest:
        raise BadFrame("syntax")
    if opcode == CHECKED:
        return Other("online_answer", {"source": radio, "online": rest[0] == 0})
    told = {"destination": radio, "result": rest[0], "valid_s": int.from_bytes(rest[1:], "big")}
    return Other("registration_answer", told)


def _control(message: Hdap) -> Other:
    opcode, body = message.opcode, message.body
    what = _RCP_NAMES.get(opcode, f"rcp_{opcode:04x}")
    kind = "ack" if opcode & REPLY else "other"
    if opcode == CALL and len(body) == 5:
        fields: dict[str, Any] = {
            "call_type": call_type(body[0]),
            "destination": str(int.from_bytes(body[1:], "little")),
        }
    elif opcode == REPEATER_STATUS and len(body) == 16:
        mode, status, service, calls = (
            int.from_bytes(body[n : n + 2], "little") for n in (0, 2, 4, 6)
        )
        fields = {"mode": mode, "status": status, "service": service}
        fields["call_type"] = call_type(calls)
        fields["destination"] = str(int.from_bytes(body[8:12], "little"))
        fields["source"] = str(int.from_bytes(body[12:16], "little"))
    elif opcode & REPLY and opcode < 0x9000 and len(body) == 1:
        fields = {"result": body[0]}
    else:
        fields = {"data": body.hex()}
    return Other(what, fields, kind)


def call_type(code: int) -> str:
    """The name of a type of call."""
    return CALL_TYPES[code] if code < len(CALL_TYPES) else f"type {code}"


_READERS: Mapping[int, Callable[[Hdap], Reading]] = {
    TMP: _text, LP: _location, RRS: _registration, RCP: _control,
}  # fmt: skip


def carrier_reading(packet: Packet) -> Other:
    """What a packet without a message says."""
    return _hrnp(packet) if packet.carrier == "hrnp" else _hstrp(packet)


_HRNP_NAMES = {
    CONNECT: "connect", ACCEPT: "accept", REJECT: "reject", CLOSE: "close", CLOSE_ACK: "close_ack",
    DATA: "data", DATA_ACK: "data_ack",
}  # fmt: skip


def _hrnp(packet: Packet) -> Other:
    what = _HRNP_NAMES.get(packet.kind, f"operation {packet.kind:02x}")
    fields = {
        "carrier": "hrnp",
        "number": packet.number,
        "sender": packet.sender,
        "receiver": packet.receiver,
    }
    return Other(what, fields, "ack" if packet.kind == DATA_ACK else "other")


def _hstrp(packet: Packet) -> Other:
    fields: dict[str, Any] = {"carrier": "hstrp", "number": packet.number}
    for kind, value in packet.options:
        name = {DEVICE_OPTION: "device", SLOT_OPTION: "slot"}.get(kind, f"option_{kind}")
        fields[name] = int.from_bytes(value, "big")
    flags = packet.kind
    about = "heartbeat" if flags & BEATS else "connect" if flags & CONNECTS else ""
    about = "close" if flags & CLOSES else about
    if flags & ACKS:
        if about:
            fields["of"] = about
        if flags & REJECTS:
            fields["rejected"] = True
        return Other("ack", fields, "ack")
    if flags & REJECTS:
        return Other("reject", fields | ({"of": about} if about else {}))
    return Other(about or "data", fields, "heartbeat" if about == "heartbeat" else "other")
