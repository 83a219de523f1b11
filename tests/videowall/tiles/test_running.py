"""What is kept, what runs by itself, and what the coverage log says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.drill.keyboard import press, type_text
from console.ui.choice import ChoiceSheet
from console.ui.dialogs import GATED, Sheet
from console.videowall import service
from console.videowall.model import (
    How,
    Phase,
    Rounds,
    Snapped,
    Stop,
    Tier,
    Tour,
)
from console.videowall.page import WallPage
from console.videowall.page.tour_sheet import StopList, TourSheet
from tests.videowall.hand_wall import HandWall
from tests.videowall.tiles.conftest import MANY
from tests.videowall.tiles.hands import fill, sheet_of, trail


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
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
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
