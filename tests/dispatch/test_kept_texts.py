"""Texts at their bounds, and queries in a store of years: nothing set aside, nothing walked through."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from console.core.actor import CITY
from console.core.audit import lines
from console.core.tables import outbox
from console.dispatch import service
from console.dispatch.model.call import How
from console.roster import service as roster
from console.roster.model import DutyLevel
from console.sync.service.contract import Contract
from tests.dispatch.desk import PLACE, Desk

EVIL = "长\u202e\x00\ud800<script>${x}" * 3000


def faults(desk: Desk) -> list[tuple[str, str]]:
    """What of the outbox the city would not take, by its own schemas."""
    contract = Contract()
    contract.start()
    found = []
    with desk.database.read() as connection:
        for row in connection.execute(sa.select(outbox)):
            fault = contract.fault(f"upward/{row.kind}", row.payload)
            if fault is None and not all("!" <= c <= "~" for c in row.entity_id):
                fault = f"entity_id {row.entity_id}"
            found += [] if fault is None else [(row.kind, fault)]
    return found


def test_whatever_an_officer_types_the_city_can_take(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    database, officer = desk.database, desk.officer
    first = desk.take(narrative=EVIL, place=EVIL, caller_name=EVIL, caller_phone=EVIL)
    service.sign(database, officer, first)
    service.assign(database, officer, first, [car], EVIL)
    service.depart(database, officer, first, car, How(note=EVIL))
    service.arrive(database, officer, first, car, True, How(note=EVIL))
    service.feed_back(database, officer, first, EVIL)
    service.finish(database, officer, first, "settled", EVIL)
    service.close(database, officer, first, EVIL)
    service.return_call(database, officer, desk.take(), EVIL)
    service.transfer(database, officer, desk.take(), EVIL, EVIL)
    service.cancel(database, officer, desk.take(), EVIL)
    roster.set_status(database, officer, car, "meal", EVIL)
    roster.set_duty_level(database, officer, DutyLevel.REINFORCED, EVIL)
    with database.act(CITY) as act:
        roster.duty_level_set(act, {"level": "战时 一级"})
    assert faults(desk) == []
    with database.read() as connection:
        payloads = [repr(row.payload) for row in connection.execute(sa.select(outbox))]
        kept = payloads + [repr(line.detail) for line in lines(connection)]
    assert not [text for text in kept if "\\x00" in text or "\\u202e" in text]


def test_a_text_of_any_length_may_be_looked_for(desk: Desk) -> None:
    call_id = desk.create(report="%_" + "很长" * 90)
    with desk.database.read() as connection:
        assert service.find(connection, "x" * 60_000) == []
        assert [call.id for call in service.find(connection, "%_很\x00长")] == [call_id]


@pytest.mark.parametrize("look", ["board", "recommend"])
def test_the_desk_never_walks_through_the_assignments_of_years(desk: Desk, look: str) -> None:
    call_id = desk.create()
    asked: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with desk.database.read() as connection:
        sa.event.listen(connection, "before_cursor_execute", listen)
        now = desk.clock.now()
        if look == "board":
            service.board(connection, now)
        else:
            service.recommend(connection, call_id, now)
        sa.event.remove(connection, "before_cursor_execute", listen)
        plans = [
            row[-1]
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    walks = [plan for plan in plans if plan.startswith("SCAN assignment")]
    assert [plan for plan in walks if "assignment_open" not in plan] == []
    assert any("assignment" in plan for plan in plans)


def test_the_city_overruling_a_fact_does_not_stand_between_a_step_and_its_undo(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    message = desk.message()
    call_id = desk.city("call.created", message)
    rev = desk.open(call_id).call.rev
    service.change_call(desk.database, desk.officer, call_id, rev, service.Edit(level=1))
    desk.run(call_id, car, "assigned")
    desk.city("call.updated", {**message, "level": 3})
    assert desk.lines(call_id, "overruled")
    assert service.undo(desk.database, desk.officer, call_id) == "assigned"
    assert desk.open(call_id).call.level == 3
