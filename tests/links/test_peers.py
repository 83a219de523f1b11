"""Many devices on one link: terminals that call in, one that never stops, one that takes nothing."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.links.model import (
    ConfirmAlarm,
    LinkConfig,
    LinkPhase,
    Position,
    Probe,
    SendText,
    TcpServerPlace,
    UdpPlace,
)
from console.links.service import runner
from drivers.sim.jt808_network import Terminals
from drivers.transport.peers import Heard
from drivers.transport.udp import UdpPort
from tests.links import talker
from tests.links.rig import CALM, Post, free_port, until

HERE = "127.0.0.1"
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
ALL = 200


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
def port() -> int:
    return free_port()


@pytest.fixture
def terminals(port: int) -> Iterator[Terminals]:
    made = Terminals(HERE, port)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def link(post: Post, port: int) -> LinkConfig:
    made = post.set_up(
        "terminals", talker.FAMILY, TcpServerPlace(HERE, port), sources={"t1": "unit-1"}
    )
    post.reach(LinkPhase.OPEN)
    return made


Dial = Callable[[str], socket.socket]


@pytest.fixture
def dial(port: int) -> Iterator[Dial]:
    """A talking device that calls in and says its name."""
    made: list[socket.socket] = []

    def call(name: str) -> socket.socket:
        one = socket.create_connection((HERE, port), 5)
        one.settimeout(5)
        made.append(one)
        assert one.recv(10) == b"who\n"
        one.sendall(b"am " + name.encode() + b"\n")
        return one

    yield call
    for one in made:
        one.close()


def test_200_terminals_at_once(post: Post, port: int, terminals: Terminals) -> None:
    names = [f"{13800000000 + n}" for n in range(ALL)]
    post.set_up(
        "808", "jt808", TcpServerPlace(HERE, port), sources={name: f"unit {name}" for name in names}
    )
    made = [terminals.add(name) for name in names]
    until(lambda: all(one.is_in for one in made), "all are registered", 30)
    until(lambda: post.state.peers == ALL, "and counted")
    for number, one in enumerate(made):
        one.place(35 + number / 1000, 117.0, 5.0, 90.0, AT)
    wanted = {name: f"unit {name}" for name in names}
    until(lambda: len(served(post)) == ALL, "every place has come", 30)
    assert served(post) == wanted, "each for its own unit"
    made[7].sos()
    until(lambda: any(p.alarms for p in places(post)), "the SOS has come")
    (sos,) = [p for p in places(post) if p.alarms]
    assert (sos.source, sos.alarms) == (names[7], ("sos",))
    for one in made[:50]:
        one.unplug()
    until(lambda: post.state.peers == ALL - 50, "those that hung up are gone")
    assert (post.state.phase, post.state.lost) == (LinkPhase.TRAFFIC, 0)


def served(post: Post) -> dict[str | None, str | None]:
    return {
        event.reading.source: event.serves
        for event in list(post.readings)
        if isinstance(event.reading, Position) and event.reading.valid
    }


def places(post: Post) -> list[Position]:
    readings = [event.reading for event in list(post.readings)]
    return [reading for reading in readings if isinstance(reading, Position)]


def test_an_order_reaches_the_device_that_is_or_carries_the_one_it_names(
    post: Post, link: LinkConfig, dial: Dial
) -> None:
    one, two = dial("t1"), dial("t2")
    until(lambda: post.state.peers == 2, "two are there")
    post.supervisor.order(link.id, SendText("t1", "to one"), 0.1, post.keep)
    assert one.recv(100) == b"text t1 to one\n"
    two.sendall(b"pos radio-7@35.5\n")
    until(lambda: len(post.readings) == 1, "a radio is heard through the second")
    post.supervisor.order(link.id, SendText("radio-7", "to seven"), 0.1, post.keep)
    assert two.recv(100) == b"text radio-7 to seven\n"
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)  # names nobody: the one heard last
    assert two.recv(100) == b"probe 1\n"
    two.sendall(b"ok 1\n")
    post.supervisor.order(link.id, SendText("t9", "to nobody"), 5.0, post.keep)
    until(lambda: len([o for o, _ in post.outcomes if o.order_id]) >= 2, "two outcomes")
    causes = [(o.cause, o.told) for o, _ in post.outcomes]
    assert ("lost", "not connected") in causes
    assert ("", "") in causes
    until(lambda: len(post.outcomes) == 4, "the texts ask for no answer here", 5)


def test_one_that_calls_in_again_is_reached_over_its_new_wire(
    post: Post, link: LinkConfig, dial: Dial
) -> None:
    dial("0071")  # its power goes: nobody hears it hang up
    until(lambda: post.state.peers == 1, "it is there")
    again = dial("0071")
    until(lambda: post.state.peers == 2, "the old wire is not known to be dead")
    post.supervisor.order(link.id, SendText("71", "hello"), 0.1, post.keep)
    assert again.recv(100) == b"text 71 hello\n"


def test_zeros_before_a_number_are_padding(post: Post, port: int, dial: Dial) -> None:
    post.set_up("808", talker.FAMILY, TcpServerPlace(HERE, port), sources={"0138": "unit-1"})
    post.reach(LinkPhase.OPEN)
    dial("00138").sendall(b"pos 00138@35.0\n")
    until(lambda: len(post.readings) == 1, "its place has come")
    assert post.readings[0].serves == "unit-1"
    with pytest.raises(Refused, match="source_twice"):
        twice = {"0138": "unit-1", "138": "unit-2"}
        post.set_up("two", talker.FAMILY, TcpServerPlace(HERE, free_port()), sources=twice)


def test_orders_of_a_device_that_hangs_up_are_lost_and_the_others_stay(
    post: Post, link: LinkConfig, dial: Dial
) -> None:
    one, two = dial("t1"), dial("t2")
    two.sendall(b"pos t2@35.0\n")
    until(lambda: len(post.readings) == 1, "the second has said who it is, and more")
    one.sendall(b"pos t1@35.0\n")
    until(lambda: len(post.readings) == 2, "the first was heard last")
    post.supervisor.order(link.id, Probe(), 60.0, post.keep)
    assert one.recv(100) == b"probe 1\n"
    one.close()
    until(lambda: bool(post.outcomes), "its order is lost")
    assert post.outcomes[0][0].cause == "lost"
    until(lambda: post.state.peers == 1, "it is gone")
    two.sendall(b"pos t2@35.0\n")
    until(lambda: len(post.readings) == 3, "the other is heard")
    assert [one.serves for one in post.readings] == [None, "unit-1", None], "strangers move no unit"
    assert post.state.identity == "t2"
    assert (post.state.lost, post.state.cause) == (0, "")


def test_a_client_that_never_makes_sense_is_hung_up_on(
    post: Post, link: LinkConfig, dial: Dial
) -> None:
    good, bad = dial("t1"), dial("t2")
    until(lambda: post.state.peers == 2, "two are there")
    with pytest.raises(OSError):
        while True:
            bad.sendall(b"noise\n" * 2000)
    until(lambda: post.state.peers == 1, "it is gone")
    until(lambda: post.state.dropped == 1, "and counted")
    assert post.state.cause == "other_device"
    good.sendall(b"pos t1@35.0\n")
    until(lambda: len(post.readings) == 1, "the other is heard")


def test_a_client_over_which_the_driver_falls_goes_alone(
    post: Post, link: LinkConfig, dial: Dial, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = dial("t1"), dial("t2")
    until(lambda: post.state.peers == 2, "two are there")
    bad.sendall(b"bug \n")
    assert bad.recv(10) == b"", "it was hung up on"
    until(lambda: post.state.peers == 1, "it is gone")
    good.sendall(b"pos t1@35.0\n")
    until(lambda: len(post.readings) == 1, "the other is heard")
    assert (post.state.cause, post.state.lost) == ("bug", 0)
    assert "a bug of the driver" in caplog.text


def test_what_came_with_the_bytes_over_which_the_driver_fell_is_not_lost(
    post: Post, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Both(UdpPort):
        """Two devices whose first words come in one read."""

        said = False

        def read(self, timeout_s: float) -> list[Heard]:
            heard = super().read(timeout_s)
            if not self.said:
                self.said = True
                heard += [Heard("bad:1", b"bug \n"), Heard("good:1", b"pos t1@35.0\n")]
            return heard

    port = Both("", free_port(socket.SOCK_DGRAM))
    monkeypatch.setattr(runner, "port_for", lambda place: port)
    settings, sources = {"ask": False}, {"t1": "unit-1"}
    post.set_up("masts", talker.FAMILY, UdpPlace("", 40000), settings=settings, sources=sources)
    until(lambda: len(post.readings) == 1, "the other is heard")
    assert post.readings[0].serves == "unit-1"
    assert (post.state.peers, post.state.cause, post.state.lost) == (1, "bug", 0)
    assert "a bug of the driver" in caplog.text


def test_a_client_that_never_stops_leaves_the_others_their_turn(
    post: Post, link: LinkConfig, dial: Dial
) -> None:
    flood, quiet = dial("t1"), dial("t2")
    flood.setblocking(False)
    lines = b"pos t1@35.0\n" * 1000
    for count in range(1, 21):
        for _ in range(50):
            try:
                flood.send(lines)
            except BlockingIOError:
                break
        quiet.sendall(b"sos t2\n")
        until(partial(has_alarms, post, count), "the quiet one is heard amid the flood")
    assert post.state.peers == 2


def has_alarms(post: Post, count: int) -> bool:
    return alarms(post) == count


def alarms(post: Post) -> int:
    return sum(bool(place.alarms) for place in places(post))


def test_a_client_that_takes_nothing_is_dropped_and_its_orders_told(
    post: Post, link: LinkConfig, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    stalled = dial("t1")
    until(lambda: post.state.identity == "t1", "it is there")
    monkeypatch.setattr(runner, "GRACE_S", 0.0)
    given: list[str] = []

    def is_dropped() -> bool:  # soon, when what the system holds for it is full
        text = SendText("t1", "x" * 60_000)
        given.append(post.supervisor.order(link.id, text, 0.05, post.keep))
        return post.state.peers == 0

    until(is_dropped, "it is dropped", 30)
    until(lambda: len(post.outcomes) == len(given), "each order has an outcome")
    until(lambda: post.state.dropped == 1, "it is counted")
    assert {o.cause for o, _ in post.outcomes} <= {"no_answer", "lost", "dropped"}
    stalled.close()


def test_that_no_client_is_there_is_no_fault_of_the_link(
    post: Post, link: LinkConfig, dial: Dial
) -> None:
    one = dial("t1")
    one.sendall(b"pos t1@35.0\n")
    post.reach(LinkPhase.TRAFFIC)
    one.close()
    until(lambda: post.state.peers == 0, "it hung up")
    assert post.state.phase is LinkPhase.OPEN
    again = dial("t1")
    again.sendall(b"pos t1@35.1\n")
    until(lambda: len(post.readings) == 2, "it calls again")
    assert (post.state.lost, post.state.recovered) == (0, 0)


def test_a_port_of_ours_that_another_program_has(post: Post, port: int) -> None:
    with socket.create_server((HERE, port)):
        post.set_up("taken", talker.FAMILY, TcpServerPlace(HERE, port))
        until(lambda: post.state.cause == "in_use", "it is told")
        assert post.state.phase is LinkPhase.PLUGGED
    post.reach(LinkPhase.OPEN)


def test_a_device_over_datagrams_is_talked_to_from_the_opening_on(post: Post) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.bind((HERE, 0))
        device.settimeout(5)
        place = UdpPlace(HERE, device.getsockname()[1])
        link = post.set_up("repeater", talker.FAMILY, place)
        asked, console = device.recvfrom(100)
        assert asked == b"who\n"
        device.sendto(b"am repeater\n", console)
        until(lambda: post.state.identity == "repeater", "it said who it is")
        post.supervisor.order(link.id, SendText("anybody", "hello"), 0.1, post.keep)
        assert device.recv(100) == b"text anybody hello\n", "it carries whoever is named"


def test_devices_that_send_datagrams_to_our_port(post: Post) -> None:
    ours = free_port(socket.SOCK_DGRAM)
    post.set_up("masts", talker.FAMILY, UdpPlace("", ours), settings={"ask": False})
    post.reach(LinkPhase.OPEN)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        device.sendto(b"sos mast-1\n", (HERE, ours))
        until(lambda: alarms(post) == 1, "it is heard")
        until(lambda: post.state.peers == 1, "and counted")


def test_confirming_an_sos_reaches_its_terminal(
    post: Post, port: int, terminals: Terminals
) -> None:
    link = post.set_up("808", "jt808", TcpServerPlace(HERE, port))
    terminal = terminals.add("13800000001")
    until(lambda: terminal.is_in, "it is registered")
    terminal.sos(AT)
    until(lambda: alarms(post) > 0, "the SOS has come")
    post.supervisor.order(link.id, ConfirmAlarm("13800000001"), 5.0, post.keep)
    until(lambda: bool(post.outcomes), "an outcome")
    assert post.outcomes[0][0].done
    until(lambda: not terminal.is_calling_sos, "the terminal knows")
