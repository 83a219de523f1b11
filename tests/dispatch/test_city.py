"""What the city sends, sound and odd: nothing is lost, nothing stops the feed."""

from __future__ import annotations

import math

import pytest

from console.core.actor import CITY
from console.core.errors import Refused
from console.core.words import Words
from console.dispatch import service
from console.dispatch.model import PlaceFlag
from console.dispatch.store import call_row
from console.gridmap.model import Area
from tests.dispatch.desk import PLACE, Desk

NASTY = "<img src=x onerror=alert(1)>${7*7}{{x}}'; DROP TABLE call;--"


class Ground:
    """A small ground: one square around the place, half of it a core zone."""

    def covers(self, lat: float, lon: float) -> bool | None:
        return abs(lat - PLACE[0]) < 0.1 and abs(lon - PLACE[1]) < 0.1

    def area_of(self, lat: float, lon: float) -> Area | None:
        return Area("a1", Words("解放", "Jiefang"), 1, (), ()) if lat >= PLACE[0] else None


def test_the_same_call_twice_stands_once(desk: Desk) -> None:
    message = desk.message()
    desk.city("call.created", message)
    call_id = desk.city("call.created", dict(message))
    with desk.database.read() as connection:
        assert len(service.board(connection, desk.clock.now())) == 1
    assert [line.kind for line in desk.open(call_id).log] == ["received"]


def test_the_same_call_with_other_facts_is_refreshed(desk: Desk) -> None:
    message = desk.message()
    desk.city("call.created", message)
    call_id = desk.city("call.created", message | {"level": 1, "report": "两人打架,一人持刀"})
    view = desk.open(call_id)
    assert (view.call.level, view.call.narrative) == (1, "两人打架,一人持刀")
    assert view.log[-1].kind == "updated"
    assert view.log[-1].detail["fields"]["level"] == [2, 1]


@pytest.mark.parametrize(
    ("place", "flag"),
    [
        (None, PlaceFlag.MISSING),
        ({}, PlaceFlag.MISSING),
        ("解放路", PlaceFlag.MISSING),
        ({"text": "解放路", "datum": "wgs84"}, PlaceFlag.NO_POINT),
        ({"text": "解放路", "lat": 200.0, "lon": 116.0}, PlaceFlag.IMPOSSIBLE),
        ({"text": "解放路", "lat": math.nan, "lon": 116.0}, PlaceFlag.IMPOSSIBLE),
        ({"text": "解放路", "lat": 0, "lon": 0}, PlaceFlag.IMPOSSIBLE),
        ({"text": "解放路", "lat": "35", "lon": 116.0}, PlaceFlag.IMPOSSIBLE),
        ({"text": "解放路", "lat": 35.0}, PlaceFlag.IMPOSSIBLE),
        ({"text": "解放路", "lat": 35.4, "lon": 116.5, "datum": "mars"}, PlaceFlag.IMPOSSIBLE),
        ({"text": "解放路", "lat": -35.4, "lon": 16.5, "datum": "wgs84"}, PlaceFlag.OUTSIDE),
    ],
)
def test_a_place_that_is_none_is_flagged_and_the_words_and_the_message_are_kept(
    desk: Desk, place: object, flag: PlaceFlag
) -> None:
    message = desk.message(place=place)
    with desk.database.act(CITY) as act:
        service.call_created(act, message, Ground())
    with desk.database.read() as connection:
        (card,) = service.board(connection, desk.clock.now())
        raw = call_row(connection, card.call.id).raw
    assert card.call.place_flag is flag
    assert card.place_missing
    assert card.call.lat is None
    assert card.call.place == (place["text"] if isinstance(place, dict) and place else "")
    assert "place" in raw


def test_without_a_place_at_all_the_call_still_stands(desk: Desk) -> None:
    message = desk.message()
    del message["place"]
    call_id = desk.city("call.created", message)
    assert desk.open(call_id).call.place_flag is PlaceFlag.MISSING


def test_a_point_is_converted_and_falls_into_its_zone(desk: Desk) -> None:
    place = {"text": "解放路", "lat": PLACE[0] + 0.01, "lon": PLACE[1], "datum": "gcj02"}
    with desk.database.act(CITY) as act:
        service.call_created(act, desk.message(place=place), Ground())
    with desk.database.read() as connection:
        (card,) = service.board(connection, desk.clock.now())
    assert card.call.lat is not None
    assert 0.0001 < abs(card.call.lat - place["lat"]) < 0.01  # type: ignore[operator]
    assert (card.call.zone, card.call.area_id) == ("core", "a1")


def test_codes_that_nobody_knows_are_kept_and_shown_as_other(desk: Desk) -> None:
    call_id = desk.create(nature="Z9", channel="pigeon", level=7)
    with desk.database.read() as connection:
        (card,) = service.board(connection, desk.clock.now())
    assert card.call.id == call_id
    assert (card.call.nature, card.call.source, card.call.level) == ("Z9", "pigeon", 7)
    assert card.nature.words.zh_CN == "其他(Z9)"
    assert card.source.words.en == "other (pigeon)"


@pytest.mark.parametrize("level", [None, "high", 0, -1, 1.5, True, 10**9])
def test_a_level_that_is_none_becomes_that_of_the_nature(desk: Desk, level: object) -> None:
    assert desk.open(desk.create(level=level)).call.level == 2


def test_markup_and_templates_are_only_text(desk: Desk) -> None:
    call_id = desk.create(
        report=NASTY, place={"text": NASTY}, reporter={"name": NASTY, "phone": NASTY}
    )
    call = desk.open(call_id).call
    assert (call.narrative, call.place, call.caller_name) == (NASTY, NASTY, NASTY)
    with desk.database.read() as connection:
        assert [c.id for c in service.find(connection, "${7*7}")] == [call_id]


def test_texts_are_bounded_and_broken_characters_do_no_harm(desk: Desk) -> None:
    call_id = desk.create(report="长" * 50_000, place={"text": "\ud800路" * 600}, nature="9" * 80)
    call = desk.open(call_id).call
    assert (len(call.narrative), len(call.place), len(call.nature)) == (10_000, 500, 32)


@pytest.mark.parametrize("call_id", [None, "", 7, "x" * 65, "a b", "警"])
def test_a_message_without_a_usable_id_is_refused_for_quarantine(
    desk: Desk, call_id: object
) -> None:
    for kind in ("call.created", "call.updated", "call.cancelled"):
        with pytest.raises(Refused, match="message_without_id"):
            desk.city(kind, desk.message(call_id=call_id))


@pytest.mark.parametrize("field", ["reporter", "due", "report", "channel", "received_at", "nature"])
@pytest.mark.parametrize("value", [None, [], 7, "x", {"a": [1]}])
def test_odd_fields_do_not_stop_a_call(desk: Desk, field: str, value: object) -> None:
    call_id = desk.create(**{field: value})
    assert desk.status(call_id) == "received"


def test_a_cancel_before_the_create_is_remembered(desk: Desk) -> None:
    message = desk.message()
    desk.city("call.cancelled", {"call_id": message["call_id"], "cause": "报警人撤回"})
    call_id = desk.city("call.created", message)
    call = desk.open(call_id).call
    assert (call.status, call.cause) == ("cancelled", "报警人撤回")


def test_a_cancel_frees_the_crews_and_each_has_a_line(desk: Desk) -> None:
    cars = [desk.add("巡01", PLACE), desk.add("巡02", PLACE)]
    call_id = desk.create()
    service.sign(desk.database, desk.officer, call_id)
    service.assign(desk.database, desk.officer, call_id, cars)
    service.depart(desk.database, desk.officer, call_id, cars[0])
    desk.city("call.cancelled", {"call_id": call_id, "cause": "误报"})
    desk.city("call.cancelled", {"call_id": call_id, "cause": "误报"})
    assert desk.status(call_id) == "cancelled"
    assert [line.unit_id for line in desk.lines(call_id, "released")] == cars
    assert len(desk.lines(call_id, "cancelled")) == 1
    assert [desk.unit(car).unit.status for car in cars] == ["returning", "free"]
    assert not any(crew.is_open for crew in desk.open(call_id).assignments)


def test_a_cancel_does_not_undo_what_is_finished_on_the_scene(desk: Desk) -> None:
    car = desk.add("巡01", PLACE)
    call_id = desk.create()
    desk.run(call_id, car, "finished")
    desk.city("call.cancelled", {"call_id": call_id, "cause": "误报"})
    assert desk.status(call_id) == "finished"
    assert desk.lines(call_id, "cancel_late")[0].text == "误报"


def test_an_update_before_the_create_creates(desk: Desk) -> None:
    call_id = desk.city("call.updated", desk.message())
    assert desk.status(call_id) == "received"


def test_in_priority_the_city_wins_and_what_the_post_loses_is_shown(desk: Desk) -> None:
    message = desk.message()
    call_id = desk.city("call.created", message)
    edit = service.Edit(level=3)
    service.change_call(desk.database, desk.officer, call_id, 1, edit)
    desk.city("call.updated", message | {"level": 1})
    assert desk.open(call_id).call.level == 1
    (line,) = desk.lines(call_id, "overruled")
    assert (line.detail["ours"], line.detail["city"]) == (3, 1)


def test_facts_of_both_sides_are_kept(desk: Desk) -> None:
    message = desk.message()
    call_id = desk.city("call.created", message)
    edit = service.Edit(add="持棍者穿红衣", place="解放路12号院内", point=(PLACE[0], PLACE[1]))
    service.change_call(desk.database, desk.officer, call_id, 1, edit)
    place = {"text": "解放路14号", "lat": PLACE[0] + 0.001, "lon": PLACE[1], "datum": "wgs84"}
    desk.city("call.updated", message | {"report": "又来三人", "place": place})
    call = desk.open(call_id).call
    assert call.narrative == "两人打架\n持棍者穿红衣\n又来三人"
    assert call.place == "解放路12号院内"
    (line,) = desk.lines(call_id, "updated")
    assert line.detail["kept_ours"] == ["lat", "place"]
    assert line.detail["fields"]["place"][1] == "解放路14号"


def test_the_citys_due_seconds_drive_the_lamps(desk: Desk) -> None:
    desk.create(due={"sign_s": 10, "depart_s": 60, "feedback_s": 120})
    desk.clock.pass_(11)
    with desk.database.read() as connection:
        (card,) = service.board(connection, desk.clock.now())
    assert [(lamp.name, lamp.state, lamp.seconds) for lamp in card.lamps] == [
        ("sign", "late", -1), ("depart", "waiting", 49), ("arrive", "idle", 300),
        ("feedback", "waiting", 109),
    ]  # fmt: skip


def test_what_the_city_only_says_again_overrules_nothing(desk: Desk) -> None:
    """Its message is always the whole call, and it was never told of the desk's own level."""
    message = desk.message(level=3)
    call_id = desk.city("call.created", message)
    service.change_call(
        desk.database, desk.officer, call_id, desk.open(call_id).call.rev, service.Edit(level=1)
    )
    desk.city("call.updated", {**message, "report": "两人打架,一人持刀"})
    call = desk.open(call_id).call
    assert (call.level, call.narrative) == (1, "两人打架,一人持刀")
    assert not desk.lines(call_id, "overruled")
    desk.city("call.updated", {**message, "level": 2})
    assert desk.open(call_id).call.level == 2
    assert len(desk.lines(call_id, "overruled")) == 1
