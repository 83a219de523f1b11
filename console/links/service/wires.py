"""The wire to each place: one device on it, or many."""

from __future__ import annotations

from typing import Protocol

from console.links.model import (
    Place,
    ReplayPlace,
    SerialPlace,
    TcpPlace,
    TcpServerPlace,
    UdpPlace,
)
from drivers.contract import Wire
from drivers.transport.peers import Heard
from drivers.transport.replay import ReplayWire
from drivers.transport.serial_port import SerialWire
from drivers.transport.server import TcpServer
from drivers.transport.tcp import TcpWire
from drivers.transport.udp import UdpPort


class Port(Protocol):
    """A wire whose bytes come and go by peer; one thread at a time, but for ``wake``."""

    def open(self) -> None: ...
    def read(self, timeout_s: float) -> list[Heard]: ...
    def write(self, peer: str, data: bytes) -> bool: ...
    def drop(self, peer: str) -> None: ...
    def wake(self) -> None: ...
    def close(self) -> None: ...


class Alone:
    """A wire with one device on it, as a port that has one peer, nameless, from the opening on."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._came = False

    @property
    def name(self) -> str:
        """What the wire is called now."""
        return getattr(self._wire, "name", None) or ""

    def open(self) -> None:
        self._came = False
        self._wire.open()

    def read(self, timeout_s: float) -> list[Heard]:
        if not self._came:
            self._came = True
            return [Heard("", b"")]
        data = self._wire.read(timeout_s)
        return [Heard("", data)] if data else []

    def write(self, peer: str, data: bytes) -> bool:
        self._wire.write(data)
        return True

    def drop(self, peer: str) -> None:
        """The one device stays as long as its wire."""

    def wake(self) -> None:
        self._wire.wake()

    def close(self) -> None:
        self._wire.close()


def port_for(place: Place) -> Port:
    """The wire to this place, not yet open."""
    match place:
        case SerialPlace(identity, baud):
            return Alone(SerialWire(identity, baud))
        case TcpPlace(host, port):
            return Alone(TcpWire(host, port))
        case TcpServerPlace(bind, port):
            return TcpServer(bind, port)
        case UdpPlace(host, port, listen):
            return UdpPort(host, port, listen)
        case ReplayPlace(file, speed):
            return Alone(ReplayWire(file, speed))


def calls_home(place: Place) -> bool:
    """Devices come to this place by themselves, and that none is there is no fault of the wire."""
    return isinstance(place, TcpServerPlace) or (isinstance(place, UdpPlace) and not place.host)
