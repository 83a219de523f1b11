"""What an event brings, on its tiles: by key away again, the most urgent first, nothing typed is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.drill.keyboard import press, type_text
from console.ui.choice import ChoiceSheet
from console.ui.dialogs import GATED
from console.videowall import service
from console.videowall.model import How, Verdict, Why
from tests.videowall.pop_up.conftest import Place


def heads(place: Place) -> list[str]:
    return [box.head.name for box in place.desk.region.shown_boxes]


def test_the_cameras_come_and_the_keyboard_stays_where_it_was(place: Place, qtbot: QtBot) -> None:
    type_text(place.typed, "abc")
    place.put(place.event("JQ0001"))
    region = place.desk.region
    assert region.isVisible() and place.hand.numbers == {"SX001", "SX002", "SX003"}
    assert QApplication.focusWidget() is place.typed
    type_text(place.typed, "def")
    assert place.typed.text() == "abcdef"
    assert heads(place) == [
        "30 米 SX001 人民路解放路路口",
        "60 米·背向 SX002 人民路解放路路口",
        "90 米 SX003 人民路解放路路口",
    ]
    place.hand.lives()
    place.hand.tell("SX002", verdict=Verdict.FROZEN)
    qtbot.waitUntil(lambda: region.shown_boxes[0].head.face.word == "实时")
    assert region.shown_boxes[1].head.face.word == "画面冻结"
    assert region.shown_boxes[0].head.age == "<1 秒"
    assert "警情联动" in region.note.words and "人民路" in region.note.words
    assert region.accessibleName().startswith("JQ0001 警情联动")
    press(place.window, "Ctrl+W")
    assert not region.isVisible() and place.hand.shown == {}
    assert QApplication.focusWidget() is place.typed and place.typed.text() == "abcdef"


def test_the_more_urgent_one_has_the_region_and_the_other_waits(place: Place) -> None:
    place.put(place.event("JQ0001", 2, (0, 1)))
    place.put(place.event("JQ0002", 3, (2, 3)))
    assert place.hand.numbers == {"SX001", "SX002"}
    assert "另有 1 起等待" in place.desk.region.note.words
    place.put(place.event("JQ0003", 1, (1, 4)))
    assert place.hand.numbers == {"SX002", "SX005"}
    assert place.hand.orders.count("SX002") == 1  # it was there already: nothing is opened anew
    for left in ({"SX001", "SX002"}, {"SX003", "SX004"}, set()):
        press(place.window, "Ctrl+W")
        assert place.hand.numbers == left
    assert [one.ref for one in place.desk.queue.sent_back] == ["JQ0002", "JQ0001", "JQ0003"]


def test_what_came_up_is_not_changed_at_once_for_one_as_urgent(place: Place, qtbot: QtBot) -> None:
    place.desk.hold_s = 3600.0
    place.put(place.event("JQ0001", 2, (0,)))
    place.put(place.event("JQ0002", 2, (1,)))
    assert place.hand.numbers == {"SX001"}
    place.put(place.event("JQ0003", 1, (2,)))
    assert place.hand.numbers == {"SX003"}
    press(place.window, "Ctrl+W")
    assert place.hand.numbers == {"SX002"}, "the newest of the other two"
    place.put(place.event("JQ0004", 2, (3,)))
    assert place.hand.numbers == {"SX002"}
    place.desk.hold_s = 0.0
    qtbot.waitUntil(lambda: place.hand.numbers == {"SX004"})


def test_the_list_tells_of_all_and_brings_any_back(place: Place, qtbot: QtBot) -> None:
    press(place.window, "Ctrl+G")
    assert place.told == ["目前没有事件联动画面"]
    place.put(place.event("JQ0001", 2, (0,)))
    place.put(place.event("JQ0002", 2, (1,)))
    press(place.window, "Ctrl+W")
    press(place.window, "Ctrl+G")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ChoiceSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ChoiceSheet)
    lines = [sheet.list.item(row).text() for row in range(sheet.list.count())]
    assert "显示中" in lines[0] and "JQ0001" in lines[0]
    assert "已送回" in lines[1] and "JQ0002" in lines[1] and "SX002" in lines[1]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    press(sheet, "2")
    qtbot.waitUntil(lambda: place.hand.numbers == {"SX002"})


def test_an_event_that_is_over_leaves_by_itself(place: Place) -> None:
    place.put(place.event("JQ0001", cameras=(0,)))
    place.put(place.event("JQ0002", cameras=(1,)))
    place.desk.over("call:JQ0002")
    assert place.hand.numbers == {"SX001"}
    place.desk.over("call:JQ0001")
    assert place.hand.shown == {} and place.desk.queue.sent_back == ()


def test_the_wall_makes_room_before_the_tiles_are_asked_for(place: Place) -> None:
    asked: list[tuple[int, int]] = []
    place.desk.room_wanted.connect(lambda tiles: asked.append((tiles, len(place.hand.shown))))
    place.put(place.event("JQ0001"))
    assert asked == [(3, 0)] and place.desk.room == 3
    press(place.window, "Ctrl+W")
    assert asked[-1] == (0, 0)


def test_where_there_is_no_room_the_tile_says_so_and_tries_again(
    place: Place, qtbot: QtBot
) -> None:
    place.hand._most = 2
    place.put(place.event("JQ0001"))
    boxes = place.desk.region.shown_boxes
    qtbot.waitUntil(lambda: "最多同时播放 2 路" in boxes[2].tile.plate.title)
    place.hand._most = 16
    qtbot.waitUntil(lambda: len(place.hand.shown) == 3)
    qtbot.waitUntil(lambda: "最多" not in boxes[2].tile.plate.title)


def test_what_is_recorded_goes_on_unseen_and_the_rest_does_not(place: Place, qtbot: QtBot) -> None:
    place.put(place.event("JQ0001"))
    place.hand.lives()
    qtbot.waitUntil(lambda: len(place.recorder.running()) == 3)
    assert {one.call_id for one in place.recorder.running()} == {"JQ0001"}
    assert {one.why for one in place.recorder.running()} == {Why.CALL}
    assert {one.asked_by for one in place.recorder.running()} == {"system:console"}
    place.window.hide()
    place.desk.again()
    assert len(place.hand.shown) == 3
    place.clock.pass_(place.rule.record_s)
    qtbot.waitUntil(lambda: len(place.hand.stopped) == 3)
    qtbot.waitUntil(lambda: place.hand.shown == {})  # nobody looks and nothing is kept
    place.window.show()
    place.desk.again()
    assert len(place.hand.shown) == 3


def test_sent_back_its_recordings_end(place: Place, qtbot: QtBot) -> None:
    place.put(place.event("JQ0001", cameras=(0,)))
    place.hand.lives()
    qtbot.waitUntil(lambda: len(place.recorder.running()) == 1)
    qtbot.waitUntil(lambda: place.desk.recorder.of(place.cameras[0].id) is not None)
    (one,) = place.recorder.running()
    press(place.window, "Ctrl+W")
    qtbot.waitUntil(lambda: place.hand.stopped == [one.id])


def test_the_coverage_log_says_that_an_event_brought_them(
    place: Place, qtbot: QtBot, database: Database
) -> None:
    place.put(place.event("JQ0001", cameras=(0,)))
    place.hand.lives()
    seen = place.desk.writer._watching
    qtbot.waitUntil(lambda: bool(seen._open))
    (line,) = seen._open.values()
    assert (line.camera_id, line.how, line.officer) == (place.cameras[0].id, How.EVENT, "0123")
    place.window.setProperty(GATED, True)
    assert not place.desk.seen
    with database.read() as connection:
        assert service.watches(connection, None, 10) == []
