"""The technician's day with backups: the clock makes one, the stick is pulled out, the key goes on
paper; and the day the machine is lost: a new one, the backup, the paper. Keyboard only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.app.system_page import SystemPage
from console.core import audit
from console.core.database import Database
from console.core.keyfile import key_folder
from console.core.recovery_key import key_lines
from console.core.settings_file import write_settings
from console.drill.entry import is_set_up
from console.drill.first_start import OPEN, FirstStart
from console.drill.keyboard import press
from console.drill.sample_post import drill_secret
from console.upkeep.page.recovery_sheet import RecoverySheet
from console.upkeep.page.restore_form import KEYS, RestoreForm
from tests.stories.hands import Hands
from tests.stories.scene import Scene

pytestmark = pytest.mark.story
TECHNICIAN = "0104"


@pytest.fixture
def kept(stage: Callable[..., Scene], tmp_path: Path) -> tuple[Scene, Path]:
    """A running post whose backups go to a stick."""
    scene, stick = stage(), tmp_path / "stick"
    stick.mkdir()
    write_settings(scene.settings.data, {"backup_folder": str(stick), "backup_every_h": 4})
    scene.reread()
    scene.start()
    return scene, stick


def system(hands: Hands) -> SystemPage:
    hands.press("F10")
    page = hands.console.window.page("system")
    assert isinstance(page, SystemPage)
    hands.until(page.list.hasFocus)
    return page


def trail(database: Database) -> str:
    with database.read() as connection:
        return "\n".join(f"{one.act} {one.detail}" for one in audit.lines(connection))


def test_a_day_with_backups(
    kept: tuple[Scene, Path], hands_on: Callable[[Scene], Hands], tmp_path: Path
) -> None:
    scene, stick = kept
    hands = hands_on(scene)
    hands.sign_in(TECHNICIAN)
    page = system(hands)
    hands.until(lambda: scene.post.backups.snapshot().last is not None)
    assert [file.name for file in stick.iterdir()] == ["post-hongqi-auto-1.backup"]
    while page.stack.currentWidget() is not page.backup:
        hands.press("Down")
    hands.until(lambda: "最近一次合格备份" in page.backup.standing.text)
    assert "每 4 小时一次" in page.backup.standing.text
    assert page.backup.trouble.isHidden()

    pulled = stick.rename(tmp_path / "pulled")  # said on the page, wherever the officer looks
    scene.post.backups.nudge()
    hands.until(lambda: "找不到备份文件夹" in page.backup.trouble.text)
    assert "失败" in page.backup.trouble.text and page.backup.trouble.isVisible()
    hands.press("Up")
    hands.until(page.trouble.isVisible)
    hands.press("Down")
    pulled.rename(stick)
    scene.post.backups.nudge()
    hands.until(page.backup.trouble.isHidden)

    hands.press("Ctrl+B")
    hands.until(lambda: "已备份" in page.backup.notice.text or len(list(stick.iterdir())) == 2)
    hands.until(page.backup.paper.isEnabled)
    print_key(hands, scene, tmp_path / "safe")


def print_key(hands: Hands, scene: Scene, safe: Path) -> None:
    safe.mkdir()
    paper = safe / "key.pdf"
    database = scene.post.database
    hands.press("Ctrl+P")
    hands.asked()
    sheet = hands.sheet
    assert isinstance(sheet, RecoverySheet)
    hands.type("wrong")
    hands.press("Tab")
    line = sheet.form.editor("file")
    assert isinstance(line, QLineEdit)
    line.selectAll()
    hands.type(str(scene.settings.data / "key.pdf"))  # beside what it locks
    hands.press("Return")
    hands.until(lambda: line.property("wrong") == "yes")
    assert not paper.exists()
    line.selectAll()
    hands.type(str(paper))
    secret = sheet.form.editor("secret")
    for typed in ("wrong", drill_secret(TECHNICIAN)):
        secret.setFocus()
        hands.type(typed)
        hands.press("Return")
        if typed == "wrong":
            hands.until(sheet.yes.isEnabled)
            assert not paper.exists()
    hands.until(lambda: hands.sheet not in (None, sheet))
    hands.asked()
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.stat().st_mode & 0o777 == 0o600
    told = trail(database)
    assert told.count("recovery_key.printed") == 1
    for words in key_lines(database.key):
        assert words[:9] not in told and words[:9] not in hands.words(hands.sheet)
    assert database.key.hex() not in told
    hands.press("Return")  # printed: the file goes
    hands.until(lambda: not paper.exists() and hands.sheet is None)


def test_the_day_the_machine_is_lost(
    kept: tuple[Scene, Path],
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene, stick = kept
    qtbot.waitUntil(lambda: scene.post.backups.snapshot().last is not None, timeout=30_000)
    lines, epoch = key_lines(scene.post.database.key), scene.post.database.epoch
    scene.post.stop()
    (file,) = stick.iterdir()
    shutil.copy(file, tmp_path / "last.backup")
    monkeypatch.setenv("POST_CONSOLE_KEYS", str(tmp_path / "new keys"))
    data = tmp_path / "new machine"
    assert not is_set_up(data)
    first = FirstStart(qapp, data, "zh_CN")
    first.start()
    try:
        qtbot.waitUntil(lambda: qapp.activeWindow() is first.page, timeout=20_000)
        press(first.page, "F2")
        form = first.restore
        assert isinstance(form, RestoreForm)
        fill(qapp, form, [str(tmp_path / "last.backup"), *lines])
        second = form.form.editor(KEYS[1])
        assert isinstance(second, QLineEdit)
        second.setText(lines[2])  # the third line in the second's place
        press(first.page, "Return")
        qtbot.waitUntil(lambda: second.property("wrong") == "yes", timeout=20_000)
        assert not data.exists()
        second.setText(lines[1].lower())
        press(first.page, "Return")
        qtbot.waitUntil(form.open.isVisible, timeout=60_000)
        assert "post-hongqi" in form.notice.text and epoch not in form.notice.text
        press(first.page, "Return")
        qtbot.waitUntil(lambda: first.choice == OPEN, timeout=20_000)
    finally:
        first.stop()
    assert is_set_up(data)
    assert len(list(key_folder().glob("*.key"))) == 1


def fill(app: QApplication, form: RestoreForm, texts: list[str]) -> None:
    """Types these, field after field, with Tab between; the button of a path is passed over."""
    for key, text in zip(("file", *KEYS), texts, strict=True):
        editor = form.form.editor(key)
        line = editor.focusProxy() or editor
        while (hand := app.focusWidget()) is not line:
            assert hand is not None
            QTest.keyClick(hand, Qt.Key.Key_Tab)
        QTest.keyClicks(line, text)
