"""Wires that are hostile: noise without end, a megabyte a second, peers that take nothing or answer
the wrong family. The figures are printed (``pytest -s``)."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.links.model import LinkPhase, Position, Probe, SendText, TcpPlace
from drivers.sim.receiver import burst
from drivers.sim.terminal import Terminal
from tests.links import talker
from tests.links.rig import CALM, QUICK, Post, until
from tests.links.talker import Talker

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MEBIBYTE = 1 << 20
MOST_GROWTH = 64 * MEBIBYTE


@pytest.fixture
def post(
    database: Database, bus: EventBus, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Post]:
    talker.install(monkeypatch)
    made = Post(database, bus, officer, CALM)
    made.supervisor.start()
    yield made
    made.supervisor.stop()


@pytest.fixture
def gateway() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        yield server


@pytest.fixture
def radio(tmp_path: Path) -> Iterator[Talker]:
    made = Talker("radio", tmp_path)
    made.start()
    yield made
    made.stop()


def place_of(server: socket.socket) -> TcpPlace:
    return TcpPlace("127.0.0.1", server.getsockname()[1])


def resident() -> int:
    return int(psutil.Process().memory_info().rss)


@pytest.mark.parametrize("pieces", [2, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", ["random", "marks", "halves"])
@pytest.mark.timeout(900)
def test_noise_is_passed_over_and_then_the_device_is_heard(
    post: Post, gateway: socket.socket, pieces: int, kind: str
) -> None:
    piece = {
        "random": random.Random(7).randbytes(MEBIBYTE),
        "marks": b"$" * (MEBIBYTE // 8),  # the dearest: every byte begins a sentence
        "halves": (burst(35.4, 117.0, 5.0, 90.0, AT)[:70] * 16384)[:MEBIBYTE],
    }[kind]
    post.set_up("gateway", "nmea", place_of(gateway))
    peer, _ = gateway.accept()
    with peer:
        post.reach(LinkPhase.OPEN)
        before, began = resident(), time.monotonic()
        for _ in range(pieces):
            peer.sendall(piece)
        until(lambda: post.state.received_bytes == pieces * len(piece), "all has come", 600)
        spent = time.monotonic() - began
        heard = len(post.readings)
        peer.sendall(b"\r\n" + burst(36.0, 117.0, 5.0, 90.0, AT))
        until(lambda: len(post.readings) == heard + 2, "the device is heard")
        last = post.readings[-1].reading
        assert isinstance(last, Position) and last.lat == pytest.approx(36.0)
        assert resident() - before < MOST_GROWTH
        assert post.state.lost == 0
    print(
        f"\n{pieces * len(piece) / 1e6:.1f} MB of {kind}: {spent:.1f} s, {post.state.bad:,} bad frames",
        end="",
    )


@pytest.mark.parametrize("seconds", [5, pytest.param(600, marks=pytest.mark.long)])
@pytest.mark.timeout(900)
def test_a_megabyte_a_second_is_taken_and_the_others_are_answered(
    post: Post, gateway: socket.socket, radio: Talker, seconds: int
) -> None:
    link = post.connect(radio, talker.FAMILY)
    until(lambda: post.state.identity == "radio", "the other link is there")
    post.set_up("flood", "nmea", place_of(gateway))
    peer, _ = gateway.accept()
    piece = b"".join(
        burst(35.0 + n / 1000, 117.0, 5.0, 90.0, AT + timedelta(seconds=n)) for n in range(600)
    )
    every_s = len(piece) / 1_000_000
    waits: list[float] = []
    busy, began, before = time.process_time(), time.monotonic(), resident()
    pace = threading.Event()
    with peer:
        while time.monotonic() - began < seconds:
            peer.sendall(piece)
            asked = time.monotonic()
            post.supervisor.order(link.id, Probe(), 5.0, post.keep)
            wanted = len(waits) + 1
            until(lambda wanted=wanted: len(post.outcomes) == wanted, "answered", 10)  # type: ignore[misc]
            waits.append(time.monotonic() - asked)
            post.readings.clear()  # as listeners do: nothing is kept
            pace.wait(max(0.0, began + len(waits) * every_s - time.monotonic()))
        spent = time.monotonic() - began
        until(lambda: _frames(post) == 1200 * len(waits), "every frame was understood", 60)
        share = (time.process_time() - busy) / spent
        assert resident() - before < MOST_GROWTH
        (flood,) = [s for s in post.supervisor.snapshot() if s.config.name == "flood"]
    assert all(outcome.done for outcome, _ in post.outcomes)
    waits.sort()
    print(
        f"\n{flood.received_bytes / spent / 1e6:.2f} MB/s for {spent:.0f} s: {flood.frames:,} frames, "
        f"{flood.dropped} dropped, {share:.0%} of a core; other link answered in "
        f"{waits[len(waits) // 2] * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms",
        end="",
    )
    assert flood.lost == 0


def _frames(post: Post) -> int:
    return sum(s.frames for s in post.supervisor.snapshot() if s.config.name == "flood")


def test_a_serial_device_that_takes_nothing_loses_its_orders_and_is_opened_anew(
    post: Post, tmp_path: Path
) -> None:
    mute = Terminal("mute", tmp_path)
    mute.plug()  # nobody reads what is written to it
    link = post.connect(mute, talker.FAMILY)
    post.reach(LinkPhase.OPEN)
    until(lambda: post.state.peers == 1, "it can be spoken to")
    began = time.monotonic()
    post.supervisor.order(link.id, SendText("x", "y" * 20_000), 30.0, post.keep)
    until(lambda: bool(post.outcomes), "the order has its outcome")
    assert post.outcomes[0][0].cause == "lost"
    assert time.monotonic() - began < 10, "long before its deadline"
    until(lambda: post.state.cause == "stalled", "why is told")
    until(lambda: post.state.lost == 1 and post.state.opened, "it is tried again")
    mute.write(b"pos t1@35.0\n")
    until(lambda: len(post.readings) == 1, "and heard all the while")
    mute.unplug()


def test_a_device_of_another_family_is_told(
    database: Database, bus: EventBus, officer: Actor, gateway: socket.socket
) -> None:
    post = Post(database, bus, officer, QUICK)
    post.supervisor.start()
    try:
        post.set_up("gateway", "nmea", place_of(gateway))
        peer, _ = gateway.accept()
        with peer:
            post.reach(LinkPhase.OPEN)
            peer.sendall(b"$7e0300fe201000\r\n+CTSDSR: 13,1234567,0,2345678,0,16\r\n8004\r\n")
            post.reach(LinkPhase.SILENT)
            assert post.state.cause == "unreadable"
            assert "59 bytes" in post.state.error
            assert post.state.bad == 1
            assert (post.state.opened, post.state.lost, post.readings) == (True, 0, [])
    finally:
        post.supervisor.stop()


def test_a_stop_amid_a_flood_is_soon(post: Post, gateway: socket.socket) -> None:
    post.set_up("flood", "nmea", place_of(gateway))
    peer, _ = gateway.accept()
    stopping = threading.Event()

    def pour() -> None:
        while not stopping.is_set():
            try:
                peer.sendall(b"$" * 65536)
            except OSError:
                return

    pouring = threading.Thread(target=pour)
    with peer:
        pouring.start()
        until(lambda: post.state.bad > 100_000, "it floods")
        began = time.monotonic()
        post.supervisor.stop()
        spent = time.monotonic() - began
        stopping.set()
    pouring.join()
    assert spent < 3
    post.supervisor.start()
