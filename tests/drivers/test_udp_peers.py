"""UDP ports on loopback: everybody who sends, or the one device of a link."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from drivers.errors import NoAnswer
from drivers.transport.peers import Heard
from drivers.transport.udp import UdpPort
from tests.drivers.listening_ports import HERE, until


@pytest.fixture
def port() -> Iterator[UdpPort]:
    made = UdpPort("", 0, bind=HERE)
    made.open()
    yield made
    made.close()


def test_everybody_who_sends_is_a_peer_and_each_datagram_a_piece(port: UdpPort) -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two,
    ):
        for data in (b"a", b"bc"):
            one.sendto(data, (HERE, port.port))
        two.sendto(b"d", (HERE, port.port))
        heard = until(port, lambda all_: sum(len(h.data) for h in all_) == 4)
        name = f"{HERE}:{one.getsockname()[1]}"
        assert [h.data for h in heard if h.peer == name] == [b"", b"a", b"bc"]
        assert port.write(name, b"back")
        one.settimeout(5)
        assert one.recv(10) == b"back"
        assert not port.write("127.0.0.1:1", b"nobody")
        port.drop(name)
        assert port.read(0.2) == [Heard(name, b"", gone=True)]


def test_the_device_of_a_link_is_its_only_peer() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind((HERE, 0))
        device.settimeout(5)
        place = device.getsockname()
        port = UdpPort(HERE, place[1])
        port.open()
        try:
            name = f"{HERE}:{place[1]}"
            assert port.read(5) == [Heard(name, b"")]
            assert port.write(name, b"hello")
            data, back = device.recvfrom(100)
            assert data == b"hello"
            device.sendto(b"answer", (HERE, back[1]))
            assert until(port, bool) == [Heard(name, b"answer")]
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.bind(("127.0.0.2", 0))
                stranger.sendto(b"spoof", (HERE, back[1]))
                until(port, lambda _: port.strangers == 1)
            port.drop(name)
            assert port.peers == (name,)
            with pytest.raises(NoAnswer):
                port.write(name, bytes(70_000))
        finally:
            port.close()


def test_silent_and_surplus_udp_peers_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    port = UdpPort("", 0, most=2, bind=HERE)
    port.open()
    try:
        for number in range(4):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
                one.sendto(b"%d" % number, (HERE, port.port))
                until(port, lambda all_: bool(all_) or port.refused > 0)
        assert port.refused >= 1
        assert len(port.peers) == 2
        port.idle_s = -1.0
        assert sorted(h.gone for h in port.read(0)) == [True, True]
        assert port.dropped == 2
        assert not port.peers
    finally:
        port.close()
