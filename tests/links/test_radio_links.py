"""Radios and modems through the whole links: opened, ordered about, lost and found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.links.model import (
    AskPosition,
    LinkPhase,
    Outcome,
    Position,
    PressToTalk,
    Probe,
    RadioCall,
    ReleaseTalk,
    SendText,
    TcpPlace,
    Text,
    UdpPlace,
)
from drivers.sim.hytera import HyteraMobile, HyteraRepeater
from drivers.sim.hytera_radios import Place
from drivers.sim.kiss import KissModem
from drivers.sim.rigctl import RigDaemon
from tests.links.rig import CALM, Post, until

QUICKLY = {"beat_s": 0.2, "answer_s": 0.1, "groups": ["100"]}


@pytest.fixture
def post(database: Database, bus: EventBus, officer: Actor) -> Iterator[Post]:
    made = Post(database, bus, officer, CALM)
    made.supervisor.start()
    yield made
    made.supervisor.stop()


def ordered(post: Post, link: Any, order: Any, deadline_s: float = 5.0) -> Outcome:
    count = len(post.outcomes)
    post.supervisor.order(link.id, order, deadline_s, post.keep)
    until(lambda: len(post.outcomes) > count, f"the outcome of {order}")
    return post.outcomes[-1][0]


def said(post: Post, kind: type[Any]) -> list[Any]:
    return [event.reading for event in post.readings if isinstance(event.reading, kind)]


def served(post: Post, kind: type[Any]) -> list[str | None]:
    return [event.serves for event in post.readings if isinstance(event.reading, kind)]


def test_a_repeater_on_the_network(post: Post) -> None:
    repeater = HyteraRepeater()
    repeater.start()
    try:
        place = UdpPlace(repeater.host, repeater.port)
        link = post.set_up("repeater", "hytera", place, settings=QUICKLY, sources={"1002": "u1"})
        until(lambda: post.state.identity == "hstrp 1", "it said who it is")
        radios = repeater.radios
        radios.places["1002"] = Place(35.4, 117.0, datetime(2026, 11, 21, tzinfo=UTC))
        assert ordered(post, link, SendText("1002", "速到西门")).done
        assert ordered(post, link, PressToTalk("100")).done
        assert ordered(post, link, ReleaseTalk()).done
        number = repeater.say(radios.sos("1002"))
        until(lambda: number in repeater.acknowledged, "the emergency was taken")
        until(lambda: bool(said(post, Position)), "and told")
        assert [one.alarms for one in said(post, Position)] == [("sos",)]
        assert served(post, Position) == ["u1"]
        repeater.unplug()
        assert ordered(post, link, Probe(), 0.5).cause == "no_answer"
        repeater.plug()
        until(lambda: repeater.connected, "it is connected again")
        until(lambda: ordered(post, link, Probe()).done, "and takes orders")
    finally:
        repeater.stop()


def test_a_radio_on_a_serial_port_is_unplugged_and_comes_back(post: Post, tmp_path: Path) -> None:
    mobile = HyteraMobile("radio", tmp_path)
    mobile.start()
    try:
        link = post.connect(mobile, "hytera", settings={**QUICKLY, "carrier": "hrnp"})
        until(lambda: post.state.identity == "hrnp 10", "it said who it is")
        mobile.radios.online.add("1002")
        assert ordered(post, link, SendText("1002", "x")).done
        mobile.unplug()
        post.reach(LinkPhase.LOST)
        assert ordered(post, link, Probe()).cause == "lost"
        mobile.plug()
        until(lambda: mobile.connected, "it is connected again")
        until(lambda: ordered(post, link, Probe()).done, "and takes orders")
        mobile.say(mobile.radios.text("1002", "到场", "64250"))
        until(lambda: [one.text for one in said(post, Text)] == ["到场"], "its text is told")
    finally:
        mobile.stop()


def test_a_rigctld_that_falls_mute_is_called_anew(post: Post) -> None:
    daemon = RigDaemon()
    daemon.start()
    try:
        place = TcpPlace(daemon.host, daemon.port)
        link = post.set_up("rig", "rigctl", place, settings={"poll_s": 0.05, "answer_s": 0.2})
        until(lambda: post.state.identity == "Post Simulated", "it said who it is")
        assert ordered(post, link, PressToTalk()).done
        assert daemon.ptt
        daemon.answers = False
        assert ordered(post, link, Probe(), 5.0).cause in ("no_answer", "lost")
        daemon.answers = True
        until(lambda: not daemon.ptt, "the key that was down came up")
        until(lambda: ordered(post, link, Probe()).done, "it takes orders again")
        assert LinkPhase.LOST in post.changes
        assert said(post, RadioCall)[0].granted is True
    finally:
        daemon.stop()


def test_a_modem_with_its_trackers(post: Post, tmp_path: Path) -> None:
    modem = KissModem("modem", tmp_path)
    modem.start()
    try:
        modem.near["CREW-3"] = (35.4, 117.0)
        link = post.connect(modem, "kiss", settings={"call": "POST01-7"}, sources={"CREW-3": "u3"})
        post.reach(LinkPhase.OPEN)
        assert ordered(post, link, AskPosition("CREW-3")).done
        assert [one.source for one in said(post, Position)] == ["CREW-3"]
        assert served(post, Position) == ["u3"]
    finally:
        modem.stop()
