"""Cameras found in the network, looked at and entered through the technician's real sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.drill.keyboard import enter, press
from console.videowall import service
from console.videowall.model import Camera
from console.videowall.page import WallPage
from console.videowall.page.camera_sheet import CameraSheet
from console.videowall.page.discover_sheet import DiscoverSheet
from drivers.sim.onvif import OnvifSim
from tests.videowall.turning.conftest import SECRET
from tests.videowall.turning.test_turn_page import dressed, page, sheet_of

__all__ = ["dressed", "page"]


def found(page: WallPage, qtbot: QtBot) -> DiscoverSheet:
    press(page, "D")
    sheet = sheet_of(qtbot)
    assert isinstance(sheet, DiscoverSheet)
    qtbot.waitUntil(lambda: len(sheet.lines) == 1 and not sheet._busy, timeout=9000)
    return sheet


@pytest.fixture
def empty_store(database: Database, dome: Camera, page: WallPage) -> Database:
    """The only camera of that host is another one."""
    import sqlalchemy as sa

    from console.core.actor import SYSTEM

    with database.act(SYSTEM) as act:
        act.connection.execute(sa.text("update camera set onvif = '' where number = 'SX001'"))
    return database


def test_a_new_camera_is_found_looked_at_and_entered(
    page: WallPage, empty_store: Database, sim: OnvifSim, qtbot: QtBot, told: list[str]
) -> None:
    sheet = found(page, qtbot)
    (line,) = sheet.lines.values()
    assert (line.known, line.face.word) == (None, "新发现")
    assert not sheet.yes.isEnabled()
    enter(sheet.user, "wache")
    enter(sheet.password, SECRET)
    sheet.table.setFocus()
    press(sheet, "Space")
    press(sheet, "Return")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CameraSheet), timeout=9000)
    entry = sheet_of(qtbot)
    assert isinstance(entry, CameraSheet)
    form = entry.form
    values = form.values()
    assert values["address"] == "rtsp://127.0.0.1:8554/main"
    assert values["sub_address"] == "rtsp://127.0.0.1:8554/sub"  # 640×360, not 160×90
    assert (values["onvif"], values["onvif_profile"], values["ptz"]) == (sim.address, "main", True)
    assert (values["name"], values["lat"]) == ("sim", "")
    for key, text in (("number", "SX009"), ("lat", "35.4"), ("lon", "121.6")):
        editor = form.editor(key)
        assert isinstance(editor, QLineEdit)
        enter(editor, text)
    shown = [one.text() for one in entry.findChildren(QLabel)]
    assert SECRET not in "".join([*shown, entry.windowTitle()])
    press(entry, "Return")
    qtbot.waitUntil(lambda: told == ["摄像机 SX009 已保存"])
    with empty_store.read() as connection:
        (kept,) = service.cameras(connection, "SX009")
    assert (kept.user, kept.password, kept.turnable) == ("wache", SECRET, True)


def test_a_known_camera_is_shown_as_known_and_changed(
    page: WallPage, sim: OnvifSim, qtbot: QtBot, dome: Camera
) -> None:
    sheet = found(page, qtbot)
    (line,) = sheet.lines.values()
    assert line.face.word == "已有，编号 SX001"
    press(sheet, "Space")
    press(sheet, "Return")  # with the user and password that are kept
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CameraSheet), timeout=9000)
    entry = sheet_of(qtbot)
    assert isinstance(entry, CameraSheet)
    assert "SX001" in entry.windowTitle()
    texts = [one.text() for one in entry.findChildren(QLineEdit)]
    assert SECRET not in texts
    press(entry, "Escape")


def test_a_wrong_password_is_said_and_nothing_is_entered(
    page: WallPage, empty_store: Database, qtbot: QtBot
) -> None:
    sheet = found(page, qtbot)
    enter(sheet.user, "wache")
    enter(sheet.password, "falsch-77")
    sheet.table.setFocus()
    press(sheet, "Space")
    press(sheet, "Return")
    qtbot.waitUntil(lambda: "不接受这个用户名或密码" in sheet.message.text(), timeout=9000)
    assert "falsch" not in sheet.message.text()
    (line,) = sheet.lines.values()
    assert not line.wanted
    press(sheet, "Escape")


def test_an_address_that_nobody_answered_is_typed(
    page: WallPage, sim: OnvifSim, qtbot: QtBot
) -> None:
    sheet = found(page, qtbot)
    enter(sheet.place, "not an address")
    press(sheet, "Return")
    assert "ONVIF 地址不对" in sheet.message.text()
    enter(sheet.place, "192.168.1.64")
    press(sheet, "Return")
    assert "http://192.168.1.64/onvif/device_service" in sheet.lines
    assert sheet.yes.isEnabled()
    press(sheet, "Escape")


def test_a_network_that_cannot_be_asked_is_said(
    page: WallPage, sim: OnvifSim, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = found(page, qtbot)
    sheet._turning._onvif._program = (str(tmp_path / "none"),)
    child = sheet._turning._onvif._child
    assert child is not None
    child.kill()
    qtbot.waitUntil(lambda: sheet._turning.pid is None)
    press(sheet, "F5")
    qtbot.waitUntil(lambda: "重新启动" in sheet.message.text())
    press(sheet, "Escape")
