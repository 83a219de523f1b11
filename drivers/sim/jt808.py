"""A JT/T 808 terminal made of bytes; ``jt808_network`` carries those of one or of hundreds."""

from __future__ import annotations

import struct
import threading
from datetime import UTC, datetime, timedelta, timezone
from functools import reduce
from operator import xor
from typing import NamedTuple

CHINA = timezone(timedelta(hours=8))
_MOST_WAITING = 1 << 20  # bytes of one terminal that nobody takes
_MOST_TOLD = 1000
_NO_CHECK = frozenset({0x8001, 0x8100, 0x8800})  # answers are not answered


class Told(NamedTuple):
    """One message of the platform."""

    id: int
    serial: int
    body: bytes


class Terminal:
    """One simulated terminal: bytes in, bytes out. What the platform said is kept in ``told``.

    ``answers`` False: it takes everything and acknowledges nothing. Methods are for any thread.
    """

    def __init__(self, number: str, edition: int = 2013, plate: str = "鲁H·警0001") -> None:
        self.number = number
        self.plate = plate
        self.answers = True
        self.beat_every_s = 30.0
        self.code: bytes | None = None  # from its registration, kept over calls
        self.is_in = False
        self.refused = 0
        self.is_calling_sos = False
        self.told: list[Told] = []
        self._is_2019 = edition >= 2019
        self._lat, self._lon, self._speed_mps, self._course_deg = 0.0, 0.0, 0.0, 0.0
        self._at: datetime | None = None
        self._has_fix = False
        self._serial = 0
        self._guard = threading.RLock()
        self._out = bytearray()
        self._heard = b""
        self._beat_due = 0.0
        self.wanted = True  # it calls the platform, and calls again

    # what a test or a drill makes it do

    def plug(self) -> None:
        """It calls, and calls again until it gets through."""
        self.wanted = True

    def unplug(self) -> None:
        """It hangs up and stays away."""
        self.wanted = False

    def place(
        self, lat: float, lon: float, speed_mps: float, course_deg: float, at: datetime
    ) -> None:
        """It is here now, and says so."""
        with self._guard:
            self._lat, self._lon = lat, lon
            self._speed_mps, self._course_deg, self._at = speed_mps, course_deg, at
            self._has_fix = True
            self._say(0x0200, self._location())

    def sos(self, at: datetime | None = None) -> None:
        """Its emergency key is pressed; the alarm stands until the platform confirms it."""
        with self._guard:
            self.is_calling_sos = True
            self._at = at or self._at or datetime.now(UTC)
            self._say(0x0200, self._location())

    def beat(self) -> None:
        """One heartbeat."""
        self._say(0x0002, b"")

    def batch(self, places: list[tuple[float, float, datetime]]) -> None:
        """Places of a time without network, in one message."""
        with self._guard:
            items = b""
            for self._lat, self._lon, self._at in places:
                one = self._location()
                items += struct.pack(">H", len(one)) + one
            self._say(0x0704, struct.pack(">HB", len(places), 1) + items)

    def say(self, id_: int, body: bytes) -> None:
        """Any message, in as many frames as it needs."""
        self._say(id_, body)

    def garble(self, data: bytes = b"\x00\xff~\x02\x00\x7d\x05~") -> None:
        """Noise goes over the wire, a broken frame among it."""
        with self._guard:
            self._out += data

    def told_ids(self) -> list[int]:
        """Which messages the platform sent, in order."""
        return [told.id for told in self.told]

    # the wire's side, for whoever carries the bytes

    def called(self, now: float) -> None:
        """The connection stands: it registers, or says its code where it has one."""
        with self._guard:
            self._out.clear()
            self._heard = b""
            self.is_in = False
            self._beat_due = now + self.beat_every_s
            if self.code is None:
                self._say(0x0100, self._registration())
            else:
                self._authenticate()

    def take_out(self, most: int = 65536) -> bytes:
        """The next bytes for the platform; ``gave_out`` says how many went."""
        with self._guard:
            return bytes(self._out[:most])

    def gave_out(self, count: int) -> None:
        """So many of them are gone."""
        with self._guard:
            del self._out[:count]

    def hear(self, data: bytes) -> None:
        """These bytes of the platform came."""
        with self._guard:
            *frames, self._heard = (self._heard + data).split(b"\x7e")
            for escaped in frames:
                if escaped:
                    self._frame(escaped.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d"))

    def pass_time(self, now: float) -> None:
        """A heartbeat, when it is due."""
        if self.is_in and now >= self._beat_due:
            self._beat_due = now + self.beat_every_s
            self.beat()

    def _frame(self, plain: bytes) -> None:
        if reduce(xor, plain) != 0:
            return
        at = 15 if self._is_2019 else 10
        (id_, properties), (serial,) = (
            struct.unpack_from(">HH", plain),
            struct.unpack_from(">H", plain, at),
        )
        body = plain[at + 2 + (4 if properties & 1 << 13 else 0) : -1]
        if len(self.told) < _MOST_TOLD:
            self.told.append(Told(id_, serial, body))
        if id_ == 0x8100:
            if body[2] == 0:
                self.code = body[3:]
                self._authenticate()
            else:
                self.refused += 1
        elif id_ == 0x8001:
            self._acknowledged(*struct.unpack(">HHB", body))
        elif self.answers:
            self._obey(id_, serial, body)

    def _acknowledged(self, _: int, id_: int, result: int) -> None:
        if id_ == 0x0102:
            self.is_in = result == 0
            if result != 0:
                self.refused += 1
                self.code = None  # the next call registers again

    def _obey(self, id_: int, serial: int, body: bytes) -> None:
        if id_ == 0x8201:
            self._say(0x0201, struct.pack(">H", serial) + self._location())
            return
        if id_ == 0x8203 and struct.unpack(">HI", body)[1] & 1:
            self.is_calling_sos = False
        known = id_ in (0x8203, 0x8300)
        if id_ not in _NO_CHECK:
            self._say(0x0001, struct.pack(">HHB", serial, id_, 0 if known else 3))

    def _authenticate(self) -> None:
        code = self.code or b""
        if self._is_2019:
            self._say(0x0102, bytes([len(code)]) + code + b"0" * 15 + b"V1".ljust(20, b"\0"))
        else:
            self._say(0x0102, code)

    def _registration(self) -> bytes:
        maker, model, device = (11, 30, 30) if self._is_2019 else (5, 20, 7)
        return b"".join((
            struct.pack(">HH", 37, 800), b"POST".ljust(maker, b"\0"), b"SIM-1".ljust(model, b"\0"),
            self.number[-7:].encode().ljust(device, b"\0"), b"\x02", self.plate.encode("gbk"),
        ))  # fmt: skip

    def _location(self) -> bytes:
        status = 1 | (2 if self._has_fix else 0) | (1 << 19)
        status |= (4 if self._lat < 0 else 0) | (8 if self._lon < 0 else 0)
        clock = bytes(6)
        if self._at is not None:
            clock = bytes.fromhex(f"{self._at.astimezone(CHINA):%y%m%d%H%M%S}")
        return struct.pack(
            ">IIIIHHH6s", 1 if self.is_calling_sos else 0, status, round(abs(self._lat) * 1e6),
            round(abs(self._lon) * 1e6), 60, round(self._speed_mps * 36),
            round(self._course_deg) % 360, clock,
        ) + b"\x01\x04\x00\x00\x00\x64\x30\x01\x1f"  # fmt: skip

    def _say(self, id_: int, body: bytes) -> None:
        with self._guard:
            pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)] or [b""]
            for part, piece in enumerate(pieces, 1):
                parts = struct.pack(">HH", len(pieces), part) if len(pieces) > 1 else b""
                frame = self._written(id_, piece, parts)
                if len(self._out) + len(frame) <= _MOST_WAITING:
                    self._out += frame

    def _written(self, id_: int, body: bytes, parts: bytes) -> bytes:
        properties = len(body) | (1 << 13 if parts else 0) | (1 << 14 if self._is_2019 else 0)
        front = b"\x01" if self._is_2019 else b""
        number = bytes.fromhex(self.number.zfill(20 if self._is_2019 else 12))
        plain = struct.pack(">HH", id_, properties) + front + number
        plain += struct.pack(">H", self._serial) + parts + body
        self._serial = (self._serial + 1) & 0xFFFF
        plain += bytes([reduce(xor, plain)])
        return b"\x7e" + plain.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02") + b"\x7e"
