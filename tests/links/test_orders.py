"""Orders to a device: each has one outcome, in time, whatever becomes of the wire."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    Lamp,
    LinkConfig,
    LinkPhase,
    Outcome,
    Piece,
    PressToTalk,
    Probe,
    SendText,
    TcpPlace,
)
from console.links.service import asking, change_link, runner
from tests.links import talker
from tests.links.rig import CALM, Post, until
from tests.links.talker import Talker


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
def device(tmp_path: Path) -> Iterator[Talker]:
    made = Talker("radio-1", tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def link(post: Post, device: Talker) -> LinkConfig:
    made = post.connect(device, talker.FAMILY)
    until(lambda: post.state.identity == "radio-1", "it said who it is")
    return made


def told(post: Post, count: int) -> list[Outcome]:
    until(lambda: len(post.outcomes) >= count, f"{count} outcomes")
    assert len(post.outcomes) == count
    return [outcome for outcome, _ in post.outcomes]


def test_an_order_goes_out_at_once_and_its_answer_is_told_in_the_links_thread(
    post: Post, device: Talker, link: LinkConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "READ_S", 30.0)  # only a wake ends a wait in time
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    told(post, 1)
    post.outcomes.clear()
    order_id = post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    (outcome,) = told(post, 1)
    assert outcome == Outcome(order_id, True, fields={"told": "2"})
    assert post.outcomes[0][1] == "link radio-1"
    until(lambda: (post.state.orders, post.state.failed_orders) == (2, 0), "they are counted")
    monkeypatch.undo()
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    until(lambda: post.state.orders == 3, "and the last")


def test_what_a_device_will_not_or_cannot_do_is_told_with_its_cause(
    post: Post, device: Talker, link: LinkConfig
) -> None:
    device.reply = b"no"
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    assert told(post, 1)[0][1:4] == (False, "refused", "no")
    post.supervisor.order(link.id, PressToTalk(), 5.0, post.keep)
    assert told(post, 2)[1][1:4] == (False, "not_supported", "cannot PressToTalk")
    device.reply = b""
    post.supervisor.order(link.id, Probe(), 0.1, post.keep)
    assert told(post, 3)[2][1:3] == (False, "no_answer")
    until(lambda: post.state.failed_orders == 3, "they are counted")


def test_an_order_that_its_talk_forgot_is_failed_all_the_same(
    post: Post, device: Talker, link: LinkConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "GRACE_S", 0.1)
    post.supervisor.order(link.id, SendText("7", "hello"), 0.1, post.keep)
    assert told(post, 1)[0][1:3] == (False, "no_answer")
    until(lambda: b"text 7 hello" in device.words, "and its bytes went out")


def test_orders_for_a_link_that_is_not_there_or_not_open_are_lost_at_once(
    post: Post, tmp_path: Path
) -> None:
    post.supervisor.order(LinkId("none"), Probe(), 5.0, post.keep)
    away = Talker("radio-9", tmp_path)
    link = post.connect(away, talker.FAMILY)
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    assert [(o.cause, thread) for o, thread in post.outcomes] == [("lost", "MainThread")] * 2


def test_orders_that_wait_when_the_wire_goes_are_lost(
    post: Post, device: Talker, link: LinkConfig
) -> None:
    device.reply = b""
    for _ in range(3):
        post.supervisor.order(link.id, Probe(), 60.0, post.keep)
    until(lambda: b"probe 3" in device.words, "they went out")
    device.unplug()
    assert {outcome.cause for outcome in told(post, 3)} == {"lost"}


def test_orders_that_wait_when_the_link_is_stopped_are_lost(
    post: Post, device: Talker, link: LinkConfig
) -> None:
    device.reply = b""
    post.supervisor.order(link.id, Probe(), 60.0, post.keep)
    post.supervisor.stop()
    assert told(post, 1)[0].cause == "lost"
    post.supervisor.start()


def test_no_more_than_64_wait(post: Post, device: Talker, link: LinkConfig) -> None:
    device.reply = b""
    for _ in range(asking.MOST + 2):
        post.supervisor.order(link.id, Probe(), 60.0, post.keep)
    assert [(o.cause, thread) for o, thread in post.outcomes] == [("dropped", "MainThread")] * 2
    device.reply = b"ok"
    device.write(b"".join(b"ok %d\n" % n for n in range(1, asking.MOST + 1)))
    told(post, asking.MOST + 2)
    assert sum(outcome.done for outcome, _ in post.outcomes) == asking.MOST


def test_every_order_has_one_outcome_while_the_device_is_pulled_again_and_again(
    post: Post, device: Talker, link: LinkConfig
) -> None:
    given: list[str] = []

    def press() -> None:
        for _ in range(100):
            given.append(post.supervisor.order(link.id, Probe(), 0.5, post.keep))
            threading.Event().wait(0.002)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        device.unplug()
        device.plug()
        threads[0].join(0.1)
    for thread in threads:
        thread.join()
    told(post, 400)
    assert Counter(outcome.order_id for outcome, _ in post.outcomes) == Counter(given)
    assert {o.cause for o, _ in post.outcomes} <= {"", "lost", "no_answer", "dropped"}


def test_what_fails_in_the_telling_does_not_stop_the_link(
    post: Post, link: LinkConfig, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Outcome) -> None:
        raise RuntimeError("a bug of the teller")

    post.supervisor.order(link.id, Probe(), 5.0, fail)
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    assert told(post, 1)[0].done
    assert "a bug of the teller" in caplog.text


def test_a_link_can_be_listened_in_on(post: Post, device: Talker, link: LinkConfig) -> None:
    pieces: list[Piece] = []

    def fail(_: Piece) -> None:
        raise RuntimeError("a bug of the page")

    ends = [post.supervisor.tap(link.id, hear) for hear in (fail, pieces.append)]
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    told(post, 1)
    out, back = pieces
    assert (out.outward, out.data, out.messages) == (True, b"probe 1\n", ())
    assert (back.outward, back.data) == (False, b"ok 1\n")
    assert [getattr(message, "what", "") for message in back.messages] == ["ok"]
    device.unplug()
    post.reach(LinkPhase.LOST)
    device.plug()
    until(lambda: pieces[-1].data == b"am radio-1\n", "also after a replug")
    for end in ends:
        end()
    heard = len(pieces)
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    told(post, 2)
    assert len(pieces) == heard


def test_the_lamps_follow_what_is_known(post: Post, device: Talker, link: LinkConfig) -> None:
    lamps = post.state.lamps
    assert (lamps.plugged, lamps.opened, lamps.identified) == (Lamp.ON, Lamp.ON, Lamp.ON)
    device.write(b"beat 1\n")
    until(lambda: post.state.lamps.heartbeat is Lamp.ON, "it beats")
    assert post.state.phase is LinkPhase.TRAFFIC, "a beat is traffic, though it is no reading"
    assert post.state.beat_at is not None and post.state.frames == 0
    device.unplug()
    until(lambda: post.state.lamps.plugged is Lamp.OFF, "pulled")
    lamps = post.state.lamps
    assert (lamps.opened, lamps.identified, lamps.traffic) == (Lamp.OFF, Lamp.NONE, Lamp.NONE)
    assert lamps.heartbeat is Lamp.OFF
    device.called = "radio-2"
    device.plug()
    until(lambda: post.state.lamps.identified is Lamp.LATE, "another device on the old port")
    assert (post.state.identity, post.state.cause) == ("radio-2", "other_device")


def test_an_address_that_nobody_has_shows_no_plug(post: Post) -> None:
    post.set_up("gateway", talker.FAMILY, TcpPlace("127.0.0.1", 1), settings={"ask": False})
    until(lambda: post.state.lamps.opened is Lamp.LATE, "it cannot be opened")
    assert post.state.lamps.plugged is Lamp.NONE


def test_other_settings_begin_the_talk_anew_and_other_units_do_not(
    post: Post, device: Talker, link: LinkConfig
) -> None:
    moved = change_link(post.database, post.officer, replace(link, sources={"t1": "unit-1"}))
    until(lambda: post.state.config == moved, "it was told")
    device.write(b"pos t1@35.0\n")
    until(lambda: len(post.readings) == 1, "it is heard")
    assert post.readings[0].serves == "unit-1"
    assert device.words == [b"who"], "the wire was not opened anew"
    asked = change_link(post.database, post.officer, replace(moved, settings={"ask": False}))
    until(lambda: post.state.config == asked and post.state.opened, "the link runs anew")
    device.write(b"pos t1@35.1\n")
    until(lambda: len(post.readings) == 2, "it is heard")
    assert post.state.identity == "", "nobody asked"
    assert device.words == [b"who"]
