"""JT/T 808 bodies: what a terminal or its platform says in one message."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from drivers.contract import Message, Other, Position, Text
from drivers.errors import BadFrame
from drivers.position.jt808_frame import Frame

GENERAL_ACK_UP, GENERAL_ACK_DOWN = 0x0001, 0x8001
HEARTBEAT, REGISTER, LOGOUT, AUTHENTICATE = 0x0002, 0x0100, 0x0003, 0x0102
REGISTER_ACK, RESEND, LOCATE, LOCATED = 0x8100, 0x8003, 0x8201, 0x0201
LOCATION, LOCATIONS, CONFIRM_ALARM, SEND_TEXT = 0x0200, 0x0704, 0x8203, 0x8300

TENTHS_KMH_PER_MPS = 36
CHINA = timezone(timedelta(hours=8))
ALARMS = {
    0: "sos", 1: "overspeed", 2: "fatigue", 4: "gnss_fault", 5: "gnss_antenna_open",
    6: "gnss_antenna_short", 7: "undervoltage", 8: "power_loss", 18: "drive_time", 20: "area",
    21: "route", 23: "deviation", 26: "stolen", 28: "illegal_move",
}  # fmt: skip
RESULTS = {0: "ok", 1: "failed", 2: "wrong_message", 3: "not_supported", 4: "alarm_confirmed"}
REGISTRATIONS = {
    0: "ok", 1: "vehicle_exists", 2: "no_vehicle", 3: "terminal_exists", 4: "no_terminal",
}  # fmt: skip
NAMES = {
    0x0003: "logout", 0x0005: "resend_request", 0x0102: "authentication",
    0x0104: "parameters_reply", 0x0107: "properties_reply", 0x0201: "location_reply",
    0x0301: "event_report", 0x0302: "question_reply", 0x0700: "recorder_data",
    0x0800: "media_event", 0x0801: "media_upload", 0x0900: "passthrough_up",
    0x8003: "resend_request", 0x8103: "set_parameters", 0x8104: "query_parameters",
    0x8105: "terminal_control", 0x8201: "query_location", 0x8202: "track",
    0x8203: "confirm_alarm", 0x8204: "link_check", 0x8600: "set_circle", 0x8601: "delete_circle",
    0x8602: "set_rectangle", 0x8603: "delete_rectangle", 0x8604: "set_polygon",
    0x8605: "delete_polygon", 0x8606: "set_route", 0x8607: "delete_route",
    0x8800: "media_upload_ack", 0x8801: "take_picture", 0x8900: "passthrough_down",
    0x9101: "live_video", 0x9102: "live_video_control", 0x9201: "playback",
    0x9202: "playback_control",
}  # fmt: skip
_SHOWN = 512  # bytes of a body that has no reader of its own
_POINT = struct.Struct(">IIIIHHH6s")
_ALARMS_BY_BITS: dict[int, tuple[str, ...]] = {0: ()}
_ALARM_MASK = sum(1 << bit for bit in ALARMS)


def messages(frame: Frame) -> tuple[Message, ...]:
    """What a whole message says. Raises BadFrame."""
    if frame.encrypted:
        return (_other("encrypted", frame, {"body": frame.body[:_SHOWN].hex()}),)
    if frame.id == LOCATION:
        return (position(frame.terminal, frame.body),)
    if frame.id == LOCATIONS:
        return _batch(frame)
    if frame.id == SEND_TEXT:
        return (_text(frame),)
    reader = _READERS.get(frame.id)
    if reader is not None:
        return (reader(frame),)
    return (_other(NAMES.get(frame.id, "message"), frame, {"body": frame.body[:_SHOWN].hex()}),)


def part(frame: Frame) -> Other:
    """A frame that is one part of a message still under way."""
    return _other("part", frame, {"part": frame.part, "parts": frame.parts})


def position(terminal: str, body: bytes) -> Position:
    """Alarms, place and moment of a 0200 body; what follows the first 28 bytes says nothing of
    these, and cannot take them away. Raises BadFrame."""
    if len(body) < _POINT.size:
        raise BadFrame("length")
    alarm, status, raw_lat, raw_lon, _, speed, course, clock = _POINT.unpack_from(body)
    at = moment(clock)
    if raw_lat > 90_000_000 or raw_lon > 180_000_000 or course > 360:
        raise BadFrame("value")
    valid = bool(status & 2)
    lat: float | None = None
    lon: float | None = None
    if valid or raw_lat or raw_lon:  # without a fix, zeros are no place
        lat = (-raw_lat if status & 4 else raw_lat) / 1e6
        lon = (-raw_lon if status & 8 else raw_lon) / 1e6
    bits = alarm & _ALARM_MASK
    names = _ALARMS_BY_BITS.get(bits)
    if names is None:
        names = alarm_names(bits)
    return Position(
        terminal, lat, lon, valid, at, speed / TENTHS_KMH_PER_MPS, float(course), None, names
    )


def alarm_names(bits: int) -> tuple[str, ...]:
    """The alarms that these bits raise, in the order of the bits."""
    return tuple(name for bit, name in ALARMS.items() if bits >> bit & 1)


def moment(clock: bytes) -> datetime | None:
    """The moment of six BCD bytes of China time, in UTC; None for zeros: the terminal does not
    know. Raises BadFrame."""
    digits = clock.hex()
    if not digits.isdecimal():
        raise BadFrame("syntax")
    if digits == "000000000000":
        return None
    try:
        return datetime(
            2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]), int(digits[6:8]),
            int(digits[8:10]), int(digits[10:]), tzinfo=CHINA,
        ).astimezone(UTC)  # fmt: skip
    except ValueError as impossible:
        raise BadFrame("value") from impossible


def _batch(frame: Frame) -> tuple[Message, ...]:
    """0704: one position an item."""
    body = frame.body
    _need(body, 3)
    count, at = int.from_bytes(body[:2], "big"), 3
    found: list[Message] = []
    while at < len(body):
        _need(body, at + 2)
        length = int.from_bytes(body[at : at + 2], "big")
        _need(body, at + 2 + length)
        found.append(position(frame.terminal, body[at + 2 : at + 2 + length]))
        at += 2 + length
    if len(found) != count:
        raise BadFrame("length")
    return tuple(found)


def _text(frame: Frame) -> Text:
    """8300. A header names one terminal, whichever way the frame goes; receipts name its serial."""
    head = 2 if frame.is_of_2019 else 1
    _need(frame.body, head)
    return Text(frame.terminal, frame.terminal, gbk(frame.body[head:]), frame.serial)


def _heartbeat(frame: Frame) -> Other:
    return _other("heartbeat", frame, {}, "heartbeat")


def _register(frame: Frame) -> Other:
    body = frame.body
    if frame.is_of_2019:
        maker, model, device = 11, 30, 30
    else:
        maker, model, device = 5, 20, 7
        if len(body) < 4 + maker + model + device + 1:  # the edition of 2011
            model = 8
    _need(body, 4 + maker + model + device + 1)
    ends = (4 + maker, 4 + maker + model, 4 + maker + model + device)
    told = {
        "province": int.from_bytes(body[:2], "big"),
        "city": int.from_bytes(body[2:4], "big"),
        "manufacturer": gbk(body[4 : ends[0]]),
        "model": gbk(body[ends[0] : ends[1]]),
        "device": gbk(body[ends[1] : ends[2]]),
        "plate_colour": body[ends[2]],
        "plate": gbk(body[ends[2] + 1 :]),
    }
    return _other("registration", frame, told, "register")


def _general_ack(frame: Frame) -> Other:
    _need(frame.body, 5)
    reference, id_, result = struct.unpack_from(">HHB", frame.body)
    told = {
        "reference": reference, "of": f"{id_:04X}", "result": result,
        "meaning": RESULTS.get(result, "unknown"),
    }  # fmt: skip
    return _other("general_ack", frame, told, "ack")


def _register_ack(frame: Frame) -> Other:
    _need(frame.body, 3)
    reference, result = struct.unpack_from(">HB", frame.body)
    told = {
        "reference": reference, "result": result, "meaning": REGISTRATIONS.get(result, "unknown"),
    }  # fmt: skip
    if result == 0:
        told["code"] = gbk(frame.body[3:])
    return _other("registration_ack", frame, told, "ack")


def _authentication(frame: Frame) -> Other:
    return _other("authentication", frame, {})  # the code is a secret between the two


def _located(frame: Frame) -> Other:
    """0201: the answer to a question for the place."""
    _need(frame.body, 2)
    place = position(frame.terminal, frame.body[2:])
    told: dict[str, Any] = {"reference": int.from_bytes(frame.body[:2], "big")}
    told.update(lat=place.lat, lon=place.lon, valid=place.valid)
    return _other("location_reply", frame, told)


def _confirm(frame: Frame) -> Other:
    _need(frame.body, 6)
    alarm, bits = struct.unpack_from(">HI", frame.body)
    told = {"alarm": alarm, "alarms": list(alarm_names(bits))}
    return _other("confirm_alarm", frame, told)


def _other(what: str, frame: Frame, told: Mapping[str, Any], kind: str = "other") -> Other:
    fields = {"id": f"{frame.id:04X}", "source": frame.terminal, "serial": frame.serial, **told}
    return Other(what, fields, kind)


def _need(body: bytes, size: int) -> None:
    if len(body) < size:
        raise BadFrame("length")


def gbk(raw: bytes) -> str:
    """A text without its padding; what is not GBK shows as �, and takes nothing else with it."""
    return raw.decode("gb18030", errors="replace").strip("\0 ")


_READERS: dict[int, Callable[[Frame], Message]] = {
    GENERAL_ACK_UP: _general_ack,
    GENERAL_ACK_DOWN: _general_ack,
    HEARTBEAT: _heartbeat,
    REGISTER: _register,
    REGISTER_ACK: _register_ack,
    AUTHENTICATE: _authentication,
    LOCATED: _located,
    CONFIRM_ALARM: _confirm,
}
