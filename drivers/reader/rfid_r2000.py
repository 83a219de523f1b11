"""UHF tag readers of the R2000 class: ``A0`` frames."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from drivers.contract import Bad, Decoder, Message, Other, Tag, Talk
from drivers.framing.scan import MORE, Scanner, Step
from drivers.reader.tag_talk import Dialect, Meaning, TagTalk
from drivers.settings import Whole, filled_in

START = 0xA0
LONGEST = 2 + 255
RESET, VERSION, REAL_TIME, FAST_SWITCH, SESSION = 0x70, 0x72, 0x89, 0x8A, 0x8B
_ROUNDS = frozenset({REAL_TIME, FAST_SWITCH, SESSION})
RSSI_ZERO_DBM = -129
_COMMANDS = {
    0x70: "reset", 0x71: "set_baud", 0x72: "version", 0x73: "set_address", 0x74: "set_antenna",
    0x75: "antenna", 0x76: "set_power", 0x77: "power", 0x7B: "temperature", 0x80: "buffered_round",
    0x81: "read_tag", 0x82: "write_tag", 0x89: "round", 0x8A: "fast_switch_round",
    0x8B: "session_round",
}  # fmt: skip
RESULTS = {0x10: "ok", 0x11: "fail", 0x22: "antenna missing", 0x36: "no tag", 0x40: "no access"}
_TOLD = frozenset({0, 1, 2, 3, 4, 5, 10})  # bytes of data of commands and results, never of a tag
_SETTINGS = {"address": Whole(1, 0, 255)}


class R2000Driver:
    """A reader at a cabinet's door or on a desk; it looks for tags while it is told to."""

    family = "rfid-r2000"
    silence_s = 10.0

    def decoder(self) -> Decoder:
        return R2000Decoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        address = self.checked(settings)["address"]
        dialect = Dialect(
            hello=frame(address, VERSION),
            start=frame(address, REAL_TIME, b"\x01"),
            stop=b"",  # a round ends by itself
        )
        return TagTalk(dialect, R2000Decoder(), _meaning)

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return filled_in(settings, _SETTINGS)


def frame(address: int, command: int, data: bytes = b"") -> bytes:
    """The bytes of a frame; its last byte makes the sum of all of them 0."""
    body = bytes((START, len(data) + 3, address, command)) + data
    return body + bytes((-sum(body) & 0xFF,))


class R2000Decoder:
    """One reader's stream. The start byte may occur inside a frame: length and check are trusted."""

    def __init__(self) -> None:
        self._scanner = Scanner(re.compile(bytes((START,))), _look, LONGEST)

    def feed(self, data: bytes) -> list[Message]:
        return self._scanner.feed(data)

    def finish(self) -> list[Message]:
        return self._scanner.finish()


def _look(held: bytes, at: int, last: bool) -> Step:
    if len(held) - at < 2:
        return Step(1, (Bad("length", held[at:]),)) if last else MORE
    length = held[at + 1]
    if length < 3:
        return Step(1, (Bad("length", held[at : at + 2]),))
    raw = held[at : at + 2 + length]
    if len(raw) < 2 + length:
        return Step(1, (Bad("length", raw),)) if last else MORE
    if sum(raw) & 0xFF:
        return Step(1, (Bad("checksum", raw),))
    message = _message(raw[2], raw[3], raw[4:-1])
    if message is None:
        return Step(1, (Bad("syntax", raw),))
    return Step(len(raw), (message,))


def _message(address: int, command: int, data: bytes) -> Message | None:
    """What a frame says; None where a notice of a tag is no such."""
    name = _COMMANDS.get(command, "command")
    told: dict[str, Any] = {"address": address, "command": command}
    if command in _ROUNDS and len(data) == 7:
        return Other("round_end", {**told, **_round(command, data)})
    if command in _ROUNDS:
        epc_bytes = 2 * (data[1] >> 3) if len(data) > 1 else 0
        if epc_bytes and len(data) == 4 + epc_bytes:
            return Tag(data[3:-1].hex().upper(), data[-1] + RSSI_ZERO_DBM)
        if len(data) not in _TOLD:
            return None
    if data:
        told["data"] = data.hex()
    if len(data) == 1 and data[0] in RESULTS:
        told["result"] = RESULTS[data[0]]
    return Other(name, told)


def _round(command: int, data: bytes) -> dict[str, int]:
    if command == FAST_SWITCH:
        return {
            "total": int.from_bytes(data[:3], "big"), "duration_ms": int.from_bytes(data[3:], "big")
        }  # fmt: skip
    return {
        "antenna": data[0], "rate": int.from_bytes(data[1:3], "big"),
        "total": int.from_bytes(data[3:], "big"),
    }  # fmt: skip


def _meaning(message: Other) -> tuple[Meaning, str]:
    """What a frame of the reader means for the talk, and its words."""
    fields = message.fields
    if fields["command"] == VERSION and "data" in fields:
        return (
            Meaning.HELLO,
            f"r2000:{'.'.join(str(byte) for byte in bytes.fromhex(fields['data']))}",
        )
    if message.what == "round_end":
        return Meaning.ROUND_OVER, ""
    if fields["command"] == REAL_TIME and "result" in fields:
        empty = fields["result"] in ("no tag", "ok", "fail")
        return (Meaning.ROUND_OVER if empty else Meaning.FAILED), fields["result"]
    return Meaning.NOTHING, ""
