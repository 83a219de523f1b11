"""The room over a real link: a simulated TETRA radio at a serial port of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links import service as links
from console.links.model import LinkChanged, LinkConfig, LinkPhase, ReadingArrived, SerialPlace
from console.links.service import Supervisor
from console.radio import service
from console.radio.model import (
    ChannelPhase,
    Exchange,
    Kind,
    NewChannel,
    State,
    StatusHeard,
    TalkPhase,
    Target,
)
from console.radio.service import Desk, RadioRoom, Wanted
from drivers.sim.tetra import TetraRadio

CAR = "unit-car"


@dataclass
class Station:
    """The room, its link and the radio at its other end."""

    database: Database
    radio: TetraRadio
    room: RadioRoom
    links: Supervisor
    officer: Actor
    link_id: str
    heard: list[StatusHeard]

    def until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + 15
        while not true():
            assert time.monotonic() < end, "it did not come"
            threading.Event().wait(0.01)

    @property
    def phase(self) -> TalkPhase:
        return self.room.floor.talk.phase

    def lines(self) -> list[Exchange]:
        with self.database.read() as connection:
            return service.exchanges(connection, Wanted(), None, 100)


@pytest.fixture
def station(database: Database, bus: EventBus, officer: Actor, tmp_path: Path) -> Iterator[Station]:
    database.clock = SystemClock()
    radio = TetraRadio("tetra", tmp_path / "ports")
    radio.start()
    place = SerialPlace(radio.identity)
    made = links.set_up_link(
        database, officer, LinkConfig(LinkId(""), "固定台", "tetra", place, sources={"2001": CAR})
    )
    service.add_channel(database, officer, NewChannel(made.id, "501", "指挥"))
    supervisor = Supervisor(database, bus, database.clock)
    room = RadioRoom(database, bus, database.clock, supervisor)
    room.who = partial(Desk, officer, "call-7")
    bus.subscribe(ReadingArrived, room.take)
    bus.subscribe(LinkChanged, room.link_changed)
    heard: list[StatusHeard] = []
    bus.subscribe(StatusHeard, heard.append)
    room.start()
    supervisor.start()
    found = Station(database, radio, room, supervisor, officer, made.id, heard)
    found.until(lambda: any(one.identity for one in supervisor.snapshot()))
    yield found
    room.stop()
    supervisor.stop()
    radio.stop()


def test_a_text_reaches_the_crew_and_its_receipt_the_log(station: Station) -> None:
    to = Target(station.link_id, "2001", CAR)
    station.room.sending.text(station.officer, to, "到文化街", "call-7")
    station.until(lambda: station.radio.texts == [("2001", "到文化街")])
    station.until(lambda: station.lines()[0].state is State.RECEIVED)
    station.radio.unreachable.add("2001")
    station.room.sending.text(station.officer, to, "回站")
    station.until(lambda: station.lines()[0].state is State.FAILED)
    assert station.lines()[0].cause == "unreachable"


def test_a_crews_status_and_text_are_heard_with_their_meaning(station: Station) -> None:
    station.radio.send_status("2001", 0x8004)
    station.until(lambda: station.heard)
    assert (station.heard[0].meaning, station.heard[0].unit_id) == ("arrive", CAR)
    station.radio.send_text("2001", "已到")
    station.until(lambda: station.lines()[0].text == "已到")
    (radio,) = station.room.view().radios
    assert (radio.heard_by, radio.link_up) == ("text", True)


def test_a_talk_gets_its_permit_and_the_radio_stops_sending(station: Station) -> None:
    station.room.press()
    station.until(lambda: station.phase is TalkPhase.TALKING)
    assert station.radio.talking
    station.room.let_go()
    station.until(lambda: not station.radio.talking)
    station.until(lambda: [one.state for one in station.lines()] == [State.DONE])


@pytest.mark.parametrize("ptt", ["deny", "reject", "another"])
def test_a_talk_without_a_permit_says_so(station: Station, ptt: str) -> None:
    station.radio.ptt = ptt
    station.room.press()
    station.until(lambda: station.phase is TalkPhase.DENIED)
    ours = State.FAILED  # where another one talks, his over stands beside it
    station.until(lambda: [o.state for o in station.lines() if o.kind is Kind.TALK] == [ours])


def test_a_talk_waits_in_the_queue_and_is_granted(station: Station) -> None:
    station.radio.ptt = "queue"
    station.room.press()
    station.until(lambda: station.phase is TalkPhase.QUEUED)
    station.radio.grant()
    station.until(lambda: station.phase is TalkPhase.TALKING)
    station.room.stop()  # whoever ends the console leaves no open microphone
    assert not station.radio.talking


def test_a_radio_that_is_pulled_while_it_talks_ends_the_talk(station: Station) -> None:
    station.room.press()
    station.until(lambda: station.phase is TalkPhase.TALKING)
    station.radio.unplug()
    station.until(lambda: station.phase is TalkPhase.DENIED)
    assert station.room.floor.talk.cause == "lost"
    station.radio.plug()
    station.until(lambda: [one.phase for one in station.links.snapshot()] == [LinkPhase.TRAFFIC])
    station.room.let_go()
    station.until(lambda: station.phase is TalkPhase.IDLE)
    station.room.press()
    station.until(lambda: station.phase is TalkPhase.TALKING)


def test_a_call_of_a_crew_is_received_and_ends(station: Station) -> None:
    call = station.radio.call("2001", "501")
    station.until(lambda: station.room.board.states()[0].phase is ChannelPhase.RECEIVE)
    assert station.room.board.states()[0].unit_id == CAR
    station.radio.end_call(call)
    station.until(lambda: station.room.board.states()[0].phase is ChannelPhase.QUIET)
    station.until(lambda: [one.state for one in station.lines()] == [State.HEARD])


def test_a_call_for_help_is_open_until_confirmed(station: Station) -> None:
    for _ in range(5):
        station.radio.sos("2001")
    station.until(lambda: [one.count for one in station.room.view().emergencies] == [5])
    assert station.room.view().emergencies[0].unit_id == CAR
