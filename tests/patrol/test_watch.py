"""Real tracks against a real store: visits, late fixes, jumps, the end of a shift, the points' acts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused, Unavailable
from console.core.events import EventBus
from console.core.ids import UnitId
from console.core.tables import outbox
from console.patrol import service
from console.patrol.model import Fix, PointReached, PointState, Visit
from console.patrol.service import PatrolWatch
from console.patrol.store import tracks
from console.patrol.store.tables import track_table
from console.roster import service as roster
from console.roster.model import NewUnit
from tests.conftest import HandClock
from tests.patrol.walks import BEGIN, fix, new, places, stand, walk

CHIEF = Actor("officer", "0001", frozenset({"chief"}))
DUTY = Actor("officer", "0002", frozenset({"duty_officer"}))
DAY = timedelta(days=1)


class Road:
    """A post with one crew, and its watch, driven by hand."""

    def __init__(self, database: Database, bus: EventBus, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.unit = roster.add_unit(database, CHIEF, NewUnit("101"))
        self.watch = PatrolWatch(database, bus, clock, interval_s=0.01)
        self.told: list[PointReached] = []
        bus.subscribe(PointReached, self.told.append)

    def drive(self, fixes: list[Fix], unit: UnitId | None = None) -> int:
        """The crew was there, and the watch has judged it."""
        for place in places(unit or self.unit, fixes):
            self.watch.take(place)
        return self.watch.flush()

    def visits(self) -> list[Visit]:
        with self.database.read() as connection:
            return tracks.visits(connection, BEGIN - DAY, BEGIN + DAY)

    def states(self) -> list[PointState]:
        with self.database.read() as connection:
            return service.point_states(connection, self.clock.now())

    def acts(self) -> list[str]:
        with self.database.read() as connection:
            return [line.act for line in audit.lines(connection)]

    def events(self) -> list[dict[str, object]]:
        """What the city is owed of coverage, in order."""
        with self.database.read() as connection:
            rows = connection.execute(
                sa.select(outbox).where(outbox.c.kind == "coverage.reported").order_by(outbox.c.seq)
            ).all()
        return [
            {"id": row.entity_id, "rev": row.rev, "lane": row.lane, **dict(row.payload)}
            for row in rows
        ]


@pytest.fixture
def road(database: Database, bus: EventBus, clock: HandClock) -> Iterator[Road]:
    made = Road(database, bus, clock)
    yield made
    made.watch.stop()


def test_a_crew_that_stays_reaches_the_point_once_with_one_line_in_the_trail(road: Road) -> None:
    point_id = service.add_point(road.database, CHIEF, new())
    assert [(s.reached, s.count) for s in road.states()] == [(False, 0)]
    road.drive([*walk((0, 300), (10, 100)), *stand(20, 60)])
    assert road.visits() == []
    road.drive(stand(70, 120))
    road.drive(walk((130, 200)))
    (visit,) = road.visits()
    assert (visit.point_id, visit.call_sign) == (point_id, "101")
    assert [(m - BEGIN).total_seconds() for m in (visit.entered_at, visit.reached_at)] == [20, 80]
    assert visit.left_at == BEGIN + timedelta(seconds=120)
    assert visit.dwell_s == 100
    (state,) = road.states()
    assert (state.reached_at, state.unit_id) == (visit.reached_at, road.unit)
    assert road.acts().count("point.reached") == 1
    assert [event.call_sign for event in road.told] == ["101"]


def test_a_stay_goes_on_over_a_restart(road: Road, bus: EventBus) -> None:
    service.add_point(road.database, CHIEF, new())
    road.drive([*walk((0, 300)), *stand(20, 60)])
    road.watch = PatrolWatch(road.database, bus, road.clock)
    road.clock._now = BEGIN + timedelta(seconds=60)
    road.drive(stand(70, 100))
    assert [v.dwell_s for v in road.visits()] == [60]


def test_late_fixes_are_judged_and_what_they_prove_counts(road: Road) -> None:
    service.add_point(road.database, CHIEF, new())
    road.drive(walk((0, 300), (110, 400)))  # nothing was heard in between
    assert road.visits() == []
    road.drive([*stand(20, 90)])
    (visit,) = road.visits()
    assert visit.reached_at == BEGIN + timedelta(seconds=80)
    road.drive(walk((120, 500)))
    assert len(road.visits()) == 1


def test_late_fixes_that_show_the_crew_elsewhere_take_the_visit_back(road: Road) -> None:
    service.add_point(road.database, CHIEF, new())
    road.drive(walk((0, 0), (100, 0), (110, 300)))
    assert len(road.visits()) == 1
    road.drive(walk((30, 500), (60, 500)))
    assert road.visits() == []
    assert road.acts()[-1] == "point.visit_withdrawn"
    assert [s.reached for s in road.states()] == [False]


def test_a_track_that_jumps_reaches_nothing_and_is_kept_as_a_jump(road: Road) -> None:
    service.add_point(road.database, CHIEF, new())
    road.drive([*walk((0, 20_000), (10, 20_000)), *stand(20, 70), *walk((80, 20_000))])
    assert road.visits() == []
    with road.database.read() as connection:
        ((unit, jump),) = tracks.jumps(connection, BEGIN)
    assert unit == road.unit
    assert jump.metres == pytest.approx(20_000, rel=0.01)


def test_fixes_are_thinned_and_those_of_no_crew_are_not_kept(road: Road) -> None:
    assert road.drive([fix(second) for second in range(60)]) == 6
    assert road.drive([fix(100)], UnitId("nobody")) == 0


def test_old_tracks_go_a_day_at_a_time(road: Road) -> None:
    road.clock._now = BEGIN
    old = [Fix(BEGIN - timedelta(days=days), 35.0, 121.0) for days in (190, 185, 181, 170)]
    with road.database.act(CHIEF) as act:
        tracks.keep_fixes(act.connection, [(road.unit, one) for one in old])
    left = []
    for hour in range(3):
        road.clock.pass_(3600)
        road.drive([Fix(road.clock.now(), 35.0, 121.0)])
        with road.database.read() as connection:
            left.append(
                connection.execute(sa.select(sa.func.count()).select_from(track_table)).scalar()
            )
        assert left[-1] == 4 + hour + 1 - min(3, hour + 1)


def test_nothing_is_lost_while_the_store_cannot_be_written(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.add_point(road.database, CHIEF, new())

    def full(*_: object) -> None:
        raise Unavailable("store.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(tracks, "keep_fixes", full)
        with pytest.raises(Unavailable):
            road.drive(stand(0, 60))
    assert road.watch.flush() == 7
    assert len(road.visits()) == 1


def test_the_thread_judges_by_itself_and_ends(road: Road) -> None:
    service.add_point(road.database, CHIEF, new())
    road.watch.start()
    for place in places(road.unit, stand(0, 90)):
        road.watch.take(place)
    road.watch.stop()
    assert len(road.visits()) == 1
    assert [s.reached for s in road.watch.states()] == [True]


def test_at_the_end_of_a_shift_the_city_is_told_and_again_when_late_fixes_change_it(
    road: Road,
) -> None:
    road.clock._now = BEGIN
    for number, area in (("B01", "P01"), ("B02", "P01"), ("B03", None)):
        service.add_point(
            road.database, CHIEF, new(number, area_id=area, north_m=int(number[2]) * 1000)
        )
    road.drive(stand(0, 100, north_m=1000))
    road.watch.look()
    assert road.events() == []
    road.clock.pass_(9 * 3600)
    road.watch.look()
    told = {str(e["area_id"]): e["points"] for e in road.events()}
    assert told == {"P01": {"due": 2, "met": 1}, "post-test": {"due": 1, "met": 0}}
    assert {e["lane"] for e in road.events()} == {2}
    road.watch.look()
    assert len(road.events()) == 2
    road.drive(stand(300, 400, north_m=3000))  # after the road there
    road.drive(stand(200, 280, north_m=2000))  # late
    road.watch.look()
    again = road.events()[2:]
    assert [(e["area_id"], e["rev"]) for e in again] == [("P01", 2), ("post-test", 2)]
    assert again[0]["points"] == {"due": 2, "met": 2}


def test_the_running_shift_can_be_reported_and_one_without_points_not(road: Road) -> None:
    with pytest.raises(Refused, match="nothing_due"):
        service.report_coverage(road.database, DUTY)
    service.add_point(road.database, CHIEF, new(area_id="P01"))
    (found,) = service.report_coverage(road.database, DUTY)
    assert (found.area_id, found.due, found.met) == ("P01", 1, 0)
    assert "coverage.report" in road.acts()


def test_the_chief_adds_changes_and_retires_points_and_nobody_else(road: Road) -> None:
    database = road.database
    with pytest.raises(Refused, match="not_allowed"):
        service.add_point(database, DUTY, new())
    point_id = service.add_point(database, CHIEF, new())
    with pytest.raises(Refused, match="number_taken"):
        service.add_point(database, CHIEF, new())
    service.change_point(database, CHIEF, point_id, 1, new(radius_m=50))
    with pytest.raises(Conflict, match="changed_meanwhile"):
        service.change_point(database, CHIEF, point_id, 1, new(radius_m=60))
    service.change_point(database, CHIEF, point_id, 2, new(radius_m=50))  # nothing new
    with pytest.raises(Refused, match="no_reason"):
        service.retire_point(database, CHIEF, point_id, "  ")
    service.retire_point(database, CHIEF, point_id, "道路封闭")
    with pytest.raises(Refused, match="retired_already"):
        service.retire_point(database, CHIEF, point_id, "道路封闭")
    assert road.states() == []
    service.add_point(database, CHIEF, new())  # the number is free again
    with database.read() as connection:
        kept = service.points(connection, retired=True)
    assert sorted((p.number, p.rev, p.retired_why) for p in kept) == [
        ("B01", 1, ""),
        ("B01", 3, "道路封闭"),
    ]
    wanted = ["point.add", "point.change", "point.retire", "point.add"]
    assert [act for act in road.acts() if act.startswith("point.")] == wanted


def test_changed_points_hold_for_the_crew_that_already_drives(road: Road) -> None:
    road.drive(walk((0, 300)))
    road.watch._on_changed(None)
    service.add_point(road.database, CHIEF, new())
    road.drive(stand(20, 90))
    assert len(road.visits()) == 1
