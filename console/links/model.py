"""The post's wires: what a link is, in which state it stands, and the pure step between states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, StrEnum
from pathlib import Path

from console.core.errors import Refused
from console.core.ids import LinkId
from console.core.words import Words
from drivers.catalog import FAMILIES
from drivers.contract import Bad, Message, Other, Position, Reading

__all__ = ["Bad", "Message", "Other", "Position", "Reading"]  # what listeners are told

NAME_CHARS = 40
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)
_IDENTITY = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}:[\x21-\x7e]{0,80}|path:\S.{0,250}")
_HOST = re.compile(r"[A-Za-z0-9.:-]{1,253}")


class LinkPhase(StrEnum):
    """How far a link has come: each implies the one before, but for silent and lost."""

    ABSENT = "absent"  # the device is not plugged in
    PLUGGED = "plugged"  # it is there, but cannot be opened (yet)
    OPEN = "open"  # opened, nothing understood yet
    TRAFFIC = "traffic"  # good frames come
    SILENT = "silent"  # open, but no good frame for longer than the family allows
    LOST = "lost"  # was open, then the wire went; it is tried again


UP = frozenset({LinkPhase.OPEN, LinkPhase.TRAFFIC})
PHASE_WORDS: Mapping[LinkPhase, Words] = {
    LinkPhase.ABSENT: Words("未接入", "not plugged in"),
    LinkPhase.PLUGGED: Words("已接入，打不开", "plugged in, not open"),
    LinkPhase.OPEN: Words("已打开，待数据", "open, waiting for data"),
    LinkPhase.TRAFFIC: Words("数据正常", "traffic"),
    LinkPhase.SILENT: Words("无数据", "silent"),
    LinkPhase.LOST: Words("已断开，重连中", "lost, trying again"),
}
CAUSE_WORDS: Mapping[str, Words] = {
    "not_plugged": Words("设备未接入", "the device is not plugged in"),
    "ambiguous": Words("有两个相同标识的设备", "two devices have this identity"),
    "in_use": Words("串口被其他程序占用", "another program holds the port"),
    "no_permission": Words("没有打开串口的权限", "no right to open the port"),
    "cannot_open": Words("串口打不开", "the port cannot be opened"),
    "unplugged": Words("设备被拔出", "the device was unplugged"),
    "unreachable": Words("网络地址连不上", "the address does not answer"),
    "closed": Words("对方关闭了连接", "the other side closed the connection"),
    "stalled": Words("设备不接收数据", "the device takes no bytes"),
    "bad_file": Words("录制文件读不了", "the capture cannot be read"),
    "ended": Words("录制文件已放完", "the capture has ended"),
    "disk": Words("录制写不进磁盘", "the recording cannot be written"),
    "bug": Words("程序内部错误，已记录", "the program failed; it was recorded"),
}
FAMILY_WORDS: Mapping[str, Words] = {
    "nmea": Words("北斗/GPS 定位（NMEA 0183）", "BeiDou/GPS receiver (NMEA 0183)"),
    "tetra": Words("TETRA 电台（PEI 接口）", "TETRA radio (PEI)"),
    "hytera": Words("海能达电台（HSTRP/HRNP）", "Hytera radio (HSTRP/HRNP)"),
    "rigctl": Words("常规电台（Hamlib rigctld）", "Conventional radio (Hamlib rigctld)"),
    "kiss": Words("数传定位（KISS/AX.25/APRS）", "Packet radio positions (KISS/AX.25/APRS)"),
}


@dataclass(frozen=True, slots=True)
class SerialPlace:
    """A serial port by identity (vendor:product:serial, or path:…), 8N1."""

    identity: str
    baud: int = 9600


@dataclass(frozen=True, slots=True)
class TcpPlace:
    """A device behind a TCP port."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class ReplayPlace:
    """A recorded capture; never stored as a link of the post."""

    file: Path
    speed: float = 1.0


Place = SerialPlace | TcpPlace | ReplayPlace


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """One wire of the post as the technician set it up. ``serves`` is the unit it speaks for."""

    id: LinkId
    name: str
    family: str
    transport: Place
    serves: str | None = None
    record: bool = False
    rev: int = 1


def checked(config: LinkConfig) -> LinkConfig:
    """The same link with blanks around its name removed. Refused where it cannot be."""
    name = config.name.strip()
    if not name or len(name) > NAME_CHARS or not name.isprintable():
        raise Refused("links.bad_name", most=NAME_CHARS)
    if config.family not in FAMILIES:
        raise Refused("links.unknown_family", family=config.family, known=", ".join(FAMILIES))
    match config.transport:
        case SerialPlace(identity, baud):
            if not _IDENTITY.fullmatch(identity):
                raise Refused("links.bad_identity", identity=identity[:80])
            if baud not in BAUDS:
                raise Refused("links.bad_baud", baud=baud, known=", ".join(map(str, BAUDS)))
        case TcpPlace(host, port):
            if not _HOST.fullmatch(host) or not 0 < port < 65536:
                raise Refused("links.bad_address", address=f"{host[:80]}:{port}")
        case ReplayPlace():
            raise Refused("links.replay_not_stored")
    return replace(config, name=name)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a link waits for what, in seconds."""

    silence_s: float
    reopen_s: float = 30.0  # a wire silent for so long is closed and opened again
    first_retry_s: float = 0.25
    longest_retry_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the step remembers; moments are on the monotonic clock."""

    phase: LinkPhase = LinkPhase.ABSENT
    opened: bool = False
    quiet_since: float = 0.0  # opened, or last good frame
    attempt: int = 0  # failures since the last good frame
    retry_at: float = 0.0
    was_lost: bool = False  # lost, and no good frame since
    error: str = ""
    cause: str = ""  # a key of CAUSE_WORDS


class Order(Enum):
    """What the wire's thread must do next."""

    NOTHING = "nothing"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Looked:
    """While the wire is closed: the device is plugged in, or not. ``told`` says what was odd."""

    plugged: bool
    told: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The wire was opened."""


@dataclass(frozen=True, slots=True)
class OpenFailed:
    """The wire could not be opened."""

    told: str
    cause: str = "cannot_open"


@dataclass(frozen=True, slots=True)
class Heard:
    """Good frames came."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Time went on without a good frame."""


@dataclass(frozen=True, slots=True)
class WireLost:
    """The open wire went away."""

    told: str
    cause: str = "unplugged"


Happening = Looked | Opened | OpenFailed | Heard | Quiet | WireLost


def retry_after(attempt: int, timing: Timing) -> float:
    """Seconds until the next try after this many failures in a row: doubled each time, bounded."""
    doublings = min(max(attempt - 1, 0), 16)
    return min(timing.first_retry_s * float(2**doublings), timing.longest_retry_s)


def step(was: Standing, what: Happening, now: float, timing: Timing) -> tuple[Standing, Order]:
    """How the link stands after this happening, and what its thread must do next."""
    match what:
        case Looked():
            return _looked(was, what, now)
        case Opened():
            silent = was.phase is LinkPhase.SILENT
            phase = LinkPhase.SILENT if silent else LinkPhase.OPEN
            return replace(
                was, phase=phase, opened=True, quiet_since=now, error="", cause=""
            ), Order.NOTHING
        case OpenFailed():
            was = _known_lost(was)
            phase = LinkPhase.LOST if was.was_lost else LinkPhase.PLUGGED
            return _failed(was, phase, what, now, timing), Order.NOTHING
        case WireLost():
            lost = replace(was, was_lost=True)
            return _failed(lost, LinkPhase.LOST, what, now, timing), Order.CLOSE
        case Heard():
            return Standing(LinkPhase.TRAFFIC, True, quiet_since=now), Order.NOTHING
        case Quiet():
            return _quiet(was, now, timing)


def _looked(was: Standing, what: Looked, now: float) -> tuple[Standing, Order]:
    if not what.plugged:
        # the next plug is tried at once, however often opening failed before
        was = _known_lost(was)
        phase = LinkPhase.LOST if was.was_lost else LinkPhase.ABSENT
        gone = replace(was, phase=phase, opened=False, attempt=0, retry_at=now)
        if what.told:
            gone = replace(gone, error=what.told, cause=what.cause)
        return gone, Order.NOTHING
    if was.phase is LinkPhase.ABSENT:
        was = replace(was, phase=LinkPhase.PLUGGED, error="")
    return was, Order.OPEN if now >= was.retry_at else Order.NOTHING


def _known_lost(was: Standing) -> Standing:
    """A wire that was closed for its silence and is gone now was lost."""
    return replace(was, was_lost=True) if was.phase is LinkPhase.SILENT else was


def _failed(
    was: Standing, phase: LinkPhase, what: OpenFailed | WireLost, now: float, timing: Timing
) -> Standing:
    attempt = was.attempt + 1
    return replace(
        was,
        phase=phase,
        opened=False,
        attempt=attempt,
        retry_at=now + retry_after(attempt, timing),
        error=what.told,
        cause=what.cause,
    )


def _quiet(was: Standing, now: float, timing: Timing) -> tuple[Standing, Order]:
    quiet_s = now - was.quiet_since
    if not was.opened or quiet_s < timing.silence_s:
        return was, Order.NOTHING
    if quiet_s >= max(timing.reopen_s, timing.silence_s):
        closed = replace(was, phase=LinkPhase.SILENT, opened=False, retry_at=now)
        return closed, Order.CLOSE
    return replace(was, phase=LinkPhase.SILENT), Order.NOTHING


@dataclass(frozen=True, slots=True)
class LinkState:
    """One link as the screen shows it: its set-up, how it stands since when, and what it counted."""

    config: LinkConfig
    phase: LinkPhase
    since: datetime
    opened: bool = False
    heard_at: datetime | None = None  # last good frame
    frames: int = 0
    bad: int = 0
    received_bytes: int = 0
    lost: int = 0
    recovered: int = 0
    error: str = ""  # for the technician, as the system said it
    cause: str = ""  # for the officer: a key of CAUSE_WORDS
    error_at: datetime | None = None
    port: str = ""  # what the wire is called now
    recording: str = ""  # the capture being written
    last_bad: str = field(default="")  # reason of the last bad frame

    @property
    def plugged(self) -> bool:
        """The device is there."""
        return self.opened or self.phase in (LinkPhase.PLUGGED, *UP)


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """A link came into another state."""

    link_id: LinkId
    state: LinkPhase
    since: datetime


@dataclass(frozen=True, slots=True)
class ReadingArrived:
    """A device said something good. Published in the link's own thread, so listeners are quick."""

    link_id: LinkId
    serves: str | None
    reading: Reading
    received_at: datetime


@dataclass(frozen=True, slots=True)
class LinksChanged:
    """Links were added, changed or removed."""
