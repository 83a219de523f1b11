"""The link stack on real pseudo-terminals: unplug mid-frame, garbage, silence, a second opener."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.links.model import (
    LinkConfig,
    LinkPhase,
    Position,
    ReadingArrived,
    SerialPlace,
    TcpPlace,
)
from console.links.service import (
    Supervisor,
    add_link,
    change_link,
    record_link,
    remove_link,
)
from drivers.sim.receiver import Receiver, burst
from drivers.transport import capture
from drivers.transport.serial_port import SerialWire
from tests.links.rig import QUICK, Post, until

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def post(database: Database, bus: EventBus, officer: Actor) -> Iterator[Post]:
    made = Post(database, bus, officer)
    made.supervisor.start()
    yield made
    made.supervisor.stop()


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    made = Receiver("gnss-1", tmp_path)
    made.plug()
    yield made
    made.unplug()


def say(receiver: Receiver, lat: float = 35.4) -> None:
    receiver.place(lat, 117.0, 5.0, 90.0, AT)


def test_positions_arrive_for_the_unit_that_the_link_serves(post: Post, receiver: Receiver) -> None:
    link = post.connect(receiver, serves="unit-7")
    post.reach(LinkPhase.OPEN)
    say(receiver)
    until(lambda: len(post.readings) == 2, "two readings")
    arrived = post.readings[0]
    assert (arrived.link_id, arrived.serves) == (link.id, "unit-7")
    assert isinstance(arrived.reading, Position)
    assert arrived.reading.lat == pytest.approx(35.4)
    assert arrived.received_at.tzinfo is not None
    assert (post.state.phase, post.state.frames, post.state.bad) == (LinkPhase.TRAFFIC, 2, 0)
    assert post.state.port == str(receiver.port)
    assert post.state.heard_at is not None
    assert post.changes == [LinkPhase.PLUGGED, LinkPhase.OPEN, LinkPhase.TRAFFIC]


def test_the_port_pulled_out_mid_frame_and_plugged_in_again(post: Post, receiver: Receiver) -> None:
    post.connect(receiver)
    post.reach(LinkPhase.OPEN)
    say(receiver)
    post.reach(LinkPhase.TRAFFIC)
    half = b"$BDRMC,100000.000,A,3524.0"
    heard = len(burst(35.4, 117.0, 5.0, 90.0, AT)) + len(half)
    receiver.write(half)
    until(lambda: post.state.received_bytes == heard, "half a frame")
    begun = time.monotonic()
    receiver.unplug()
    post.reach(LinkPhase.LOST)
    assert time.monotonic() - begun < 1.0, "an unplug is noticed quickly"
    assert not post.state.plugged
    assert post.state.error
    assert post.state.cause == "unplugged"
    until(lambda: post.state.bad == 1, "the half frame is counted")
    receiver.plug()
    post.reach(LinkPhase.OPEN)
    receiver.write(b"000,N,11700.0,E*00\r\n")  # the other half must not be glued to the first
    say(receiver, 35.5)
    post.reach(LinkPhase.TRAFFIC)
    until(lambda: len(post.readings) == 4, "readings go on")
    assert (post.state.lost, post.state.recovered) == (1, 1)
    assert post.supervisor.totals() == (1, 1)
    assert post.state.bad == 1


def test_ten_replugs_are_ten_recoveries(post: Post, receiver: Receiver) -> None:
    post.connect(receiver)
    for count in range(1, 11):
        post.reach(LinkPhase.OPEN)
        say(receiver)
        post.reach(LinkPhase.TRAFFIC)
        receiver.unplug()
        post.reach(LinkPhase.LOST)
        receiver.plug()
        until(lambda: post.state.opened, f"replug {count}")
    say(receiver)
    until(lambda: post.state.recovered == 10, "ten recoveries")
    assert post.state.lost == 10


def test_garbage_and_wrong_checksums_are_counted_and_passed_over(
    post: Post, receiver: Receiver
) -> None:
    post.connect(receiver)
    post.reach(LinkPhase.OPEN)
    receiver.garble(bytes(range(256)) + b"\r\n")
    receiver.write(b"$BDGGA,100000.000,3524.0,N,11700.0,E,1,12,0.9,62.0,M,-6.1,M,,*00\r\n")
    until(lambda: post.state.bad == 2, "two bad frames")
    assert post.state.phase is LinkPhase.OPEN, "noise is no traffic"
    assert post.state.last_bad == "checksum"
    assert post.readings == []
    say(receiver)
    post.reach(LinkPhase.TRAFFIC)
    assert post.state.frames == 2


def test_a_lost_fix_is_still_traffic_and_has_no_place(post: Post, receiver: Receiver) -> None:
    post.connect(receiver)
    post.reach(LinkPhase.OPEN)
    receiver.has_fix = False
    say(receiver)
    until(lambda: len(post.readings) == 2, "two readings")
    assert post.state.phase is LinkPhase.TRAFFIC
    for arrived in post.readings:
        assert isinstance(arrived.reading, Position)
        assert (arrived.reading.valid, arrived.reading.lat) == (False, None)


def test_a_silent_device_is_told_apart_from_a_lost_one(post: Post, receiver: Receiver) -> None:
    post.connect(receiver)
    post.reach(LinkPhase.SILENT)
    assert post.state.opened
    assert post.state.plugged
    say(receiver)
    post.reach(LinkPhase.TRAFFIC)
    assert post.state.lost == 0
    post.reach(LinkPhase.SILENT)


def test_a_port_that_another_program_holds_is_plugged_not_open(
    post: Post, receiver: Receiver
) -> None:
    other = SerialWire(receiver.identity, 9600)
    other.open()
    try:
        post.connect(receiver)
        until(lambda: bool(post.state.error), "the refusal is told")
        assert post.state.phase is LinkPhase.PLUGGED
        assert post.state.cause == "in_use"
        assert post.state.plugged
        assert not post.state.opened
    finally:
        other.close()
    post.reach(LinkPhase.OPEN)


def test_a_device_that_is_not_there_yet(post: Post, tmp_path: Path) -> None:
    receiver = Receiver("gnss-9", tmp_path)
    post.connect(receiver)
    assert post.state.phase is LinkPhase.ABSENT
    receiver.plug()
    post.reach(LinkPhase.OPEN)
    receiver.unplug()
    post.reach(LinkPhase.LOST)


def test_stop_ends_every_thread_in_time(
    database: Database, bus: EventBus, officer: Actor, tmp_path: Path
) -> None:
    made = [Receiver(f"gnss-{n}", tmp_path) for n in range(6)]
    for receiver in made[:4]:
        receiver.plug()
    for receiver in made:
        add_link(database, officer, receiver.name, "nmea", SerialPlace(receiver.identity))
    before = set(threading.enumerate())
    supervisor = Supervisor(database, bus, SystemClock(), QUICK)
    supervisor.start()
    until(lambda: sum(s.opened for s in supervisor.snapshot()) == 4, "four are open")
    names = {thread.name for thread in threading.enumerate() if thread not in before}
    assert {"links", "link gnss-0", "link gnss-5"} <= names
    begun = time.monotonic()
    supervisor.stop(timeout_s=3.0)
    assert time.monotonic() - begun < 2.0
    assert {t for t in threading.enumerate() if t not in before} == set()
    supervisor.start()  # and it can be started again
    until(lambda: sum(s.opened for s in supervisor.snapshot()) == 4, "four are open again")
    supervisor.stop()
    for receiver in made:
        receiver.unplug()


def test_links_change_while_the_post_runs(post: Post, receiver: Receiver, tmp_path: Path) -> None:
    link = post.connect(receiver)
    post.reach(LinkPhase.OPEN)
    second = Receiver("gnss-2", tmp_path)
    second.plug()
    moved = LinkConfig(link.id, "moved", "nmea", SerialPlace(second.identity), rev=link.rev)
    change_link(post.database, post.officer, moved)
    until(lambda: post.state.config.name == "moved" and post.state.opened, "the new device")
    say(receiver)
    say(second, 36.0)
    until(lambda: len(post.readings) == 2, "only the new device is heard")
    first = post.readings[0].reading
    assert isinstance(first, Position)
    assert first.lat == pytest.approx(36.0)
    remove_link(post.database, post.officer, link.id)
    until(lambda: post.supervisor.snapshot() == (), "the thread has ended")
    second.unplug()


def test_what_was_recorded_is_what_was_heard(
    post: Post, receiver: Receiver, database: Database
) -> None:
    link = post.connect(receiver)
    post.reach(LinkPhase.OPEN)
    record_link(post.database, post.officer, link.id, True)
    until(lambda: post.state.config.record and post.state.opened, "recording")
    say(receiver)
    receiver.garble()
    until(lambda: post.state.frames == 2 and bool(post.state.recording), "heard")
    wanted = post.state.received_bytes
    record_link(post.database, post.officer, link.id, False)
    until(lambda: not post.state.config.record, "no longer recording")
    (file,) = (database.path.parent / "captures").iterdir()
    heard = b"".join(data for _, data in capture.pieces(file))
    assert heard.startswith(b"$BDRMC,100000.000,A,3524.00000,N,11700.00000,E,9.72,90.00,211126")
    assert len(heard) >= wanted


def test_a_full_disk_stops_the_recording_and_not_the_link(
    post: Post, receiver: Receiver, database: Database
) -> None:
    (database.path.parent / "captures").write_text("not a folder")
    link = post.connect(receiver)
    record_link(post.database, post.officer, link.id, True)
    until(lambda: post.state.config.record and post.state.opened, "recording")
    say(receiver)
    until(lambda: len(post.readings) == 2, "the link goes on")
    assert "capture" in post.state.error
    assert post.state.cause == "disk"


def test_a_listener_that_fails_does_not_stop_the_link(
    post: Post, receiver: Receiver, bus: EventBus, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: ReadingArrived) -> None:
        raise RuntimeError("a bug elsewhere")

    bus.subscribe(ReadingArrived, fail)
    post.connect(receiver)
    post.reach(LinkPhase.OPEN)
    say(receiver)
    until(lambda: len(post.readings) == 2, "two readings")
    assert post.state.phase is LinkPhase.TRAFFIC
    assert "a bug elsewhere" in caplog.text


def test_a_tcp_device_that_goes_away_is_called_again(
    post: Post, officer: Actor, database: Database
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = TcpPlace("127.0.0.1", server.getsockname()[1])
        add_link(database, officer, "gateway", "nmea", place)
        peer, _ = server.accept()
        post.reach(LinkPhase.OPEN)
        peer.close()
        again, _ = server.accept()
        with again:
            again.sendall(b"$GNZDA,092204.00,21,11,2025,00,00*73\r\n")
            post.reach(LinkPhase.TRAFFIC)
            assert post.state.lost == 1
            assert post.state.cause == "closed"


def test_a_pseudo_terminal_number_taken_meanwhile_does_not_matter(
    post: Post, receiver: Receiver
) -> None:
    post.connect(receiver)
    post.reach(LinkPhase.OPEN)
    was = receiver.port.readlink()
    receiver.unplug()
    post.reach(LinkPhase.LOST)
    blocker = os.openpty()
    receiver.plug()
    assert receiver.port.readlink() != was
    post.reach(LinkPhase.OPEN)
    for descriptor in blocker:
        os.close(descriptor)
