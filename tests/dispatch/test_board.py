"""The board's order, finding, duplicates, and limits that change what is seen."""

from __future__ import annotations

import pytest

from console.core.actor import Actor
from console.core.errors import Refused
from console.dispatch import service
from console.dispatch.model import Call, Probe
from tests.dispatch.desk import PLACE, Desk

DUE = {"sign_s": 3000, "depart_s": 3000, "feedback_s": 3000}


def found(desk: Desk, text: str) -> list[Call]:
    with desk.database.read() as connection:
        return service.find(connection, text)


def test_the_late_come_first_then_the_level_then_the_age(desk: Desk) -> None:
    old = desk.create(level=3, due=DUE)
    desk.clock.pass_(1)
    young = desk.create(level=3, due=DUE)
    grave = desk.create(level=1, due=DUE)
    late = desk.create(level=4, due=DUE | {"sign_s": 5})
    desk.clock.pass_(10)
    with desk.database.read() as connection:
        cards = service.board(connection, desk.clock.now())
    assert [card.call.id for card in cards] == [late, grave, old, young]
    assert [card.late(desk.clock.now()) for card in cards] == [True, False, False, False]


def test_an_ended_call_leaves_the_board_and_crews_are_named(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    gone, stays = desk.create(), desk.create()
    service.return_call(desk.database, desk.officer, gone, "不属本站辖区")
    desk.run(stays, car, "assigned")
    with desk.database.read() as connection:
        (card,) = service.board(connection, desk.clock.now())
    assert (card.call.id, card.crews) == (stays, ("巡01",))


@pytest.mark.parametrize("text", ["JQ0001", "jq1", "1", "解放路", "打架", "138123", "王某", "架"])
def test_a_call_is_found_by_number_place_words_phone_and_name(desk: Desk, text: str) -> None:
    call_id = desk.create()
    desk.take(nature="2004", narrative="噪声", place="和平街9号")
    assert [c.id for c in found(desk, text)] == [call_id]


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "没有这句", "\\"])
def test_nothing_is_found_by_nothing_or_by_wildcards(desk: Desk, text: str) -> None:
    desk.create()
    assert found(desk, text) == []


def test_words_are_found_where_they_stand_now_and_no_more_where_they_stood(desk: Desk) -> None:
    call_id = desk.create()
    place = desk.open(call_id).call.place
    edit = service.Edit(place="桥头广场", add="一人落水")
    service.change_call(desk.database, desk.officer, call_id, 1, edit)
    assert [call.id for call in found(desk, "落水")] == [call_id]
    assert [call.id for call in found(desk, "桥头广场")] == [call_id]
    assert found(desk, place) == []


def test_several_words_must_all_stand_there_and_not_across_a_stop(desk: Desk) -> None:
    call_id = desk.take(nature="2004", narrative="桥头有人吵,闹市口", place="和平街9号")
    assert [call.id for call in found(desk, "和平街 桥头")] == [call_id]
    assert found(desk, "和平街 广场") == []
    assert found(desk, "吵闹") == []


def test_duplicates_are_near_alike_and_recent_or_from_the_same_phone(desk: Desk) -> None:
    near = desk.create(nature="2002", place=at(0.002))
    desk.create(nature="3002", place=at(0.001))
    far = desk.create(nature="2001", place=at(0.02), reporter={"phone": "13900001111"})
    caller = desk.create(nature="5001", place=at(0.05))
    desk.clock.pass_(60)
    one = desk.create(reporter={"phone": "13812348000"}, nature="2001", place=at(0))
    with desk.database.read() as connection:
        alike = service.duplicates_of(connection, one, desk.clock.now())
        probe = Probe(desk.clock.now(), *PLACE, "20")
        typed = service.duplicates(connection, probe, desk.clock.now())
    ids = [d.call.id for d in alike]
    assert near in ids
    assert caller in ids
    assert far not in ids
    assert one not in ids
    assert alike[0].range_m is not None
    assert {d.call.id for d in typed} == {near, one}
    desk.clock.pass_(31 * 60)
    with desk.database.read() as connection:
        assert service.duplicates(
            connection, Probe(desk.clock.now(), *PLACE, "20"), desk.clock.now()
        ) == []  # fmt: skip


def at(north: float) -> dict[str, object]:
    return {"text": "某处", "lat": PLACE[0] + north, "lon": PLACE[1], "datum": "wgs84"}


def test_a_limit_changed_is_a_limit_seen(desk: Desk) -> None:
    desk.create(due=None)
    desk.clock.pass_(20)

    def sign_lamp() -> tuple[str, int]:
        with desk.database.read() as connection:
            (card,) = service.board(connection, desk.clock.now())
        return str(card.lamps[0].state), card.lamps[0].seconds

    assert sign_lamp() == ("waiting", 10)
    service.change_limits(desk.database, desk.officer, {"sign_s": {"2": 15}})
    assert sign_lamp() == ("late", -5)
    service.change_limits(desk.database, desk.officer, {"sign_s": {"2": 25}})
    assert sign_lamp() == ("warn", 5)


def test_limits_are_brought_to_sane_values_and_nonsense_is_refused(desk: Desk) -> None:
    table = service.change_limits(
        desk.database, desk.officer, {"position_age_s": 0, "arrival_radius_m": 10**9}
    )
    assert (table["position_age_s"], table["arrival_radius_m"]) == (10, 2000)
    for body, code in (
        ({"colour": 1}, "limit_unknown"),
        ({"sign_s": {"9": 1}}, "limit_unknown"),
        ({"undo_s": "soon"}, "limit_not_a_number"),
        ({"undo_s": float("nan")}, "limit_not_a_number"),
        ({"undo_s": True}, "limit_not_a_number"),
    ):
        with pytest.raises(Refused, match=code):
            service.change_limits(desk.database, desk.officer, body)
    clerk = Actor("officer", "7", frozenset({"duty_officer"}))
    with pytest.raises(Refused, match="not_allowed"):
        service.change_limits(desk.database, clerk, {"undo_s": 30})


@pytest.mark.parametrize("seconds", [29, 30, 31])
def test_a_value_on_the_edge_is_in_time(desk: Desk, seconds: int) -> None:
    call_id = desk.create()
    desk.clock.pass_(seconds)
    service.sign(desk.database, desk.officer, call_id)
    with desk.database.read() as connection:
        (card,) = service.board(connection, desk.clock.now())
    assert card.lamps[0].state == "done"
    assert card.lamps[0].was_late == (seconds > 30)
