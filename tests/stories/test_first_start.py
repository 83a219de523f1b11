"""A newcomer's first day: an empty machine → a post → settings → restart → the roads are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.app.console import Console
from console.app.post import Post
from console.app.system_page import SystemPage
from console.drill.entry import is_set_up
from console.drill.first_start import OPEN, FirstStart
from console.drill.keyboard import press
from console.drill.sample_post import SAMPLE
from console.settings import read_settings
from console.ui.style import apply_theme, look
from console.ui.translation import use_language
from console.upkeep.page.path_field import PathField

pytestmark = pytest.mark.story
SECRET = "红旗广场-2026"
NEWCOMER = {
    "post_id": "post-hongqi",
    "post_name": "红旗广场“一号”警务站",
    "number": "0101",
    "name": "李卫国",
    "secret": SECRET,
    "again": SECRET,
}


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[QApplication]:
    use_language(qapp, "zh_CN")
    yield qapp
    use_language(qapp, "en")
    apply_theme(qapp, "day")


@contextmanager
def opened(app: QApplication, data: Path) -> Iterator[Console]:
    """The console on this post, as the front door opens it."""
    post = Post(read_settings(data))
    post.start()
    try:
        console = Console(app, post)
        console.start()
        try:
            yield console
        finally:
            console.stop()
    finally:
        post.stop()


class Newcomer:
    """Hands on the keyboard of a new machine."""

    def __init__(self, app: QApplication, qtbot: QtBot, data: Path) -> None:
        self.app, self.qtbot, self.data = app, qtbot, data

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=60_000)

    def write(self, line: object, text: str) -> None:
        assert isinstance(line, QLineEdit)
        line.clear()
        if text.isascii():
            QTest.keyClicks(line, text)
        else:
            line.insert(text)  # as an input method hands it over; QTest knows ASCII only

    def set_up(self) -> None:
        first = FirstStart(self.app, self.data, "zh_CN")
        first.start()
        try:
            for key, text in NEWCOMER.items():
                self.write(first.page.form.editor(key), text)
            self.write(first.page.form.editor("post_id"), "红旗")  # not a number of the city's
            first.page.own_button.click()
            self.until(lambda: first.page.form.editor("post_id").property("wrong") == "yes")
            assert first.page.own_button.isEnabled()
            self.write(first.page.form.editor("post_id"), NEWCOMER["post_id"])
            first.page.own_button.click()
            self.until(lambda: first.choice == OPEN)
        finally:
            first.stop()

    def sign_in(self, console: Console) -> None:
        self.until(lambda: self.app.activeWindow() is console.window)
        self.write(console.sign_in.number, "0101")
        self.write(console.sign_in.secret, SECRET)
        press(console.window, "Return")
        self.until(lambda: console.session is not None)

    def system(self, console: Console) -> SystemPage:
        console.window.show_page("system")
        page = console.window.page("system")
        assert isinstance(page, SystemPage)
        return page

    def choose(self, page: SystemPage, key: str, path: Path) -> None:
        for section in page.settings.sections:
            if key in section.form.values():
                field = section.form.editor(key)
                assert isinstance(field, PathField)
                field.chooser = lambda *_: str(path)
                field.button.click()


def test_from_an_empty_folder_to_a_post_with_roads(
    chinese: QApplication, qtbot: QtBot, tmp_path: Path, keys: Path
) -> None:
    data = tmp_path / "post"
    hands = Newcomer(chinese, qtbot, data)
    assert not is_set_up(data)
    hands.set_up()
    assert is_set_up(data)
    assert read_settings(data).post_name == NEWCOMER["post_name"]
    backups = tmp_path / "backups"
    backups.mkdir()

    with opened(chinese, data) as console:
        hands.sign_in(console)
        hands.until(lambda: "警力" in console.window.commands.activity.text())
        page = hands.system(console)
        hands.until(lambda: "路网" in page.missing.text)
        page.show_section(page.settings)
        hands.until(page.settings.save.isEnabled)
        hands.choose(page, "roads_file", SAMPLE / "town.osm.pbf")
        hands.choose(page, "areas_file", SAMPLE / "areas.geojson")
        hands.choose(page, "backup_folder", backups)
        page.settings.general.form.fill({"theme": "night", "idle_lock_s": 7})
        page.settings.check_ground.click()
        hands.until(page.settings.ground.isEnabled)
        assert "8 个巡区" in page.settings.ground.notice.text
        page.settings.save.click()
        hands.until(lambda: "下次启动生效" in page.settings.notice.text)
        assert look().tokens.name == "night"  # at once
        assert console.idle_lock_s == 420
        hands.until(lambda: "路网" not in page.missing.text)
        assert "警力" in page.missing.text
        assert not console.post.roads.ready  # not before the next start
        page.show_section(page.backup)
        hands.until(page.backup.make.isEnabled)
        page.backup.make.click()
        hands.until(lambda: bool(list(backups.glob("post-hongqi-*.backup"))))
        hands.until(page.backup.drill.isEnabled)

    with opened(chinese, data) as console:
        hands.sign_in(console)
        hands.until(lambda: console.post.roads.ready)
        assert len(console.post.roads.areas) == 8
        page = hands.system(console)
        hands.until(page.missing.isVisible)
        assert "警力" in page.missing.text
        page.show_section(page.audit)
        hands.until(lambda: bool(page.audit.table.model.rows))
        acts = {line.act for line in page.audit.table.model.rows}
        assert {"settings.changed", "backup.made", "audit.opened"} <= acts
