"""A port in the hand of a test: read until it said enough."""

from __future__ import annotations

import time
from collections.abc import Callable

from drivers.transport.peers import Heard
from drivers.transport.server import TcpServer
from drivers.transport.udp import UdpPort

HERE = "127.0.0.1"
Port = TcpServer | UdpPort


def until(port: Port, enough: Callable[[list[Heard]], bool]) -> list[Heard]:
    """What is heard until it is enough."""
    heard: list[Heard] = []
    deadline = time.monotonic() + 10
    while not enough(heard):
        assert time.monotonic() < deadline, heard[-10:]
        heard += port.read(0.2)
    return heard
