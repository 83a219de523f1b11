"""A BeiDou receiver made of bytes: NMEA 0183 through a pseudo-terminal, as a serial port."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from drivers.position.nmea import MPS_PER_KNOT, checksum
from drivers.sim.terminal import Terminal

_LINE_END = b"\r\n"


class Receiver(Terminal):
    """One simulated receiver: ``place`` writes one burst (RMC and GGA)."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.has_fix = True

    def place(
        self, lat: float, lon: float, speed_mps: float, course_deg: float, at: datetime
    ) -> None:
        """One burst says this place and movement at this moment; void sentences without a fix."""
        self.write(burst(lat, lon, speed_mps, course_deg, at) if self.has_fix else no_fix(at))


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
