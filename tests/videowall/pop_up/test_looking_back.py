"""What was before an event: held by the ring of a shown camera, recorded with it, played beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.reference import shipped
from console.core.words import Words
from console.drill.keyboard import press
from console.ui.background import Background
from console.videowall import service
from console.videowall.model import (
    Event,
    Phase,
    PopUpRule,
    Recording,
    Sight,
    Why,
)
from console.videowall.page import EventDesk, EventParts, PageParts, RecordingParts
from console.videowall.service import Wall
from console.videowall.service import recordings as acts
from console.videowall.service.recorder import Recorder
from console.wiring import film_listeners
from tests.conftest import HandClock
from tests.videowall.conftest import camera
from tests.videowall.films import write_film
from tests.videowall.recorded import DUTY, HandWall, ids, kept, recorded, trail

PAST_S = 5.0


def running(database: Database, recorder: Recorder, seconds: float, since_s: float) -> Recording:
    """A recording that was asked for so long ago and holds so much."""
    one = recorder.begin(SYSTEM, ids(database)[0], Why.CALL, "c-1")
    write_film(acts.file_of(database, one), seconds)
    clock = database.clock
    assert isinstance(clock, HandClock)
    clock.pass_(since_s)
    return one


def test_what_lies_before_is_known_and_the_look_is_logged(
    database: Database, recorder: Recorder, hand_wall: HandWall
) -> None:
    one = running(database, recorder, 6.0, 2.0)
    assert service.before_s(database, one.id) == pytest.approx(4.0, abs=1.1)
    back = service.look_back(database, DUTY, one.id, "事件联动：JQ0001")
    assert back.file == acts.file_of(database, one) and back.before_s > 2
    with database.read() as connection:
        (look,) = acts.looks(connection, one.id)
    assert (look.by, look.reason) == ("officer:0102", "事件联动：JQ0001")
    assert [name for name, _ in trail(database)] == ["recording.begin", "recording.look"]


def test_nothing_before_an_ended_one_and_no_reason_are_refused(
    database: Database, recorder: Recorder, hand_wall: HandWall
) -> None:
    one = running(database, recorder, 2.0, 30.0)
    with pytest.raises(Refused, match="nothing_before"):
        service.look_back(database, DUTY, one.id, "核查")
    with pytest.raises(Refused, match="no_reason"):
        service.look_back(database, DUTY, one.id, " ")
    with pytest.raises(Refused):
        service.look_back(database, Actor("officer", "0105", frozenset()), one.id, "核查")


def test_a_kept_one_is_played_on_its_own_page(
    database: Database, recorder: Recorder, hand_wall: HandWall
) -> None:
    one = recorded(database, recorder)
    assert kept(database, one.id).size
    with pytest.raises(Refused, match="not_recording"):
        service.look_back(database, DUTY, one.id, "核查")


def test_before_its_first_second_is_written_nothing_is_known(
    database: Database, recorder: Recorder, hand_wall: HandWall
) -> None:
    one = recorder.begin(SYSTEM, ids(database)[0], Why.CALL)
    assert service.before_s(database, one.id) is None


def test_the_tile_with_the_longest_past_is_recorded(
    database: Database, recorder: Recorder, hand_wall: HandWall
) -> None:
    (name, picture) = next(iter(hand_wall.shown.items()))
    hand_wall.shown = {
        "event-1": replace(picture, shown=3),
        name: replace(picture, shown=900),
    }
    asked: list[str] = []
    hand_wall.record = lambda tile, *_: asked.append(tile)  # type: ignore[method-assign]
    recorder.begin(SYSTEM, ids(database)[0], Why.CALL)
    assert asked == [name]


@pytest.fixture
def recording_wall(database: Database) -> Iterator[tuple[Wall, Recorder]]:
    bus = EventBus()
    wall = Wall(on_news=bus.publish)
    made = Recorder(database, wall, 0.2)
    for kind, listener in film_listeners(made):
        bus.subscribe(kind, listener)
    made.start()
    yield wall, made
    made.stop()
    wall.stop()


def test_the_seconds_before_are_in_the_recording_and_play_beside_the_living_picture(
    database: Database,
    recording_wall: tuple[Wall, Recorder],
    background: Background,
    clock: HandClock,
    qtbot: QtBot,
) -> None:
    wall, recorder = recording_wall
    one = service.add_camera(database, DUTY_TECHNICIAN, camera())
    wall.show("stage", one, 0)  # as on the wall, before anything happened
    qtbot.waitUntil(lambda: wall.picture("stage").shown > PAST_S * 15, timeout=30_000)
    window = QWidget()
    qtbot.addWidget(window)
    parts = PageParts(database, wall, background, on_duty, say_nothing, say_nothing)
    films = RecordingParts(
        database, wall, recorder, background, clock, on_duty, say_nothing, lambda _: None
    )
    desk = EventDesk(EventParts(parts, films, window, window), window)
    desk.region.setParent(window)
    window.resize(1000, 260)
    desk.region.resize(1000, 220)
    window.show()
    rule = PopUpRule.of(shipped("pop_ups"))
    sights = (Sight(one, 12.0, True),)
    try:
        desk.put(Event(Why.CALL, "c-1", Words("JQ1", "JQ1"), "", 1, clock.now(), sights), rule)
        qtbot.waitUntil(lambda: recorder.of_camera(one.id) is not None, timeout=20_000)
        qtbot.waitUntil(lambda: desk.recorder.before_s.get(one.id, 0) > PAST_S - 2, timeout=20_000)
        qtbot.waitUntil(desk.region.before_button.isVisible)
        press(window, "Ctrl+J")
        qtbot.waitUntil(lambda: desk.region.film.tile.living, timeout=20_000)
        assert [box.tile.living for box in desk.region.shown_boxes] == [True, True]
        assert wall.picture("event-before").phase is Phase.PLAYING
        assert desk.region.film.head.face.word == "事前回放"
        assert "SX001" in desk.region.film.head.name
        press(window, "Ctrl+J")
        assert not desk.region.film.isVisible() and wall.picture("event-before").shown == 0
        recording = recorder.of_camera(one.id)
        assert recording is not None
        press(window, "Ctrl+W")
        qtbot.waitUntil(lambda: kept(database, recording.id).size is not None, timeout=20_000)
        assert (kept(database, recording.id).length_s or 0) > PAST_S
        assert kept(database, recording.id).call_id == "c-1"
    finally:
        desk.stop()


DUTY_TECHNICIAN = Actor("officer", "0105", frozenset({"duty_officer", "technician"}))


def on_duty() -> Actor:
    return DUTY


def say_nothing(*_: object) -> None:
    """What is said is not looked at here."""
