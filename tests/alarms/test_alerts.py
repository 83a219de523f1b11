"""Alerts of the city: taken in, looked at, verified by a person, expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from console.alarms import service
from console.alarms.model import Alarm, Alert
from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Database
from console.core.errors import Refused
from console.core.tables import audit_trail
from tests.alarms.test_acts import log, one, open_now, told
from tests.alarms.test_watch import World
from tests.conftest import HandClock

CITY = Actor("city", "city")


def alert(clock: HandClock, lasts_s: float = 1800, **more: Any) -> dict[str, Any]:
    now = clock.now()
    return {
        "alert_id": "a-1",
        "source": "plate",
        "place": {"text": "解放路口", "lat": 36.1234, "lon": 117.1234, "datum": "wgs84"},
        "seen_at": to_text(now - timedelta(seconds=3)),
        "confidence": 0.87,
        "expires_at": to_text(now + timedelta(seconds=lasts_s)),
        "plate": "鲁A·12345",
    } | more


def take(database: Database, payload: dict[str, Any]) -> None:
    with database.act(CITY) as act:
        service.alert_raised(act, payload)


def alarm_of(database: Database) -> Alarm:
    (found,) = open_now(database)
    return found


def kept(database: Database, alarm: Alarm) -> Alert:
    with database.read() as connection:
        return service.alert_of(connection, alarm)


def test_an_alert_asks_for_a_person_as_an_alarm_does(database: Database, clock: HandClock) -> None:
    take(database, alert(clock))
    alarm = alarm_of(database)
    assert (alarm.kind, alarm.name, alarm.how) == ("city_alert", "车牌识别 解放路口", "city")
    assert (alarm.lat, alarm.lon) == (36.1234, 117.1234)
    assert alarm.rings(clock.now())
    found = kept(database, alarm)
    assert (found.confidence, found.fields) == (0.87, {"plate": "鲁A·12345"})
    assert told(database) == []  # the city knows: it told us


def test_nobody_is_sent_before_a_named_person_has_verified_it(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    take(database, alert(clock))
    alarm = alarm_of(database)
    with pytest.raises(Refused, match="not_verified"), database.act(officer) as act:
        service.link_call(act, alarm.id, "call-1")
    service.verify(database, officer, alarm.id, "match", "车在路口，驾驶人在场")
    ((kind, payload),) = told(database)
    assert kind == "alert.verified"
    assert (payload["by"], payload["outcome"]) == ("0123", "match")
    with database.act(officer) as act:
        service.link_call(act, alarm.id, "call-1")
    assert one(database, alarm.id).call_id == "call-1"
    assert log(database, alarm.id) == ["raised", "verified_match", "acknowledged", "call"]


@pytest.mark.parametrize("outcome", ["no_match", "cannot_tell"])
def test_what_is_not_so_is_over(
    database: Database, clock: HandClock, officer: Actor, outcome: str
) -> None:
    take(database, alert(clock))
    alarm = alarm_of(database)
    service.verify(database, officer, alarm.id, outcome)
    assert open_now(database) == []
    with pytest.raises(Refused, match="not_verified"), database.act(officer) as act:
        service.link_call(act, alarm.id, "call-1")
    with pytest.raises(Refused, match="verified_already"):
        service.verify(database, officer, alarm.id, "match")
    assert [kind for kind, _ in told(database)] == ["alert.verified"]


def test_every_look_is_on_the_log_and_in_the_trail(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    take(database, alert(clock))
    alarm = alarm_of(database)
    for _ in range(2):
        assert service.look_at(database, officer, alarm.id).fields == {"plate": "鲁A·12345"}
    assert log(database, alarm.id) == ["raised", "looked", "looked"]
    with database.read() as connection:
        actors = connection.scalars(
            sa.select(audit_trail.c.actor).where(audit_trail.c.act == "alert.looked")
        ).all()
    assert actors == ["officer:0123", "officer:0123"]
    with pytest.raises(Refused):
        service.look_at(database, Actor("officer", "9", frozenset({"auditor"})), alarm.id)


def test_expiry_ends_it_and_the_city_hears_so(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    take(database, alert(clock, 600))
    alarm = alarm_of(database)
    world = World(database, clock)
    watch = world.watch()
    clock.pass_(599)
    watch.turn()
    assert len(open_now(database)) == 1
    clock.pass_(1)
    with pytest.raises(Refused, match="alert_expired"):
        service.verify(database, officer, alarm.id, "match")
    watch.turn()
    watch.turn()
    assert open_now(database) == []
    assert [kind for kind, _ in told(database)] == ["alert.expired"]
    with pytest.raises(Refused, match="alert_expired"):
        service.verify(database, officer, alarm.id, "match")


def test_one_that_was_so_ends_too_and_nobody_is_sent_after_its_time(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    take(database, alert(clock, 600))
    alarm = alarm_of(database)
    service.verify(database, officer, alarm.id, "match")
    clock.pass_(600)
    with pytest.raises(Refused, match="alert_expired"), database.act(officer) as act:
        service.link_call(act, alarm.id, "call-1")
    World(database, clock).watch()
    assert open_now(database) == []
    assert [kind for kind, _ in told(database)] == ["alert.verified"]


def test_one_that_is_over_when_it_comes_rings_nowhere(database: Database, clock: HandClock) -> None:
    take(database, alert(clock, -1))
    assert open_now(database) == []
    assert [kind for kind, _ in told(database)] == ["alert.expired"]


def test_the_same_alert_again_refreshes_its_facts_and_never_a_decided_one(
    database: Database, clock: HandClock, officer: Actor
) -> None:
    take(database, alert(clock))
    take(database, alert(clock, 3600, confidence=0.5))
    alarm = alarm_of(database)
    found = kept(database, alarm)
    assert (alarm.count, found.confidence) == (1, 0.5)
    assert found.expires_at == clock.now() + timedelta(hours=1)
    service.verify(database, officer, alarm.id, "no_match")
    take(database, alert(clock, 7200))
    assert open_now(database) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"alert_id": ""}, "alarms.alert_without_id"),
        ({"alert_id": 7}, "alarms.alert_without_id"),
        ({"alert_id": "x" * 65}, "alarms.alert_without_id"),
        ({"expires_at": None}, "alarms.alert_without_time"),
        ({"seen_at": "yesterday"}, "alarms.alert_without_time"),
    ],
)
def test_one_without_id_or_end_goes_to_quarantine(
    database: Database, clock: HandClock, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        take(database, alert(clock, **change))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "place",
    [
        {"text": "河边", "lat": float("nan"), "lon": 1.0},
        {"text": "河边", "lat": 91, "lon": 1},
        {"text": "河边", "lat": 1, "lon": 1, "datum": "mars"},
        {"text": "河边", "lat": True, "lon": 1},
        {"text": "河边"},
    ],
)
def test_a_place_that_cannot_be_is_left_out(
    database: Database, clock: HandClock, place: dict[str, Any]
) -> None:
    take(database, alert(clock, place=place, confidence=7, source="气味", picture=3))
    alarm = alarm_of(database)
    assert (alarm.place, alarm.lat, alarm.lon) == ("河边", None, None)
    found = kept(database, alarm)
    assert (found.confidence, found.picture, found.source) == (None, "", "气味")
    assert "其他（气味）" in alarm.name
