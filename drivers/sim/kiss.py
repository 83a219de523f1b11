"""A packet radio modem made of bytes, with trackers on the air: KISS through a pseudo-terminal."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import NamedTuple

from drivers.sim.terminal import HEARD, AnsweringDevice

_MARK = b"\xc0"


class Written(NamedTuple):
    """A message that the console sent over the air."""

    source: str
    to: str
    text: str


class KissModem(AnsweringDevice):
    """One modem; ``folder/name`` is its port. Trackers in ``near`` acknowledge what they get and
    answer when they are asked where they are."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.near: dict[str, tuple[float, float]] = {}  # who hears us, and where it is
        self.written: deque[Written] = deque(maxlen=HEARD)
        self._left = b""

    def place(
        self, call: str, lat: float, lon: float, knots: int = 0, course: int = 0, more: str = ""
    ) -> None:
        """The tracker reports its place by itself."""
        self.write(report(call, lat, lon, knots, course, more))

    def message(self, call: str, to: str, text: str, number: str = "") -> None:
        """The tracker writes; with a number it wants a receipt."""
        self.write(packet(call, f":{to:<9}:{text}" + (f"{{{number}" if number else "")))

    def status(self, call: str, text: str) -> None:
        """The tracker tells its status."""
        self.write(packet(call, f">{text}"))

    def answer(self, data: bytes) -> bytes:
        said = b""
        *frames, self._left = (self._left + data).split(_MARK)
        for frame in frames:
            if frame:
                said += self._to(frame.replace(b"\xdb\xdc", b"\xc0").replace(b"\xdb\xdd", b"\xdb"))
        return said

    def _to(self, frame: bytes) -> bytes:
        at = 1
        while at + 7 <= len(frame) and not frame[at + 6] & 1:
            at += 7
        information = frame[at + 9 :]
        if frame[0] & 0x0F or information[:1] != b":":
            return b""
        source = _call(frame[8:15])
        to, text = information[1:10].decode("ascii").strip(), information[11:].decode("utf-8")
        text, _, number = text.partition("{")
        self.written.append(Written(source, to, text))
        if to not in self.near:
            return b""
        said = packet(to, f":{source:<9}:ack{number}") if number else b""
        if text in ("?APRSP", "?PING?"):
            said += report(to, *self.near[to])
        return said


def report(
    call: str, lat: float, lon: float, knots: int = 0, course: int = 0, more: str = ""
) -> bytes:
    """A place with course and speed, as a tracker sends it."""
    place = f"{_minutes(lat, 2)}{'N' if lat >= 0 else 'S'}/{_minutes(lon, 3)}"
    return packet(call, f"!{place}{'E' if lon >= 0 else 'W'}>{course:03d}/{knots:03d}{more}")


def packet(call: str, information: str) -> bytes:
    """What the modem hands on of a packet that it heard."""
    body = b"\x00" + _shifted("APRS", 0xE0) + _shifted(call, 0x61) + b"\x03\xf0"
    body += information.encode("utf-8")
    return _MARK + body.replace(b"\xdb", b"\xdb\xdd").replace(b"\xc0", b"\xdb\xdc") + _MARK


def _shifted(name: str, top: int) -> bytes:
    call, _, number = name.partition("-")
    return bytes(ord(letter) << 1 for letter in f"{call:<6}") + bytes(
        (top | int(number or 0) << 1,)
    )


def _call(address: bytes) -> str:
    call = "".join(chr(letter >> 1) for letter in address[:6]).strip()
    number = address[6] >> 1 & 0x0F
    return f"{call}-{number}" if number else call


def _minutes(degrees: float, digits: int) -> str:
    units = round(abs(degrees) * 6000)
    whole, rest = divmod(units, 6000)
    return f"{whole:0{digits}d}{rest // 100:02d}.{rest % 100:02d}"
