"""The frame through its real widgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from console.core.errors import Refused
from console.shell.crash import FailedPage
from console.shell.gate import LockPage, SignInPage
from console.shell.model import PageEntry
from console.shell.pinyin import warm
from console.shell.window import Window
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.dialogs import Question, ask_text, confirm
from console.ui.lamp import LampFace, Shape
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from console.ui.undo import Undo
from tests.conftest import HandClock
from tests.shell.sample import Desk

NOW = datetime(2026, 11, 21, 10, 42, 7, tzinfo=UTC)


@pytest.fixture
def undo(clock: HandClock) -> Undo:
    return Undo(clock)


@pytest.fixture
def desk() -> Desk:
    warm()
    return Desk()


@pytest.fixture
def window(qtbot: QtBot, undo: Undo, desk: Desk) -> Iterator[Window]:
    made = Window(undo, lambda: NOW)
    qtbot.addWidget(made)
    made.set_pages(
        [
            PageEntry("desk", lambda: "Desk", "desk", QLineEdit()),
            PageEntry("map", lambda: "Map", "map", lambda: QLabel("map")),
            PageEntry("links", lambda: "Links", "links", broken),
        ]
    )
    made.set_verbs(desk.verbs())
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made


def broken() -> QWidget:
    raise ZeroDivisionError


def test_function_keys_show_pages_and_only_those_that_exist(window: Window, qtbot: QtBot) -> None:
    assert window.shown_page == "desk"
    assert window.page("map") is None, "a page is built when it is first shown"
    with qtbot.waitSignal(window.page_shown) as shown:
        QTest.keyClick(window, Qt.Key.Key_F2)
    assert shown.args == ["map"]
    assert isinstance(window.page("map"), QLabel)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.shown_page == "map"
    assert [b.text() for b in window.navigation._buttons.values()] == ["Desk", "Map", "Links"]


def test_a_page_that_cannot_be_built_takes_no_other_with_it(window: Window, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        window.show_page("links")
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert isinstance(window.page("links"), FailedPage)
    window.show_page("desk")
    assert window.shown_page == "desk"


def type_order(window: Window, qtbot: QtBot, text: str) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.commands.line.hasFocus()
    QTest.keyClicks(window.commands.line, text)


def test_an_order_is_previewed_and_done_with_enter(
    window: Window, qtbot: QtBot, desk: Desk
) -> None:
    type_order(window, qtbot, "pai 2 31")
    popup = window.commands.completions
    assert popup.isVisible() and popup.say.text() == "Enter  assign u2 c31"
    assert desk.done == []
    QTest.keyClick(window.commands.line, Qt.Key.Key_Return)
    assert desk.done == [("pai", ("u2", "c31"))]
    assert not popup.isVisible() and window.commands.line.text() == ""
    page = window.page("desk")
    assert page is not None and page.hasFocus()


def test_tab_completes_and_the_list_is_walked(window: Window, qtbot: QtBot, desk: Desk) -> None:
    type_order(window, qtbot, "qi")
    QTest.keyClick(window.commands.line, Qt.Key.Key_Tab)
    assert window.commands.line.text() == "qianshou "
    QTest.keyClick(window.commands.line, Qt.Key.Key_Down)
    QTest.keyClick(window.commands.line, Qt.Key.Key_Down)
    QTest.keyClick(window.commands.line, Qt.Key.Key_Up)
    QTest.keyClick(window.commands.line, Qt.Key.Key_Return)
    assert desk.done == [("qianshou", ("c27",))]


def test_what_is_not_ready_is_not_done(window: Window, qtbot: QtBot, desk: Desk) -> None:
    type_order(window, qtbot, "xyz 1")
    QTest.keyClick(window.commands.line, Qt.Key.Key_Return)
    assert desk.done == []
    assert "No such verb: xyz" in window.commands.completions.say.text()


def test_escape_goes_one_step_back_and_history_comes_again(
    window: Window, qtbot: QtBot, desk: Desk
) -> None:
    type_order(window, qtbot, "qs 31")
    QTest.keyClick(window.commands.line, Qt.Key.Key_Return)
    type_order(window, qtbot, "p")
    QTest.keyClick(window.commands.line, Qt.Key.Key_Escape)
    assert window.commands.line.text() == "" and window.commands.line.hasFocus()
    QTest.keyClick(window.commands.line, Qt.Key.Key_Up)
    assert window.commands.line.text() == "qs 31"
    QTest.keyClick(window.commands.line, Qt.Key.Key_Escape)
    QTest.keyClick(window.commands.line, Qt.Key.Key_Escape)
    assert not window.commands.line.hasFocus()


def test_a_refused_order_is_said_on_the_status_line(window: Window, qtbot: QtBot) -> None:
    def refuse(keys: tuple[str, ...]) -> None:
        raise Refused("store.busy")

    verb = Desk().verbs()[1]
    window.set_verbs([type(verb)(verb.name, verb.words, verb.slots, verb.preview, refuse)])
    type_order(window, qtbot, "qs 31")
    QTest.keyClick(window.commands.line, Qt.Key.Key_Return)
    assert "database is busy" in window.commands.activity.words
    assert window.commands.line.text() == "qs 31", "the order stays, to be mended"


def test_control_z_takes_back_what_the_bar_names(
    window: Window, qtbot: QtBot, undo: Undo, clock: HandClock
) -> None:
    back: list[str] = []
    button = window.commands._take_back
    assert not button.isVisible()
    undo.offer("assign", lambda: back.append("assign"), 60)
    assert button.isVisible() and button.text() == "Take back: assign (60 s)"
    window.show_page("map")
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert back == ["assign"] and not button.isVisible()


def test_the_top_bar_tells_shape_word_and_since_when(window: Window) -> None:
    top = window.top
    assert top.city.face.shape is Shape.DASH, "what nobody has told is not in order"
    top.set_links(7, 8)
    assert (top.links.face.tone, top.links.face.figure) == (Tone.LATE, "7/8")
    top.set_links(8, 8)
    assert top.links.face == LampFace(Shape.DOT, Tone.CALM, "Links", "8/8")
    top.set_links(0, 8)
    assert top.links.face.tone is Tone.ALARM
    top.set_city(False, NOW - timedelta(minutes=3))
    since = f"{(NOW - timedelta(minutes=3)).astimezone():%H:%M}"
    assert top.city.face.word == f"City away since {since}"
    top.set_city(False, NOW - timedelta(days=2))
    assert "11-19" in top.city.face.word
    top.set_sync(14)
    assert top.sync.face.word == "To send 14"
    top.set_sync(0, 2)
    assert top.sync.face.tone is Tone.ALARM
    top.set_alarms(2)
    assert (top.alarms.face.shape, top.alarms.face.figure) == (Shape.SQUARE, "2")
    top.set_sound(NOW)
    assert top._bell.text() == f"{NOW.astimezone():%H:%M}"


def test_the_frame_follows_the_language(window: Window, qapp: QApplication) -> None:
    window.top.set_sync(14)
    window.top.set_city(None, None)
    use_language(qapp, "zh_CN")
    qapp.processEvents()
    assert window.windowTitle() == "警务站指挥台"
    assert window.top.sync.face.word == "待同步 14"
    assert window.top.city.face.word == "市局\uff1a未接入"


def test_nothing_is_wider_than_the_small_screen(
    window: Window, qapp: QApplication, qtbot: QtBot
) -> None:
    top = window.top
    top.set_post("红旗广场警务站", drill=True)
    top.set_duty("日常勤务")
    top.set_shift("夜班 · 带班 李建国")
    top.set_links(7, 8)
    top.set_city(False, NOW)
    top.set_sync(14)
    top.set_alarms(2)
    top.set_sound(NOW)
    use_language(qapp, "zh_CN")
    for scale in (1.0, 1.25):
        apply_theme(qapp, "day", scale)
        qapp.processEvents()
        assert window.minimumSizeHint().width() <= 1366
    apply_theme(qapp, "day")
    qapp.processEvents()
    assert top._post.text() == "红旗广场警务站" and top._shift.text() == "夜班 · 带班 李建国"


def test_a_gate_hides_the_work_and_its_keys(window: Window, qtbot: QtBot) -> None:
    gate = QLabel("locked")
    window.show_gate(gate)
    assert window.gated and not window.pages.isVisible()
    with qtbot.assertNotEmitted(window.page_shown):
        QTest.keyClick(window, Qt.Key.Key_F2)
    window.show_work()
    assert not window.gated and window.pages.isVisible()


def test_the_menu_offers_lock_theme_language_and_leaving(window: Window, qtbot: QtBot) -> None:
    actions = [action for action in window.build_menu().actions() if action.text()]
    told: list[str] = []
    window.lock_wished.connect(lambda: told.append("lock"))
    window.theme_wished.connect(told.append)
    window.language_wished.connect(told.append)
    window.sign_out_wished.connect(lambda: told.append("out"))
    for action in actions:
        action.trigger()
    assert told == ["lock", "auto", "day", "night", "zh_CN", "out"]
    with qtbot.waitSignal(window.theme_toggled):
        QTest.keyClick(window, Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)


def test_the_window_has_its_own_icon_and_navigation_fits_long_words(
    window: Window, qtbot: QtBot
) -> None:
    assert not window.windowIcon().pixmap(64, 64).isNull()
    before = window.navigation.width()
    window.set_pages(
        [PageEntry("assessment", lambda: "Assessment and bulletins", "assessment", QLabel())]
    )
    assert window.navigation.width() > before
    assert window.shown_page == "assessment" and window.page("desk") is None


def test_a_question_waits_behind_the_gate_with_what_was_typed(window: Window, qtbot: QtBot) -> None:
    answers: list[str] = []
    page = window.pages.currentWidget()
    sheet = ask_text(page, Question("Why?"), answers.append)
    qtbot.waitUntil(sheet.isVisible)
    (line,) = sheet.findChildren(QLineEdit)
    line.setText("half a rea")
    gate = QLineEdit()
    window.show_gate(gate)
    assert not sheet.isVisible() and QApplication.activeModalWidget() is None
    late = confirm(page, Question("Asked by work that ended later"), lambda: None)
    assert not late.isVisible()
    window.show_work()
    qtbot.waitUntil(lambda: sheet.isVisible() and late.isVisible())
    assert line.text() == "half a rea" and answers == []
    late.reject()
    window.show_gate(gate)
    window.drop_questions()
    window.show_work()
    assert not isValid(sheet) or not sheet.isVisible()
    assert answers == []


@pytest.mark.qt_log_ignore("This plugin does not support")  # off screen
def test_a_menu_does_not_stay_open_before_the_gate(window: Window, qtbot: QtBot) -> None:
    menu = window.build_menu()
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    window.show_gate(QLineEdit())
    assert QApplication.activePopupWidget() is None


def test_the_lock_takes_the_keys_into_its_password_field(window: Window, qtbot: QtBot) -> None:
    bridge = Bridge()
    lock = LockPage(Background(bridge), lambda number, secret: None)
    lock.lock("0102", "Li")
    window.show_gate(lock)
    assert QApplication.focusWidget() is lock.secret
    sign_in = SignInPage(Background(bridge), lambda number, secret: None)
    sign_in.welcome("Post")
    window.show_gate(sign_in)
    assert QApplication.focusWidget() is sign_in.number
    sign_in.number.setText("0102")
    sign_in.welcome("Post")
    window.show_gate(sign_in)
    assert QApplication.focusWidget() is sign_in.secret
    bridge.stop()
