"""Cameras turned through the wall's real widgets: keys, joystick, presets, and the end of every turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.drill.keyboard import focus_of, press, type_text
from console.ui.background import Background
from console.ui.dialogs import Sheet
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall import service
from console.videowall.model import Camera, Grid, Turn, TurnFailed
from console.videowall.page import PageParts, WallPage
from console.videowall.service import Turning
from drivers.sim.onvif import OnvifSim
from tests.videowall.conftest import camera
from tests.videowall.hand_wall import HandWall

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


@pytest.fixture
def page(
    database: Database,
    officer: Actor,
    background: Background,
    turning: Turning,
    dome: Camera,
    told: list[str],
    qtbot: QtBot,
) -> WallPage:
    """SX001 turns and is shown; SX002 does not; SX003 turns but nobody wrote where."""
    service.add_camera(database, officer, camera(number="SX002", name="固定"))
    service.add_camera(database, officer, camera(number="SX003", name="未配置", ptz=True))
    parts = PageParts(
        database,
        HandWall(),
        background,
        lambda: officer,
        lambda words, _: told.append(words),
        lambda _: None,
        turning=turning,
    )
    made = WallPage(parts)
    qtbot.addWidget(made)
    made.resize(1300, 760)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    qtbot.waitUntil(lambda: made.table.chosen_row() is not None and len(made.known) == 3)
    made.divide(Grid.FOUR)
    made.look_through(made.known[dome.id], 0)
    return made


def hold(page: WallPage, key: Qt.Key) -> None:
    QTest.keyPress(focus_of(page), key, BOTH)


def let(page: WallPage, key: Qt.Key) -> None:
    QTest.keyRelease(focus_of(page), key, BOTH)


def test_a_key_turns_while_it_is_held(page: WallPage, sim: OnvifSim, qtbot: QtBot) -> None:
    hold(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: sim.head.moving)
    hold(page, Qt.Key.Key_Up)  # a second one joins
    qtbot.waitUntil(lambda: sim.head.place[1] > 0.02)
    let(page, Qt.Key.Key_Right)
    let(page, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: not sim.head.moving)
    pan, tilt, _ = sim.head.place
    assert pan > 0 and tilt > 0
    assert page.parts.turning is not None and not page.parts.turning.held


def test_a_key_that_stays_down_goes_on_turning(page: WallPage, sim: OnvifSim, qtbot: QtBot) -> None:
    sim.head.keeps_limit = False
    hold(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: sim.asked.count("ContinuousMove") >= 3, timeout=8000)  # renewed
    assert sim.head.moving and "Stop" not in sim.asked
    let(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not sim.head.moving)


@pytest.mark.parametrize("way", ["control", "focus", "hidden", "marked", "cleared", "window"])
def test_every_way_to_leave_it_stops_it(
    page: WallPage, sim: OnvifSim, qtbot: QtBot, way: str
) -> None:
    sim.head.keeps_limit = False
    hold(page, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: sim.head.moving)
    match way:
        case "control":
            QTest.keyRelease(focus_of(page), Qt.Key.Key_Control)
        case "focus":
            page.cameras.search.setFocus()
        case "hidden":
            page.hide()
        case "marked":
            page.stage.mark(1)
        case "cleared":
            page.step_back()
        case "window":
            other = QLineEdit()
            qtbot.addWidget(other)
            other.show()
            other.activateWindow()
    qtbot.waitUntil(lambda: "Stop" in sim.asked and not sim.head.moving, timeout=1200)


def test_the_joystick_and_the_zoom_buttons(page: WallPage, sim: OnvifSim, qtbot: QtBot) -> None:
    press(page, "Y")
    panel = page.keys.turns.panel
    assert panel.isVisible() and panel.stick.isEnabled()
    middle = panel.stick.rect().center()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(panel.stick, left, pos=middle + QPoint(50, 0))
    qtbot.waitUntil(lambda: sim.head.place[0] > 0.02)
    QTest.mouseMove(panel.stick, middle + QPoint(0, -60))
    qtbot.waitUntil(lambda: sim.head.place[1] > 0.02)
    QTest.mouseRelease(panel.stick, left, pos=middle)
    qtbot.waitUntil(lambda: not sim.head.moving)
    QTest.mousePress(panel.nearer, left)
    qtbot.waitUntil(lambda: sim.head.place[2] > 0.02)
    QTest.mouseRelease(panel.nearer, left)
    qtbot.waitUntil(lambda: not sim.head.moving)
    QTest.mousePress(panel.stick, left, pos=middle + QPoint(50, 0))
    qtbot.waitUntil(lambda: sim.head.moving)
    page.keys.turns.toggle()  # the panel goes away under the hand
    qtbot.waitUntil(lambda: not sim.head.moving)


def test_zoom_by_keys(page: WallPage, sim: OnvifSim, qtbot: QtBot) -> None:
    QTest.keyPress(focus_of(page), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sim.head.place[2] > 0.02)
    QTest.keyRelease(focus_of(page), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not sim.head.moving)


def test_all_the_way_back(page: WallPage, sim: OnvifSim, qtbot: QtBot) -> None:
    sim.head.put((0.2, 0.1, 0.9))
    press(page, "Ctrl+0")
    qtbot.waitUntil(lambda: sim.head.place == (0.2, 0.1, 0.0))


def test_presets_are_set_gone_to_and_removed_by_key(
    page: WallPage, sim: OnvifSim, qtbot: QtBot
) -> None:
    sim.head.put((0.5, 0.25, 0.5))
    press(page, "Y")
    panel = page.keys.turns.panel
    qtbot.waitUntil(lambda: "还没有预置位" in panel.line.text())
    press(page, "Alt+S")
    sheet = sheet_of(qtbot)
    type_text(sheet, "东门")
    press(sheet, "Return")
    qtbot.waitUntil(lambda: panel.list.count() == 1)
    assert panel.list.item(0).text() == "1   东门"
    sim.head.put((0.0, 0.0, 0.0))
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    press(page, "Alt+1")
    qtbot.waitUntil(lambda: sim.head.place == (0.5, 0.25, 0.5))
    panel.list.setCurrentRow(0)
    press(page, "Alt+D")
    press(sheet_of(qtbot), "Return")
    qtbot.waitUntil(lambda: panel.list.count() == 0)
    assert sim.head.presets == {}


def test_a_digit_works_with_the_panel_away(page: WallPage, sim: OnvifSim, qtbot: QtBot) -> None:
    sim.head.put((0.5, 0.0, 0.0))
    sim.head.keep("", "门")
    sim.head.put((0.0, 0.0, 0.0))
    press(page, "Alt+1")
    qtbot.waitUntil(lambda: sim.head.place[0] == 0.5)


@pytest.mark.parametrize(("number", "words"), [("SX002", "没有云台"), ("SX003", "ONVIF")])
def test_a_camera_that_cannot_turn_says_why(
    page: WallPage, sim: OnvifSim, qtbot: QtBot, number: str, words: str
) -> None:
    other = next(one for one in page.known.values() if one.number == number)
    page.look_through(other, 0)
    hold(page, Qt.Key.Key_Right)
    let(page, Qt.Key.Key_Right)
    assert words in page.notice.text
    press(page, "Y")
    panel = page.keys.turns.panel
    assert words in panel.line.text()
    assert not panel.stick.isEnabled() and not panel.keep_button.isEnabled()
    assert "ContinuousMove" not in sim.asked


def test_an_empty_tile_says_so(page: WallPage) -> None:
    page.step_back()
    hold(page, Qt.Key.Key_Right)
    assert "没有摄像机" in page.notice.text


def test_a_camera_that_does_not_answer_says_so_and_the_page_goes_on(
    page: WallPage, sim: OnvifSim, qtbot: QtBot
) -> None:
    sim.fault = "reset"
    press(page, "Y")
    panel = page.keys.turns.panel
    qtbot.waitUntil(lambda: "连不上" in panel.line.text())
    listened(page, sim, qtbot)
    assert page.keys.turns._held is None


def listened(page: WallPage, sim: OnvifSim, qtbot: QtBot) -> None:
    """The console's wiring tells the page of what failed; here by hand."""
    one = page.shown_camera
    assert one is not None
    page.keys.turns.push(Turn(1.0))
    page.keys.turns.failed(TurnFailed(one.id, "videowall.onvif_unreachable", False))
    assert "SX001" in page.notice.text and "连不上" in page.notice.text
    page.keys.turns.failed(TurnFailed(one.id, "videowall.onvif_no_answer", True))
    assert "可能还在转动" in page.notice.text


def test_a_console_without_onvif_has_no_word_that_misleads(page: WallPage) -> None:
    page.keys.turns._turning = None
    hold(page, Qt.Key.Key_Right)
    assert "ONVIF" in page.notice.text


def test_keys_collide_with_nothing_on_the_page(page: WallPage) -> None:
    from PySide6.QtGui import QShortcut

    names = [one.key().toString() for one in page.findChildren(QShortcut)]
    mine = [sequence for sequence, _ in page.keys.turns.shortcuts()] + ["Y", "D", "Alt+S", "Alt+D"]
    for sequence in mine:
        assert names.count(sequence) == 1, sequence


def test_ten_seconds_end_it_and_the_page_says_so(
    page: WallPage, sim: OnvifSim, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from console.videowall.service import turning as module

    monkeypatch.setattr(module, "MOST_TURN_S", 0.5)
    sim.head.keeps_limit = False
    press(page, "Y")
    hold(page, Qt.Key.Key_Right)
    panel = page.keys.turns.panel
    qtbot.waitUntil(lambda: "10 秒" in panel.line.text())
    qtbot.waitUntil(lambda: not sim.head.moving)
    let(page, Qt.Key.Key_Right)


def sheet_of(qtbot: QtBot) -> Sheet:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
    qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget())
    found = QApplication.activeModalWidget()
    assert isinstance(found, Sheet)
    return found


def test_nobody_may_look_for_cameras_but_a_technician(
    page: WallPage, qtbot: QtBot, officer: Actor
) -> None:
    plain = replace(officer, roles=frozenset({"duty_officer"}))
    object.__setattr__(page.cameras._parts, "actor", lambda: plain)
    press(page, "D")
    qtbot.waitUntil(lambda: page.notice.text != "")
    assert QApplication.activeModalWidget() is None


def test_the_keys_work_on_a_screen_of_its_own_too(
    page: WallPage, sim: OnvifSim, qtbot: QtBot
) -> None:
    page.keys.toggle_screen()
    full = page.keys._full
    assert full is not None
    full.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is full)
    QTest.keyPress(full, Qt.Key.Key_Right, BOTH)
    qtbot.waitUntil(lambda: sim.head.moving)
    QTest.keyRelease(full, Qt.Key.Key_Right, BOTH)
    qtbot.waitUntil(lambda: "Stop" in sim.asked and not sim.head.moving)
    sim.asked.clear()
    QTest.keyPress(full, Qt.Key.Key_Left, BOTH)
    qtbot.waitUntil(lambda: sim.head.moving)
    full.close()  # under the hand
    qtbot.waitUntil(lambda: "Stop" in sim.asked and not sim.head.moving, timeout=1200)
