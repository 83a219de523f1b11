"""A BeiDou receiver made of bytes: NMEA 0183 through a pseudo-terminal, as a serial port."""

from __future__ import annotations

import contextlib
import os
import threading
import tty
from datetime import UTC, datetime
from pathlib import Path

from drivers.position.nmea import MPS_PER_KNOT, checksum

# a burst a second is a few hundred bytes; a terminal nobody reads holds 4,096 and then refuses
_LINE_END = b"\r\n"


class Receiver:
    """One simulated receiver. ``folder/name`` is its port, the same after each re-plug.

    Plugged in from ``plug`` to ``unplug``; ``place`` writes one burst (RMC and GGA).
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.port = folder / name
        self.has_fix = True
        self._master: int | None = None
        self._guard = threading.Lock()  # pulled by one thread, written by another

    @property
    def identity(self) -> str:
        """The identity under which a link finds this receiver."""
        return f"path:{self.port}"

    @property
    def plugged(self) -> bool:
        """It is plugged in now."""
        return self._master is not None

    def plug(self) -> None:
        """The port exists and can be opened."""
        if self._master is not None:
            return
        self._master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(self._master, False)
        name = os.ttyname(slave)
        os.close(slave)  # only the reader holds it, so that closing the master is a real unplug
        self.port.parent.mkdir(parents=True, exist_ok=True)
        self.port.unlink(missing_ok=True)
        self.port.symlink_to(name)

    def unplug(self) -> None:
        """The port is gone; whoever reads it is told at once."""
        with self._guard:
            master, self._master = self._master, None
            if master is not None:
                self.port.unlink(missing_ok=True)
                os.close(master)

    def place(
        self, lat: float, lon: float, speed_mps: float, course_deg: float, at: datetime
    ) -> None:
        """One burst says this place and movement at this moment; void sentences without a fix."""
        self.write(burst(lat, lon, speed_mps, course_deg, at) if self.has_fix else no_fix(at))

    def garble(self, data: bytes = b"\x00\xff$GNRMC,0\x80\x81,,*7") -> None:
        """Noise goes over the wire, a broken frame among it."""
        self.write(data)

    def write(self, data: bytes) -> None:
        """These bytes go over the wire; what an unread port cannot hold is lost, as on a real one."""
        with self._guard, contextlib.suppress(BlockingIOError):
            if self._master is not None:
                os.write(self._master, data)


def sentence(body: str) -> bytes:
    """The sentence with its check value and line end."""
    raw = body.encode("ascii")
    return b"$" + raw + b"*%02X" % checksum(raw) + _LINE_END


def burst(lat: float, lon: float, speed_mps: float, course_deg: float, at: datetime) -> bytes:
    """RMC and GGA of a BeiDou receiver with a fix."""
    moment = at.astimezone(UTC)
    clock, day = _clock(moment), f"{moment:%d%m%y}"
    place = f"{_coordinate(lat, 2, 'NS')},{_coordinate(lon, 3, 'EW')}"
    knots, course = f"{speed_mps / MPS_PER_KNOT:.2f}", f"{course_deg % 360:.2f}"
    rmc = sentence(f"BDRMC,{clock},A,{place},{knots},{course},{day},,,A")
    return rmc + sentence(f"BDGGA,{clock},{place},1,12,0.9,62.0,M,-6.1,M,,")


def no_fix(at: datetime) -> bytes:
    """RMC and GGA of a receiver that knows the time and not the place."""
    moment = at.astimezone(UTC)
    rmc = sentence(f"BDRMC,{_clock(moment)},V,,,,,,,{moment:%d%m%y},,,N")
    return rmc + sentence(f"BDGGA,{_clock(moment)},,,,,0,00,99.9,,M,,M,,")


def _clock(moment: datetime) -> str:
    return f"{moment:%H%M%S}.{moment.microsecond // 1000:03d}"


def _coordinate(degrees: float, digits: int, sides: str) -> str:
    """``dddmm.mmmmm`` and its side; minutes are rounded before they are cut, never 60.00000."""
    side = sides[0] if degrees >= 0 else sides[1]
    units = round(abs(degrees) * 60 * 100_000)
    whole, rest = divmod(units, 60 * 100_000)
    return f"{whole:0{digits}d}{rest // 100_000:02d}.{rest % 100_000:05d},{side}"
