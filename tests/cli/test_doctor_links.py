"""``doctor`` on the links that are set up: each failure is said by its name."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.cli.doctor import links, machine
from console.cli.doctor.finding import Finding, State
from console.core.actor import Actor
from console.core.database import Database
from console.core.ids import LinkId
from console.core.ownership import Ownership
from console.links import store
from console.links.model import LinkConfig, LinkPhase, LinkState, SerialPlace, TcpPlace
from console.links.model.health import HealthMinute
from console.links.service import Access, Examined, Holder, add_link, unreadable
from drivers.sim.receiver import Receiver, sentence
from drivers.transport.holding import access, holders
from tests.links.test_page import AT

CONFIG = LinkConfig(LinkId("l"), "GNSS", "nmea", SerialPlace("path:/dev/ttyUSB0", 4800))


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    made = Receiver("gnss-1", tmp_path)
    made.plug()
    yield made
    made.unplug()


def only(database: Database) -> Finding:
    (found,) = links.checks(database.path.parent)
    return found


def speaking(receiver: Receiver, data: bytes) -> tuple[threading.Thread, threading.Event]:
    """The receiver says this again and again until the event is set."""
    end = threading.Event()

    def speak() -> None:
        while not end.wait(0.02):
            receiver.write(data)

    thread = threading.Thread(target=speak, name="receiver")
    thread.start()
    return thread, end


def test_a_post_without_links_says_nothing(database: Database, tmp_path: Path) -> None:
    assert links.checks(database.path.parent) == []
    assert links.checks(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        (sentence("GPZDA,120000.00,21,11,2026,00,00"), State.OK, "good frames, 0 unreadable"),
        (b"\x80\xff\x00\xf8\x80\x78" * 8, State.FAIL, "100 % unreadable"),
    ],
)
def test_a_device_is_heard_and_a_wrong_baud_rate_has_a_name(
    database: Database, officer: Actor, receiver: Receiver, said: bytes, state: State, words: str
) -> None:
    add_link(database, officer, "GNSS", "nmea", SerialPlace(receiver.identity, 4800))
    thread, end = speaking(receiver, said)
    try:
        found = only(database)
    finally:
        end.set()
        thread.join()
    assert (found.name, found.state) == ("link:GNSS", state), found
    assert words in found.found.en
    if state is State.FAIL:
        assert found.mend is not None
        assert "(now 4800)" in found.mend.en


def test_98_percent_is_said_as_98_percent() -> None:
    state = LinkState(CONFIG, LinkPhase.TRAFFIC, AT, opened=True, frames=2, bad=98)
    state = replace(state, received_bytes=7000)
    found = links.finding(Examined(state, "/dev/ttyUSB0", (), None))
    assert found.state is State.FAIL
    assert "98% 无法解读" in found.found.zh_CN
    assert "98 % unreadable" in found.found.en
    assert unreadable(replace(state, bad=0)) == 0.0
    assert unreadable(replace(state, frames=0, bad=0, received_bytes=9)) is None
    noisy = replace(state, frames=98, bad=2)
    assert links.finding(Examined(noisy, "", (), None)).state is State.OK


def test_a_silent_and_an_unplugged_device(
    database: Database, officer: Actor, receiver: Receiver
) -> None:
    add_link(database, officer, "GNSS", "nmea", SerialPlace(receiver.identity))
    found = only(database)
    assert (found.state, found.found.en.partition(": ")[2]) == (
        State.WARN, "open, but nothing comes",
    )  # fmt: skip
    receiver.unplug()
    found = only(database)
    assert found.state is State.WARN, "the post works without it"
    assert "not plugged in" in found.found.en


def test_who_holds_the_port_is_named(
    database: Database, officer: Actor, receiver: Receiver
) -> None:
    add_link(database, officer, "GNSS", "nmea", SerialPlace(receiver.identity))
    holding = (
        "import fcntl, os, sys; port = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY);"
        "fcntl.flock(port, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holding, str(receiver.port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        (holder,) = [one for one in holders(str(receiver.port)) if one.pid != os.getpid()]
        found = only(database)
        other.stdin.close()
    assert holder.locked
    assert holder.pid == other.pid
    assert found.state is State.FAIL
    assert f"is held by {holder.program} ({holder.pid})" in found.found.en
    assert holders(str(receiver.port.parent / "none")) == []


def test_a_port_that_is_open_without_a_lock_is_seen(receiver: Receiver) -> None:
    port = os.open(receiver.port, os.O_RDWR | os.O_NOCTTY)
    try:
        (mine,) = holders(str(receiver.port))
        assert (mine.pid, mine.locked) == (os.getpid(), False)
        fcntl.flock(port, fcntl.LOCK_EX)
        (mine,) = holders(str(receiver.port))
        assert (mine.pid, mine.locked) == (os.getpid(), True)
    finally:
        os.close(port)
    assert holders(str(receiver.port)) == []


def test_while_the_console_runs_its_ports_are_left_alone(
    database: Database, officer: Actor, receiver: Receiver
) -> None:
    link = add_link(database, officer, "GNSS", "nmea", SerialPlace(receiver.identity))
    console = Ownership(database.path.parent)
    console.start()
    try:
        assert only(database).state is State.OK
        minute = HealthMinute(link.id, datetime.now(UTC), LinkPhase.TRAFFIC, 2, 98)
        with database.act(officer) as act:
            store.put_health(act.connection, [minute])
        found = only(database)
        assert found.state is State.FAIL
        assert "98 % unreadable" in found.found.en
        receiver.unplug()
        assert only(database).state is State.WARN
    finally:
        console.stop()


def test_an_address_that_does_not_answer(database: Database, officer: Actor) -> None:
    add_link(database, officer, "Gateway", "nmea", TcpPlace("127.0.0.1", 9))
    found = only(database)
    assert found.state is State.WARN
    assert "does not answer" in found.found.en


@pytest.mark.parametrize(
    ("may", "words"),
    [
        (Access("dialout", False, False), "usermod -aG dialout"),
        (Access("uucp", True, False), "log out and in again"),
        (None, "usermod -aG dialout"),
    ],
)
def test_a_missing_group_is_named(may: Access | None, words: str) -> None:
    state = LinkState(CONFIG, LinkPhase.PLUGGED, AT, cause="no_permission", error="[Errno 13]")
    found = links.finding(Examined(state, "/dev/ttyUSB0", (), may))
    assert found.state is State.FAIL
    assert found.mend is not None
    assert words in found.mend.en


def test_every_cause_has_its_words() -> None:
    for cause in ("ambiguous", "cannot_open", "unplugged", "closed", "stalled", "bug", "in_use"):
        state = LinkState(CONFIG, LinkPhase.LOST, AT, cause=cause, error="told")
        found = links.finding(Examined(state, "/dev/ttyUSB0", (), None))
        assert found.state is State.FAIL
        assert found.mend is not None
        assert found.mend.zh_CN and found.found.zh_CN
    holder = Holder(812, "ModemManager", True)
    state = LinkState(CONFIG, LinkPhase.PLUGGED, AT, cause="in_use", error="told")
    found = links.finding(Examined(state, "/dev/ttyUSB0", (holder,), None))
    assert "ModemManager (812)" in found.found.zh_CN


def test_ports_of_the_machine_name_group_and_holder(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    from serial.tools.list_ports_common import ListPortInfo

    info = ListPortInfo(str(receiver.port))
    info.vid, info.pid, info.serial_number = 0x1546, 0x01A8, "SN1"
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [info])
    assert machine.ports()[0].state is State.OK
    may = access(str(receiver.port))
    assert may is not None
    monkeypatch.setattr("os.access", lambda *_: False)
    (found,) = machine.ports()
    assert found.state is State.FAIL
    assert found.mend is not None
    assert may.group in found.mend.en
