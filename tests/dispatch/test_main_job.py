"""The main job, step by step: what each step writes, and what the city hears of it."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from console.core import audit
from console.core.actor import Actor
from console.core.errors import Conflict, Refused
from console.core.tables import metadata, outbox
from console.dispatch import service
from console.dispatch.model import CallChanged, How, NewCall, Origin
from console.roster import service as roster
from tests.dispatch.desk import PLACE, Desk

NIGHT = Actor("officer", "0456", frozenset({"duty_officer"}))


def test_a_call_of_the_city_goes_all_the_way_and_the_city_hears_each_step(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    assert desk.open(call_id).call.number == "JQ0001"
    desk.clock.pass_(10)
    service.sign(desk.database, desk.officer, call_id)
    service.assign(desk.database, desk.officer, call_id, [car])
    assert desk.unit(car).unit.status == "free"
    service.depart(desk.database, desk.officer, call_id, car)
    assert desk.unit(car).unit.status == "en_route"
    service.arrive(desk.database, desk.officer, call_id, car)
    assert desk.unit(car).unit.status == "on_scene"
    service.feed_back(desk.database, desk.officer, call_id, "双方已分开")
    service.finish(desk.database, desk.officer, call_id, "settled", "和解")
    assert desk.unit(car).unit.status == "returning"
    service.close(desk.database, desk.officer, call_id)
    view = desk.open(call_id)
    assert view.call.status == "closed"
    assert [line.kind for line in view.log] == [
        "received", "signed", "assigned", "departed", "arrived", "feedback", "released",
        "finished", "closed",
    ]  # fmt: skip
    with desk.database.read() as connection:
        rows = connection.execute(
            sa.select(outbox.c.kind, outbox.c.base_rev, outbox.c.rev, outbox.c.entity_id)
            .where(outbox.c.lane == 0)
            .order_by(outbox.c.seq)
        ).all()
        assert audit.first_fault(connection) is None
    assert [row.kind for row in rows] == [
        "call.signed", "call.dispatched", "unit.departed", "unit.arrived", "call.feedback",
        "call.feedback", "call.closed",
    ]  # fmt: skip
    assert all(row.entity_id == call_id for row in rows)
    revs = [row.rev for row in rows]
    assert revs == sorted(set(revs))
    assert desk.told("call.signed")[0]["by"] == "0123"
    assert desk.told("call.dispatched")[0]["units"] == [{"unit_id": car, "call_sign": "巡01"}]
    assert [f["first"] for f in desk.told("call.feedback")] == [True, False]
    assert desk.told("call.closed")[0]["disposition"] == "settled"


def test_two_desks_sign_and_the_second_is_told_who_was_first(desk: Desk) -> None:
    call_id = desk.create()
    together = threading.Barrier(2)
    outcomes: dict[str, str] = {}

    def press(actor: Actor) -> None:
        together.wait()
        try:
            service.sign(desk.database, actor, call_id)
            outcomes[actor.name] = "won"
        except Refused as told:
            outcomes[actor.name] = f"{told.code} {told.details['who']}"

    threads = [threading.Thread(target=press, args=(actor,)) for actor in (desk.officer, NIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [name for name, outcome in outcomes.items() if outcome == "won"]
    loser = ({"0123", "0456"} - {winner}).pop()
    assert outcomes[loser] == f"dispatch.signed_by {winner}"
    assert len(desk.told("call.signed")) == 1


def test_a_call_by_hand_takes_the_level_of_its_nature_and_goes_to_the_city(desk: Desk) -> None:
    call_id = desk.take(nature="1006", caller_phone="13812348000")
    call = desk.open(call_id).call
    assert (call.level, call.caller_phone, call.from_city) == (1, "138****8000", False)
    (payload,) = desk.told("call.received")
    assert payload["place"] == {
        "text": "和平街3号",
        "lat": PLACE[0],
        "lon": PLACE[1],
        "datum": "wgs84",
    }
    assert payload["reporter"] == {"phone": "13812348000"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": "110"}, "source_unknown"),
        ({"source": "dream"}, "source_unknown"),
        ({"nature": "9999"}, "nature_unknown"),
        ({"level": 9}, "level_unknown"),
        ({"lat": 91.0}, "point_impossible"),
        ({"lat": float("nan")}, "point_impossible"),
        ({"lat": 0.0, "lon": 0.0}, "point_impossible"),
        ({"narrative": "", "place": "", "lat": None, "lon": None}, "call_empty"),
    ],
)
def test_a_call_by_hand_that_makes_no_sense_is_refused(
    desk: Desk, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        desk.take(**changes)
    with desk.database.read() as connection:
        assert service.board(connection, desk.clock.now()) == []


def test_numbers_run_by_day(desk: Desk) -> None:
    numbers = [desk.open(desk.take()).call.number for _ in range(3)]
    desk.clock.pass_(86400)
    numbers.append(desk.open(desk.take()).call.number)
    assert numbers == ["JQ0001", "JQ0002", "JQ0003", "JQ0001"]


def test_each_step_keeps_two_times_and_from_where(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "assigned")
    left = desk.clock.now()
    desk.clock.pass_(90)
    service.depart(desk.database, desk.officer, call_id, car, How(Origin.RADIO, left, "电台报告"))
    (line,) = desk.lines(call_id, "departed")
    assert (line.happened_at, line.origin) == (left, "radio")
    assert (line.written_at - line.happened_at).total_seconds() == 90
    assert line.detail["note"] == "电台报告"
    assert desk.open(call_id).call.departed_at == left


@pytest.mark.parametrize(("seconds", "code"), [(3600, "time_in_future"), (-3600, "time_before")])
def test_a_step_in_the_future_or_before_the_call_is_refused(
    desk: Desk, seconds: int, code: str
) -> None:
    from datetime import timedelta

    call_id = desk.create()
    how = How(happened_at=desk.clock.now() + timedelta(seconds=seconds))
    with pytest.raises(Refused, match=code):
        service.sign(desk.database, desk.officer, call_id, how)


def test_arrival_needs_the_place_or_a_word_with_a_note(desk: Desk) -> None:
    far = desk.add("巡01", (PLACE[0] + 0.01, PLACE[1]))
    call_id = desk.create()
    desk.run(call_id, far, "departed")
    with pytest.raises(Refused, match="not_at_place") as told:
        service.arrive(desk.database, desk.officer, call_id, far)
    assert told.value.details["range_m"] == pytest.approx(1112, abs=3)
    with pytest.raises(Refused, match="by_word_needs_note"):
        service.arrive(desk.database, desk.officer, call_id, far, by_word=True)
    service.arrive(
        desk.database, desk.officer, call_id, far, by_word=True, how=How(Origin.RADIO, None, "已到")
    )
    assert desk.told("unit.arrived")[0]["by_word"] == "已到"


def test_an_old_place_proves_no_arrival(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "departed")
    desk.clock.pass_(121)
    with pytest.raises(Refused, match="arrival_stale"):
        service.arrive(desk.database, desk.officer, call_id, car)


def test_finishing_needs_disposition_arrival_and_a_report(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "assigned")

    def finish(disposition: str, summary: str = "") -> None:
        service.finish(desk.database, desk.officer, call_id, disposition, summary)

    with pytest.raises(Refused, match="disposition_missing"):
        finish("")
    with pytest.raises(Refused, match="disposition_unknown"):
        finish("eaten")
    with pytest.raises(Refused, match="nobody_arrived"):
        finish("settled", "x")
    service.arrive(desk.database, desk.officer, call_id, car)
    with pytest.raises(Refused, match="feedback_missing"):
        finish("settled")
    finish("settled", "双方和解")
    assert desk.told("call.feedback")[0] == {
        "text": "现场调解:双方和解", "at": "2026-11-21T10:00:00.000Z", "first": True,
    }  # fmt: skip


def test_a_call_that_needs_nobody_is_finished_without_a_crew(desk: Desk) -> None:
    call_id = desk.create()
    service.sign(desk.database, desk.officer, call_id)
    service.finish(desk.database, desk.officer, call_id, "no_attendance")
    assert desk.status(call_id) == "finished"


def test_a_grave_call_is_closed_by_a_leader_or_with_a_reason(desk: Desk) -> None:
    call_id = desk.create(nature="1006")
    service.sign(desk.database, NIGHT, call_id)
    service.finish(desk.database, NIGHT, call_id, "false")
    with pytest.raises(Refused, match="leader_check"):
        service.close(desk.database, NIGHT, call_id)
    service.close(desk.database, NIGHT, call_id, "带班领导电话核准")
    assert desk.lines(call_id, "closed")[0].text == "带班领导电话核准"


def test_what_the_city_set_aside_holds_the_close_up(desk: Desk) -> None:
    call_id = desk.create()
    service.sign(desk.database, desk.officer, call_id)
    service.finish(desk.database, desk.officer, call_id, "false")
    with desk.database.act(desk.officer) as act:
        act.connection.execute(outbox.update().where(outbox.c.seq == 1).values(state="set_aside"))
    with pytest.raises(Refused, match="unsettled"):
        service.close(desk.database, desk.officer, call_id)
    service.close(desk.database, desk.officer, call_id, "已电话告知市局")
    assert desk.status(call_id) == "closed"


def test_returning_needs_a_cause_and_frees_the_crews(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "assigned")
    with pytest.raises(Refused, match="cause_missing"):
        service.return_call(desk.database, desk.officer, call_id, " ")
    service.return_call(desk.database, desk.officer, call_id, "不属本站辖区")
    assert desk.told("call.refused")[0]["cause"] == "不属本站辖区"
    assert desk.status(call_id) == "returned"
    other = desk.create()
    desk.run(other, car, "assigned")


def test_a_duplicate_is_merged_and_both_logs_say_so(desk: Desk) -> None:
    main, again = desk.create(), desk.create()
    service.merge(desk.database, desk.officer, again, main)
    assert desk.status(again) == "merged"
    assert desk.open(again).call.merged_into == main
    assert desk.lines(main, "merged_in")[0].text == "JQ0002"
    assert desk.told("call.closed")[0]["disposition"] == "duplicate"
    service.reopen(desk.database, desk.officer, again, "不是同一警情")
    assert desk.status(again) == "reopened"
    with pytest.raises(Refused, match="merge_with_itself"):
        service.merge(desk.database, desk.officer, main, main)


def test_a_call_of_the_city_is_given_back_not_cancelled(desk: Desk) -> None:
    with pytest.raises(Refused, match="cancel_of_city"):
        service.cancel(desk.database, desk.officer, desk.create(), "误报")
    mine = desk.take()
    service.cancel(desk.database, desk.officer, mine, "报警人撤回")
    assert desk.status(mine) == "cancelled"


def test_the_callers_number_is_masked_until_a_reason_is_given(desk: Desk) -> None:
    call_id = desk.create()
    assert desk.open(call_id).call.caller_phone == "138****8000"
    with pytest.raises(Refused, match="reason_missing"):
        service.reveal_caller(desk.database, desk.officer, call_id, "")
    number = service.reveal_caller(desk.database, desk.officer, call_id, "回拨核实地址")
    assert number == "13812348000"
    (line,) = desk.lines(call_id, "caller_revealed")
    assert (line.text, line.actor) == ("回拨核实地址", "officer:0123")
    with desk.database.read() as connection:
        assert [x.act for x in audit.lines(connection)][-1] == "call.caller_revealed"


def test_edits_of_other_facts_merge_and_of_the_same_fact_clash(desk: Desk) -> None:
    call_id = desk.create()
    base = desk.open(call_id).call.rev

    def edit(rev: int, **changes: object) -> None:
        service.change_call(
            desk.database, desk.officer, call_id, rev, service.Edit(**changes)  # type: ignore[arg-type]
        )  # fmt: skip

    edit(base, level=1)
    edit(base, nature="2002")
    with pytest.raises(Conflict, match="changed_meanwhile"):
        edit(base, level=3)
    edit(base, add="对方持刀")
    edit(base, add="已有人受伤")
    call = desk.open(call_id).call
    assert (call.level, call.nature) == (1, "2002")
    assert call.narrative == "两人打架\n对方持刀\n已有人受伤"


def test_what_changed_is_announced_after_the_commit(desk: Desk) -> None:
    heard: list[CallChanged] = []
    desk.database._bus.subscribe(CallChanged, heard.append)
    call_id = desk.create()
    service.sign(desk.database, desk.officer, call_id)
    assert [(e.call_id, e.status, e.kind) for e in heard] == [
        (call_id, "received", "received"), (call_id, "signed", "signed"),
    ]  # fmt: skip


def test_an_auditor_may_not_touch_calls(desk: Desk) -> None:
    auditor = Actor("officer", "9", frozenset({"auditor"}))
    call_id = desk.create()
    with pytest.raises(Refused, match="not_allowed"):
        service.sign(desk.database, auditor, call_id)
    with pytest.raises(Refused, match="not_allowed"):
        service.take_call(desk.database, auditor, NewCall("walk_in", "6003", "x"))


def test_a_late_step_is_explained_with_a_code_of_the_table(desk: Desk) -> None:
    call_id = desk.create()
    service.explain_delay(desk.database, desk.officer, call_id, "jam")
    assert desk.lines(call_id, "delay")[0].text == "道路拥堵"
    with pytest.raises(Refused, match="reason_missing"):
        service.explain_delay(desk.database, desk.officer, call_id, "other")


def test_the_migration_and_the_metadata_say_the_same(desk: Desk) -> None:
    found = sa.inspect(desk.database.engine)
    for name in ("call", "call_log", "assignment", "call_tombstone", "call_link"):
        table = metadata.tables[name]
        assert {c["name"] for c in found.get_columns(name)} == {c.name for c in table.columns}
        made = {str(i["name"]) for i in found.get_indexes(name)}
        assert {str(i.name) for i in table.indexes} <= made


def test_the_status_of_a_unit_outside_a_call_is_untouched_by_a_finish(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "assigned")
    roster.set_status(desk.database, desk.officer, car, "patrolling")
    service.take_off(desk.database, desk.officer, call_id, car, "另有任务")
    assert desk.unit(car).unit.status == "patrolling"
    assert desk.status(call_id) == "signed"
    assert desk.told("call.dispatched")[-1]["units"] == []
