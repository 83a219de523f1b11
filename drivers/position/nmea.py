"""NMEA 0183 receivers (GPS, BeiDou and mixed): sentences → positions.

Framing, checks and the position sentences are ours; pynmea2 names the fields of all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pynmea2 import TalkerSentence

from drivers.contract import Bad, Decoder, Message, Other, Position, Reading, Talk, Turn
from drivers.errors import BadFrame
from drivers.framing.line import LineCutter
from drivers.listening import Listening, no_settings

# The standard says 82 with the line end; receivers with high precision send more, none this much.
LONGEST = 255
MPS_PER_KNOT = 1852 / 3600
_FASTEST_KNOTS = 1000.0 / MPS_PER_KNOT
_HALF_DAY = timedelta(hours=12)
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_GPS_EPOCH_YEAR = 80  # two-digit years from here on are 19xx: no receiver is older
_CHECK_VALUES = {b"%02X" % value: value for value in range(256)}  # two upper-case hex digits

_ADDRESS = re.compile(r"[A-OQ-Z][A-Z0-9]{4}|P[A-Z0-9]{3,11}")
_TALKER = r"[A-OQ-Z][A-Z0-9]"
_TIME = r"(?:(\d{6}(?:\.\d+)?)\.?)?"
_NUMBER = r"(\d+(?:\.\d*)?|\.\d+|)"
# a coordinate: degrees, minutes, side; or not sent, and then its side does not matter
_LAT = r"(?:(\d\d)(\d\d(?:\.\d*)?),([NS])|,[NS]?)"
_LON = r"(?:(\d\d\d)(\d\d(?:\.\d*)?),([EW])|,[EW]?)"
_PLACE = f"{_LAT},{_LON}"
_RMC = re.compile(
    rf"{_TALKER}RMC,{_TIME},([AV]),{_PLACE},{_NUMBER},{_NUMBER},(\d{{6}}|)"
    r",[^,]*,[^,]*(?:,([^,]*)(?:,[^,]*)?)?"
)
_GGA = re.compile(rf"{_TALKER}GGA,{_TIME},{_PLACE},(\d)(?:,[^,]*){{8}}")
# nothing after the place before edition 2.0, time and status from it, the mode from 2.3
_GLL = re.compile(rf"{_TALKER}GLL,{_PLACE}(?:,{_TIME},([AV])(?:,([^,]*))?)?")
_ZDA = re.compile(rf"{_TALKER}ZDA,{_TIME},(\d\d|),(\d\d|),(\d{{4}}|),[^,]*,[^,]*")

_GPSD = b'{"class":"VERSION"'
_ASK_GPSD = b'?WATCH={"enable":true,"nmea":true};\r\n'

_Parts = tuple[str | None, ...]


class NmeaDriver:
    """A receiver that talks once a second or so, unasked."""

    family = "nmea"
    silence_s = 5.0

    def decoder(self) -> NmeaDecoder:
        return NmeaDecoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return _NmeaTalk(self.decoder())

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return no_settings(settings)


class _NmeaTalk(Listening):
    """A receiver; or gpsd, which greets whoever connects and then waits to be asked."""

    def __init__(self, decoder: Decoder) -> None:
        super().__init__(decoder)
        self._greeting: bytes | None = b""  # how far it was heard; None once that is settled

    def hear(self, data: bytes, now: float) -> Turn:
        turn = super().hear(data, now)
        if self._greeting is None:
            return turn
        self._greeting = (self._greeting + data)[: len(_GPSD)]
        if not _GPSD.startswith(self._greeting):
            self._greeting = None
        elif self._greeting == _GPSD:
            self._greeting = None
            return turn._replace(out=_ASK_GPSD)
        return turn


class NmeaDecoder:
    """One receiver's stream. GGA and GLL carry no date: it comes from RMC or ZDA before them."""

    def __init__(self) -> None:
        self._cutter = LineCutter(b"$", LONGEST)
        self._moment: datetime | None = None  # the last whole moment of this stream
        self._date = ""  # its day as yyyymmdd
        self._day = ""  # the day as RMC last wrote it, ddmmyy; empty where another sentence set it
        self._readers: dict[str, Callable[[str], Reading]] = {
            "RMC": self._rmc,
            "GGA": self._gga,
            "GLL": self._gll,
            "ZDA": self._zda,
        }

    def feed(self, data: bytes) -> list[Message]:
        return [self._message(line) for line in self._cutter.feed(data)]

    def finish(self) -> list[Message]:
        return [self._message(line) for line in self._cutter.finish()]

    def _message(self, line: bytes) -> Message:
        try:
            body = _body(line)
            reader = self._readers.get(body[2:5]) if body[5:6] == "," else None
            if reader is not None and body[0] != "P":
                return reader(body)
            return _other(body)
        except BadFrame as bad:
            return Bad(bad.reason, line)

    def _rmc(self, body: str) -> Position:
        found = _RMC.fullmatch(body)
        if found is None:
            raise BadFrame("syntax")
        parts = found.groups()
        lat, lon = _degrees(parts[2:8])
        clock, status = parts[:2]
        knots, course, day, mode = parts[8:]
        speed = float(knots) if knots else None
        heading = float(course) if course else None
        if (speed or 0.0) > _FASTEST_KNOTS or (heading or 0.0) > 360:
            raise BadFrame("value")
        at = self._dated_by(day, clock) if clock and day else self._dated(clock)
        valid = status == "A" and lat is not None and mode != "N"
        if speed is not None:
            speed *= MPS_PER_KNOT
        return Position(None, lat, lon, valid, at, speed, heading)

    def _gga(self, body: str) -> Position:
        found = _GGA.fullmatch(body)
        if found is None:
            raise BadFrame("syntax")
        parts = found.groups()
        lat, lon = _degrees(parts[1:7])
        at = self._dated(parts[0])
        return Position(None, lat, lon, parts[7] != "0" and lat is not None, at)

    def _gll(self, body: str) -> Position:
        found = _GLL.fullmatch(body)
        if found is None:
            raise BadFrame("syntax")
        parts = found.groups()
        lat, lon = _degrees(parts[:6])
        at = self._dated(parts[6])
        valid = lat is not None and parts[7] != "V" and parts[8] != "N"
        return Position(None, lat, lon, valid, at)

    def _zda(self, body: str) -> Other:
        found = _ZDA.fullmatch(body)
        if found is None:
            raise BadFrame("syntax")
        clock, day, month, year = found.groups()
        if clock and day and month and year:
            if not 1980 <= int(year) < 2080:
                raise BadFrame("value")
            self._moment = _moment(f"{year}{month}{day}", clock)
            self._day, self._date = "", f"{year}{month}{day}"
        return _other(body)

    def _dated_by(self, day: str, clock: str) -> datetime:
        """The moment of RMC's ``ddmmyy``; from here on the stream has this date."""
        if day == self._day:
            date = self._date
        else:
            century = "19" if int(day[4:]) >= _GPS_EPOCH_YEAR else "20"
            date = f"{century}{day[4:]}{day[2:4]}{day[:2]}"
        moment = self._moment = _moment(date, clock)
        self._day, self._date = day, date
        return moment

    def _dated(self, clock: str | None) -> datetime | None:
        """The moment nearest to the stream's last one that has this time of day."""
        if not clock:
            return None
        last = self._moment
        if last is None:
            _moment("20000101", clock)  # an impossible time is bad even before a date is known
            return None
        moment = _moment(self._date, clock)
        if moment - last > _HALF_DAY:
            moment -= _DAY
        elif last - moment > _HALF_DAY:
            moment += _DAY
        else:
            self._moment = moment
            return moment
        self._moment = moment
        self._day, self._date = "", f"{moment:%Y%m%d}"
        return moment


def _body(line: bytes) -> str:
    """What stands between ``$`` and ``*``, its check value proven. Raises BadFrame."""
    body, star, tail = line[1:].partition(b"*")
    told = _CHECK_VALUES.get(tail[:2])
    if told is None:
        raise BadFrame("syntax" if star and len(tail) > 1 else "length")
    if told != checksum(body):
        raise BadFrame("checksum")
    if len(tail) > 2 or not body.isascii():
        raise BadFrame("syntax")
    text = body.decode("ascii")
    if not text.isprintable():
        raise BadFrame("syntax")
    return text


def checksum(body: bytes) -> int:
    """The exclusive or of up to 256 bytes, folded in halves: one step a fold, not one a byte."""
    folded = int.from_bytes(body, "big")
    if len(body) > 128:
        folded ^= folded >> 1024
    folded ^= folded >> 512
    folded ^= folded >> 256
    folded ^= folded >> 128
    folded ^= folded >> 64
    folded ^= folded >> 32
    folded ^= folded >> 16
    return (folded ^ folded >> 8) & 0xFF


def _moment(date: str, clock: str) -> datetime:
    """The moment of ``yyyymmdd`` and ``hhmmss[.s…]``. Raises BadFrame where there is none."""
    try:
        if clock[4:6] == "60":  # a leap second is shown as the second after it
            return datetime.fromisoformat(f"{date}T{clock[:4]}59{clock[6:]}+00:00") + _SECOND
        return datetime.fromisoformat(f"{date}T{clock}+00:00")
    except (ValueError, OverflowError) as impossible:
        raise BadFrame("value") from impossible


def _degrees(place: _Parts) -> tuple[float | None, float | None]:
    lat_whole, lat_minutes, lat_side, lon_whole, lon_minutes, lon_side = place
    if not (lat_whole and lat_minutes and lon_whole and lon_minutes):
        return None, None
    lat_part, lon_part = float(lat_minutes), float(lon_minutes)
    lat, lon = int(lat_whole) + lat_part / 60, int(lon_whole) + lon_part / 60
    if lat_part >= 60 or lon_part >= 60 or lat > 90 or lon > 180:
        raise BadFrame("value")
    return (-lat if lat_side == "S" else lat), (-lon if lon_side == "W" else lon)


def _other(body: str) -> Other:
    address, _, rest = body.partition(",")
    if not _ADDRESS.fullmatch(address):
        raise BadFrame("syntax")
    if address[0] == "P":  # a maker's own; no talker begins with P
        return Other(address, {"manufacturer": address[1:4], "fields": rest.split(",")})
    return Other(address[2:], _Named(address, rest))


class _Named(Mapping[str, Any]):
    """A sentence's fields by name, put in order only when somebody looks."""

    __slots__ = ("_address", "_rest", "_told")

    def __init__(self, address: str, rest: str) -> None:
        self._address = address
        self._rest = rest
        self._told: dict[str, Any] | None = None

    def _fields(self) -> dict[str, Any]:
        if self._told is None:
            talker, sentence = self._address[:2], self._address[2:]
            told: dict[str, Any] = {"talker": talker, "sentence": sentence}
            fields = self._rest.split(",")
            if sentence == "GSV":
                told.update(_satellites(fields))
            else:
                names = _names(sentence)
                told.update({n: text for n, text in zip(names, fields, strict=False) if text})
                if len(fields) > len(names):
                    told["fields"] = fields[len(names) :]
            self._told = told
        return self._told

    def __getitem__(self, name: str) -> Any:
        return self._fields()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields())

    def __len__(self) -> int:
        return len(self._fields())

    def __repr__(self) -> str:
        return repr(self._fields())


def _satellites(fields: list[str]) -> dict[str, Any]:
    """One part of the satellites in view; from edition 4.1 a signal id may follow the last one."""
    told: dict[str, Any] = dict(zip(("messages", "message", "in_view"), fields, strict=False))
    each = fields[3:]
    keys = ("prn", "elevation_deg", "azimuth_deg", "snr_db")
    whole = len(each) // 4 * 4
    told["satellites"] = [dict(zip(keys, each[n : n + 4], strict=True)) for n in range(0, whole, 4)]
    if len(each) == whole + 1:
        told["signal"] = each[whole]
    return told


@cache
def _names(sentence: str) -> tuple[str, ...]:
    kind = TalkerSentence.sentence_types.get(sentence)
    return () if kind is None else tuple(field[1] for field in kind.fields)
