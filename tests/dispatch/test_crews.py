"""Who may be sent, what is advised, and taking a mistaken step back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from console.core.errors import Refused
from console.core.ids import UnitId
from console.dispatch import service
from console.dispatch.model import Advice
from console.gridmap.model import Place, Travel
from console.roster import service as roster
from console.roster.model import TravelMode
from tests.dispatch.desk import PLACE, Desk


class Line:
    """Roads as one straight street: ten metres a second, and none west of 116.5."""

    def travel(self, to: Place, starts: Sequence[Place], profile: str) -> list[Travel]:
        slower = 1 if profile == "car" else 5
        return [
            Travel(None, None)
            if start.lon < 116.5
            else Travel(abs(start.lat - to.lat) * 11132 * slower, abs(start.lat - to.lat) * 111320)
            for start in starts
        ]


def north(degrees: float) -> tuple[float, float]:
    return PLACE[0] + degrees, PLACE[1]


def advice(desk: Desk, call_id: str, router: Line | None = Line()) -> Advice:  # noqa: B008
    with desk.database.read() as connection:
        return service.recommend(connection, call_id, desk.clock.now(), router)  # type: ignore[arg-type]


def test_picks_come_by_time_with_digits_and_reasons(desk: Desk) -> None:
    desk.add("远车", north(0.02), kit=frozenset({"shield", "fork"}))
    desk.add("近车", north(0.01))
    desk.add("步巡", north(0.005), mode=TravelMode.FOOT)
    desk.add("备勤", north(0.0), status="on_call")
    found = advice(desk, desk.create(nature="1001"))
    assert [(p.digit, p.call_sign) for p in found.picks] == [
        (1, "近车"), (2, "备勤"), (3, "远车"), (4, "步巡"),
    ]  # fmt: skip
    assert found.by_road
    assert found.picks[0].minutes == pytest.approx(1.855, abs=0.01)
    assert [r.say("zh_CN") for r in found.picks[0].reasons] == ["最近", "缺装备：钢叉、盾牌"]
    assert [r.code for r in found.picks[1].reasons] == ["kit_missing", "delay"]
    assert [r.code for r in found.picks[2].reasons] == ["kit_fits"]
    assert found.picks[0].kit_missing == {"shield", "fork"}


def test_each_crew_that_is_not_offered_has_its_reason(desk: Desk) -> None:
    busy = desk.add("忙", PLACE)
    desk.run(desk.create(), busy, "assigned")
    desk.add("无定位")
    desk.add("离岗", PLACE, on_duty=False)
    desk.add("用餐", PLACE, status="meal")
    desk.add("故障", PLACE, status="defect")
    desk.add("失联", PLACE, status="lost_contact")
    desk.add("求援", PLACE, status="needs_help")
    desk.add("返回", PLACE, status="returning")
    desk.add("无路", (PLACE[0], 116.4))
    desk.add("太远", north(0.2))
    stale = desk.add("旧", PLACE)
    desk.clock.pass_(121)
    for name in desk_units(desk):
        if name != stale and desk.unit(name).whereabouts is not None:
            place = desk.unit(name).whereabouts
            assert place is not None
            desk.stand(name, (place.lat, place.lon))
    found = advice(desk, desk.create(level=3))
    assert found.picks == ()
    assert {g.call_sign: g.reason.code for g in found.gaps} == {
        "忙": "busy", "无定位": "no_position", "离岗": "off_duty", "用餐": "reserve",
        "故障": "out", "失联": "unknown", "求援": "emergency", "返回": "not_for_level",
        "无路": "off_road", "太远": "out_of_reach", "旧": "stale_position",
    }  # fmt: skip
    said = {g.call_sign: g.reason.say("zh_CN") for g in found.gaps}
    assert said["忙"] == "正在处置 JQ0001"
    assert said["旧"] == "定位过旧：121 秒前"
    assert said["用餐"] == "暂不可派：用餐"


def desk_units(desk: Desk) -> list[UnitId]:
    with desk.database.read() as connection:
        return [view.unit.id for view in roster.units(connection)]


def test_without_roads_the_times_are_guesses_and_say_so(desk: Desk) -> None:
    desk.add("巡01", north(0.01))
    found = advice(desk, desk.create(), None)
    assert not found.by_road
    assert [r.code for r in found.picks[0].reasons] == ["only_one", "as_crow_flies"]
    assert found.picks[0].seconds == pytest.approx(1112 * 1.3 / 8, rel=0.01)


def test_a_call_without_a_point_still_gets_crews_without_times(desk: Desk) -> None:
    desk.add("巡01")
    found = advice(desk, desk.create(place={"text": "解放路"}))
    assert (found.picks[0].seconds, found.picks[0].minutes) == (None, None)
    assert "no_place" in [r.code for r in found.picks[0].reasons]


def test_the_reserve_goes_only_with_a_reason_and_others_never(desk: Desk) -> None:
    call_id = desk.create()
    service.sign(desk.database, desk.officer, call_id)
    cases = {
        "meal": "reserve_needs_reason", "defect": "unit_out", "lost_contact": "unit_unknown",
        "needs_help": "unit_emergency", "acting": "unit_bound",
    }  # fmt: skip
    for status, code in cases.items():
        unit = desk.add(status, PLACE, status=status)
        with pytest.raises(Refused, match=code):
            service.assign(desk.database, desk.officer, call_id, [unit])
        if status != "meal":
            with pytest.raises(Refused, match=code):
                service.assign(desk.database, desk.officer, call_id, [unit], "必须去")
        else:
            service.assign(desk.database, desk.officer, call_id, [unit], "无其他警力")
    off = desk.add("离岗", on_duty=False)
    with pytest.raises(Refused, match="unit_off_duty"):
        service.assign(desk.database, desk.officer, call_id, [off], "必须去")


def test_a_crew_is_bound_to_one_call_and_never_asked_twice(desk: Desk) -> None:
    car, bike = desk.add("巡01", PLACE), desk.add("骑02", PLACE)
    first, second = desk.create(), desk.create()
    desk.run(first, car, "assigned")
    service.sign(desk.database, desk.officer, second)
    with pytest.raises(Refused, match="unit_busy") as told:
        service.assign(desk.database, desk.officer, second, [car])
    assert told.value.details["call"] == "JQ0001"
    assert service.assign(desk.database, desk.officer, first, [car, bike]) == (bike,)
    with pytest.raises(Refused, match="already_assigned"):
        service.assign(desk.database, desk.officer, first, [car, bike])
    assert [u["call_sign"] for u in desk.told("call.dispatched")[-1]["units"]] == ["巡01", "骑02"]
    assert desk.lines(first, "assigned")[-1].detail["reinforcement"] is True


def test_a_choice_outside_the_advice_needs_a_reason_and_its_rank_is_kept(desk: Desk) -> None:
    car, bike = desk.add("巡01", PLACE), desk.add("骑02", PLACE)
    call_id = desk.create()
    service.sign(desk.database, desk.officer, call_id)
    with pytest.raises(Refused, match="advice_needs_reason"):
        service.assign(desk.database, desk.officer, call_id, [bike], advised=[car])
    service.assign(desk.database, desk.officer, call_id, [bike], "traffic_control", [car])
    assert desk.told("call.dispatched")[0]["reason"] == "交通管制"
    service.assign(desk.database, desk.officer, call_id, [car], advised=[car])
    ranks = {a.unit_id: a.rank for a in desk.open(call_id).assignments}
    assert ranks == {bike: None, car: 1}


def test_a_mistaken_assignment_is_taken_back_and_its_line_stays_struck(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "assigned")
    desk.clock.pass_(30)
    assert service.undo_assign(desk.database, desk.officer, call_id) == "assigned"
    view = desk.open(call_id)
    assert (view.call.status, view.call.assigned_at) == ("signed", None)
    struck = [line.kind for line in view.log if line.undone]
    assert struck == ["assigned"]
    assert view.log[-1].kind == "undone"
    assert desk.told("call.dispatched")[-1]["units"] == []
    service.assign(desk.database, desk.officer, call_id, [car])
    assert desk.status(call_id) == "assigned"


def test_a_mistaken_arrival_is_taken_back_with_the_status_of_the_unit(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "arrived")
    assert service.undo(desk.database, desk.officer, call_id) == "arrived"
    assert desk.status(call_id) == "departed"
    assert desk.unit(car).unit.status == "en_route"
    assert desk.open(call_id).assignments[0].arrived_at is None
    assert desk.told("call.feedback")[-1]["text"] == "更正:撤销“到场”"
    assert service.undo(desk.database, desk.officer, call_id) == "departed"
    assert desk.unit(car).unit.status == "free"


def test_a_mistaken_finish_binds_the_crew_again_unless_it_went_elsewhere(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "finished")
    service.undo(desk.database, desk.officer, call_id)
    assert desk.status(call_id) == "first_feedback"
    assert desk.unit(car).unit.status == "on_scene"
    service.finish(desk.database, desk.officer, call_id, "settled")
    desk.run(desk.create(level=1), car, "assigned")
    with pytest.raises(Refused, match="undo_crew_elsewhere"):
        service.undo(desk.database, desk.officer, call_id)
    assert desk.status(call_id) == "finished"


def test_after_a_minute_and_for_a_sign_there_is_no_undo(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    service.sign(desk.database, desk.officer, call_id)
    with pytest.raises(Refused, match="nothing_to_undo"):
        service.undo(desk.database, desk.officer, call_id)
    service.assign(desk.database, desk.officer, call_id, [car])
    desk.clock.pass_(61)
    with pytest.raises(Refused, match="undo_too_late"):
        service.undo(desk.database, desk.officer, call_id)
