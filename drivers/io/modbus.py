"""Modbus RTU boards: panic buttons, door contacts, lamps. What their frames say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drivers.contract import Bad, Inputs, Message, Other, Talk
from drivers.errors import NotSupported
from drivers.io import modbus_frames as frames
from drivers.io.modbus_frames import Cutter, Frame
from drivers.io.modbus_talk import ModbusTalk
from drivers.settings import Whole, filled_in

_SETTINGS = {
    "unit": Whole(1, 1, frames.MOST_UNIT),
    "inputs": Whole(8, 0, 256),  # how many, from first_input on; 0: a board of outputs alone
    "first_input": Whole(0, 0, 65535),
    "outputs": Whole(8, 0, 256),
    "first_output": Whole(0, 0, 65535),
    "poll_ms": Whole(100, 20, 5000),
    "answer_ms": Whole(300, 50, 5000),
    "steady_polls": Whole(2, 1, 20),  # so many equal answers make a change
}
_NAMES = {
    1: "read_outputs", 2: "read_inputs", 3: "read_registers", 4: "read_input_registers",
    5: "write_output", 6: "write_register", 7: "read_exception_status", 8: "diagnostics",
    11: "event_counter", 12: "event_log", 15: "write_outputs", 16: "write_registers",
    17: "report_id", 22: "mask_register", 23: "read_write_registers",
}  # fmt: skip
_MOST_READ = {1: 2000, 2: 2000, 3: 125, 4: 125}


class ModbusDriver:
    """A board that is asked again and again how its inputs stand. Three questions without an answer
    make it silent."""

    family = "modbus"
    silence_s = 1.5

    def decoder(self) -> ModbusDecoder:
        return ModbusDecoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return ModbusTalk(self.checked(settings))

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        told = filled_in(settings, _SETTINGS)
        for kind in ("input", "output"):
            if told[f"first_{kind}"] + told[f"{kind}s"] > 65536:
                raise NotSupported(f"the last {kind} lies beyond 65535", "bad_setting")
        if told["inputs"] + told["outputs"] == 0:
            raise NotSupported("a board has at least one input or output", "bad_setting")
        return told


class ModbusDecoder:
    """A line as somebody listening hears it; which way a frame goes shows in its length alone."""

    def __init__(self) -> None:
        self._cutter = Cutter()

    def feed(self, data: bytes) -> list[Message]:
        return [meaning(found) for found in self._cutter.feed(data)]

    def finish(self) -> list[Message]:
        return [meaning(found) for found in self._cutter.finish()]


def meaning(found: Frame | Bad) -> Message:
    """What a frame says; a right check value does not make an impossible one good."""
    if isinstance(found, Bad):
        return found
    if found.unit > frames.MOST_UNIT:
        return Bad("value", found.raw)
    if found.failed:
        return Other("exception", {**_head(found), "code": found.data[0], "told": found.refusal})
    if found.reply and found.function <= frames.READ_INPUTS:
        return Inputs(found.unit, frames.bits(found.data[1:]))
    if found.reply and found.function <= frames.READ_INPUT_REGISTERS:
        told = {"unit": found.unit, "values": _words(found.data[1:])}
        return Other(_NAMES[found.function], told, "register")
    fields = _FIELDS.get(found.function, _raw)(found)
    if fields is None:
        return Bad("value", found.raw)
    return Other(_NAMES[found.function], {**_head(found), **fields})


def _head(found: Frame) -> dict[str, Any]:
    return {"unit": found.unit, "function": found.function & 0x7F}


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "big")


def _words(data: bytes) -> list[int]:
    return [_word(data, at) for at in range(0, len(data), 2)]


_Fields = dict[str, Any] | None  # None: it cannot be


def _asked(found: Frame) -> _Fields:
    count = _word(found.data, 2)
    if not 1 <= count <= _MOST_READ[found.function]:
        return None
    return {"address": _word(found.data, 0), "count": count}


def _output(found: Frame) -> _Fields:
    value = _word(found.data, 2)
    told: dict[str, Any] = {"address": _word(found.data, 0), "value": value}
    if value in (frames.ON, frames.OFF):
        told["on"] = value == frames.ON
    return told


def _register(found: Frame) -> _Fields:
    return {"address": _word(found.data, 0), "value": _word(found.data, 2)}


def _outputs(found: Frame) -> _Fields:
    count = _word(found.data, 2)
    told: dict[str, Any] = {"address": _word(found.data, 0), "count": count}
    if not found.reply:
        if count == 0 or (count + 7) // 8 != found.data[4]:
            return None
        told["values"] = list(frames.bits(found.data[5:])[:count])
    return told


def _registers(found: Frame) -> _Fields:
    count = _word(found.data, 2)
    told: dict[str, Any] = {"address": _word(found.data, 0), "count": count}
    if not found.reply:
        if 2 * count != found.data[4]:
            return None
        told["values"] = _words(found.data[5:])
    return told


def _raw(found: Frame) -> _Fields:
    return {"data": found.data.hex()} if found.data else {}


_FIELDS: dict[int, Callable[[Frame], _Fields]] = {
    1: _asked, 2: _asked, 3: _asked, 4: _asked, 5: _output, 6: _register,
    15: _outputs, 16: _registers,
}  # fmt: skip
