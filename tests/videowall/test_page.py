"""The wall's page through its real widgets: a camera truly drawn, one that stops, one that is added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.drill.keyboard import press, type_text
from console.ui.background import Background
from console.ui.dialogs import Sheet
from console.ui.lamp import Shape
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall import service
from console.videowall.model import Failure, Phase, Picture
from console.videowall.page import PageParts, WallPage
from console.videowall.page.words import plate_words, state_line
from console.videowall.service import Wall
from tests.videowall.conftest import camera
from tests.videowall.hand_wall import HandWall
from tests.videowall.stream import LoopbackCamera

SECRET = "Geheim-9431"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def parts(database: Database, officer: Actor, background: Background, told: list[str]) -> PageParts:
    for number in ("SX001", "SX002", "SX003"):
        service.add_camera(database, officer, camera(number=number, name=f"路口 {number}"))
    return PageParts(
        database,
        HandWall(),
        background,
        lambda: officer,
        lambda words, _: told.append(words),
        lambda one: told.append(f"map {one.number}"),
    )


def opened(parts: PageParts, qtbot: QtBot) -> WallPage:
    page = WallPage(parts)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)  # keys go to the window that has them
    page.setFocus()
    qtbot.waitUntil(lambda: page.table.chosen_row() is not None)
    return page


@pytest.fixture
def page(parts: PageParts, qtbot: QtBot) -> WallPage:
    return opened(parts, qtbot)


def wall_of(page: WallPage) -> HandWall:
    wall = page._parts.wall
    assert isinstance(wall, HandWall)
    return wall


def test_arrows_choose_enter_shows_escape_stops_m_leads_to_the_map(
    page: WallPage, qtbot: QtBot, told: list[str]
) -> None:
    press(page, "Down")
    press(page, "Return")
    wall = wall_of(page)
    assert wall.orders == ["SX002"]
    wall.tell(phase=Phase.PLAYING, shown=12, age_s=0.1)
    qtbot.waitUntil(lambda: page.tile.living)
    assert "实时 · 最近画面 0.1 秒前 · 已显示 12 帧" in page.line.words
    chosen = page.table.chosen_row()
    assert chosen is not None and page.cameras.face(chosen).word == "实时"
    press(page, "M")
    assert told == ["map SX002"]
    press(page, "Escape")
    assert wall.orders == ["SX002", "hide"]
    assert not page.tile.living
    assert page.cameras.face(chosen).shape is Shape.TICK  # it was seen, it is not live any more
    assert page.cameras.face(chosen).word != "实时"


def test_a_hidden_page_takes_nothing_in_and_goes_on_when_it_is_seen_again(
    page: WallPage, qtbot: QtBot
) -> None:
    press(page, "Return")
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: wall_of(page).orders == ["SX001", "hide", "SX001"])


def test_a_picture_older_than_three_seconds_is_greyed_and_says_so(
    page: WallPage, qtbot: QtBot
) -> None:
    press(page, "Return")
    wall = wall_of(page)
    wall.tell(phase=Phase.PLAYING, shown=50, age_s=0.1)
    qtbot.waitUntil(lambda: page.tile._kept is not None)
    wall.tell(phase=Phase.STALLED, age_s=3.2)
    qtbot.waitUntil(lambda: not page.tile.living)
    assert page.tile.plate.title == "画面停止 · 3 秒前"
    assert "画面停止 · 3 秒前" in page.line.words
    kept = page.tile.plate._picture
    assert kept is not None and kept.isGrayscale()
    wall.tell(phase=Phase.PLAYING, age_s=0.0)
    qtbot.waitUntil(lambda: page.tile.living)


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_says_what_happened_and_what_to_do(failure: Failure) -> None:
    title, advice = plate_words(Picture("c", Phase.FAILED, failure))
    assert title.startswith("无信号 · ") and len(title) > 8
    assert advice.endswith("。")
    assert state_line(Picture("c", Phase.FAILED, failure)) in title


def test_cameras_are_found_by_key(page: WallPage, qtbot: QtBot) -> None:
    press(page, "Ctrl+F")
    qtbot.waitUntil(page.cameras.search.hasFocus)
    type_text(page, "sx003")
    qtbot.waitUntil(lambda: [one.number for one in page.table.model.rows] == ["SX003"])
    press(page, "Return")
    qtbot.waitUntil(lambda: wall_of(page).orders == ["SX003"])


def sheet_of(qtbot: QtBot) -> Sheet:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
    qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget())
    found = QApplication.activeModalWidget()
    assert isinstance(found, Sheet)
    return found


def test_a_camera_is_added_by_key_and_its_password_is_never_shown(
    page: WallPage, qtbot: QtBot, told: list[str], parts: PageParts
) -> None:
    press(page, "N")
    sheet = sheet_of(qtbot)
    for text in ("SX009", "桥头", f"rtsp://wache:{SECRET}@10.0.0.9/ch1", "", "", "35.4", "121.6"):
        if text:
            type_text(sheet, text)
        press(sheet, "Tab")
    type_text(sheet, "400")
    press(sheet, "Return")
    form = sheet.form  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "0 至 360" in form._messages["direction_deg"].text())
    form.editor("direction_deg").clear()
    press(sheet, "Return")
    qtbot.waitUntil(lambda: told == ["摄像机 SX009 已保存"])
    qtbot.waitUntil(lambda: len(page.table.model.rows) == 4)
    page.table.choose(page.table.model.rows[3].id)
    chosen = page.table.chosen_row()
    assert chosen is not None and chosen.password == SECRET
    press(page, "E")
    again = sheet_of(qtbot)
    texts = [line.text() for line in again.findChildren(QLineEdit)]
    texts += [one.text() for one in (*again.findChildren(QLabel), *page.findChildren(QLabel))]
    texts += [again.windowTitle(), page.windowTitle()]
    assert "wache" in texts
    assert not [text for text in texts if SECRET in text]
    press(again, "Escape")


def test_a_refusal_stands_on_the_page(page: WallPage, qtbot: QtBot, parts: PageParts) -> None:
    page.choose("nobody")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: page.notice.text != "")
    assert "找不到" in page.notice.text


def test_tables_go_out_and_in_from_the_page(page: WallPage, qtbot: QtBot) -> None:
    press(page, "Ctrl+E")
    out = sheet_of(qtbot)
    assert "摄像机" in out.windowTitle()
    press(out, "Escape")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    page.activateWindow()  # a display without a window manager may not give it back
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    press(page, "Ctrl+I")
    taking = sheet_of(qtbot)
    assert "摄像机" in taking.windowTitle()
    press(taking, "Escape")


def colours(picture: QImage) -> int:
    """How many colours stand in the picture, in coarse steps."""
    small = picture.scaled(64, 36, Qt.AspectRatioMode.IgnoreAspectRatio)
    return len({small.pixelColor(x, y).rgb() & 0xE0E0E0 for x in range(64) for y in range(36)})


def test_a_camera_is_truly_drawn_and_a_silent_one_is_greyed(
    parts: PageParts, wall: Wall, qtbot: QtBot, database: Database, officer: Actor
) -> None:
    silent = LoopbackCamera(3)
    silent.start()
    try:
        service.add_camera(database, officer, camera(silent.address(), number="SX000"))
        page = opened(replace(parts, wall=wall), qtbot)
        press(page, "Return")  # SX000 stands first
        qtbot.waitUntil(lambda: page.tile.living, timeout=15000)
        press(page, "Down")
        press(page, "Return")
        qtbot.waitUntil(
            lambda: page.tile.living and wall.picture(page.tile_key).shown > 15, timeout=15000
        )
        assert (
            wall.picture(page.tile_key).failure is None
        )  # NO_OUTPUT: vlc-plugin-video-output is missing
        drawn = page.screen().grabWindow(page.tile.window_number).toImage()
        assert colours(drawn) > 8
        press(page, "Up")
        press(page, "Return")
        qtbot.waitUntil(lambda: wall.picture(page.tile_key).phase is Phase.STALLED, timeout=15000)
        qtbot.waitUntil(lambda: page.tile.plate.title.startswith("画面停止 · 3 秒前"))
        kept = page.tile.plate._picture
        assert kept is not None and kept.isGrayscale() and colours(kept) > 2
        page.hide()
        assert wall.picture(page.tile_key).phase is Phase.OFF
    finally:
        wall.stop()
        silent.stop()


def test_the_state_line_speaks_english_too(qapp: QApplication) -> None:
    use_language(qapp, "en")
    assert state_line(Picture("c", Phase.STALLED, None, 5, 3.4)) == "Picture stopped · 3 s ago"
