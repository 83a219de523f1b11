"""UHF tag readers of the R200, M100 and JRD-4035 class: ``BB … 7E`` frames."""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from typing import Any

from drivers.contract import Bad, Decoder, Message, Other, Tag, Talk
from drivers.framing.scan import MORE, Scanner, Step
from drivers.listening import no_settings
from drivers.reader.tag_talk import Dialect, Meaning, TagTalk

START, END = 0xBB, 0x7E
COMMAND, REPLY, NOTICE = 0, 1, 2
INFO, POLL, POLL_MANY, STOP, FAILED = 0x03, 0x22, 0x27, 0x28, 0xFF
MOST_DATA = (
    64  # a longer one is noise: only long reads of memory have it, which are never asked for
)
_AROUND = 7  # start, type, command, two of length, check, end
LONGEST = MOST_DATA + _AROUND
POLLS = 10_000
_TYPES = {COMMAND: "command", REPLY: "reply", NOTICE: "notice"}
_COMMANDS = {INFO: "info", POLL: "poll", POLL_MANY: "poll_many", STOP: "stop", FAILED: "error"}
NO_TAG = 0x15
_ERRORS = {NO_TAG: "no tag", 0x16: "no access", 0x17: "wrong command", 0x09: "read failed"}


class R200Driver:
    """A reader module in a cabinet or a hand-held reader; it looks for tags while it is told to."""

    family = "rfid-r200"
    silence_s = 10.0

    def decoder(self) -> Decoder:
        return R200Decoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        dialect = Dialect(
            hello=frame(COMMAND, INFO, b"\x00"),
            start=frame(COMMAND, POLL_MANY, b"\x22" + POLLS.to_bytes(2, "big")),
            stop=frame(COMMAND, STOP),
        )
        return TagTalk(dialect, R200Decoder(), _meaning)

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return no_settings(settings)


def frame(kind: int, command: int, data: bytes = b"") -> bytes:
    """The bytes of a frame."""
    body = bytes((kind, command)) + len(data).to_bytes(2, "big") + data
    return bytes((START,)) + body + bytes((sum(body) & 0xFF, END))


def tag_crc(data: bytes) -> int:
    """CRC-16 CCITT over PC and EPC, as tags carry it."""
    return binascii.crc_hqx(data, 0xFFFF) ^ 0xFFFF


class R200Decoder:
    """One reader's stream. The end byte may occur inside a frame: the length is trusted."""

    def __init__(self) -> None:
        self._scanner = Scanner(re.compile(bytes((START,))), _look, LONGEST)

    def feed(self, data: bytes) -> list[Message]:
        return self._scanner.feed(data)

    def finish(self) -> list[Message]:
        return self._scanner.finish()


def _look(held: bytes, at: int, last: bool) -> Step:
    head = held[at : at + 5]
    if len(head) < 5:
        return Step(1, (Bad("length", head),)) if last else MORE
    length = int.from_bytes(head[3:5], "big")
    if length > MOST_DATA:
        return Step(1, (Bad("length", head),))
    raw = held[at : at + length + _AROUND]
    if len(raw) < length + _AROUND:
        return Step(1, (Bad("length", raw),)) if last else MORE
    if sum(raw[1:-2]) & 0xFF != raw[-2]:
        return Step(1, (Bad("checksum", raw),))
    if raw[-1] != END or raw[1] not in _TYPES:
        return Step(1, (Bad("syntax", raw),))
    message = _message(raw[1], raw[2], raw[5:-2])
    if isinstance(message, str):
        return Step(1, (Bad(message, raw),))
    return Step(len(raw), (message,))


def _message(kind: int, command: int, data: bytes) -> Message | str:
    """What a frame says, or why it cannot be."""
    if kind == NOTICE and command == POLL:
        if len(data) < 5:
            return "syntax"
        if int.from_bytes(data[-2:], "big") != tag_crc(data[1:-2]):
            return "checksum"
        if 2 * (data[1] >> 3) != len(data) - 5:
            return "syntax"
        return Tag(data[3:-2].hex().upper(), int.from_bytes(data[:1], signed=True))
    told: dict[str, Any] = {"type": _TYPES[kind], "command": command}
    if data:
        told["data"] = data.hex()
    if command == FAILED and data:
        told |= {"code": data[0], "told": _ERRORS.get(data[0], f"code {data[0]:02x}")}
    return Other(_COMMANDS.get(command, "command"), told)


def _meaning(message: Other) -> tuple[Meaning, str]:
    """What a frame of the reader means for the talk, and its words."""
    fields = message.fields
    if fields["type"] != "reply":
        return Meaning.NOTHING, ""
    if message.what == "info":
        text = bytes.fromhex(fields.get("data", ""))[1:].decode("ascii", "replace")
        return Meaning.HELLO, f"r200:{text.strip()}"
    if message.what == "stop":
        return Meaning.STOPPED, ""
    if message.what == "error":
        no_tag = fields.get("code") == NO_TAG
        return (Meaning.LOOKING if no_tag else Meaning.FAILED), fields.get("told", "")
    return Meaning.NOTHING, ""
