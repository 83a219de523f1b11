"""Units and their statuses: rules on the meaning, the log, the city, and the taking back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from console.core.actor import CITY, Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused
from console.core.events import EventBus
from console.core.ids import UnitId
from console.core.tables import metadata, outbox
from console.roster import service
from console.roster.model import Meaning, NewUnit, TravelMode, UnitStatusChanged, status_of
from tests.conftest import HandClock


@pytest.fixture
def car(database: Database, officer: Actor) -> UnitId:
    new = NewUnit("巡01", "一组", TravelMode.CAR, ("张三", "李四"), frozenset({"shield"}))
    return service.add_unit(database, officer, new)


def told(database: Database, kind: str) -> list[dict[str, object]]:
    with database.read() as connection:
        rows = connection.execute(sa.select(outbox.c.payload).where(outbox.c.kind == kind))
        return [row.payload for row in rows]


def test_a_unit_added_is_seen_with_its_status_in_words(database: Database, car: UnitId) -> None:
    with database.read() as connection:
        (view,) = service.units(connection)
    assert view.unit.id == car
    assert view.unit.crew == ("张三", "李四")
    assert view.status.words.zh_CN == "空闲"
    assert view.status.meaning is Meaning.AVAILABLE
    assert view.whereabouts is None


def test_the_call_sign_is_taken_once(database: Database, officer: Actor, car: UnitId) -> None:
    with pytest.raises(Refused, match="call_sign_taken"):
        service.add_unit(database, officer, NewUnit("巡01"))


@pytest.mark.parametrize("call_sign", ["", "  ", "x" * 33, "a\x07b"])
def test_a_bad_call_sign_is_refused(database: Database, officer: Actor, call_sign: str) -> None:
    with pytest.raises(Refused, match="bad_call_sign"):
        service.add_unit(database, officer, NewUnit(call_sign))


def test_a_status_change_is_logged_told_and_announced(
    database: Database, officer: Actor, car: UnitId, bus: EventBus
) -> None:
    heard: list[UnitStatusChanged] = []
    bus.subscribe(UnitStatusChanged, heard.append)
    service.set_status(database, officer, car, "meal", "食堂")
    with database.read() as connection:
        view = service.unit(connection, car)
        (line,) = service.status_history(connection, car)
    assert view.status.meaning is Meaning.RESERVE
    assert (line.previous, line.status, line.note) == ("free", "meal", "食堂")
    assert heard[0].status == "meal"
    (payload,) = told(database, "unit.status")
    assert payload["meaning"] == "reserve"
    assert payload["note"] == "食堂"


def test_the_same_status_again_writes_nothing(
    database: Database, officer: Actor, car: UnitId
) -> None:
    service.set_status(database, officer, car, "free")
    assert told(database, "unit.status") == []


def test_an_unknown_status_is_refused_and_changes_nothing(
    database: Database, officer: Actor, car: UnitId
) -> None:
    with pytest.raises(Refused, match="status_unknown"):
        service.set_status(database, officer, car, "flying")
    with database.read() as connection:
        assert service.unit(connection, car).unit.status == "free"


def test_a_mistaken_status_is_taken_back_by_a_further_line(
    database: Database, officer: Actor, car: UnitId, clock: HandClock
) -> None:
    since = clock.now()
    clock.pass_(5)
    service.set_status(database, officer, car, "off")
    clock.pass_(20)
    assert service.undo_status(database, officer, car) == "free"
    with database.read() as connection:
        view = service.unit(connection, car)
        newest, first = service.status_history(connection, car)
    assert view.unit.status == "free"
    assert view.unit.status_since == since
    assert newest.undoes == first.seq
    assert [p["status"] for p in told(database, "unit.status")] == ["off", "free"]
    with pytest.raises(Refused, match="nothing_to_undo"):
        service.undo_status(database, officer, car)


def test_after_a_minute_a_status_stays(
    database: Database, officer: Actor, car: UnitId, clock: HandClock
) -> None:
    service.set_status(database, officer, car, "off")
    clock.pass_(61)
    with pytest.raises(Refused, match="nothing_to_undo"):
        service.undo_status(database, officer, car)


def test_a_change_on_an_old_revision_is_a_conflict(
    database: Database, officer: Actor, car: UnitId
) -> None:
    service.change_unit(database, officer, car, 1, NewUnit("巡02", status="free"))
    with pytest.raises(Conflict, match="changed_meanwhile"):
        service.change_unit(database, officer, car, 1, NewUnit("巡03", status="free"))
    with database.read() as connection:
        assert service.unit(connection, car).unit.call_sign == "巡02"


def test_an_auditor_may_not_touch_units(database: Database, car: UnitId) -> None:
    auditor = Actor("officer", "9", frozenset({"auditor"}))
    with pytest.raises(Refused, match="not_allowed"):
        service.set_status(database, auditor, car, "off")


def test_a_status_that_the_table_lost_means_unknown_never_free() -> None:
    assert status_of("gone", {}).meaning is Meaning.UNKNOWN


def test_the_duty_level_from_the_city_is_kept_and_confirmed_with_what_is_short(
    database: Database, car: UnitId
) -> None:
    with database.act(CITY) as act:
        service.duty_level_set(act, {"level": "reinforced", "from": "2026-11-21T10:00:00Z"})
    with database.read() as connection:
        order = service.duty_level(connection, database.clock.now())
    assert order is not None
    assert (order.level, order.set_by) == ("reinforced", "city:platform")
    (payload,) = told(database, "duty_level.confirmed")
    assert payload["short"] == [{"what": "units_on_duty", "have": 1, "need": 8}]
    assert payload["met"] == []


@pytest.mark.parametrize("payload", [{}, {"level": 3}, {"level": "daily", "from": "soon"}])
def test_a_duty_level_that_makes_no_sense_is_refused(
    database: Database, payload: dict[str, object]
) -> None:
    with pytest.raises(Refused, match="bad_duty_level"):
        with database.act(CITY) as act:
            service.duty_level_set(act, payload)


def test_the_migration_and_the_metadata_say_the_same(database: Database) -> None:
    found = sa.inspect(database.engine)
    for name in ("unit", "unit_status_log", "whereabouts", "duty_level"):
        wanted = {column.name for column in metadata.tables[name].columns}
        assert {column["name"] for column in found.get_columns(name)} == wanted
