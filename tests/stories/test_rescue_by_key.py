"""The store does not open at start: the officer sees why, restores or salvages by key, and goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.app.rescue import Rescue, can_be_mended
from console.core import audit, backup
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE, read_key
from console.core.pages import Pages
from console.core.survey import survey
from console.drill import entry
from console.drill.keyboard import press
from console.settings import Settings, read_settings
from console.ui.dialogs import Sheet
from console.ui.style import apply_theme
from console.ui.translation import use_language

pytestmark = pytest.mark.story
PAGE = 4096


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[QApplication]:
    use_language(qapp, "zh_CN")
    yield qapp
    use_language(qapp, "en")
    apply_theme(qapp, "day")


@pytest.fixture
def settings(post: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A post with two backups, one of them damaged, and acts since."""
    data, keys = post
    monkeypatch.setenv("POST_CONSOLE_KEYS", keys)
    database = opened(data)
    try:
        (data / "backups").mkdir(exist_ok=True)
        for name in ("one", "two"):
            backup.write(database, SYSTEM, data / "backups" / f"{name}.backup")
        for n in range(7):
            with database.act(SYSTEM) as act:
                act.audit("call.noted", "call", f"call-{n % 3}")
    finally:
        database.stop()
    hurt(data / "backups" / "two.backup", 9)
    return read_settings(data)


def opened(data: Path) -> Database:
    database = Database(data, read_key(data), SystemClock(), EventBus())
    database.start()
    return database


def hurt(file: Path, page: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[(page - 1) * PAGE + 500] ^= 1
    file.write_bytes(raw)


def root_of(data: Path, table: str) -> int:
    return survey(Pages(data / DATABASE_FILE, read_key(data))).tables[table].shape.root


class Hands:
    """Keys on the rescue page."""

    def __init__(self, app: QApplication, qtbot: QtBot, settings: Settings) -> None:
        self.app, self.qtbot = app, qtbot
        self.rescue = Rescue(app, settings)
        self.page = self.rescue.page
        self.rescue.start()
        self.until(lambda: self.app.activeWindow() is self.page)
        self.until(lambda: bool(self.page.table.model.rows) and not self.page.bar.isVisible())

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=60_000)

    def press(self, key: str) -> None:
        press(self.app.activeModalWidget() or self.page, key)

    def answer(self, key: str) -> None:
        """The question that is asked gets this key."""
        self.until(lambda: isinstance(self.app.activeModalWidget(), Sheet))
        self.until(lambda: self.app.activeWindow() is self.app.activeModalWidget())
        self.press(key)

    def picture(self, name: str) -> None:
        """Kept where somebody asks for pictures."""
        folder = os.environ.get("POST_CONSOLE_PICTURES")
        if folder:
            for theme in ("day", "night"):
                for size in ((1366, 768), (1920, 1080)):
                    apply_theme(self.app, theme)
                    self.page.resize(*size)
                    self.app.processEvents()
                    self.page.grab().save(f"{folder}/{name}-{theme}-{size[0]}.png")


@pytest.fixture
def hands(chinese: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[Callable[[], Hands]]:
    made: list[Hands] = []

    def begin() -> Hands:
        made.append(Hands(chinese, qtbot, settings))
        return made[-1]

    yield begin
    for one in made:
        one.rescue.stop()


def door(settings: Settings) -> Refused:
    """Why the console does not open; it is something that the officer can mend."""
    with pytest.raises(Refused) as refused:
        entry._try_doors(settings.data)
        from console.app.post import Post

        post = Post(settings)
        try:
            post.open()
        finally:
            post.stop()
    assert can_be_mended(refused.value, settings)
    return refused.value


def test_a_backup_is_restored_by_key(hands: Callable[[], Hands], settings: Settings) -> None:
    raw = (settings.data / DATABASE_FILE).read_bytes()
    hurt(settings.data / DATABASE_FILE, root_of(settings.data, "identity"))
    assert door(settings).code in ("store.damaged", "store.wrong_key_or_damaged")
    officer = hands()
    page = officer.page
    assert "有 1 页损坏" in page.damage.text() and "本站标识" in page.damage.text()
    rows = {row.there.file.name: row for row in page.table.model.rows}
    assert not rows["two.backup"].there.good
    lost = rows["one.backup"].lost
    assert lost is not None and lost.calls == 3 and lost.acts == 9  # seven, and both backups
    assert page.salvage.isEnabled()  # a good backup says whose store it is
    page.table.choose(rows["two.backup"].there.file)
    assert not page.restore.isEnabled()
    page.table.choose(rows["one.backup"].there.file)
    officer.picture("rescue")
    officer.press("Return")
    officer.answer("Escape")  # asked once more, and thought better of it
    assert (settings.data / DATABASE_FILE).exists()
    officer.until(lambda: officer.app.activeWindow() is page)
    officer.press("Return")
    officer.answer("Tab")
    officer.answer("Return")
    officer.until(page.open.isVisible)
    officer.picture("restored")
    assert "已恢复" in page.notice.text
    officer.until(lambda: officer.app.activeWindow() is page)
    officer.press("Return")
    assert officer.rescue.mended
    database = opened(settings.data)
    with database.read() as connection:
        last = audit.last(connection)
        assert audit.first_fault(connection) is None
        assert last is not None and last.act == "store.restored"
        assert last.actor.startswith("system:rescue:")
    database.stop()
    (aside,) = settings.data.glob("before-restore-*")
    kept = bytearray((aside / DATABASE_FILE).read_bytes())
    assert len(kept) == len(raw) and sum(a != b for a, b in zip(kept, raw, strict=True)) == 1


def test_what_can_be_read_is_salvaged_by_key(
    hands: Callable[[], Hands], settings: Settings
) -> None:
    data = settings.data
    told = survey(Pages(data / DATABASE_FILE, read_key(data)))
    leaf = sorted(n for n, name in told.owners.items() if name == "audit_trail")[2]
    hurt(data / DATABASE_FILE, leaf)
    officer = hands()
    page = officer.page
    assert "审计记录" in page.damage.text()
    officer.press("S")
    officer.answer("Return")
    officer.until(page.open.isVisible)
    officer.picture("salvaged")
    assert "已抢救" in page.notice.text and "审计链" in page.notice.text
    database = opened(data)
    with database.read() as connection:
        assert audit.first_fault(connection) is None
        (gone,) = audit.breaks(connection)
        assert gone.last >= gone.first
    database.stop()
    assert list(data.glob(f"damaged-*/{DATABASE_FILE}"))


def test_damage_met_at_work_is_asked_about_at_the_next_start(
    hands: Callable[[], Hands], settings: Settings
) -> None:
    data = settings.data
    hurt(data / DATABASE_FILE, root_of(data, "presence"))
    database = opened(data)
    with pytest.raises(Refused), database.read() as connection:
        connection.exec_driver_sql("SELECT * FROM presence").all()
    database.stop()
    assert door(settings).code == "store.damaged"
    officer = hands()
    assert "到岗记录" in officer.page.damage.text()
    officer.press("S")
    officer.answer("Return")
    officer.until(officer.page.open.isVisible)
    entry._try_doors(data)


def test_leaving_changes_nothing(hands: Callable[[], Hands], settings: Settings) -> None:
    hurt(settings.data / DATABASE_FILE, 3)
    before = {p.name: p.read_bytes() for p in settings.data.iterdir() if p.is_file()}
    officer = hands()
    officer.press("Escape")
    officer.until(lambda: not officer.page.isVisible())
    assert not officer.rescue.mended
    after = {p.name: p.read_bytes() for p in settings.data.iterdir() if p.is_file()}
    assert {n: b for n, b in after.items() if not n.endswith("-shm")} == before


def test_after_the_restore_the_console_opens(settings: Settings) -> None:
    hurt(settings.data / DATABASE_FILE, root_of(settings.data, "identity"))
    told = subprocess.run(
        [sys.executable, "-m", "tests.stories.rescue_hands", str(settings.data)],
        cwd=Path(__file__).resolve().parents[2],
        timeout=100,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (0, "the console stands\n"), told.stderr
