"""Hamlib's rigctld (conventional radios): answers in its extended protocol → readings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from drivers.contract import Bad, Message, Other, Talk
from drivers.errors import BadFrame
from drivers.radio.rigctl_settings import checked
from drivers.radio.rigctl_talk import RigctlTalk

LONGEST_LINE = 4096  # a list of modes is long
MOST_LINES = 1000  # what a radio can do takes a few hundred
KNOWN = frozenset((
    "dump_caps", "get_freq", "set_freq", "get_mode", "set_mode", "get_ptt", "set_ptt", "get_dcd",
    "get_level", "get_info", "get_vfo", "set_vfo", "get_mem", "set_mem", "get_powerstat",
))  # fmt: skip
_HEAD = re.compile(r"([a-z][a-z0-9_]*):(?: ?(.*))?")
_RESULT = re.compile(r"RPRT (-?\d{1,4})")
_VALUE = re.compile(r"([^:]+):\s*(.*)")
# answers whose values have names of their own: what rigctld calls them, what we call them
_NUMBERS = {"Frequency": "frequency_hz", "Passband": "passband_hz", "Memory#": "memory"}
_TEXTS = {"Mode": "mode", "VFO": "vfo", "Info": "info", "Model name": "model", "Mfg name": "maker"}
_SWITCHES = {"PTT": "ptt", "DCD": "dcd", "Power Status": "power"}


class RigctlDriver:
    """A radio behind a rigctld."""

    family = "rigctl"
    silence_s = 5.0

    def decoder(self) -> RigctlDecoder:
        return RigctlDecoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return RigctlTalk(self.decoder(), self.checked(settings))

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return checked(settings)


class RigctlDecoder:
    """One daemon's stream: a line that names the question, values, ``RPRT n``."""

    def __init__(self) -> None:
        self._left = b""
        self._block: list[str] = []
        self._raw: list[bytes] = []

    def feed(self, data: bytes) -> list[Message]:
        *lines, self._left = (self._left + data).split(b"\n")
        found: list[Message] = []
        for line in lines:
            found += self._line(line)
        while len(self._left) > LONGEST_LINE:
            found += self._line(self._left[: LONGEST_LINE + 1])
            self._left = self._left[LONGEST_LINE + 1 :]
        return found

    def finish(self) -> list[Message]:
        left, self._left = self._left, b""
        if left and self._block:
            self._raw.append(left)
        found = self._cut_short()
        return found if found or not left else [Bad("length", left)]

    def _line(self, line: bytes) -> list[Message]:
        found: list[Message] = []
        while len(line) > LONGEST_LINE:  # the same however it came
            found += [*self._cut_short(), Bad("length", line[: LONGEST_LINE + 1])]
            line = line[LONGEST_LINE + 1 :]
            if not line:
                return found
        text = line.rstrip(b"\r").decode("latin-1")
        head = _HEAD.fullmatch(text)
        if head is not None and head[1] in KNOWN:
            found += self._cut_short()
            self._block, self._raw = [text], [line]
            return found
        if not self._block:
            return found + self._outside(text, line)
        self._block.append(text)
        self._raw.append(line)
        if _RESULT.fullmatch(text):
            return [*found, self._whole()]
        return found + (self._cut_short() if len(self._block) >= MOST_LINES else [])

    def _outside(self, text: str, line: bytes) -> list[Message]:
        if not text.strip():
            return []
        result = _RESULT.fullmatch(text)
        if result is None:
            return [Bad("syntax", line)]
        return [Other("answer", {"result": int(result[1])}, "ack")]

    def _cut_short(self) -> list[Message]:
        raw = b"\n".join(self._raw)
        had = bool(self._block)
        self._block, self._raw = [], []
        return [Bad("length", raw)] if had else []

    def _whole(self) -> Message:
        block, raw = self._block, b"\n".join(self._raw)
        self._block, self._raw = [], []
        try:
            return _answer(block)
        except BadFrame as bad:
            return Bad(bad.reason, raw)


def _answer(block: list[str]) -> Other:
    head = _HEAD.fullmatch(block[0])
    result = _RESULT.fullmatch(block[-1])
    if head is None or result is None:
        raise BadFrame("syntax")
    name, asked = head[1], head[2]
    told: dict[str, Any] = {"asked": asked} if asked else {}
    if name == "get_level" and len(block) == 3:
        told["value"] = _number(block[1])
    for line in block[1:-1]:
        told |= _value(line)
    told["result"] = int(result[1])
    return Other(name, told, "ack" if name.startswith("set_") else "other")


def _value(line: str) -> dict[str, Any]:
    found = _VALUE.fullmatch(line)
    if found is None:
        return {}
    name, value = found[1], found[2]
    if name in _NUMBERS:
        return {_NUMBERS[name]: round(_number(value))}
    if name in _SWITCHES:
        if value not in ("0", "1", "2", "3"):
            raise BadFrame("value")
        return {_SWITCHES[name]: value != "0"}
    return {_TEXTS[name]: value.strip()} if name in _TEXTS else {}


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError as wrong:
        raise BadFrame("value") from wrong
    if not -1e12 < number < 1e12:
        raise BadFrame("value")
    return number
