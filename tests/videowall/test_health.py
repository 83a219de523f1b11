"""Camera health: a camera fails, the figure and the list say so, it is mended, the fault has its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from console.alarms.model import Kind
from console.alarms.service import AlarmWatch, Sights
from console.alarms.service.looking import every_open
from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.tables import audit_trail
from console.videowall import service
from console.videowall.model import Camera, Picture, Verdict
from console.videowall.model.health import Fault, Figure, Found, HealthChanged, HealthRule, Rate
from console.videowall.service import health
from console.wiring import watched_cameras
from tests.conftest import HandClock
from tests.videowall.conftest import camera


def everywhere(lat: float, lon: float) -> bool | None:
    return True


@pytest.fixture
def cameras(database: Database, officer: Actor) -> list[Camera]:
    return [
        service.add_camera(database, officer, camera(number=f"SX{n:03}", direction_deg=90.0))
        for n in range(1, 21)
    ]


def good(one: Camera, at: datetime, verdict: Verdict = Verdict.GOOD) -> Found:
    return Found(one.id, at, True, verdict=verdict)


def lost(one: Camera, at: datetime, cause: str = "no_answer") -> Found:
    return Found(one.id, at, False, cause, since=at - timedelta(seconds=16))


def figure(database: Database, rate: Rate, day: datetime) -> Figure:
    with database.read() as connection:
        return next(
            one for one in health.figures(connection, health.day_of(day)) if one.rate is rate
        )


def listed(database: Database) -> list[tuple[str, Rate, str]]:
    with database.read() as connection:
        return [
            (row.camera.number, row.fault.rate, row.fault.cause)
            for row in health.failing(connection)
        ]


def test_a_camera_fails_is_counted_and_listed_and_its_fault_ends_when_it_is_mended(
    database: Database, clock: HandClock, bus: EventBus, cameras: list[Camera]
) -> None:
    heard: list[object] = []
    bus.subscribe(HealthChanged, heard.append)
    health.note(database, [good(one, clock.now()) for one in cameras], everywhere)
    for rate in Rate:
        assert figure(database, rate, clock.now()).share == 1.0
    clock.pass_(60)
    dead, since = cameras[3], clock.now() - timedelta(seconds=16)
    health.note(database, [lost(dead, clock.now())], everywhere)
    online = figure(database, Rate.ONLINE, clock.now())
    assert (online.good, online.known, online.total) == (19, 20, 20)
    assert online.meets(95) is True and online.meets(96) is False
    assert figure(database, Rate.INTACT, clock.now()).known == 19  # no picture is not a bad one
    assert listed(database) == [("SX004", Rate.ONLINE, "no_answer")]
    clock.pass_(600)
    health.note(database, [good(dead, clock.now())], everywhere)
    assert listed(database) == []
    assert figure(database, Rate.ONLINE, clock.now()).share == 1.0
    with database.read() as connection:
        (fault,) = health.faults_of(connection, dead.id)
        acts = [row.act for row in connection.execute(audit_trail.select())]
        assert audit.first_fault(connection) is None
    assert (fault.since, fault.until) == (since, clock.now())
    assert acts.count("camera.fails") == acts.count("camera.mended") == 1
    assert len(heard) == 3
    assert isinstance(fault, Fault) and datetime.now(UTC) > fault.since


@pytest.mark.parametrize("verdict", [Verdict.FROZEN, Verdict.BLACK, Verdict.SCRAMBLED])
def test_a_bad_picture_is_online_and_not_intact(
    database: Database, clock: HandClock, cameras: list[Camera], verdict: Verdict
) -> None:
    health.note(database, [good(cameras[0], clock.now(), verdict)], everywhere)
    assert listed(database) == [("SX001", Rate.INTACT, str(verdict))]
    assert figure(database, Rate.ONLINE, clock.now()).share == 1.0
    intact = figure(database, Rate.INTACT, clock.now())
    assert (intact.good, intact.known, intact.unknown) == (0, 1, 19)


def test_nobody_knows_is_in_no_rate(
    database: Database, clock: HandClock, cameras: list[Camera]
) -> None:
    health.note(database, (), everywhere)
    for rate in (Rate.ONLINE, Rate.INTACT):
        one = figure(database, rate, clock.now())
        assert (one.known, one.total, one.share, one.meets(95)) == (0, 20, None, None)
    assert figure(database, Rate.REGISTERED, clock.now()).known == 20


def test_a_new_day_has_figures_of_its_own_and_a_camera_that_fails_goes_on_failing(
    database: Database, clock: HandClock, cameras: list[Camera]
) -> None:
    yesterday = clock.now()
    health.note(database, [good(one, yesterday) for one in cameras[1:]], everywhere)
    health.note(database, [lost(cameras[0], yesterday)], everywhere)
    clock.pass_(24 * 3600)
    health.note(database, (), everywhere)
    was, now = (figure(database, Rate.ONLINE, day) for day in (yesterday, clock.now()))
    assert (was.good, was.known) == (19, 20)
    assert (now.good, now.known, now.unknown) == (0, 1, 19)
    assert len(listed(database)) == 1


def test_nothing_new_writes_nothing(
    database: Database, clock: HandClock, cameras: list[Camera]
) -> None:
    health.note(database, [good(one, clock.now()) for one in cameras], everywhere)
    saved = database.saved_at()
    assert health.note(database, (), everywhere) == ()
    assert database.saved_at() == saved


def test_another_cause_is_the_same_fault_and_its_beginning_stays(
    database: Database, clock: HandClock, cameras: list[Camera]
) -> None:
    health.note(database, [lost(cameras[0], clock.now())], everywhere)
    clock.pass_(300)
    health.note(database, [lost(cameras[0], clock.now(), "refused")], everywhere)
    with database.read() as connection:
        (fault,) = health.faults_of(connection, cameras[0].id)
    assert fault.cause == "refused" and fault.until is None
    assert fault.since == clock.now() - timedelta(seconds=316)


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"direction_deg": None}, "no_direction"),
        ({"direction_deg": None, "ptz": True}, ""),
        ({"direction_deg": None, "view_deg": 360.0}, ""),
        ({"lat": 0.0, "lon": 0.0, "direction_deg": 1.0}, "no_place"),
    ],
)
def test_registered_means_a_complete_entry(
    database: Database, officer: Actor, changes: dict[str, Any], cause: str
) -> None:
    service.add_camera(database, officer, camera(**changes))
    health.note(database, (), everywhere)
    assert [one[2] for one in listed(database)] == ([cause] if cause else [])


def test_a_person_decides_on_a_place_until_the_camera_is_moved(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    def outside(lat: float, lon: float) -> bool | None:
        return False

    one = service.add_camera(database, officer, camera(direction_deg=1.0))
    health.note(database, (), outside)
    assert listed(database) == [("SX001", Rate.PLACED, "outside")]
    health.check_place(database, officer, one.id, True)
    health.note(database, (), outside)
    assert listed(database) == []
    assert figure(database, Rate.PLACED, clock.now()).share == 1.0
    health.check_place(database, officer, one.id, False)
    assert listed(database) == [("SX001", Rate.PLACED, "wrong_place")]
    service.change_camera(database, officer, replace(one, lat=35.41))
    health.note(database, (), everywhere)
    assert listed(database) == []
    health.note(database, (), health.nowhere)  # the post has no areas: not known
    assert figure(database, Rate.PLACED, clock.now()).share is None
    with pytest.raises(Refused):
        health.check_place(database, Actor("officer", "9"), one.id, True)


def test_a_planned_outage_ends_the_fault_counts_nowhere_and_ends_by_itself(
    database: Database, clock: HandClock, officer: Actor, cameras: list[Camera]
) -> None:
    health.note(database, [lost(cameras[0], clock.now())], everywhere)
    end = clock.now() + timedelta(hours=4)
    for bad in (clock.now(), clock.now() + timedelta(days=91)):
        with pytest.raises(Refused, match="bad_outage"):
            health.plan_outage(database, officer, cameras[0].id, bad, "works")
    with pytest.raises(Refused, match="no_why"):
        health.plan_outage(database, officer, cameras[0].id, end, " ")
    health.plan_outage(database, officer, cameras[0].id, end, "立杆迁移")
    health.note(database, (), everywhere)
    assert listed(database) == []
    assert figure(database, Rate.ONLINE, clock.now()).total == 19
    assert figure(database, Rate.REGISTERED, clock.now()).total == 20
    clock.pass_(4 * 3600)
    health.note(database, (), everywhere)
    assert listed(database) == []  # nobody has looked since
    online = figure(database, Rate.ONLINE, clock.now())
    assert (online.known, online.total) == (0, 20)
    clock.pass_(60)
    health.note(database, [lost(cameras[0], clock.now())], everywhere)
    assert listed(database) == [("SX001", Rate.ONLINE, "no_answer")]
    with database.read() as connection:
        new, old = health.faults_of(connection, cameras[0].id)
    assert old.until == end - timedelta(hours=4) and new.since > end


def test_the_rule_keeps_figures_and_ended_faults_for_its_term_and_the_trail_says_what_went(
    database: Database, clock: HandClock, cameras: list[Camera]
) -> None:
    begun = clock.now()
    health.note(database, [lost(cameras[0], begun), lost(cameras[1], begun)], everywhere)
    clock.pass_(60)
    health.note(database, [good(cameras[0], clock.now())], everywhere)
    clock.pass_(399 * 86400)
    assert health.sweep(database, clock.now()) == 0
    clock.pass_(2 * 86400)
    assert health.sweep(database, clock.now()) == 5  # four figures, one fault
    assert health.sweep(database, clock.now()) == 0
    assert len(listed(database)) == 1  # one that goes on is kept, however old
    with database.read() as connection:
        assert health.faults_of(connection, cameras[0].id) == []
        acts = [row.act for row in connection.execute(audit_trail.select())]
    assert acts.count("camera_health.swept") == 1


def test_a_rule_that_makes_no_sense_is_held_within_what_does() -> None:
    table = {
        "bar_percent": 500, "look_s": 0, "pause_s": {"daily": -5}, "again_min": 0,
        "failing_again_min": 0, "busy_percent": 100, "lost_s": 0, "keep_days": 0,
    }  # fmt: skip
    one = HealthRule.of(table)
    assert (one.bar_percent, one.look_s, one.pause_s["daily"], one.keep_days) == (100, 5, 0, 31)


def test_the_alarm_of_a_lost_camera_counts_what_the_patrol_saw_and_no_planned_outage(
    database: Database, clock: HandClock, officer: Actor, cameras: list[Camera]
) -> None:
    lives: dict[str, bool | None] = {cameras[0].id: False, cameras[1].id: True}

    class Watch:
        def lives(self) -> dict[str, bool | None]:
            return lives

    class Wall:
        def pictures(self) -> dict[str, Picture]:
            return {}

    look = watched_cameras(cast(Any, Wall()), cast(Any, Watch()))
    watch = AlarmWatch(database, clock, Sights(lambda: (), lambda _: (), look))

    def active() -> list[str]:
        with database.read() as connection:
            rows = every_open(connection, clock.now())
        return [one.originator for one in rows if one.kind == Kind.CAMERA_LOST and one.active]

    watch.turn()
    assert active() == []
    clock.pass_(16)
    watch.turn()
    assert active() == [f"camera:{cameras[0].id}"]
    lives[cameras[0].id] = None  # off by plan
    watch.turn()
    assert active() == []
