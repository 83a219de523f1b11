"""Camera health: a camera fails, the figure and the list say so, it is mended, the fault has its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.tables import audit_trail
from console.videowall import service
from console.videowall.model import Camera, Verdict
from console.videowall.model.health import Fault, Figure, Found, HealthChanged, Rate
from console.videowall.service import health
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
