"""A whole scripted hour with the city unreachable: the post works on, then drains, and both agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from console.core.actor import Actor
from console.core.ids import CallId
from console.core.outbox import counts
from console.core.tables import outbox
from console.dispatch import service as dispatch
from console.dispatch.model import CallStatus, NewCall
from console.drill.city.city import SAMPLE_POST
from console.roster import service as roster
from console.roster.model import UnitView
from tests.conftest import HandClock
from tests.stories.scene import PLACE, Scene, wait_for

MINUTES = 60
SIGNS = ("101", "102", "103", "201")


class Hour:
    """What the officer and the crews do in each minute of the script."""

    def __init__(self, scene: Scene, clock: HandClock, officer: Actor) -> None:
        self.scene, self.clock, self.officer = scene, clock, officer
        self.database = scene.post.database
        self.done: list[CallId] = []
        self.way = scene.path(scene.spot("中心市场"), scene.spot())

    def units(self) -> dict[str, UnitView]:
        """The crews by call sign."""
        with self.database.read() as connection:
            found = roster.units(connection, self.clock.now())
        return {view.unit.call_sign: view for view in found}

    def play(self, minute: int) -> None:
        """One minute passes: crews move by bytes; every second minute a call is worked from start to end."""
        for at, sign in enumerate(SIGNS):
            spot = self.way[(minute * 3 + at) % len(self.way)]
            wait_for(lambda sign=sign, spot=spot: self.scene.stands(sign, spot))  # type: ignore[misc]
        for view in self.units().values():
            if view.unit.status == "returning":  # back on patrol
                roster.set_status(self.database, self.officer, view.unit.id, "patrolling")
        if minute % 2 == 0:
            self.work(minute)
        if minute % 5 == 0:
            self.change_status(minute)
        if minute % 15 == 7:
            self.mistake()
        self.clock.pass_(45)

    def take(self) -> CallId:
        lat, lon = self.scene.spot()
        new = NewCall("phone", "6003", "邻里争吵", place=PLACE, lat=lat, lon=lon)
        return dispatch.take_call(self.database, self.officer, new)

    def advised(self, call_id: CallId) -> str:
        """The nearest crew by the minutes by road."""
        with self.database.read() as connection:
            advice = dispatch.recommend(
                connection,
                call_id,
                self.clock.now(),
                self.scene.post.roads.graph(),
                self.scene.post.positions.latest(),
            )
        assert advice.by_road
        assert advice.picks, [(gap.call_sign, gap.reason.say("en")) for gap in advice.gaps]
        return advice.picks[0].unit_id

    def work(self, minute: int) -> None:
        database, officer = self.database, self.officer
        call_id = self.take()
        dispatch.sign(database, officer, call_id)
        unit_id = self.advised(call_id)
        dispatch.assign(database, officer, call_id, [unit_id])  # type: ignore[list-item]
        self.clock.pass_(3)
        dispatch.depart(database, officer, call_id, unit_id)  # type: ignore[arg-type]
        sign = next(s for s, view in self.units().items() if view.unit.id == unit_id)
        spot = self.scene.spot()
        wait_for(lambda: self.scene.stands(sign, spot))
        self.clock.pass_(9)
        whereabouts = self.scene.whereabouts(sign)
        dispatch.arrive(database, officer, call_id, unit_id, whereabouts=whereabouts)  # type: ignore[arg-type]
        dispatch.feed_back(database, officer, call_id, f"第{minute}分钟:双方已劝开")
        dispatch.finish(database, officer, call_id, "settled", "双方和解")
        self.clock.pass_(3)
        dispatch.close(database, officer, call_id, "班长已核")
        self.done.append(call_id)

    def change_status(self, minute: int) -> None:
        unit = self.units()["302"].unit
        code = "meal" if unit.status == "patrolling" else "patrolling"
        roster.set_status(self.database, self.officer, unit.id, code)

    def mistake(self) -> None:
        """A crew sent by mistake and taken back; the call is given up later in the script."""
        call_id = self.take()
        dispatch.sign(self.database, self.officer, call_id)
        unit_id = self.advised(call_id)
        dispatch.assign(self.database, self.officer, call_id, [unit_id])  # type: ignore[list-item]
        self.clock.pass_(4)
        dispatch.undo(self.database, self.officer, call_id)


@pytest.mark.story
def test_an_hour_of_work_without_the_city(stage: Callable[..., Scene]) -> None:
    clock = HandClock()
    clock.pass_(13.5 * 3600)  # the hour goes over midnight: two days to agree upon
    scene = stage(clock=clock)
    scene.start()
    officer = scene.sign_in("0101")
    wait_for(lambda: scene.post.road.snapshot().up)
    before = scene.publish()
    wait_for(lambda: scene.status(before) is CallStatus.RECEIVED)
    scene.plug(*SIGNS)
    scene.city.stop()
    wait_for(lambda: not scene.post.road.snapshot().up)
    away = scene.post.road.snapshot().since
    hour = Hour(scene, clock, officer)
    begun = clock.now()
    for minute in range(MINUTES):
        hour.play(minute)
    assert (clock.now() - begun).total_seconds() >= 3000
    state = scene.post.road.snapshot()
    assert not state.up
    assert state.since == away  # still the moment at which it went
    assert state.pending > 250
    assert all(scene.status(call_id) is CallStatus.CLOSED for call_id in hour.done)
    assert len(hour.done) == 30

    scene.city.start()
    scene.publish()
    wait_for(scene.drained, 60)
    wait_for(lambda: scene.post.road.snapshot().up)
    with scene.post.database.read() as connection:
        told = counts(connection)
        days = set(connection.execute(sa.select(sa.func.substr(outbox.c.at, 1, 10))).scalars())
        entities = set(connection.execute(sa.select(outbox.c.entity)).scalars())
    assert set(told) == {"acknowledged"}
    assert len(scene.city.events(SAMPLE_POST)) == told["acknowledged"]
    assert len(days) == 2
    assert {"call", "unit", "position"} <= entities
    for call_id in hour.done:
        kinds = [kind for kind, _ in scene.heard(call_id)]
        assert kinds[0] == "call.received"
        assert kinds[-1] == "call.closed"
    scene.assert_whole()
