"""TETRA radios over their peripheral interface: the driver, its settings, its decoder."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from drivers.contract import Bad, Message, Talk
from drivers.errors import BadFrame, NotSupported
from drivers.radio.tetra_lines import said
from drivers.radio.tetra_lip import EMERGENCY_REASON
from drivers.radio.tetra_pei import Line, PeiReader
from drivers.radio.tetra_sds import short_data
from drivers.radio.tetra_talk import TetraTalk

MODES = range(7)  # trunked, direct, trunked + direct, direct + trunked, both, NN, repeater
_GROUP = re.compile(r"[0-9]{1,17}")
_MOST_GROUPS = 64
_POLL_S = (1.0, 10.0)
_CHECK_CHARS = 40
DEFAULTS: Mapping[str, Any] = {
    "mode": 0,
    "groups": (),  # the first is chosen at the start
    "poll_s": 5.0,
    "check_text": "电台检查",  # what a radio check puts on the crew's display
    "sos_reasons": (EMERGENCY_REASON,),  # of a location report; the table of reasons is the maker's
}


class TetraDriver:
    """A mobile or portable radio at a serial port; it is asked every few seconds."""

    family = "tetra"
    silence_s = 15.0

    def decoder(self) -> TetraDecoder:
        return TetraDecoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return TetraTalk({**DEFAULTS, **settings})

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """mode (0 to 6), groups (identities), poll_s (1 to 10 s), check_text, sos_reasons."""
        unknown = sorted(set(settings) - set(DEFAULTS))
        if unknown:
            raise NotSupported(f"unknown settings: {', '.join(unknown)}", "bad_setting")
        told = {**DEFAULTS, **settings}
        return {
            "mode": _whole("mode", told["mode"], 0, MODES[-1]),
            "groups": _groups(told["groups"]),
            "poll_s": _poll(told["poll_s"]),
            "check_text": _check_text(told["check_text"]),
            "sos_reasons": [
                _whole("sos_reasons", reason, 0, 255) for reason in _list(told, "sos_reasons")
            ],
        }


class TetraDecoder:
    """The stream of one radio; commands of its host may be among it."""

    def __init__(self, sos_reasons: Collection[int] = (EMERGENCY_REASON,)) -> None:
        self._reader = PeiReader()
        self._sos = frozenset(sos_reasons)

    def feed(self, data: bytes) -> list[Message]:
        return [self._message(line) for line in self._reader.feed(data)]

    def finish(self) -> list[Message]:
        return [self._message(line) for line in self._reader.finish()]

    def _message(self, line: Line) -> Message:
        if line.reason:
            return Bad(line.reason, line.raw)
        try:
            if line.name == "CTSDSR":
                return short_data(line.rest, line.pdu, self._sos).reading
            return said(line)
        except BadFrame as bad:
            return Bad(bad.reason, line.raw)


def _wrong(told: str) -> NotSupported:
    return NotSupported(told, "bad_setting")


def _whole(name: str, value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _wrong(f"{name}: a whole number from {least} to {most}, not {value!r}")
    return value


def _list(told: Mapping[str, Any], name: str) -> list[Any]:
    value = told[name]
    if not isinstance(value, list | tuple) or len(value) > _MOST_GROUPS:
        raise _wrong(f"{name}: a list of at most {_MOST_GROUPS}, not {str(value)[:40]!r}")
    return list(value)


def _groups(value: Any) -> list[str]:
    groups = [str(group) for group in _list({"groups": value}, "groups")]
    wrong = [group for group in groups if not _GROUP.fullmatch(group)]
    if wrong:
        raise _wrong(f"groups: identities of up to 17 digits, not {wrong[0][:40]!r}")
    return groups


def _poll(value: Any) -> float:
    least, most = _POLL_S
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise _wrong(f"poll_s: seconds from {least:g} to {most:g}, not {value!r}")
    return float(value)


def _check_text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _CHECK_CHARS or not value.isprintable():
        raise _wrong(f"check_text: 1 to {_CHECK_CHARS} characters, not {str(value)[:60]!r}")
    return value
