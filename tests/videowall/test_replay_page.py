"""The page of recordings through its real widgets: by key, with reasons; films truly drawn together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.drill.keyboard import press, type_text
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall import service
from console.videowall.model import (
    CallStory,
    Moment,
    Rect,
    start_of,
)
from console.videowall.page import RecordingParts, RecordKey, WallRoom
from console.videowall.service import recordings as acts
from console.videowall.service.recorder import Recorder
from tests.conftest import HandClock
from tests.videowall.conftest import camera
from tests.videowall.recorded import HandWall, ids, kept, recorded
from tests.videowall.replayed import answer, opened, screen_of, sheet_of


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


def test_enter_asks_for_a_reason_and_only_then_plays(
    parts: RecordingParts, recorder: Recorder, database: Database, qtbot: QtBot
) -> None:
    one = recorded(database, recorder, 20.0, "call-7")
    page = opened(parts, qtbot)
    assert "保存至 2027-05-20" in page.facts.words
    press(page, "Return")
    sheet = sheet_of(qtbot)
    press(sheet, "Return")
    assert sheet.message.text() and screen_of(page).shown == {}  # no look without a reason
    answer(qtbot, "核查现场")
    qtbot.waitUntil(lambda: "replay-1" in screen_of(page).shown)
    with database.read() as connection:
        assert [look.reason for look in acts.looks(connection, one.id)] == ["核查现场"]
    plain, start = start_of(screen_of(page).shown["replay-1"].address)
    assert plain.endswith(f"{one.id}.mp4") and start is not None
    assert start.position_s == 1.0  # where the call has its first line with a picture
    assert page.stage.story_title.text() == "JQ-call-7 人民路"
    assert page.stage.timeline.count() == 2
    qtbot.waitUntil(lambda: page.stage.tiles[0].living)


def test_keys_pause_step_change_speed_and_close(
    parts: RecordingParts, recorder: Recorder, database: Database, qtbot: QtBot
) -> None:
    one = recorded(database, recorder, 60.0)
    page = opened(parts, qtbot)
    press(page, "Return")
    answer(qtbot, "核查现场")
    stage, screen = page.stage, screen_of(page)
    qtbot.waitUntil(lambda: "replay-1" in screen.shown)
    press(page, "Space")
    assert not stage.running and screen.shown == {}
    assert stage.tiles[0].plate.title == "已暂停"
    stood = stage.moment
    assert stood is not None and one.began_at is not None
    press(page, "Space")
    qtbot.waitUntil(lambda: "replay-1" in screen.shown)
    press(page, "Right")
    press(page, "Right")
    start = start_of(screen.shown["replay-1"].address)[1]
    assert start is not None and start.position_s >= 10.0
    assert stage.moment is not None and stage.moment >= stood + timedelta(seconds=9)
    press(page, "V")
    start = start_of(screen.shown["replay-1"].address)[1]
    assert start is not None and start.rate == 2.0 and stage.rate_button.text() == "2×"
    for _ in range(30):
        press(page, "Left")
    assert stage.moment is not None
    assert abs((stage.moment - one.began_at).total_seconds()) < 1.5  # not before its begin
    press(page, "Escape")
    assert screen.shown == {} and stage.moment is None
    assert stage.tiles[0].plate.title == "没有在回放"


def test_marked_ones_run_together_each_when_it_has_a_picture(
    parts: RecordingParts,
    recorder: Recorder,
    database: Database,
    clock: HandClock,
    qtbot: QtBot,
) -> None:
    early = recorded(database, recorder, 30.0)
    clock.pass_(20)
    late = recorded(database, recorder, 30.0)
    page = opened(parts, qtbot)
    press(page, "M")
    press(page, "M")
    assert set(page.marked) == {early.id, late.id}
    press(page, "Return")
    answer(qtbot, "核查经过")
    stage, screen = page.stage, screen_of(page)
    qtbot.waitUntil(lambda: stage.replay is not None and len(screen.shown) == 1)
    films = {one.id: at for at, one in enumerate(stage.films)}
    first = f"replay-{films[early.id] + 1}"
    assert set(screen.shown) == {first}
    assert stage.tiles[films[late.id]].plate.title == "此刻没有录像"
    assert early.began_at is not None
    stage.go_to(early.began_at + timedelta(seconds=25))
    starts = {name: start_of(one.address)[1] for name, one in screen.shown.items()}
    assert len(starts) == 2
    positions = sorted(start.position_s for start in starts.values() if start is not None)
    assert positions == pytest.approx([5.0, 25.0], abs=0.01)
    assert len({start.at_unix_s for start in starts.values() if start is not None}) == 1
    stage.go_to(early.began_at + timedelta(seconds=40))
    assert len(screen.shown) == 1
    page.hide()
    assert screen.shown == {}


def test_a_line_of_the_timeline_leads_there(
    parts: RecordingParts, recorder: Recorder, database: Database, clock: HandClock, qtbot: QtBot
) -> None:
    one = recorded(database, recorder, 60.0, "call-7")
    assert one.began_at is not None
    moment = one.began_at + timedelta(seconds=30)
    story = CallStory("JQ", (Moment(moment - timedelta(minutes=9), "接警"), Moment(moment, "到场")))
    page = opened(replace(parts, story=lambda _: story), qtbot)
    press(page, "Return")
    answer(qtbot, "核查经过")
    qtbot.waitUntil(lambda: page.stage.replay is not None)
    assert page.stage.moment is not None
    assert abs((page.stage.moment - moment).total_seconds()) < 1.0  # the first line with a picture
    page.stage.timeline.itemActivated.emit(page.stage.timeline.item(1))
    at = start_of(screen_of(page).shown["replay-1"].address)[1]
    assert at is not None and at.position_s == pytest.approx(27.0, abs=0.01)


def test_private_zones_of_the_camera_hide_the_replay_too(
    parts: RecordingParts, recorder: Recorder, database: Database, qtbot: QtBot
) -> None:
    one = recorded(database, recorder, 9.0)
    with database.read() as connection:
        was = service.camera(connection, one.camera_id)
    zone = Rect(0.1, 0.1, 0.2, 0.3)
    service.change_camera(database, parts.actor(), replace(was, mask=(zone,)))
    page = opened(parts, qtbot)
    press(page, "Return")
    answer(qtbot, "核查现场")
    qtbot.waitUntil(lambda: "replay-1" in screen_of(page).shown)
    assert screen_of(page).shown["replay-1"].mask == (zone,)
    assert not page.stage.tiles[0].living  # nothing is seen before the picture's form is known


def test_a_full_wall_is_said_and_the_replay_ends(
    parts: RecordingParts, recorder: Recorder, database: Database, qtbot: QtBot
) -> None:
    recorded(database, recorder, 5.0)
    page = opened(parts, qtbot)
    screen_of(page).full = True
    press(page, "Return")
    answer(qtbot, "核查现场")
    qtbot.waitUntil(lambda: "16" in page.notice.text)
    assert page.stage.replay is None


def test_hold_looks_and_export_by_key(
    parts: RecordingParts,
    recorder: Recorder,
    database: Database,
    qtbot: QtBot,
    told: list[str],
    tmp_path: Path,
) -> None:
    one = recorded(database, recorder)
    page = opened(parts, qtbot)
    press(page, "H")
    answer(qtbot, "涉嫌妨碍公务", "Ctrl+Return")
    qtbot.waitUntil(lambda: kept(database, one.id).hold is not None)
    qtbot.waitUntil(lambda: "涉嫌妨碍公务" in page.facts.words)
    assert page.hold_button.text() == "解除保全"
    page.steps.choose_folder = lambda *_: str(tmp_path)
    press(page, "Ctrl+E")
    answer(qtbot, "派出所调阅", "Ctrl+Return")
    qtbot.waitUntil(lambda: any("已导出到" in words for words in told))
    assert len(list(tmp_path.glob("recordings-*/manifest.json"))) == 1
    press(page, "L")
    sheet = sheet_of(qtbot)
    (lines,) = sheet.findChildren(QListWidget)
    assert "导出  派出所调阅" in lines.item(0).text() and "0123" in lines.item(0).text()
    press(sheet, "Return")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    press(page, "H")
    answer(qtbot, "已移交", "Ctrl+Return")
    qtbot.waitUntil(lambda: kept(database, one.id).hold is None)


def test_who_may_not_look_finds_the_keys_off(
    parts: RecordingParts, recorder: Recorder, database: Database, qtbot: QtBot
) -> None:
    recorded(database, recorder)
    technician = Actor("officer", "0105", frozenset({"technician"}))
    page = opened(replace(parts, actor=lambda: technician), qtbot)
    for button in (page.play_button, page.hold_button, page.export_button, page.end_button):
        assert not button.isEnabled()
    press(page, "Return")
    page.steps.play()
    assert QApplication.activeModalWidget() is None


def test_recordings_are_found_by_camera(
    parts: RecordingParts, recorder: Recorder, database: Database, qtbot: QtBot
) -> None:
    recorded(database, recorder)
    page = opened(parts, qtbot)
    press(page, "Ctrl+F")
    qtbot.waitUntil(page.search.hasFocus)
    type_text(page, "sx9")
    qtbot.waitUntil(lambda: page.table.model.rows == [])
    line = page.findChild(QLineEdit)
    assert line is not None
    line.clear()
    qtbot.waitUntil(lambda: len(page.table.model.rows) == 1)


def test_the_record_key_begins_tells_the_time_and_ends(
    parts: RecordingParts,
    recorder: Recorder,
    hand_wall: HandWall,
    database: Database,
    clock: HandClock,
    qtbot: QtBot,
    told: list[str],
) -> None:
    one = replace(camera(number="SX001"), id=ids(database)[0])
    key = RecordKey(parts, lambda: one)
    room = WallRoom([key])
    room.add_view("Live", QListWidget())
    room.add_view("Recordings", QListWidget())
    qtbot.addWidget(room)
    room.show()
    room.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is room)
    press(room, "R")
    qtbot.waitUntil(lambda: recorder.of_camera(one.id) is not None)
    clock.pass_(65)
    qtbot.waitUntil(lambda: key.text() == "停止录像 1:05")
    assert told == ["开始录像：SX001 人民路解放路路口（含此前一分钟）"]
    press(room, "R")
    qtbot.waitUntil(lambda: hand_wall.stopped != [] and len(told) == 2)
    hand_wall.shown.clear()
    errors: list[Exception] = []
    key.failed.connect(errors.append)
    other = replace(one, id=ids(database)[1])
    key._camera = lambda: other
    key.look()
    press(room, "R")
    qtbot.waitUntil(lambda: errors != [])
    assert "not_shown" in str(errors[0])
    press(room, "Ctrl+2")
    assert not key.isVisible() and room.tabs[1].isChecked()  # it is the live view's alone
