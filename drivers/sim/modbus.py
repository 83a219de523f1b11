"""An input and output board made of bytes: panic buttons, door contacts and lamps on Modbus RTU."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from drivers.io import modbus_frames as frames
from drivers.io.modbus_frames import Cutter, Frame
from drivers.sim.terminal import AnsweringDevice

_ILLEGAL_FUNCTION, _ILLEGAL_ADDRESS, _ILLEGAL_VALUE = 1, 2, 3


class Board(AnsweringDevice):
    """One board. Its inputs are closed or open as a test or the drill sets them; ``outputs`` shows
    how the console switched. A panic button is wired normally closed: ``press`` opens it."""

    def __init__(
        self, name: str, folder: Path, unit: int = 1, inputs: int = 8, outputs: int = 8
    ) -> None:
        super().__init__(name, folder)
        self.unit = unit
        self.refuses = 0  # an exception code: every question is refused with it
        self._lock = threading.Lock()  # set by one thread, asked by another
        self._inputs = [True] * inputs
        self._outputs = [False] * outputs
        self._cutter = Cutter()

    @property
    def inputs(self) -> tuple[bool, ...]:
        """How the inputs stand; True is closed."""
        with self._lock:
            return tuple(self._inputs)

    @property
    def outputs(self) -> tuple[bool, ...]:
        """How the outputs stand; True is on."""
        with self._lock:
            return tuple(self._outputs)

    def set_input(self, number: int, closed: bool) -> None:
        """This input, counted from 0, is closed or open."""
        with self._lock:
            self._inputs[number] = closed

    def press(self, number: int = 0) -> None:
        """The button at this input is pressed and stays in: its circuit is open."""
        self.set_input(number, False)

    def release(self, number: int = 0) -> None:
        """The button at this input is out again: its circuit is closed."""
        self.set_input(number, True)

    def answer(self, data: bytes) -> bytes:
        found = self._cutter.feed(data)
        asked = [one for one in found if isinstance(one, Frame) and one.unit == self.unit]
        return b"".join(self._reply(one) for one in asked)

    def _reply(self, asked: Frame) -> bytes:
        if self.refuses:
            return self._refusal(asked, self.refuses)
        address, value = (int.from_bytes(asked.data[at : at + 2], "big") for at in (0, 2))
        with self._lock:
            if asked.function == frames.READ_INPUTS and not asked.reply:
                return self._bits(asked, self._inputs, address, value)
            if asked.function == frames.READ_OUTPUTS and not asked.reply:
                return self._bits(asked, self._outputs, address, value)
            if asked.function != frames.WRITE_OUTPUT:
                return self._refusal(asked, _ILLEGAL_FUNCTION)
            if address >= len(self._outputs):
                return self._refusal(asked, _ILLEGAL_ADDRESS)
            if value not in (frames.ON, frames.OFF):
                return self._refusal(asked, _ILLEGAL_VALUE)
            self._outputs[address] = value == frames.ON
        return asked.raw

    def _bits(self, asked: Frame, stand: Sequence[bool], first: int, count: int) -> bytes:
        if not 1 <= count <= len(stand) - first:
            return self._refusal(asked, _ILLEGAL_ADDRESS)
        packed = packed_bits(stand[first : first + count])
        return frames.frame(self.unit, asked.function, bytes((len(packed),)) + packed)

    def _refusal(self, asked: Frame, code: int) -> bytes:
        return frames.frame(self.unit, asked.function | 0x80, bytes((code,)))


def packed_bits(values: Sequence[bool]) -> bytes:
    """Bits packed lowest first, the last byte filled up with zeros."""
    whole = sum(value << number for number, value in enumerate(values))
    return whole.to_bytes((len(values) + 7) // 8, "little")
