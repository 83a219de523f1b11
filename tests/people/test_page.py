"""The officers' panel: through its real buttons and forms, with rights respected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core.database import Database
from console.people import service
from console.people.model import Officer, Role, Session
from console.people.page import OfficersPanel, RolesEditor
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Sheet
from console.ui.forms import Form

SECRET = "红旗广场-2026"


class Desk:
    """The panel with somebody at the desk."""

    def __init__(self, database: Database, background: Background, qtbot: QtBot) -> None:
        self.database, self.qtbot = database, qtbot
        self.session: Session | None = service.sign_in(database, "0001", SECRET)
        self.panel = OfficersPanel(database, background, lambda: self.session)
        qtbot.addWidget(self.panel)
        self.panel.resize(900, 500)
        self.panel.show()
        self.look()

    def look(self) -> None:
        """The panel shows what stands in the store."""
        self.panel.refresh()
        with self.database.read() as connection:
            there = service.officers(connection)
        self.until(lambda: self.rows() == there)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def rows(self) -> list[Officer]:
        return list(self.panel.table.model.rows)

    def row(self, number: str) -> Officer:
        return next(o for o in self.rows() if o.number == number)

    def is_active(self, number: str, active: bool) -> bool:
        return self.row(number).active is active

    def choose(self, number: str) -> None:
        assert self.panel.table.choose(self.row(number).id)

    def sheet(self) -> Sheet:
        (found,) = (s for s in self.panel.window().findChildren(Sheet) if s.isVisible())
        return found

    def no_sheet(self) -> bool:
        return not any(s.isVisible() for s in self.panel.window().findChildren(Sheet))

    def form(self) -> Form:
        found = self.sheet().findChild(Form)
        assert isinstance(found, Form)
        return found

    def type(self, key: str, text: str) -> None:
        editor = self.form().editor(key)
        assert isinstance(editor, QLineEdit)
        editor.clear()
        QTest.keyClicks(editor, text)

    def tick(self, *roles: Role) -> None:
        editor = self.form().editor("roles")
        assert isinstance(editor, RolesEditor)
        editor.put(list(roles))

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(database: Database, qtbot: QtBot) -> Iterator[Desk]:
    chief = service.first_officer(database, "0001", "李卫国", SECRET)
    assert chief.active
    actor = service.sign_in(database, "0001", SECRET).actor
    duty = frozenset({Role.DUTY_OFFICER})
    service.add_officer(database, actor, "0002", "Wang Fang", duty, SECRET + "2")
    bridge = Bridge()
    background = Background(bridge)
    background.start()
    made = Desk(database, background, qtbot)
    yield made
    background.stop()
    bridge.stop()


def test_adding_an_officer(desk: Desk) -> None:
    desk.press(desk.panel.add)
    desk.type("number", "0003")
    desk.type("name", "Zhao Min")
    desk.press(desk.sheet().yes)  # roles and secret are missing: nothing happens
    assert len(desk.rows()) == 2
    desk.tick(Role.DUTY_OFFICER, Role.AUDITOR)
    desk.type("secret", "a good secret")
    desk.type("again", "another one")
    desk.press(desk.sheet().yes)
    assert not desk.no_sheet()
    desk.type("again", "a good secret")
    desk.press(desk.sheet().yes)
    desk.until(lambda: len(desk.rows()) == 3)
    desk.until(desk.no_sheet)
    assert desk.row("0003").roles == {Role.DUTY_OFFICER, Role.AUDITOR}
    assert service.sign_in(desk.database, "0003", "a good secret").name == "Zhao Min"


def test_a_refusal_stands_under_its_field(desk: Desk) -> None:
    desk.press(desk.panel.add)
    desk.type("number", "0002")
    desk.type("name", "Zhao Min")
    desk.tick(Role.DUTY_OFFICER)
    desk.type("secret", "a good secret")
    desk.type("again", "a good secret")
    desk.press(desk.sheet().yes)
    form = desk.form()
    desk.until(lambda: form.editor("number").property("wrong") == "yes")
    assert desk.sheet().yes.isEnabled()
    assert len(desk.rows()) == 2


def test_changing_roles(desk: Desk) -> None:
    desk.choose("0002")
    desk.press(desk.panel.roles)
    assert desk.form().values() == {"roles": ["duty_officer"]}
    desk.tick(Role.TECHNICIAN)
    desk.press(desk.sheet().yes)
    desk.until(lambda: desk.row("0002").roles == {Role.TECHNICIAN})


def test_a_new_secret(desk: Desk) -> None:
    desk.choose("0002")
    desk.press(desk.panel.secret)
    for key in ("secret", "again"):
        desk.type(key, "quite another")
        editor = desk.form().editor(key)
        assert isinstance(editor, QLineEdit)
        assert editor.echoMode() is QLineEdit.EchoMode.Password
    desk.press(desk.sheet().yes)
    desk.until(desk.no_sheet)
    assert service.sign_in(desk.database, "0002", "quite another").number == "0002"


def test_deactivating_and_back(desk: Desk) -> None:
    for active in (False, True):
        desk.choose("0002")
        assert desk.panel.active.text() == ("Reactivate" if active else "Deactivate")
        desk.press(desk.panel.active)
        desk.press(desk.sheet().yes)
        desk.until(partial(desk.is_active, "0002", active))
        desk.until(desk.no_sheet)


def test_no_one_administers_himself_here_either(desk: Desk) -> None:
    desk.choose("0001")
    panel = desk.panel
    assert panel.add.isEnabled()
    assert not any(b.isEnabled() for b in (panel.roles, panel.secret, panel.active))
    assert panel.notice.text


@pytest.mark.parametrize("who", ["0002", None])
def test_without_the_right_it_only_shows(desk: Desk, who: str | None) -> None:
    desk.session = service.sign_in(desk.database, who, SECRET + "2") if who else None
    desk.look()
    desk.choose("0001")
    panel = desk.panel
    assert not any(b.isEnabled() for b in (panel.add, panel.roles, panel.secret, panel.active))
    assert len(desk.rows()) == 2
