"""Visits in a real store: numbers without gaps, corrections that keep, looks that are logged."""

from __future__ import annotations

import json
import threading
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from console.citizen import service, store
from console.citizen.model import Correction, NewVisit, Personal, Visit, VisitView, Wanted
from console.core import audit, drafts, reference
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused
from console.core.outbox import Lane
from console.core.tables import outbox
from console.drill.city.contract import Contract
from tests.conftest import HandClock

VISITOR = Personal("张三丰", "13800138000", "370883199001010015")
LENT = NewVisit(
    "umbrella_loan", "下雨借雨伞一把", "借出 7 号伞,张三丰押证件", "lent", "文化街", VISITOR
)


def look(database: Database, visit_id: str) -> VisitView:
    with database.read() as connection:
        return service.visit(connection, visit_id)


def found(database: Database, text: str = "", day: date | None = None) -> list[Visit]:
    with database.read() as connection:
        return service.find(connection, Wanted(text, day), database.clock.now(), None, 50)


def trail(database: Database) -> list[audit.AuditLine]:
    with database.read() as connection:
        return list(audit.lines(connection))


def told(database: Database) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(sa.select(outbox).order_by(outbox.c.seq)))


def test_a_visit_stands_with_a_number_masked_and_told(database: Database, officer: Actor) -> None:
    visit_id = service.record(database, officer, LENT)
    visit = look(database, visit_id).visit
    day = f"{database.clock.now().astimezone():%Y%m%d}"
    assert visit.number == f"FW{day}-001"
    assert visit.person == Personal("张**", "138****8000", "370883********0015")
    assert (visit.by, visit.result, visit.rev) == ("0123", "lent", 1)
    (event,) = told(database)
    assert (event.lane, event.kind, event.rev) == (int(Lane.DAILY), "visit.recorded", 1)
    assert "三丰" not in json.dumps(event.payload, ensure_ascii=False)
    line = trail(database)[-1]
    assert line.act == "visit.recorded"
    assert "张" not in json.dumps(line.detail, ensure_ascii=False)


def test_numbers_have_no_gaps_whoever_records(database: Database, officer: Actor) -> None:
    def record() -> None:
        for _ in range(10):
            service.record(database, officer, NewVisit("directions", "问路"))

    threads = [threading.Thread(target=record) for _ in range(4)]
    for thread in threads:
        thread.start()
    with pytest.raises(Refused):
        service.record(database, officer, NewVisit("directions", ""))
    for thread in threads:
        thread.join()
    assert [visit.key % 100_000 for visit in found(database)] == list(range(40, 0, -1))


def test_each_day_begins_at_one(database: Database, officer: Actor, clock: HandClock) -> None:
    service.record(database, officer, LENT)
    clock.pass_(86_400)
    second = look(database, service.record(database, officer, LENT)).visit
    assert second.number.endswith("-001")
    today = clock.now().astimezone().date()
    assert [visit.id for visit in found(database, "", today)] == [second.id]
    with database.read() as connection:
        assert service.figures(connection, clock.now()) == service.Figures(1, 2)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewVisit("tea", "问路"), "citizen.kind_unknown"),
        (NewVisit("other", "问路", result="tea"), "citizen.result_unknown"),
        (NewVisit("other", "  "), "citizen.nothing_asked"),
        (NewVisit("other", "问路", place="长" * 121), "citizen.too_long"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    database: Database, officer: Actor, new: NewVisit, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        service.record(database, officer, new)
    assert refused.value.code == code
    assert not found(database) and not told(database)


def test_a_technician_records_nothing(database: Database) -> None:
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        service.record(database, Actor("officer", "0109", frozenset({"technician"})), LENT)


def test_a_correction_keeps_what_stood_there(database: Database, officer: Actor) -> None:
    visit_id = service.record(database, officer, LENT)
    fix = Correction("听错了", asked="借充电宝", phone="13900139000")
    service.correct(database, officer, visit_id, 1, fix)
    view = look(database, visit_id)
    assert (view.visit.asked, view.visit.rev) == ("借充电宝", 2)
    assert view.visit.person.phone == "139****9000"
    line = view.lines[-1]
    assert (line.kind, line.reason, line.before) == ("corrected", "听错了", {"asked": LENT.asked})
    assert not found(database, "雨伞") and found(database, "充电宝")
    assert [event.rev for event in told(database)] == [1, 2]
    assert "139" not in json.dumps(trail(database)[-1].detail)
    with pytest.raises(Conflict, match=r"citizen\.changed_meanwhile"):
        service.correct(database, officer, visit_id, 1, Correction("又错", asked="别的"))
    with pytest.raises(Refused, match=r"citizen\.nothing_changed"):
        service.correct(database, officer, visit_id, 2, Correction("又错", asked="借充电宝"))


def test_a_look_at_the_person_is_logged_with_its_reason(database: Database, officer: Actor) -> None:
    visit_id = service.record(database, officer, LENT)
    with pytest.raises(Refused, match=r"citizen\.reason_missing"):
        service.reveal(database, officer, visit_id, " ")
    assert service.reveal(database, officer, visit_id, "电话回访") == VISITOR
    line = trail(database)[-1]
    assert (line.act, line.detail["reason"], line.actor) == (
        "visit.revealed", "电话回访", "officer:0123",
    )  # fmt: skip
    assert look(database, visit_id).lines[-1].kind == "revealed"


def test_visits_are_found_by_number_word_day_and_whole_phone(
    database: Database, officer: Actor
) -> None:
    lent = service.record(database, officer, LENT)
    other = service.record(
        database, officer, NewVisit("dispute", "邻里矛盾纠纷 WiFi", place="解放路12号")
    )
    number = look(database, lent).visit.number
    for text in (number, number.lower(), number[2:], "1", "伞", "雨伞", "借雨伞一", "文化街 雨伞"):
        assert [visit.id for visit in found(database, text)] == [lent], text
    for text in ("纷", "纠纷", "矛盾纠纷", "wifi", "解放路", "12号"):
        assert [visit.id for visit in found(database, text)] == [other], text
    assert [visit.id for visit in found(database, "138 0013 8000")] == [lent]
    assert [visit.id for visit in found(database, VISITOR.id_number)] == [lent]
    # no part of what is masked finds anything: digits cannot be guessed one by one
    for text in ("1380013800", "0013800", "13800138", "19900101", "370883", "%", '"*"'):
        assert found(database, text) == [], text


def test_pages_follow_each_other_without_a_gap(database: Database, officer: Actor) -> None:
    for at in range(25):
        service.record(database, officer, NewVisit("directions", f"问路到{at}号楼"))
    seen: list[str] = []
    before = None
    with database.read() as connection:
        while page := service.find(connection, Wanted("号楼"), database.clock.now(), before, 10):
            seen += [visit.number for visit in page]
            before = page[-1].key
    assert len(seen) == len(set(seen)) == 25
    assert seen == sorted(seen, reverse=True)


def test_personal_data_end_after_their_term_and_the_rest_stays(
    database: Database, officer: Actor, clock: HandClock
) -> None:
    old = service.record(database, officer, LENT)
    service.correct(database, officer, old, 1, Correction("更正", name="张三"))
    with database.act(officer) as act:
        drafts.keep(act.connection, str(officer), "visit", {"name": "张三丰"}, act.at)
    clock.pass_(89 * 86_400)
    new = service.record(database, officer, LENT)
    assert service.forget_expired(database, clock.now()) == 0
    clock.pass_(2 * 86_400)
    assert service.forget_expired(database, clock.now()) == 1
    assert service.forget_expired(database, clock.now()) == 0
    view = look(database, old)
    assert view.visit.forgotten and view.visit.person == Personal()
    assert (view.visit.asked, view.lines[-1].kind) == (LENT.asked, "forgotten")
    with database.read() as connection:
        assert drafts.find(connection, str(officer), "visit") is None
        kept = connection.execute(sa.select(store.line_table.c.person_before)).scalars().all()
        assert not any(kept)
    line = trail(database)[-1]
    assert (line.act, line.detail["numbers"]) == ("visit.forgotten", [view.visit.number])
    assert not look(database, new).visit.forgotten
    with pytest.raises(Refused, match=r"citizen\.forgotten"):
        service.reveal(database, officer, old, "回访")
    with pytest.raises(Refused, match=r"citizen\.forgotten"):
        service.correct(database, officer, old, view.visit.rev, Correction("补录", name="张三"))


def test_the_term_and_the_kinds_are_the_posts_own(
    database: Database, officer: Actor, clock: HandClock
) -> None:
    body = reference.shipped("visit_kinds")
    body["kinds"].append({"code": "pump", "zh_CN": "借打气筒", "en": "air pump"})
    service.change_table(database, officer, {**body, "personal_days": 7})
    visit_id = service.record(database, officer, NewVisit("pump", "给自行车打气", person=VISITOR))
    clock.pass_(8 * 86_400)
    forgetter = service.Forgetter(database, clock)
    forgetter.start()
    try:
        deadline = threading.Event()
        for _ in range(200):
            if look(database, visit_id).visit.forgotten:
                break
            deadline.wait(0.02)
    finally:
        forgetter.stop()
    assert look(database, visit_id).visit.forgotten


def test_a_visit_becomes_one_call_only(database: Database, officer: Actor) -> None:
    visit_id = service.record(database, officer, LENT)
    with database.act(officer) as act:
        facts = service.call_facts(act, visit_id)
        service.link_call(act, visit_id, "call-1")
    assert (facts.phone, facts.nature, facts.place) == (VISITOR.phone, "8003", "文化街")
    assert look(database, visit_id).visit.call_id == "call-1"
    with pytest.raises(Refused, match=r"citizen\.has_call"), database.act(officer) as act:
        service.link_call(act, visit_id, "call-2")
    assert told(database)[-1].payload["call_id"] == "call-1"


def test_the_city_takes_what_is_told_and_no_more(database: Database, officer: Actor) -> None:
    visit_id = service.record(database, officer, LENT)
    with database.act(officer) as act:
        service.link_call(act, visit_id, "call-1")
    contract = Contract()
    for event in told(database):
        schema = f"upward/{event.kind}.json"
        assert contract.fault(schema, event.payload) is None
        for name in ("phone", "name", "id_number"):
            assert contract.fault(schema, {**event.payload, name: "13800138000"}) is not None
