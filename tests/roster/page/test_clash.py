"""Two windows change one crew: what does not clash is merged, what does is decided by a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.core.errors import Conflict
from console.core.ids import UnitId
from console.roster import service
from console.roster.model import NewUnit, Unit
from console.roster.page import merge as merging
from console.roster.page.crew_sheet import ClashSheet
from console.roster.page.merge import Clash, merge, save, told, with_theirs
from tests.roster.page.conftest import CHIEF, Desk


def change(desk: Desk, unit_id: UnitId, **values: object) -> None:
    """The other window saves."""
    now = desk.unit(unit_id)
    service.change_unit(desk.database, CHIEF, unit_id, now.rev, replace(told(now), **values))  # type: ignore[arg-type]


def clash_of(desk: Desk, car: UnitId) -> ClashSheet:
    """Both windows rename the crew; the second one meets the first one's name."""
    desk.press("Ctrl+E")
    change(desk, car, name="theirs", call_sign="巡91")
    desk.type("name", "mine")
    desk.press("Return", desk.sheet())
    desk.until(lambda: isinstance(desk.sheet(), ClashSheet))
    found = desk.sheet()
    assert isinstance(found, ClashSheet)
    return found


def test_both_versions_are_shown_and_mine_is_saved(desk: Desk, car: UnitId) -> None:
    sheet = clash_of(desk, car)
    shown = desk.texts(sheet)
    assert "mine" in shown and "theirs" in shown and "changed by someone else" in shown
    assert desk.unit(car).name == "theirs"
    desk.press("Ctrl+Return", sheet)
    desk.until(desk.no_sheet)
    assert (desk.unit(car).name, desk.unit(car).call_sign) == ("mine", "巡91")


def test_theirs_can_be_taken(desk: Desk, car: UnitId) -> None:
    desk.press("Ctrl+T", clash_of(desk, car))
    desk.until(desk.no_sheet)
    assert (desk.unit(car).name, desk.unit(car).call_sign) == ("theirs", "巡91")


def test_going_back_leaves_the_form_open_and_nothing_saved(desk: Desk, car: UnitId) -> None:
    desk.press("Escape", clash_of(desk, car))
    desk.until(lambda: not isinstance(desk.sheet(), ClashSheet))
    assert desk.crew_sheet().form.values()["name"] == "mine"
    assert desk.unit(car).name == "theirs"


def test_a_status_set_meanwhile_is_no_clash(desk: Desk, car: UnitId) -> None:
    desk.press("Ctrl+E")
    service.set_status(desk.database, CHIEF, car, "on_scene")
    desk.type("name", "mine")
    desk.press("Return", desk.sheet())
    desk.until(desk.no_sheet)
    assert (desk.unit(car).name, desk.unit(car).status) == ("mine", "on_scene")


def test_two_real_windows_do_not_overwrite_each_other(desk: Desk, car: UnitId) -> None:
    other = desk.open()
    desk.press("Ctrl+E", other)
    first = desk.crew_sheet()
    desk.type("name", "first")
    change(desk, car, kit=frozenset({"fork"}))
    desk.press("Return", first)
    desk.until(desk.no_sheet)
    assert (desk.unit(car).name, desk.unit(car).kit) == ("first", frozenset({"fork"}))


@pytest.fixture
def base(desk: Desk, car: UnitId) -> Unit:
    return desk.unit(car)


def test_the_merge_is_by_field(base: Unit) -> None:
    mine = replace(told(base), name="mine", kit=frozenset({"fork"}))
    theirs = replace(base, name="theirs", area_id="a1", status="meal")
    merged, fields = merge(base, mine, theirs)
    assert fields == ("name",)
    assert (merged.name, merged.area_id, set(merged.kit)) == ("mine", "a1", {"fork"})
    assert merged.status == "meal"
    assert with_theirs(Clash(merged, theirs, fields)).name == "theirs"
    assert merge(base, replace(mine, name="theirs"), theirs)[1] == ()


def test_a_change_that_never_gets_through_is_a_conflict(
    desk: Desk, base: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[NewUnit] = []

    def always_late(*told_of: object) -> None:
        tries.append(told(base))
        raise Conflict("roster.changed_meanwhile", unit=base.call_sign)

    monkeypatch.setattr(merging, "change_unit", always_late)
    with pytest.raises(Conflict):
        save(desk.database, CHIEF, base, told(base))
    assert len(tries) == merging.TRIES
