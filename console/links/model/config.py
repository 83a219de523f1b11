"""One wire of the post as the technician sets it up: where it is, what it serves."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from console.core.errors import Refused
from console.core.ids import LinkId
from console.links.model.readings import Reading, source_of
from drivers import catalog
from drivers.errors import NotSupported

NAME_CHARS = 40
MOST_SOURCES = 500
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)
# what such a device says is personal data: its bytes are neither recorded nor shown
PRIVATE_FAMILIES = frozenset({"idcard"})
RADIO_FAMILIES = ("tetra", "hytera", "rigctl")
_IDENTITY = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}:[\x21-\x7e]{0,80}|path:\S.{0,250}")
_HOST = re.compile(r"[A-Za-z0-9.:-]{1,253}")
_SOURCE = re.compile(r"[\x21-\x7e]{1,40}")


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
class TcpServerPlace:
    """A TCP port of the post to which many devices connect; ``bind`` empty: on every address."""

    bind: str
    port: int


@dataclass(frozen=True, slots=True)
class UdpPlace:
    """A device that takes datagrams at ``host:port``; without a host, all that send to our port.

    ``listen`` is our own port where the device must know it, ``port`` where there is no host.
    """

    host: str
    port: int
    listen: int | None = None


@dataclass(frozen=True, slots=True)
class ReplayPlace:
    """A recorded capture; never stored as a link of the post."""

    file: Path
    speed: float = 1.0


Place = SerialPlace | TcpPlace | TcpServerPlace | UdpPlace | ReplayPlace


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """One wire of the post as the technician set it up.

    ``serves`` is the unit it speaks for; ``sources`` the unit of each radio or terminal that it
    carries; ``settings`` what the family wants to know of the device.
    """

    id: LinkId
    name: str
    family: str
    transport: Place
    serves: str | None = None
    record: bool = False
    rev: int = 1
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)


def served_by(config: LinkConfig, reading: Reading) -> str | None:
    """The unit of which this reading tells: that of its source, or else that of the link."""
    source = source_of(reading)
    return config.serves if source is None else config.sources.get(plain_number(source))


def plain_number(source: str) -> str:
    """A radio's or terminal's number as every family tells it: zeros before it are padding."""
    return source.lstrip("0") or "0" if source.isdecimal() else source


def place_key(place: Place) -> str:
    """What no two links of the post can have at once: the device, or our own port."""
    match place:
        case SerialPlace(identity, _):
            return identity
        case TcpPlace(host, port):
            return f"{host}:{port}"
        case TcpServerPlace(_, port):
            return f"tcp:{port}"
        case UdpPlace(host, port, listen):
            ours = listen if host else listen or port
            return f"udp:{ours}" if ours else f"udp {host}:{port}"
        case ReplayPlace(file, _):
            return str(file)


def checked(config: LinkConfig) -> LinkConfig:
    """The same link with blanks around its name removed and the default of every setting filled
    in. Refused where it cannot be."""
    name = config.name.strip()
    if not name or len(name) > NAME_CHARS or not name.isprintable():
        raise Refused("links.bad_name", most=NAME_CHARS)
    if config.family not in catalog.FAMILIES:
        known = ", ".join(catalog.FAMILIES)
        raise Refused("links.unknown_family", family=config.family, known=known)
    if config.record and config.family in PRIVATE_FAMILIES:
        raise Refused("links.private")
    _check_place(config.transport)
    try:
        settings = catalog.driver(config.family).checked(config.settings)
    except NotSupported as wrong:
        raise Refused("links.bad_setting", told=str(wrong)) from wrong
    if len(config.sources) > MOST_SOURCES:
        raise Refused("links.too_many_sources", most=MOST_SOURCES)
    sources: dict[str, str] = {}
    for source, unit in config.sources.items():
        if not _SOURCE.fullmatch(source) or not unit:
            raise Refused("links.bad_source", source=source[:80])
        if plain_number(source) in sources:
            raise Refused("links.source_twice", field="sources", source=source[:80])
        sources[plain_number(source)] = unit
    # as the store gives them back: a list, where a driver made a tuple of it
    settings = json.loads(json.dumps(settings))
    return replace(config, name=name, settings=settings, sources=sources)


def _check_place(place: Place) -> None:
    match place:
        case SerialPlace(identity, baud):
            if not _IDENTITY.fullmatch(identity):
                raise Refused("links.bad_identity", identity=identity[:80])
            if baud not in BAUDS:
                raise Refused("links.bad_baud", baud=baud, known=", ".join(map(str, BAUDS)))
        case TcpPlace(host, port):
            _check_address(host, port)
        case TcpServerPlace(bind, port):
            _check_address(bind or "*", port, empty=not bind)
        case UdpPlace(host, port, listen):
            _check_address(host or "*", port, empty=not host)
            _check_address(host or "*", port if listen is None else listen, empty=not host)
        case ReplayPlace():
            raise Refused("links.replay_not_stored")


def _check_address(host: str, port: int, empty: bool = False) -> None:
    if not (empty or _HOST.fullmatch(host)) or not 0 < port < 65536:
        raise Refused("links.bad_address", address=f"{host[:80]}:{port}")
