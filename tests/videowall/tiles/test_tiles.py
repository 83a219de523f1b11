"""Several tiles on the page: divided, filled by key and by pointer, seen closer, covered."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.drill.keyboard import press
from console.ui.dialogs import Sheet
from console.videowall import service
from console.videowall.model import (
    Grid,
    Phase,
    Rect,
    Stream,
    Verdict,
)
from console.videowall.page import WallPage
from tests.videowall.conftest import camera
from tests.videowall.hand_wall import HandWall
from tests.videowall.tiles.hands import fill, sheet_of


def test_nine_cameras_by_key_each_on_its_own_tile(page: WallPage, hand: HandWall) -> None:
    press(page, "3")
    assert page.stage.arrangement.grid is Grid.NINE
    assert page.bar.grids.checkedButton().text() == "3×3"
    fill(page, 9)
    assert hand.numbers == {f"SX{n:03}" for n in range(1, 10)}
    assert len({window for _, window, _ in hand.shown.values()}) == 9
    assert {stream for _, _, stream in hand.shown.values()} == {Stream.SUB}
    boxes = page.stage.boxes
    assert [b.camera.number for b in boxes if b.camera] == [f"SX{n:03}" for n in range(1, 10)]
    for one in boxes:
        assert not any(one.geometry().intersects(o.geometry()) for o in boxes if o is not one)


def test_one_fills_the_stage_with_its_main_stream_and_the_others_take_nothing_in(
    page: WallPage, hand: HandWall
) -> None:
    press(page, "2")
    fill(page, 4)
    press(page, "Ctrl+Left")
    press(page, "Ctrl+Up")
    marked = page.shown_camera
    assert marked is not None
    press(page, "F")
    ((shown, _, stream),) = hand.shown.values()
    assert (shown.number, stream) == (marked.number, Stream.MAIN)
    press(page, "Escape")
    assert len(hand.shown) == 4 and not page.stage.alone
    QTest.mouseDClick(page.stage.boxes[2].head, Qt.MouseButton.LeftButton)
    assert hand.numbers == {"SX003"}
    QTest.mouseDClick(page.stage.boxes[2].head, Qt.MouseButton.LeftButton)
    assert len(hand.shown) == 4


def test_dividing_anew_keeps_playing_what_stays(page: WallPage, hand: HandWall) -> None:
    press(page, "3")
    fill(page, 4)
    orders = len(hand.orders)
    press(page, "4")
    press(page, "3")
    assert hand.orders[orders:] == []
    press(page, "1")
    assert hand.numbers == {"SX001"}


def test_the_wall_asks_for_sixteen_at_most_and_a_refusal_stands_on_the_page(
    page: WallPage, hand: HandWall
) -> None:
    press(page, "4")
    fill(page, 17)
    assert len(hand.shown) == 16
    hand._most = 2
    for tile in list(hand.shown)[2:]:
        hand.hide(tile)
    page.stage.again()
    assert "最多同时播放 2 路" in page.notice.text


def test_a_camera_is_carried_onto_a_tile_and_tiles_change_places(
    page: WallPage, hand: HandWall, qtbot: QtBot
) -> None:
    press(page, "2")
    view = page.table.view
    row = view.visualRect(view.model().index(4, 1)).center()
    target = page.stage.boxes[3]
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    place = view.viewport().mapFromGlobal(target.mapToGlobal(target.rect().center()))
    QTest.mouseMove(view.viewport(), place)
    assert QApplication.overrideCursor() is not None
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert QApplication.overrideCursor() is None
    assert target.camera is not None and target.camera.number == "SX005"
    assert page.stage.marked == 3
    key, orders = target.key, len(hand.orders)
    head = target.head
    away = head.mapFromGlobal(page.stage.boxes[0].mapToGlobal(QPoint(60, 60)))
    QTest.mousePress(head, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    QTest.mouseRelease(head, Qt.MouseButton.LeftButton, pos=away)
    assert [bool(one) for one in page.stage.arrangement.cameras] == [True, False, False, False]
    assert page.stage.boxes[0].key == key  # the same window went there: nothing is opened anew
    assert hand.orders[orders:] == []
    # let go outside the wall: nothing
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    QTest.mouseMove(view.viewport(), row + QPoint(0, 60))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=row + QPoint(0, 60))
    assert len(hand.shown) == 1


def test_zoom_takes_the_main_stream_and_stays_within_the_picture(
    page: WallPage, hand: HandWall, qtbot: QtBot
) -> None:
    press(page, "3")
    press(page, "Return")
    press(page, "Ctrl+Left")
    glass = page.tile.glass
    page.stage.look()
    for _ in range(9):
        press(page, "+")
    assert glass.zoom == 4.0
    qtbot.waitUntil(lambda: [s for _, _, s in hand.shown.values()] == [Stream.MAIN])
    for _ in range(30):
        press(page, "Shift+Left")
    frame = glass._screen.geometry()
    assert frame.left() == 0 and abs(frame.width() - 4 * glass.width()) <= 1
    for _ in range(60):
        press(page, "Shift+Right")
    assert abs(glass._screen.geometry().right() + 1 - glass.width()) <= 1
    press(page, "0")
    assert glass.zoom == 1.0 and glass._screen.geometry() == glass.rect()
    qtbot.waitUntil(lambda: [s for _, _, s in hand.shown.values()] == [Stream.SUB])


def test_private_zones_lie_over_the_picture_and_move_with_it(
    page: WallPage, hand: HandWall, database: Database, officer: Actor, qtbot: QtBot
) -> None:
    (one,) = [c for c in page.known.values() if c.number == "SX001"]
    zones = (Rect(0.5, 0.0, 0.5, 0.5),)
    masked = camera(number="SX001", mask=zones, id=one.id, rev=one.rev)
    service.change_camera(database, officer, masked)
    page.refresh()
    qtbot.waitUntil(lambda: page.known[one.id].mask == zones)
    page.table.choose(one.id)
    qtbot.waitUntil(lambda: page.table.chosen_row() is not None)
    page.look_through(page.known[one.id])
    hand.tell(phase=Phase.PLAYING, shown=9, age_s=0.1)
    page.stage.look()
    assert not page.tile.living  # the form of the picture is not known: nothing is shown yet
    hand.tell(size=(400, 400))
    page.stage.look()
    assert page.tile.living
    glass = page.tile.glass
    side = min(glass.width(), glass.height())
    left = (glass.width() - side) // 2
    (cover,) = glass._covers
    assert cover.isVisible()
    assert (
        abs(cover.x() - (left + side / 2)) <= 3
        and abs(cover.y()) <= (glass.height() - side) // 2 + 2
    )
    assert abs(cover.width() - side / 2) <= 4
    kept = page.screen().grabWindow(int(glass.winId())).toImage()
    inside = cover.geometry().intersected(glass.rect()).center()
    qtbot.waitUntil(
        lambda: (
            page.screen().grabWindow(int(glass.winId())).toImage().pixelColor(inside).name()
            == "#30363d"
        )
    )
    assert kept.size() == glass.size()
    glass.enlarge(2)
    assert abs(cover.width() - side) <= 4


def test_a_free_layout_by_key(page: WallPage) -> None:
    press(page, "5")
    assert len(page.stage.boxes) == 6
    page.stage.mark(5)
    press(page, "Alt+Shift+Left")
    spots = page.stage.arrangement.spots
    assert (spots[5].w, spots[5].h) == (3, 4)
    press(page, "Alt+Right")
    assert page.stage.arrangement.spots[5].x == 5
    press(page, "Alt+Down")
    assert "放不下" in page.notice.text
    press(page, "Delete")
    assert len(page.stage.boxes) == 5
    press(page, "Insert")
    assert len(page.stage.boxes) == 6 and page.stage.arrangement.grid is Grid.FREE


def test_every_head_tells_name_state_and_age(page: WallPage, hand: HandWall) -> None:
    press(page, "2")
    fill(page, 3)
    hand.tell(phase=Phase.PLAYING, shown=5, age_s=0.2)
    hand.tell("SX002", verdict=Verdict.FROZEN, age_s=1.4)
    hand.tell("SX003", phase=Phase.STALLED, age_s=7.0)
    page.stage.look()
    heads = [box.head for box in page.stage.boxes]
    assert [(h.name.split()[0], h.face.word, h.age) for h in heads[:3]] == [
        ("SX001", "实时", "<1 秒"),
        ("SX002", "画面冻结", "1.4 秒"),
        ("SX003", "停止", "7 秒"),
    ]
    assert heads[3].name == ""


def test_what_lies_over_the_window_is_no_window_that_hides_the_pictures(
    page: WallPage, qtbot: QtBot
) -> None:
    press(page, "Return")
    press(page, "K")
    sheet = sheet_of(qtbot, Sheet)
    shade = sheet._shade
    assert shade.isVisible() and not shade.internalWinId()
    press(sheet, "Return")


def test_the_last_tiles_make_room_for_an_event_and_come_back(
    page: WallPage, hand: HandWall
) -> None:
    press(page, "4")
    fill(page, 16)
    assert len(hand.shown) == 16
    page.stage.mark(15)
    page.stage.reserve(3)
    # the marked one stays, whatever its place
    assert hand.numbers == {f"SX{n:03}" for n in (*range(1, 13), 16)}
    page.stage.look()
    assert [box.tile.plate.title for box in page.stage.boxes[12:15]] == ["让位于事件联动"] * 3
    assert page.stage.boxes[15].tile.plate.title != "让位于事件联动"
    page.stage.mark(13)
    assert hand.numbers == {f"SX{n:03}" for n in (*range(1, 13), 14)}
    page.stage.reserve(0)
    assert len(hand.shown) == 16
    page.stage.look()
    assert "让位于事件联动" not in [box.tile.plate.title for box in page.stage.boxes]


def test_a_wall_with_room_gives_none_away(page: WallPage, hand: HandWall) -> None:
    press(page, "3")
    fill(page, 9)
    orders = len(hand.orders)
    page.stage.reserve(4)
    assert len(hand.shown) == 9 and hand.orders[orders:] == []
