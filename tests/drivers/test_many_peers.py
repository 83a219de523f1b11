"""Ports with many peers, on loopback: who comes and goes, who never stops, who takes nothing."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from drivers.errors import LinkLost
from drivers.transport import server as server_module
from drivers.transport.peers import PIECE, Heard
from drivers.transport.server import BUFFER, BURST, RATE, TcpServer
from drivers.transport.udp import UdpPort
from tests.drivers.listening_ports import HERE, Port, until


@pytest.fixture
def server() -> Iterator[TcpServer]:
    made = TcpServer(HERE, 0, most=250)
    made.open()
    yield made
    made.close()


@pytest.fixture
def port() -> Iterator[UdpPort]:
    made = UdpPort("", 0, bind=HERE)
    made.open()
    yield made
    made.close()


@pytest.fixture
def clients(server: TcpServer) -> Iterator[Callable[[], socket.socket]]:
    made: list[socket.socket] = []

    def connect() -> socket.socket:
        one = socket.create_connection((HERE, server.port), 5)
        made.append(one)
        return one

    yield connect
    for one in made:
        one.close()


def said(heard: list[Heard]) -> dict[str, bytes]:
    by_peer: dict[str, bytes] = {}
    for one in heard:
        by_peer[one.peer] = by_peer.get(one.peer, b"") + one.data
    return by_peer


Clients = Callable[[], socket.socket]


def test_each_peer_is_told_by_itself_and_answered_by_itself(
    server: TcpServer, clients: Clients
) -> None:
    first, second = clients(), clients()
    first.sendall(b"one")
    second.sendall(b"two")
    heard = until(server, lambda all_: sum(len(one.data) for one in all_) == 6)
    names = {data: peer for peer, data in said(heard).items()}
    assert set(names) == {b"one", b"two"}
    assert heard[0].data == b"", "a peer that has just come is told before its words"
    assert set(server.peers) == set(names.values())
    assert server.write(names[b"two"], b"for two")
    assert second.recv(100) == b"for two"


def test_a_peer_that_goes_is_told_once_after_its_last_words(
    server: TcpServer, clients: Clients
) -> None:
    one = clients()
    one.sendall(b"last words")
    one.close()
    heard = until(server, lambda all_: any(h.gone for h in all_))
    assert [(h.data, h.gone) for h in heard] == [(b"", False), (b"last words", False), (b"", True)]
    assert server.peers == ()
    assert not server.write(heard[0].peer, b"?")
    assert server.read(0) == []


def test_two_hundred_peers_at_once(server: TcpServer, clients: Clients) -> None:
    made = [clients() for _ in range(200)]
    for number, one in enumerate(made):
        one.sendall(b"%03d" % number)
    heard = until(server, lambda all_: sum(len(one.data) for one in all_) == 600)
    assert set(said(heard).values()) == {b"%03d" % n for n in range(200)}
    for peer in server.peers:
        assert server.write(peer, b"ok")
    assert all(one.recv(2) == b"ok" for one in made)


def test_more_peers_than_agreed_are_refused_and_counted() -> None:
    server = TcpServer(HERE, 0, most=2)
    server.open()
    try:
        made = [socket.create_connection((HERE, server.port), 5) for _ in range(5)]
        until(server, lambda _: server.refused == 3)
        assert len(server.peers) == 2
        for one in made:
            one.close()
    finally:
        server.close()


def test_who_never_spoke_makes_room_and_who_spoke_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    server = TcpServer(HERE, 0, most=3)
    server.open()
    made = [socket.create_connection((HERE, server.port), 5) for _ in range(3)]
    try:
        made[0].sendall(b"I am here")
        heard = until(server, lambda all_: sum(not h.data for h in all_) == 3 and len(all_) == 4)
        spoke = next(h.peer for h in heard if h.data)
        later = time.monotonic() + server_module.SPEECHLESS_S + 1
        monkeypatch.setattr(time, "monotonic", lambda: later)
        for _ in range(4):
            made.append(socket.create_connection((HERE, server.port), 5))
            server.read(5)
        assert (server.dropped, server.refused) == (2, 2), "the newcomers have their time to speak"
        assert spoke in server.peers
        assert len(server.peers) == 3
    finally:
        server.close()
        for one in made:
            one.close()


def test_a_peer_that_never_stops_leaves_the_others_their_turn(
    server: TcpServer, clients: Clients
) -> None:
    flood, quiet = clients(), clients()
    over = threading.Event()

    def pour() -> None:
        flood.settimeout(0.2)
        while not over.is_set():
            try:
                flood.sendall(bytes(PIECE * 4))
            except OSError:
                continue

    pouring = threading.Thread(target=pour, name="flood")
    pouring.start()
    try:
        start = time.monotonic()
        heard = until(server, lambda all_: sum(len(h.data) for h in all_) > BURST + 2 * RATE)
        assert time.monotonic() - start > 1.5, "it is heard faster than agreed"
        for _ in range(20):
            quiet.sendall(b"quiet")
            said_at = time.monotonic()
            until(server, lambda all_: any(h.data == b"quiet" for h in all_))
            assert time.monotonic() - said_at < 1
        peer = next(one.peer for one in heard if one.data)
        server.drop(peer)  # while it is held back
        assert any(one.gone for one in server.read(0.2))
    finally:
        over.set()
        pouring.join(5)


def test_a_peer_that_takes_nothing_is_dropped_and_keeps_nobody_waiting(
    server: TcpServer, clients: Clients
) -> None:
    clients()
    heard = until(server, lambda all_: len(all_) == 1)
    piece, slowest = bytes(BUFFER // 4), 0.0
    for _ in range(10_000):
        start = time.monotonic()
        took = server.write(heard[0].peer, piece)
        slowest = max(slowest, time.monotonic() - start)
        if not took:
            break
    assert not took
    assert slowest < 1.0
    assert server.dropped == 1
    assert server.read(0.2) == [Heard(heard[0].peer, b"", gone=True)]


def test_what_waits_for_a_slow_peer_arrives_whole(server: TcpServer, clients: Clients) -> None:
    slow = clients()
    slow.settimeout(5)
    peer = until(server, lambda all_: len(all_) == 1)[0].peer
    sent = bytearray()
    while server._peers[peer].waiting == b"":  # until the network itself is full
        sent += bytes([len(sent) % 251]) * 1024
        assert server.write(peer, bytes(sent[-1024:]))
    taken = bytearray()
    while len(taken) < len(sent):
        taken += slow.recv(65536)
        server.read(0)
    assert taken == sent


def test_a_peer_silent_for_long_or_stalled_is_dropped(
    clients: Clients, server: TcpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    clients()
    peer = server.read(5)[0].peer
    now[0] += 899
    assert server.read(0) == []
    now[0] += 2
    assert server.read(0) == [Heard(peer, b"", gone=True)]
    clients()
    peer = server.read(5)[0].peer
    while server._peers[peer].waiting == b"":
        server.write(peer, bytes(1024))
    now[0] += server_module.STALLED_S + 0.1
    assert server.read(0) == [Heard(peer, b"", gone=True)]
    assert server.dropped == 2


def test_a_peer_that_resets_is_gone(server: TcpServer, clients: Clients) -> None:
    one = clients()
    peer = until(server, lambda all_: len(all_) == 1)[0].peer
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    one.close()
    assert until(server, bool) == [Heard(peer, b"", gone=True)]
    assert server.dropped == 0


def test_whom_we_drop_is_told_gone(server: TcpServer, clients: Clients) -> None:
    one = clients()
    peer = until(server, lambda all_: len(all_) == 1)[0].peer
    server.drop(peer)
    server.drop(peer)
    assert server.read(0.2) == [Heard(peer, b"", gone=True)]
    assert one.recv(1) == b""


@pytest.mark.parametrize("kind", ["tcp", "udp"])
def test_a_wake_ends_a_read_at_once(kind: str, server: TcpServer, port: UdpPort) -> None:
    listening: Port = server if kind == "tcp" else port
    took: list[float] = []
    reading = threading.Event()

    def read() -> None:
        start = time.monotonic()
        reading.set()
        assert listening.read(30) == []
        took.append(time.monotonic() - start)

    thread = threading.Thread(target=read, name="reader")
    thread.start()
    assert reading.wait(5)
    listening.wake()
    thread.join(10)
    assert took and took[0] < 5
    listening.wake()  # before a read: that read does not wait
    start = time.monotonic()
    assert listening.read(30) == []
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("kind", ["tcp", "udp"])
def test_a_port_that_is_held_says_so_and_is_free_after_close(kind: str) -> None:
    first: Port = TcpServer(HERE, 0) if kind == "tcp" else UdpPort("", 0, bind=HERE)
    first.open()
    second: Port = (
        TcpServer(HERE, first.port) if kind == "tcp" else UdpPort("", first.port, bind=HERE)
    )
    with pytest.raises(LinkLost) as refused:
        second.open()
    assert refused.value.cause == "in_use"
    first.close()
    first.close()
    second.open()
    assert second.port == first.port
    second.close()
    for call in (second.read, lambda _: second.write("x", b"")):
        with pytest.raises(LinkLost):
            call(0.0)
    second.wake()


def test_a_place_that_cannot_be_is_lost_in_words() -> None:
    for wrong in (TcpServer("no-such-host.invalid", 0), UdpPort("no-such-host.invalid", 1)):
        with pytest.raises(LinkLost):
            wrong.open()
    with pytest.raises(LinkLost):
        TcpServer(HERE, 99999).open()


@pytest.mark.skipif(sys.platform == "win32", reason="open files are not counted there")
def test_no_more_open_files_neither_ends_nor_spins_the_server(server: TcpServer) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with socket.socket() as client:
        lowest_free = os.dup(client.fileno())
        os.close(lowest_free)
        resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, before[1]))
        try:
            client.connect((HERE, server.port))
            assert server.read(5) == []  # somebody is there and cannot be let in
            start = time.monotonic()
            assert server.read(0.1) == []
            assert time.monotonic() - start > 0.09, "it asks again and again"
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
        assert [h.gone for h in until(server, bool)] == [False]
