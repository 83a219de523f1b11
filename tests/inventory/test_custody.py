"""Custody: several in one act, all or none, one winner of two, every line kept."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from console.core import audit
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.tables import outbox
from console.inventory import service
from console.inventory.model import Condition, Custody, Item, ItemsChanged
from console.inventory.service import Handing
from console.people import service as people
from tests.conftest import HandClock
from tests.inventory.conftest import AUDITOR, CHIEF, DUTY, add


def item(database: Database, item_id: str) -> Item:
    with database.read() as connection:
        return service.item(connection, item_id)


def told_city(database: Database) -> list[tuple[str, int, int, dict[str, Any]]]:
    with database.read() as connection:
        rows = connection.execute(sa.select(outbox).order_by(outbox.c.seq))
        return [(row.kind, row.lane, row.rev, row.payload) for row in rows]


def test_two_items_go_to_one_officer_in_one_act_and_one_comes_back(
    staffed: Database, clock: HandClock, bus: EventBus
) -> None:
    radio, camera = add(staffed, "zb012-01"), add(staffed, "ZB020-01", "执法记录仪")
    heard: list[object] = []
    bus.subscribe(ItemsChanged, heard.append)
    due = service.issue(staffed, DUTY, [radio, camera, radio], Handing("0003", note="夜班"))
    assert due == clock.now() + timedelta(hours=12)
    assert heard == [ItemsChanged((radio, camera))]
    held = item(staffed, radio).holding
    assert held is not None and (held.number, held.name, held.due_at) == ("0003", "张丽华", due)
    clock.pass_(60)
    service.take_back(staffed, DUTY, [radio], Condition.WORN, "天线松动")
    back = item(staffed, radio)
    assert back.holding is None and back.facts.condition is Condition.WORN and back.rev == 3
    with staffed.read() as connection:
        lines = service.history(connection, radio)
        assert [line.kind for line in lines] == [Custody.RETURNED, Custody.ISSUED, Custody.ADDED]
        assert (lines[0].holder_name, lines[0].condition, lines[0].note) == (
            "张丽华", Condition.WORN, "天线松动",
        )  # fmt: skip
        assert lines[0].actor == "officer:0002" and lines[1].due_at == due
        (left,) = service.issued(connection, clock.now())
        assert (left.item_number, left.holder_number, left.overdue) == ("ZB020-01", "0003", False)
        assert audit.first_fault(connection) is None
    kinds = [(kind, lane, rev) for kind, lane, rev, _ in told_city(staffed)]
    assert kinds == [("item.issued", 2, 2), ("item.issued", 2, 2), ("item.returned", 2, 3)]
    payload = told_city(staffed)[2][3]
    assert (payload["from"], payload["by"], payload["condition"]) == ("0003", "0002", "worn")


def test_one_item_that_cannot_go_keeps_all_of_them_here(staffed: Database) -> None:
    radio, camera = add(staffed, "R1"), add(staffed, "K1", "执法记录仪")
    service.issue(staffed, DUTY, [camera], Handing("0003"))
    before = told_city(staffed)
    with pytest.raises(Refused) as no:
        service.issue(staffed, DUTY, [radio, camera], Handing("0001"))
    assert no.value.code == "inventory.held" and "张丽华 0003" in str(no.value.details["holder"])
    assert item(staffed, radio).holding is None and told_city(staffed) == before
    with pytest.raises(Refused, match=r"inventory\.not_out"):
        service.take_back(staffed, DUTY, [camera, radio], Condition.FIT)
    assert item(staffed, camera).holding is not None


def test_an_item_issued_twice_at_once_has_one_holder_and_the_other_hears_who(
    staffed: Database,
) -> None:
    radio = add(staffed, "R1")
    gate, wins, refusals = threading.Barrier(2), [], []

    def hand(officer: str) -> None:
        gate.wait()
        try:
            service.issue(staffed, DUTY, [radio], Handing(officer))
            wins.append(officer)
        except Refused as no:
            refusals.append(no)

    threads = [threading.Thread(target=hand, args=(who,)) for who in ("0001", "0003")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = item(staffed, radio).holding
    assert held is not None and wins == [held.number]
    (no,) = refusals
    assert no.code == "inventory.held" and held.number in str(no.details["holder"])
    with staffed.read() as connection:
        kinds = [line.kind for line in service.history(connection, radio)]
    assert kinds == [Custody.ISSUED, Custody.ADDED]
    assert len(told_city(staffed)) == 1


@pytest.mark.parametrize(
    "condition", [Condition.DEFECTIVE, Condition.IN_REPAIR, Condition.SCRAPPED]
)
def test_what_is_not_usable_stays_here(staffed: Database, condition: Condition) -> None:
    radio = add(staffed, "R1", condition=condition)
    with pytest.raises(Refused, match=r"inventory\.not_usable"):
        service.issue(staffed, DUTY, [radio], Handing("0003"))


def test_who_may_and_to_whom(staffed: Database, clock: HandClock) -> None:
    radio = add(staffed, "R1")
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        service.issue(staffed, AUDITOR, [radio], Handing("0003"))
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        service.take_back(staffed, AUDITOR, [radio], Condition.FIT)
    people.deactivate(staffed, CHIEF, "0003")
    with pytest.raises(Refused, match=r"inventory\.officer_gone"):
        service.issue(staffed, DUTY, [radio], Handing("0003"))
    with pytest.raises(Refused, match=r"people\.unknown_officer"):
        service.issue(staffed, DUTY, [radio], Handing("9999"))
    for due in (clock.now(), clock.now() + timedelta(days=367)):
        with pytest.raises(Refused, match=r"inventory\.bad_due"):
            service.issue(staffed, DUTY, [radio], Handing("0001", due))
    with pytest.raises(Refused, match=r"inventory\.nothing_chosen"):
        service.issue(staffed, DUTY, [], Handing("0001"))
    with pytest.raises(Refused, match=r"inventory\.too_many"):
        service.issue(staffed, DUTY, [f"i{n}" for n in range(101)], Handing("0001"))
    with pytest.raises(Refused, match=r"inventory\.no_such_item"):
        service.issue(staffed, DUTY, ["nothing"], Handing("0001"))
    with pytest.raises(Refused, match=r"inventory\.long_note"):
        service.take_back(staffed, DUTY, [radio], Condition.FIT, "长" * 201)
    assert item(staffed, radio).rev == 1


def test_overdue_comes_true_as_time_goes_on(staffed: Database, clock: HandClock) -> None:
    radio, camera = add(staffed, "R1"), add(staffed, "K1")
    service.issue(staffed, DUTY, [radio], Handing("0003", clock.now() + timedelta(hours=8)))
    service.issue(staffed, DUTY, [camera], Handing("0003", clock.now() + timedelta(hours=4)))
    clock.pass_(5 * 3600)
    with staffed.read() as connection:
        told = [(one.item_number, one.overdue) for one in service.issued(connection, clock.now())]
        counts = service.counts(connection, clock.now())
    assert told == [("K1", True), ("R1", False)]
    assert (counts.total, counts.issued, counts.overdue, counts.check) == (2, 2, 1, 0)
