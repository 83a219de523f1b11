"""The month: draft, cells, leave, publication with its revision, and the table of exchange."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused
from console.core.events import EventBus
from console.core.ids import OfficerId
from console.core.keyfile import create_key
from console.core.tables import audit_trail, outbox
from console.drill.city.contract import Contract
from console.people import service as people
from console.people.model import Role
from console.roster import service
from console.roster.model import LeaveKind, RosterPublished, ShiftNow, short_days
from console.roster.service.exchange import ROSTER
from tests.conftest import HandClock

from tests.roster.staff import CHIEF, DUTY, Staff, make_staff

TODAY = date(2026, 11, 21)


@pytest.fixture
def staff(database: Database) -> Staff:
    return make_staff(database)


def test_a_month_is_generated_from_today_to_its_end(staff: Staff, database: Database) -> None:
    made = service.generate(database, CHIEF, "rota_4x3", TODAY, staff.teams)
    assert made == 8 * 10
    view = staff.month()
    assert set(view.cells) == {(o, d) for o in staff.officers for d in view.days[20:]}
    assert len(view.changed) == made and view.base_rev == 0
    assert view.cells[staff.officers[0], TODAY].shift == "day"


def test_a_rotation_that_begins_in_the_past_changes_nothing(
    staff: Staff, database: Database
) -> None:
    with pytest.raises(Refused, match="roster.begins_in_past"):
        service.generate(database, CHIEF, "rota_4x3", TODAY - timedelta(days=1), staff.teams)
    assert staff.month().cells == {}


def test_an_empty_team_and_an_unknown_rotation_are_refused(
    staff: Staff, database: Database
) -> None:
    empty = service.add_team(database, CHIEF, "空班")
    with pytest.raises(Refused, match="roster.team_empty"):
        service.generate(database, CHIEF, "rota_4x3", TODAY, [*staff.teams[:3], empty])
    with pytest.raises(Refused, match="roster.no_such_rotation"):
        service.generate(database, CHIEF, "rota_5", TODAY, staff.teams)
    with pytest.raises(Refused, match="people.not_allowed"):
        service.generate(database, DUTY, "rota_4x3", TODAY, staff.teams)


@pytest.mark.parametrize("name", ["", " ", "班" * 33, "a\x07b", "\u202eabc"])
def test_a_bad_team_name_is_refused(database: Database, name: str) -> None:
    with pytest.raises(Refused, match="roster.bad_team"):
        service.add_team(database, CHIEF, name)


def test_leave_is_a_gap_and_a_stand_in_closes_it(staff: Staff, database: Database) -> None:
    service.generate(database, CHIEF, "rota_4x3", TODAY, staff.teams)
    ill, free = staff.officers[0], staff.officers[6]  # 1st team by day, 4th team off
    span = (TODAY, TODAY + timedelta(days=1))
    leave = service.add_leave(database, CHIEF, ill, LeaveKind.LEAVE, span, "流感")
    view = staff.month()
    assert view.cells[ill, TODAY].shift == "leave"
    assert short_days(view.cells.values(), view.table) == {day: 1 for day in span}
    with pytest.raises(Refused, match="roster.on_leave"):
        service.change_cell(database, CHIEF, ill, TODAY, service.NewCell("day", "leave"))
    with pytest.raises(Refused, match="roster.works_already"):
        service.change_cell(
            database, CHIEF, staff.officers[1], TODAY, service.NewCell("day", "day", ill)
        )
    service.change_cell(database, CHIEF, free, TODAY, service.NewCell("day", "off", ill))
    view = staff.month()
    assert short_days(view.cells.values(), view.table) == {span[1]: 1}
    with pytest.raises(Refused, match="roster.no_gap"):
        service.change_cell(
            database, CHIEF, staff.officers[7], TODAY, service.NewCell("day", "off", ill)
        )
    with pytest.raises(Refused, match="roster.leave_meets"):
        service.add_leave(database, CHIEF, ill, LeaveKind.TRAINING, (span[1], span[1]))
    service.remove_leave(database, CHIEF, leave)
    assert staff.month().cells[ill, TODAY].shift == "day"


def test_a_leave_that_ends_before_it_begins_is_refused(staff: Staff, database: Database) -> None:
    with pytest.raises(Refused, match="roster.bad_leave"):
        service.add_leave(
            database, CHIEF, staff.officers[0], LeaveKind.LEAVE, (TODAY, TODAY - timedelta(days=1))
        )


def test_a_cell_changed_by_two_is_a_conflict(staff: Staff, database: Database) -> None:
    service.generate(database, CHIEF, "rota_4x3", TODAY, staff.teams)
    one = staff.officers[0]
    service.change_cell(database, CHIEF, one, TODAY, service.NewCell("standby", "day"))
    with pytest.raises(Conflict, match="roster.cell_changed"):
        service.change_cell(database, CHIEF, one, TODAY, service.NewCell("off", "day"))
    with pytest.raises(Refused, match="roster.no_such_shift"):
        service.change_cell(database, CHIEF, one, TODAY, service.NewCell("siesta", "standby"))


def test_publication_is_a_revision_that_the_city_and_the_trail_know(
    staff: Staff, database: Database, bus: EventBus
) -> None:
    heard: list[RosterPublished] = []
    bus.subscribe(RosterPublished, heard.append)
    with pytest.raises(Refused, match="roster.nothing_planned"):
        service.publish(database, CHIEF, "2026-11", 0)
    service.generate(database, CHIEF, "rota_4x3", TODAY, staff.teams)
    assert service.publish(database, CHIEF, "2026-11", 0) == 1
    with pytest.raises(Refused, match="roster.nothing_changed"):
        service.publish(database, CHIEF, "2026-11", 1, "once more")
    one = staff.officers[0]
    service.change_cell(database, CHIEF, one, TODAY, service.NewCell("standby", "day"))
    with pytest.raises(Refused, match="roster.reason_missing"):
        service.publish(database, CHIEF, "2026-11", 1)
    with pytest.raises(Conflict, match="roster.published_meanwhile"):
        service.publish(database, CHIEF, "2026-11", 0, "late")
    assert service.publish(database, CHIEF, "2026-11", 1, "临时备勤") == 2
    assert heard == [RosterPublished("2026-11", 1), RosterPublished("2026-11", 2)]
    with database.read() as connection:
        kept = service.revisions(connection, "2026-11")
        rows = connection.execute(
            sa.select(outbox).where(outbox.c.kind == "roster.published").order_by(outbox.c.seq)
        ).all()
        acts = connection.execute(sa.select(audit_trail.c.act)).scalars().all()
    assert [(r.rev, r.reason, r.by) for r in kept] == [
        (2, "临时备勤", "officer:0001"),
        (1, "", "officer:0001"),
    ]
    assert [(row.base_rev, row.rev, row.lane) for row in rows] == [(0, 1, 2), (1, 2, 2)]
    for row in rows:
        assert Contract().faults(row.kind, row.payload) == []
    assert acts.count("roster.publish") == 2 and "roster.change" in acts


def test_the_table_goes_out_and_comes_back_equal(
    staff: Staff, database: Database, tmp_path: Path, clock: HandClock
) -> None:
    service.generate(database, CHIEF, "rota_4x3", TODAY, staff.teams)
    with database.read() as connection:
        rows = ROSTER.give(connection)
    assert len(rows) == 80
    folder = tmp_path / "other"
    other = Database(folder, create_key(folder), clock, EventBus())
    other.create("post-other")
    other.start()
    try:
        for number, name in staff.names.items():
            people.add_officer(
                other, SYSTEM, number, name, frozenset({Role.DUTY_OFFICER}), f"drill-{number}"
            )
        assert ROSTER.take(other, CHIEF, rows) == 80
        assert ROSTER.take(other, CHIEF, rows) == 0
        with other.read() as connection:
            assert ROSTER.give(connection) == rows
    finally:
        other.stop()


def test_a_table_with_one_bad_row_changes_nothing(staff: Staff, database: Database) -> None:
    good = {"officer": "1001", "date": TODAY, "shift": "day", "team": "一班"}
    bad = [
        ({**good, "officer": "9999"}, "roster.no_such_officer"),
        ({**good, "officer": "1002", "shift": "siesta"}, "roster.no_such_shift"),
        (good, "roster.twice_a_day"),
        ({**good, "date": date(2026, 11, 22), "team": "x\x00"}, "roster.bad_team"),
    ]
    for row, code in bad:
        with database.read() as connection:
            faults = ROSTER.judge(connection, [(2, good), (3, row)])
        assert [(fault.line, fault.code) for fault in faults] == [(3, code)]
        with pytest.raises(Refused, match=code):
            ROSTER.take(database, CHIEF, [good, row])
        assert staff.month().cells == {}
    with pytest.raises(Refused, match="people.not_allowed"):
        ROSTER.take(database, DUTY, [good])


def test_the_shift_in_force_is_by_the_published_roster(
    staff: Staff, database: Database, clock: HandClock
) -> None:
    def now() -> ShiftNow | None:
        with database.read() as connection:
            return service.shift_now(connection, clock.now())

    service.generate(database, CHIEF, "rota_4x3", TODAY, staff.teams)
    assert now() is None  # a draft is not in force
    service.publish(database, CHIEF, "2026-11", 0)
    noon = clock.now().astimezone().replace(hour=12)
    clock.pass_((noon - clock.now()).total_seconds())
    seen = now()
    assert seen is not None
    assert (seen.name.zh_CN, seen.team) == ("早班", "一班")
    assert seen.starts_at.astimezone().hour == 8
    assert [p.number for p in seen.missing] == ["1001", "1002"]
    assert seen.next_name is not None and seen.next_name.zh_CN == "中班"
    assert seen.next_team == "二班"
    service.sign_on(database, DUTY, staff.officers[0])
    service.sign_on(database, DUTY, staff.officers[7])
    seen = now()
    assert seen is not None
    assert (seen.here, [p.number for p in seen.missing]) == (1, ["1002"])
    assert [p.number for p in seen.present] == ["1001", "1008"]
    clock.pass_(4 * 3600)
    seen = now()
    assert seen is not None and seen.name.zh_CN == "中班"


def test_rights(staff: Staff, database: Database) -> None:
    auditor = Actor("officer", "0004", frozenset({"auditor"}))
    with pytest.raises(Refused, match="people.not_allowed"):
        service.sign_on(database, auditor, staff.officers[0])
    with pytest.raises(Refused, match="people.not_allowed"):
        service.publish(database, DUTY, "2026-11", 0)
    with pytest.raises(Refused, match="no_such_officer"):
        service.sign_on(database, DUTY, OfficerId("nobody"))
