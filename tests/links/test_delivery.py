"""Listeners that are slow or hang: no wire waits, telemetry is dropped and counted, alarms never."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    Inputs,
    LinkPhase,
    Other,
    Position,
    Probe,
    Reading,
    ReadingArrived,
    Status,
    presses,
)
from console.links.service import delivery
from console.links.service.delivery import MOST, Delivery, Queue
from tests.links import talker
from tests.links.rig import CALM, Post, until
from tests.links.talker import Talker

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LINK = LinkId("one")


def arrived(reading: Reading) -> ReadingArrived:
    return ReadingArrived(LINK, None, reading, AT)


def place(lat: float, *alarms: str) -> ReadingArrived:
    return arrived(Position("t1", lat, 117.0, True, alarms=alarms))


def lats(events: list[object]) -> list[float | None]:
    readings = [event.reading for event in events if isinstance(event, ReadingArrived)]
    return [reading.lat for reading in readings if isinstance(reading, Position)]


def drained(queue: Queue) -> list[object]:
    found: list[object] = []
    while taken := queue.take():
        found += taken
    return found


def test_what_may_be_dropped() -> None:
    assert not presses(Position("t1", 1.0, 2.0, True))
    assert not presses(Other("beat", {}, kind="heartbeat"))
    assert presses(Position("t1", None, None, False, alarms=("sos",)))
    assert presses(Status("7", 0))
    assert presses(Inputs(1, (True,)))


def test_the_oldest_telemetry_goes_and_is_counted_and_alarms_stay_in_their_order() -> None:
    queue = Queue(lambda: None)
    queue.put(place(-1.0, "sos"))
    for count in range(MOST + 10):
        queue.put(place(float(count)))
        if count == 500:
            queue.put(place(-2.0, "sos"))
    left = lats(drained(queue))
    assert queue.dropped == 10
    assert left[0] == -1.0
    assert left[1] == 10.0
    assert left[left.index(500.0) + 1] == -2.0
    assert len(left) == MOST + 2


def test_too_many_alarms_slow_their_device_down_and_none_is_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "MOST_PRESSING", 10)
    monkeypatch.setattr(delivery, "LONGEST_WAIT_S", 60.0)
    queue = Queue(lambda: None)
    alarms = [place(float(count), "sos") for count in range(100)]

    def put_all() -> None:
        for alarm in alarms:
            queue.put(alarm)

    putting = threading.Thread(target=put_all)
    putting.start()
    found: list[object] = []

    def have_come() -> bool:
        found.extend(queue.take())
        return len(found) == 100

    until(have_come, "all have come")
    putting.join()
    assert lats(found) == [float(count) for count in range(100)]
    for alarm in alarms[:10]:
        queue.put(alarm)
    monkeypatch.setattr(delivery, "LONGEST_WAIT_S", 0.01)
    queue.put(alarms[10])  # nobody takes any: it is kept all the same
    assert len(drained(queue)) == 11


def test_links_take_turns() -> None:
    told: list[object] = []
    news = Delivery(told.append)
    loud, quiet = news.queue(LinkId("loud")), news.queue(LinkId("quiet"))
    for count in range(900):
        loud.put(place(float(count)))
    quiet.put(place(-1.0))
    news.start()
    until(lambda: len(told) == 901, "all was told")
    news.stop()
    assert lats(told).index(-1.0) < 200


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


def test_a_listener_that_hangs_holds_up_no_wire(post: Post, device: Talker, bus: EventBus) -> None:
    goes_on = threading.Event()

    def hang(_: ReadingArrived) -> None:
        goes_on.wait(60)

    bus.subscribe(ReadingArrived, hang)
    link = post.connect(device, talker.FAMILY)
    until(lambda: post.state.identity == "radio-1", "it is there")
    for count in range(1, 51):
        device.write(b"pos t1@35.0\n" * 50 + b"sos t%d\n" % count)
        wanted = count * 51
        until(lambda wanted=wanted: post.state.frames == wanted, "it is heard")  # type: ignore[misc]
    post.supervisor.order(link.id, Probe(), 5.0, post.keep)
    until(lambda: bool(post.outcomes), "an order is answered")
    device.unplug()
    post.reach(LinkPhase.LOST)
    device.plug()
    until(lambda: post.state.opened, "it is open again")
    assert 400 < post.state.dropped <= 500
    goes_on.set()
    kept = 50 * 51 + 1 - post.state.dropped
    until(lambda: len(post.readings) == kept, "what was kept is told")
    places = [e.reading for e in post.readings if isinstance(e.reading, Position)]
    assert [p.source for p in places if p.alarms] == [f"t{n}" for n in range(1, 51)]
