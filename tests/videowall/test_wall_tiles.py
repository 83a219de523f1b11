"""Several tiles on the page: divided, filled by key and by pointer, run by tours and by tiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.core.tables import audit_trail
from console.drill.keyboard import press, type_text
from console.ui.background import Background
from console.ui.choice import ChoiceSheet
from console.ui.dialogs import GATED, Sheet
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall import service
from console.videowall.model import (
    Grid,
    How,
    Phase,
    Rect,
    Rounds,
    Snapped,
    Stop,
    Stream,
    Tier,
    Tour,
    Verdict,
)
from console.videowall.page import PageParts, WallPage
from console.videowall.page.tour_sheet import StopList, TourSheet
from tests.videowall.conftest import camera
from tests.videowall.hand_wall import HandWall

MANY = 18
SMALL = "lavfi:testsrc2=size=160x90:rate=5"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


@pytest.fixture
def hand() -> HandWall:
    return HandWall()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def parts(
    database: Database,
    officer: Actor,
    background: Background,
    hand: HandWall,
    told: list[str],
    tmp_path: Path,
) -> PageParts:
    for number in range(1, MANY + 1):
        tier = Tier(1 + number % 3)
        service.add_camera(
            database, officer, camera(number=f"SX{number:03}", tier=tier, sub_address=SMALL)
        )
    return PageParts(
        database,
        hand,
        background,
        lambda: officer,
        lambda words, _: told.append(words),
        lambda _: None,
        tmp_path / "pictures",
    )


@pytest.fixture
def make_page(parts: PageParts, qtbot: QtBot) -> Callable[[], WallPage]:
    def made() -> WallPage:
        page = WallPage(parts)
        qtbot.addWidget(page)
        page.resize(1500, 900)
        page.show()
        page.activateWindow()
        page.setFocus()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
        qtbot.waitUntil(lambda: page.table.chosen_row() is not None and len(page.known) == MANY)
        return page

    return made


@pytest.fixture
def page(make_page: Callable[[], WallPage]) -> WallPage:
    return make_page()


def fill(page: WallPage, many: int) -> None:
    for _ in range(many):
        press(page, "Return")
        press(page, "Down")


def sheet_of(qtbot: QtBot, kind: type[Sheet]) -> Sheet:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget())
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def trail(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.act for row in connection.execute(audit_trail.select())]


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


def test_a_layout_is_kept_by_key_and_opened_again_and_the_wall_is_found_as_it_was_left(
    page: WallPage, qtbot: QtBot, told: list[str], make_page: Callable[[], WallPage], hand: HandWall
) -> None:
    press(page, "2")
    fill(page, 2)
    press(page, "L")
    choice = sheet_of(qtbot, ChoiceSheet)
    press(choice, "1")
    name = sheet_of(qtbot, Sheet)
    type_text(name, "夜班")
    press(name, "Return")
    qtbot.waitUntil(lambda: told == ["布局“夜班”已保存"])
    press(page, "1")
    press(page, "L")
    choice = sheet_of(qtbot, ChoiceSheet)
    press(choice, "1")
    qtbot.waitUntil(lambda: hand.numbers == {"SX001", "SX002"})
    left = page.stage.arrangement
    qtbot.waitUntil(lambda: "wall_layout.leave" in trail(page.parts.database))
    page.hide()
    assert hand.shown == {}
    again = make_page()
    qtbot.waitUntil(lambda: again.stage.arrangement == left)


def test_a_tour_runs_on_its_tile_and_leaves_the_others(
    page: WallPage, hand: HandWall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("console.videowall.page.runner.time.monotonic", lambda: now[0])
    press(page, "2")
    press(page, "Return")
    ids = {one.number: one.id for one in page.known.values()}
    stops = tuple(Stop(ids[number], 5) for number in ("SX010", "SX011"))
    page.runner.start_tour(Tour("t", "夜巡", stops), 1)
    assert hand.numbers == {"SX001", "SX010"}
    assert page.runner.how(ids["SX010"]) is How.TOUR
    assert page.runner.how(ids["SX001"]) is How.CHOSEN
    now[0] += 5.1
    qtbot.waitUntil(lambda: hand.numbers == {"SX001", "SX011"})
    now[0] += 5.1
    qtbot.waitUntil(lambda: hand.numbers == {"SX001", "SX010"})
    assert "轮巡“夜巡”" in page.panel._note.text()
    press(page, "Escape")
    assert not page.runner.runs and hand.numbers == {"SX001", "SX010"}


def test_a_tour_is_put_together_by_key(page: WallPage, qtbot: QtBot, told: list[str]) -> None:
    press(page, "Return")
    press(page, "T")
    sheet = sheet_of(qtbot, TourSheet)
    type_text(sheet, "夜巡")
    (stops,) = sheet.findChildren(StopList)
    stops.setFocus()
    for key in ("Down", "Space", "+", "Ctrl+Up"):
        press(sheet, key)
    press(sheet, "Return")
    qtbot.waitUntil(lambda: told == ["轮巡“夜巡”已保存"])
    tour = page.runner.tour
    assert tour is not None and [stop.dwell_s for stop in tour.stops] == [20, 15]
    assert [page.known[s.camera_id].number for s in tour.stops] == ["SX002", "SX001"]
    press(page, "T")
    assert page.runner.tour is None


def test_patrol_takes_every_camera_in_turn_and_the_log_says_who_watched(
    page: WallPage,
    hand: HandWall,
    qtbot: QtBot,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr("console.videowall.page.runner.time.monotonic", lambda: now[0])
    press(page, "3")
    page.runner.start_patrol(Rounds(dict.fromkeys(Tier, 30), 10))
    qtbot.waitUntil(lambda: len(hand.shown) == 9)
    first = hand.numbers
    now[0] += 10.1
    qtbot.waitUntil(lambda: len(hand.shown) == 9 and hand.numbers != first)
    assert not hand.numbers & first
    press(page, "Escape")
    moment = [datetime(2026, 11, 22, 3, 0, tzinfo=UTC)]
    watching = page.writer._watching
    living = set(page.stage.living())
    assert living == set()  # nothing lives yet: nothing counts
    hand.tell(phase=Phase.PLAYING, shown=9, age_s=0.1)
    page.stage.look()
    living = page.stage.living()
    assert len(living) == 9
    for second in range(5):
        at = moment[0].replace(second=second)
        watching.see(at, "0123", dict.fromkeys(living, How.PATROL))
    page.writer.end()
    qtbot.waitUntil(lambda: "camera.watched" in trail(database))
    with database.read() as connection:
        lines = service.watches(connection, None, 100)
    patrolled = [one for one in lines if one.how is How.PATROL]
    assert len(patrolled) == 9 and {one.officer for one in lines} == {"0123"}


def test_behind_the_gate_nothing_counts_as_watched(page: WallPage, hand: HandWall) -> None:
    assert page.seen
    page.window().setProperty(GATED, True)
    assert not page.seen


def test_the_stage_goes_to_a_screen_of_its_own_and_back(
    page: WallPage, hand: HandWall, qtbot: QtBot
) -> None:
    press(page, "2")
    fill(page, 2)
    press(page, "W")
    qtbot.waitUntil(lambda: page.stage.window() is not page.window() and page.stage.isVisible())
    full = page.stage.window()
    qtbot.waitUntil(lambda: full.size() == full.screen().size())
    assert hand.numbers == {"SX001", "SX002"}
    windows = {window for _, window, _ in hand.shown.values()}
    assert windows == {box.tile.window_number for box in page.stage.boxes if box.camera}
    page.hide()
    assert hand.numbers == {"SX001", "SX002"}  # it is looked at there
    page.show()
    full.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is full)
    press(full, "Escape")
    qtbot.waitUntil(lambda: page.stage.window() is page.window())
    assert not page.keys.elsewhere and len(hand.shown) == 2
    page.hide()
    assert hand.shown == {}


def test_a_snapshot_is_asked_for_and_the_trail_says_who_took_it(
    page: WallPage, hand: HandWall, qtbot: QtBot, database: Database, told: list[str]
) -> None:
    press(page, "S")
    assert "没有在播放" in page.notice.text
    press(page, "Return")
    press(page, "S")
    qtbot.waitUntil(lambda: len(hand.snapshots) == 1)
    tile, file = hand.snapshots[0]
    assert tile == page.tile_key and file.name.startswith("SX001-") and file.parent.is_dir()
    page.keys.snapped(Snapped("other", file.with_name("other.png")))
    file.write_bytes(b"picture")
    page.keys.snapped(Snapped(tile, file))
    qtbot.waitUntil(lambda: len(told) == 1 and file.name in told[0])
    assert "camera.snapshot" in trail(database)
    press(page, "S")
    qtbot.waitUntil(lambda: len(hand.snapshots) == 2)
    page.keys.snapped(Snapped(tile, hand.snapshots[1][1], "no_picture"))
    assert "没有截到画面" in page.notice.text


def test_every_head_tells_name_state_and_age(page: WallPage, hand: HandWall) -> None:
    press(page, "2")
    fill(page, 3)
    hand.tell(phase=Phase.PLAYING, shown=5, age_s=0.2)
    hand.tell("SX002", verdict=Verdict.FROZEN)
    hand.tell("SX003", phase=Phase.STALLED, age_s=7.0)
    page.stage.look()
    heads = [box.head for box in page.stage.boxes]
    assert [(h.name.split()[0], h.face.word, h.age) for h in heads[:3]] == [
        ("SX001", "实时", "0.2 秒"),
        ("SX002", "画面冻结", "0.2 秒"),
        ("SX003", "停止", "7 秒"),
    ]
    assert heads[3].name == ""


def test_the_tiers_say_how_they_stand_and_the_log_opens_by_key(
    page: WallPage, qtbot: QtBot, told: list[str]
) -> None:
    qtbot.waitUntil(lambda: "从未巡查" in page.tiers.lines[Tier.FIRST].words)
    assert "每 30 分钟" in page.tiers.lines[Tier.FIRST].words
    press(page, "K")
    sheet = sheet_of(qtbot, Sheet)
    assert "覆盖" in sheet.windowTitle()
    waiting = sheet.waiting  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(waiting.model.rows) == MANY)
    press(sheet, "Return")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    press(page, "I")
    rounds = sheet_of(qtbot, Sheet)
    rounds.form.editor("tier_1").setValue(20)  # type: ignore[attr-defined]
    press(rounds, "Return")
    qtbot.waitUntil(lambda: told == ["巡查间隔已保存"])
    page.tiers.refresh()
    qtbot.waitUntil(lambda: "每 20 分钟" in page.tiers.lines[Tier.FIRST].words)
