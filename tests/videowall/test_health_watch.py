"""The watch over the cameras' health: what the wall shows, and the patrol, which gives way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.roster.model import DutyLevel
from console.roster.service import set_duty_level
from console.videowall import service
from console.videowall.model import Camera, CameraId, Failure, Phase, Picture, Stream, Verdict
from console.videowall.model.health import Looker, Rate
from console.videowall.service import health
from console.videowall.service.health_watch import HealthWatch
from console.videowall.service.inspection import TILE, Inspection, spare_screen
from tests.conftest import HandClock
from tests.videowall.conftest import camera, until
from tests.videowall.rtsp_server import RtspServer, film

LIVES = Picture(phase=Phase.PLAYING, shown=90, age_s=0.1, verdict=Verdict.GOOD)
DEAD = Picture(phase=Phase.FAILED, failure=Failure.NO_ANSWER)


class HandScreen:
    """What the patrol decodes on: pictures stand as the test says, by the camera's number."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.shown: Camera | None = None
        self.pictures: dict[str, Picture] = {}
        self.ended = False

    def show(self, tile: str, camera: Camera, window: int, stream: Stream = Stream.SUB) -> None:
        assert (tile, window, self.shown) == (TILE, 0, None)
        self.asked.append(camera.number)
        self.shown = camera

    def hide(self, tile: str) -> None:
        self.shown = None

    def picture(self, tile: str) -> Picture:
        assert self.shown is not None
        return self.pictures.get(self.shown.number, LIVES)

    def stop(self, timeout_s: float = 4.0) -> None:
        self.ended = True


class Wall:
    """What the officers see."""

    def __init__(self) -> None:
        self.shown: dict[str, Picture] = {}

    def pictures(self) -> dict[str, Picture]:
        return dict(self.shown)


class Scene:
    """A watch that is turned by hand, half a second at a time."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.wall, self.screen, self.load = Wall(), HandScreen(), 10.0
        inspection = Inspection(clock, self.screen, lambda: self.load)
        self.watch = HealthWatch(database, self.wall, inspection, lambda lat, lon: True)

    def turn(self, seconds: float) -> None:
        for _ in range(round(seconds * 2)):
            self.watch.turn()
            self.clock.pass_(0.5)

    def show(self, one: Camera, picture: Picture, tile: str = "main") -> None:
        self.wall.shown[tile] = replace(picture, camera_id=one.id)

    def failing(self) -> list[tuple[str, Rate, str]]:
        with self.database.read() as connection:
            rows = health.failing(connection)
        return [(row.camera.number, row.fault.rate, row.fault.cause) for row in rows]


@pytest.fixture
def cameras(database: Database, officer: Actor) -> list[Camera]:
    return [
        service.add_camera(database, officer, camera(number=f"SX{n:03}", direction_deg=90.0))
        for n in range(1, 4)
    ]


@pytest.fixture
def scene(database: Database, clock: HandClock, cameras: list[Camera]) -> Scene:
    return Scene(database, clock)


def test_the_patrol_goes_through_all_cameras_one_at_a_time_and_comes_again_after_its_time(
    scene: Scene,
) -> None:
    scene.turn(59)
    assert scene.screen.asked == []  # the desk comes first
    scene.turn(3 * 40)
    assert scene.screen.asked == ["SX001", "SX002", "SX003"]
    with scene.database.read() as connection:
        found = health.looks(connection)
    assert {one.by for one in found.values()} == {Looker.PATROL}
    scene.turn(600)
    assert len(scene.screen.asked) == 3  # none is due
    scene.clock.pass_(3600)
    scene.turn(3 * 40)
    assert len(scene.screen.asked) == 6


def test_a_camera_that_fails_is_looked_at_again_sooner_and_its_fault_ends(
    scene: Scene, cameras: list[Camera]
) -> None:
    scene.screen.pictures["SX002"] = DEAD
    begun = scene.clock.now()
    scene.turn(180)
    assert scene.failing() == [("SX002", Rate.ONLINE, "no_answer")]
    assert scene.watch.lives() == {cameras[0].id: True, cameras[1].id: False, cameras[2].id: True}
    del scene.screen.pictures["SX002"]
    scene.turn(400)
    assert scene.failing() == []
    assert scene.screen.asked.count("SX002") == 2 and scene.screen.asked.count("SX001") == 1
    with scene.database.read() as connection:
        (fault,) = health.faults_of(connection, cameras[1].id)
    assert fault.until is not None and begun < fault.since < fault.until


def test_a_frozen_picture_ends_the_look_and_is_not_intact(scene: Scene) -> None:
    scene.screen.pictures["SX001"] = replace(LIVES, verdict=Verdict.FROZEN)
    scene.turn(62)
    assert scene.failing() == [("SX001", Rate.INTACT, "frozen")]
    assert scene.screen.shown is None


@pytest.mark.parametrize("why", ["full wall", "busy machine", "wartime duty"])
def test_the_patrol_gives_way_and_what_it_broke_off_found_nothing(
    scene: Scene, officer: Actor, why: str
) -> None:
    scene.screen.pictures = {f"SX00{n}": DEAD for n in (1, 2, 3)}
    scene.turn(65)
    assert scene.screen.shown is not None
    if why == "full wall":
        scene.wall.shown = {f"t{n}": Picture() for n in range(16)}
    elif why == "busy machine":
        scene.load = 90.0
    else:
        set_duty_level(scene.database, officer, DutyLevel.WARTIME)
    scene.turn(11)
    assert scene.screen.shown is None and scene.failing() == []
    asked = list(scene.screen.asked)
    scene.turn(300)
    assert scene.screen.asked == asked
    scene.wall.shown.clear()
    scene.load = 10.0
    set_duty_level(scene.database, officer, DutyLevel.DAILY)
    scene.turn(60)
    assert len(scene.screen.asked) > len(asked)


def test_what_is_on_the_wall_needs_no_patrol_and_is_lost_after_a_while(
    scene: Scene, cameras: list[Camera]
) -> None:
    scene.show(cameras[0], LIVES)
    scene.turn(120)
    assert "SX001" not in scene.screen.asked
    scene.show(cameras[0], replace(DEAD, phase=Phase.STALLED, failure=None, shown=9, age_s=4.0))
    scene.turn(10)
    assert scene.failing() == []
    scene.turn(8)
    assert scene.failing() == [("SX001", Rate.ONLINE, "stalled")]
    scene.show(cameras[0], replace(LIVES, verdict=None), "second")  # it lives in another tile
    scene.turn(1)
    assert scene.failing() == []
    with scene.database.read() as connection:
        assert health.looks(connection)[cameras[0].id].by is Looker.WALL


@pytest.mark.parametrize("failure", [Failure.NO_OUTPUT, Failure.NO_PLAYER])
def test_a_machine_that_cannot_draw_says_nothing_of_cameras(
    scene: Scene, cameras: list[Camera], failure: Failure
) -> None:
    scene.show(cameras[0], replace(DEAD, failure=failure))
    scene.screen.pictures["SX002"] = replace(DEAD, failure=failure)
    scene.turn(200)
    with scene.database.read() as connection:
        assert set(health.looks(connection)) == {cameras[2].id}
    assert scene.failing() == []


def test_a_film_that_is_replayed_is_no_camera(scene: Scene, cameras: list[Camera]) -> None:
    scene.wall.shown["replay"] = replace(DEAD, camera_id="a-recording")
    scene.turn(40)
    assert scene.watch.lives() == {}


def test_one_off_by_plan_is_not_looked_at_and_says_nothing(
    scene: Scene, officer: Actor, cameras: list[Camera]
) -> None:
    scene.screen.pictures["SX001"] = DEAD
    scene.turn(90)
    assert scene.failing() != []
    until_ = scene.clock.now() + timedelta(hours=2)
    health.plan_outage(scene.database, officer, cameras[0].id, until_, "立杆迁移")
    scene.turn(600)
    assert scene.failing() == [] and scene.screen.asked.count("SX001") == 1
    assert scene.watch.lives()[cameras[0].id] is None
    scene.clock.pass_(7200)
    scene.turn(60)
    assert scene.screen.asked[-1] == "SX001" or scene.screen.asked.count("SX001") == 2


def test_a_wish_comes_first_and_at_once(scene: Scene, cameras: list[Camera]) -> None:
    scene.watch.look_at(cameras[2].id)
    scene.watch.look_at(CameraId("gone"))
    scene.turn(2)
    assert scene.screen.asked == ["SX003"]
    looked = scene.watch.looks_at
    assert looked is not None and looked.number == "SX003"


def test_the_end_of_the_watch_ends_its_process(scene: Scene) -> None:
    scene.watch.start()
    scene.watch.stop()
    assert scene.screen.ended


@pytest.fixture
def server() -> Iterator[RtspServer]:
    black = film("160x120", 10, pattern="black")
    made = RtspServer({"good": film("160x120", 10), "black": black})
    made.start()
    yield made
    made.stop()


@pytest.mark.timeout(180)
def test_a_real_camera_fails_and_comes_back(
    database: Database, officer: Actor, server: RtspServer
) -> None:
    """Of a real server, in a real process without a window: good, black, gone, back again."""
    live = service.add_camera(
        database, officer, camera(server.address("good"), "SX001", direction_deg=0.0)
    )
    service.add_camera(
        database, officer, camera(server.address("black"), "SX002", direction_deg=0.0)
    )
    inspection = Inspection(SystemClock(), spare_screen(), lambda: 0.0, begin_s=0.0)
    database.clock = SystemClock()
    watch = HealthWatch(database, Wall(), inspection, lambda lat, lon: True, 0.1)

    def failing() -> set[tuple[str, str]]:
        with database.read() as connection:
            return {(row.camera.number, row.fault.cause) for row in health.failing(connection)}

    watch.start()
    try:
        until(lambda: live.id in watch.lives(), 60)
        assert failing() == set()
        watch.look_at(service_id(database, "SX002"))
        until(lambda: failing() == {("SX002", "black")}, 60)
        server.stop()
        watch.look_at(live.id)
        until(lambda: len(failing()) == 2, 60)
        server.start()
        watch.look_at(live.id)
        until(lambda: failing() == {("SX002", "black")}, 60)
    finally:
        watch.stop()
    with database.read() as connection:
        (fault,) = health.faults_of(connection, live.id)
    assert fault.until is not None and fault.until > fault.since


def service_id(database: Database, number: str) -> CameraId:
    with database.read() as connection:
        return service.cameras(connection, number)[0].id
