"""Items: what may be said of them, what is refused, and how they are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from console.core.database import Database
from console.core.errors import Refused
from console.inventory import service
from console.inventory.model import Condition, Custody, Filter, NewItem, View
from console.inventory.service import Handing
from tests.conftest import HandClock
from tests.inventory.conftest import AUDITOR, CHIEF, DUTY, add


def found(database: Database, view: View) -> list[str]:
    with database.read() as connection:
        return [one.number for one in service.items(connection, view, database.clock.now())]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": ""}, "bad_number"),
        ({"number": "两字"}, "bad_number"),
        ({"number": "A B"}, "bad_number"),
        ({"number": "9" * 33}, "bad_number"),
        ({"number": "R1"}, "number_taken"),
        ({"number": " r1 "}, "number_taken"),
        ({"name": ""}, "bad_name"),
        ({"name": "\u202e\x07"}, "bad_name"),
        ({"name": "长" * 65}, "bad_name"),
        ({"serial": "9" * 65}, "bad_model"),
        ({"group": "toys"}, "no_such_group"),
        ({"place": "roof"}, "no_such_place"),
        ({"group": "weapons", "name": "92式"}, "weapon"),
        ({"name": "92式手枪"}, "weapon"),
        ({"name": "Training AMMUNITION"}, "weapon"),
    ],
)
def test_what_may_not_be_entered(staffed: Database, changes: dict[str, str], code: str) -> None:
    add(staffed, "R1")
    new = replace(NewItem("R2", "command", "对讲机"), **changes)  # type: ignore[arg-type]
    with pytest.raises(Refused) as no:
        service.add_item(staffed, CHIEF, new)
    assert no.value.code == f"inventory.{code}"
    assert found(staffed, View()) == ["R1"]


def test_only_who_manages_equipment_enters_it(staffed: Database) -> None:
    for actor in (DUTY, AUDITOR):
        with pytest.raises(Refused, match=r"people\.not_allowed"):
            service.add_item(staffed, actor, NewItem("R1", "command", "对讲机"))


def test_hostile_text_is_plain_text_without_control_signs(staffed: Database) -> None:
    radio = add(staffed, "R1", "📻<b>对讲机</b>\u202e${x}\n=cmd|'/c calc'!A1")
    with staffed.read() as connection:
        assert service.item(connection, radio).facts.name == (
            "📻<b>对讲机</b>${x} =cmd|'/c calc'!A1"
        )


def test_a_holster_is_no_firearm(staffed: Database) -> None:
    add(staffed, "H1", "手枪套", group="personal")
    assert found(staffed, View()) == ["H1"]


def test_a_change_keeps_its_line_and_loses_to_an_earlier_one(staffed: Database) -> None:
    radio = add(staffed, "R1")
    with staffed.read() as connection:
        was = service.item(connection, radio)
    worse = replace(was.facts, condition=Condition.DEFECTIVE, name="手持台")
    service.change_item(staffed, CHIEF, radio, worse, was.rev, "按键失灵")
    with pytest.raises(Refused, match=r"inventory\.changed_meanwhile"):
        service.change_item(staffed, CHIEF, radio, was.facts, was.rev)
    with staffed.read() as connection:
        line = service.history(connection, radio)[0]
        assert (line.kind, line.condition, line.note) == (
            Custody.CHANGED, Condition.DEFECTIVE, "按键失灵",
        )  # fmt: skip
    assert found(staffed, View(text="sct")) == ["R1"] and found(staffed, View(text="djj")) == []
    add(staffed, "R2")
    with staffed.read() as connection:
        now = service.item(connection, radio)
    with pytest.raises(Refused, match=r"inventory\.number_taken"):
        service.change_item(staffed, CHIEF, radio, replace(now.facts, number="R2"), now.rev)


def test_an_item_is_found_by_number_name_pinyin_serial_and_holder(staffed: Database) -> None:
    radio = add(staffed, "ZB012-01", serial="QH-77")
    add(staffed, "ZB020-01", "执法记录仪", group="personal")
    service.issue(staffed, DUTY, [radio], Handing("0003"))
    for text in ("zb012", "对讲", "djj", "duijiang", "qh-77", "0003", "丽华", "zlh", "djj 张丽华"):
        assert found(staffed, View(text=text)) == ["ZB012-01"], text
    for text in ("zfjl", "记", "仪"):
        assert found(staffed, View(text=text)) == ["ZB020-01"], text
    assert found(staffed, View(text="%")) == found(staffed, View(text="djj 仪")) == []
    assert found(staffed, View(group="personal")) == ["ZB020-01"]
    with staffed.read() as connection:
        scanned = service.by_number(connection, " zb012-01\n")
        assert scanned is not None and scanned.id == radio
        assert service.by_number(connection, "ZB012") is None
    service.take_back(staffed, DUTY, [radio], Condition.FIT)
    assert found(staffed, View(text="zlh")) == []


def test_each_list_holds_its_items_in_its_order(staffed: Database, clock: HandClock) -> None:
    today = clock.now().astimezone().date()
    for at, days in enumerate((40, 20, -3)):
        add(staffed, f"E{at}", "灭火器", group="service", check_by=today + timedelta(days=days))
    add(
        staffed, "E9", "灭火器", group="service", check_by=date(2020, 1, 1),
        condition=Condition.SCRAPPED,
    )  # fmt: skip
    radios = [add(staffed, f"R{n}") for n in range(3)]
    for radio, hours in zip(radios, (5, 1, 3), strict=True):
        due = clock.now() + timedelta(hours=hours)
        service.issue(staffed, DUTY, [radio], Handing("0003", due))
    clock.pass_(4 * 3600)
    assert found(staffed, View(Filter.ISSUED)) == ["R1", "R2", "R0"]
    assert found(staffed, View(Filter.OVERDUE)) == ["R1", "R2"]
    assert found(staffed, View(Filter.CHECK)) == ["E2", "E1"]
    assert found(staffed, View(Filter.ISSUED, "service")) == []
