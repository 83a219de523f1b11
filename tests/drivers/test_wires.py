"""Wires on real pseudo-terminals and loopback sockets: unplug, stall, second opener, replay."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from serial.tools.list_ports_common import ListPortInfo

from drivers.contract import Position
from drivers.errors import LinkLost, NoAnswer, NotSupported
from drivers.position.nmea import NmeaDecoder
from drivers.sim.receiver import Receiver, no_fix
from drivers.transport import capture, ports
from drivers.transport.null_wire import NullWire
from drivers.transport.replay import ReplayWire
from drivers.transport.serial_port import SerialWire
from drivers.transport.tcp import TcpWire

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    made = Receiver("gnss-1", tmp_path)
    made.plug()
    yield made
    made.unplug()


@pytest.fixture
def wire(receiver: Receiver) -> Iterator[SerialWire]:
    made = SerialWire(receiver.identity, 9600)
    made.open()
    yield made
    made.close()


def read_all(wire: SerialWire, count: int) -> bytes:
    data, deadline = b"", time.monotonic() + 5
    while len(data) < count and time.monotonic() < deadline:
        data += wire.read(0.2)
    return data


def test_bytes_of_the_receiver_arrive(receiver: Receiver, wire: SerialWire) -> None:
    receiver.place(35.405185, 117.003743, 6.0, 90.0, AT)
    rmc, gga = NmeaDecoder().feed(read_all(wire, 120))
    assert isinstance(rmc, Position)
    assert isinstance(gga, Position)
    assert rmc.lat == pytest.approx(35.405185, abs=1e-7)
    assert rmc.valid
    assert gga.valid


def test_a_receiver_without_fix_says_so(receiver: Receiver, wire: SerialWire) -> None:
    receiver.has_fix = False
    receiver.place(35.4, 117.0, 6.0, 90.0, AT)
    for message in NmeaDecoder().feed(read_all(wire, len(no_fix(AT)))):
        assert isinstance(message, Position)
        assert (message.lat, message.lon, message.valid) == (None, None, False)
        assert message.at == AT


def test_silence_gives_nothing(wire: SerialWire) -> None:
    assert wire.read(0.05) == b""


def test_an_unplug_is_told_at_once_and_the_same_identity_opens_again(
    receiver: Receiver, wire: SerialWire
) -> None:
    receiver.unplug()
    assert ports.find(receiver.identity) is None
    begun = time.monotonic()
    with pytest.raises(LinkLost):
        while True:
            wire.read(0.2)
    assert time.monotonic() - begun < 1
    with pytest.raises(LinkLost):
        wire.write(b"x")
    wire.close()
    with pytest.raises(LinkLost, match="not plugged in"):
        wire.open()
    receiver.plug()
    wire.open()
    receiver.garble(b"again")
    assert read_all(wire, 5) == b"again"


def test_a_second_opener_is_refused(receiver: Receiver, wire: SerialWire) -> None:
    second = SerialWire(receiver.identity, 9600)
    with pytest.raises(LinkLost, match=r"lock|busy"):
        second.open()
    assert ports.locked(str(receiver.port))
    receiver.garble(b"mine")
    assert read_all(wire, 4) == b"mine"
    wire.close()
    assert not ports.locked(str(receiver.port))


def test_a_stalled_peer_does_not_block_a_write_for_ever(
    receiver: Receiver, wire: SerialWire
) -> None:
    begun = time.monotonic()
    with pytest.raises(NoAnswer):
        for _ in range(1000):
            wire.write(b"x" * 1024)
    assert time.monotonic() - begun < 5


def test_a_port_nobody_reads_does_not_block_the_receiver(receiver: Receiver) -> None:
    for _ in range(100):
        receiver.place(35.4, 117.0, 1.0, 0.0, AT)
    assert receiver.plugged


def test_reading_before_opening_is_a_lost_link(tmp_path: Path) -> None:
    for wire in (SerialWire("path:/nowhere", 9600), TcpWire("127.0.0.1", 1), NullWire()):
        with pytest.raises(LinkLost):
            wire.read(0.01)
        with pytest.raises(LinkLost):
            wire.write(b"x")
        wire.close()


def test_a_port_that_is_no_terminal_cannot_be_opened(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(LinkLost):
        SerialWire(f"path:{file}", 9600).open()


def usb(device: str, serial: str | None, location: str = "1-1") -> ListPortInfo:
    info = ListPortInfo(device)
    info.vid, info.pid, info.serial_number, info.location = 0x1546, 0x01A8, serial, location
    return info


def test_identity_is_vendor_product_serial_never_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = [usb("/dev/ttyACM3", "SN1"), usb("/dev/ttyACM1", None, "1-1.2")]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: there)
    assert [ports.identity_of(info) for info in there] == ["1546:01a8:SN1", "1546:01a8:@1-1.2"]
    assert ports.find("1546:01a8:SN1") == "/dev/ttyACM3"
    there[0] = usb("/dev/ttyACM9", "SN1")
    assert ports.find("1546:01a8:SN1") == "/dev/ttyACM9"
    assert ports.find("1546:01a8:SN2") is None
    assert [port.name for port in ports.plugged()] == ["/dev/ttyACM1", "/dev/ttyACM9"]
    there[1] = usb("/dev/ttyACM1", "SN1")
    with pytest.raises(LinkLost, match="2 times"):
        ports.find("1546:01a8:SN1")


def test_tcp_hears_and_notices_that_the_peer_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wire = TcpWire("127.0.0.1", server.getsockname()[1])
        wire.open()
        peer, _ = server.accept()
        with peer:
            assert wire.read(0.01) == b""
            peer.sendall(b"hello")
            assert wire.read(2.0) == b"hello"
            wire.write(b"there")
            assert peer.recv(10) == b"there"
        with pytest.raises(LinkLost, match="closed by the other side"):
            wire.read(2.0)
        wire.close()
    with pytest.raises(LinkLost):
        wire.open()


def test_a_null_wire_swallows() -> None:
    wire = NullWire()
    wire.open()
    wire.write(b"order")
    assert wire.read(0.01) == b""
    assert wire.written == b"order"
    wire.close()


def test_replay_gives_the_recorded_bytes_in_their_rhythm(tmp_path: Path) -> None:
    file = tmp_path / "a.capture"
    file.write_text(
        capture.header("nmea") + capture.line(0.0, b"one") + capture.line(0.4, b"two"), "ascii"
    )
    wire = ReplayWire(file, speed=4)
    begun = time.monotonic()
    wire.open()
    heard = b""
    with pytest.raises(LinkLost, match="ended"):
        while True:
            heard += wire.read(0.01)
    assert heard == b"onetwo"
    assert wire.ended
    assert 0.1 <= time.monotonic() - begun < 0.4
    wire.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not a capture"),
        ("hello\n", "not a capture"),
        (capture.header("nmea") + "0.1 zz\n0.2 00\n", "line 2"),
        (capture.header("nmea") + "x 00\n", "line 2"),
        (capture.header("nmea") + "nan 00\n", "backwards"),
        (capture.header("nmea") + "5 00\n\n# remark\n4 00\n", "line 5"),
    ],
)
def test_what_is_no_capture_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "a.capture"
    file.write_text(text, "ascii")
    with pytest.raises(NotSupported, match=told):
        list(capture.pieces(file))


def test_a_capture_cut_by_a_power_cut_plays_up_to_the_cut(tmp_path: Path) -> None:
    file = tmp_path / "a.capture"
    file.write_text(capture.header("nmea") + "0.1 01\n0.2 0", "ascii")
    assert list(capture.pieces(file)) == [(0.1, b"\x01")]


def test_a_missing_capture_is_a_lost_link(tmp_path: Path) -> None:
    with pytest.raises(LinkLost):
        ReplayWire(tmp_path / "none").open()


def test_the_receiver_keeps_its_port_over_a_replug(tmp_path: Path) -> None:
    made = Receiver("gnss-2", tmp_path)
    assert not made.plugged
    made.place(1, 2, 3, 4, AT)  # unplugged: says nothing, fails nothing
    made.plug()
    blocker = os.openpty()  # takes the number that a re-plug would get
    made.unplug()
    made.plug()
    assert made.port.exists()
    assert ports.find(made.identity) == str(made.port)
    made.unplug()
    assert not made.port.exists()
    for descriptor in blocker:
        os.close(descriptor)


def test_a_serial_number_with_blanks_makes_a_printable_identity() -> None:
    info = ListPortInfo("/dev/ttyUSB0")
    info.vid, info.pid, info.serial_number = 0x1A86, 0x7523, "GPS 0001\x00é" + "x" * 200
    identity = ports.identity_of(info)
    assert identity.startswith("1a86:7523:GPS_0001__x") and len(identity) == 10 + 80


def test_a_receiver_is_marked_unplugged_before_its_descriptor_is_free(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    close = os.close

    def closing(descriptor: int) -> None:
        seen.append(receiver.plugged)
        close(descriptor)

    monkeypatch.setattr(os, "close", closing)
    receiver.unplug()
    assert seen == [False], "another thread must not write to a number that may be another file's"
