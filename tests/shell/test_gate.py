"""Signing in, the lock, the first start, and noticing that nobody is there."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.errors import Refused
from console.shell.first_start import FirstStartPage
from console.shell.gate import LockPage, SignInPage
from console.shell.idle import IdleWatch
from console.ui.background import Background


class Door:
    """A check that waits to be let on, as argon2id does."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked: list[tuple[str, str]] = []

    def check(self, number: str, secret: str) -> str:
        self.asked.append((number, secret))
        assert threading.current_thread() is not threading.main_thread()
        assert self.go.wait(5)
        if secret != "right":
            raise Refused("store.busy")
        return f"session of {number}"


@pytest.fixture
def door() -> Door:
    return Door()


def test_signing_in_says_that_it_checks_and_never_holds_up_the_window(
    background: Background, qtbot: QtBot, door: Door
) -> None:
    page = SignInPage(background, door.check, "Post")
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.welcome("Post 7", "Signed out")
    assert page.title.text() == "Post 7" and page.notice.text == "Signed out"
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert door.asked == [] and page.number.property("wrong") == "yes"
    QTest.keyClicks(page.number, "0123")
    QTest.keyClicks(page.secret, "wrong")
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.button.text() == "Checking …" and not page.button.isEnabled()
    page.submit()
    door.go.set()
    qtbot.waitUntil(page.button.isEnabled)
    assert len(door.asked) == 1
    assert "database is busy" in page.notice.text and page.secret.text() == ""
    QTest.keyClicks(page.secret, "right")
    with qtbot.waitSignal(page.signed) as signed:
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert signed.args == ["session of 0123"]
    assert page.secret.text() == "" and page.notice.isHidden()


def test_the_lock_opens_for_its_officer_and_offers_a_takeover(
    background: Background, qtbot: QtBot, door: Door
) -> None:
    door.go.set()
    page = LockPage(background, door.check)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.lock("0123", "Li")
    assert "Li (0123)" in page.text.text()
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.notice.text == "Enter your password."
    QTest.keyClicks(page.secret, "wrong")
    QTest.keyClick(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "busy" in page.notice.text)
    QTest.keyClicks(page.secret, "right")
    with qtbot.waitSignal(page.unlocked) as opened:
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert opened.args == ["session of 0123"]
    with qtbot.waitSignal(page.takeover):
        QTest.keyClick(page, Qt.Key.Key_F11)


def test_the_first_start_offers_a_drill_or_an_own_post(qtbot: QtBot) -> None:
    page = FirstStartPage()
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.drill_chosen):
        page.drill_button.click()
    with qtbot.assertNotEmitted(page.set_up):
        page.own_button.click()
        for key in ("post_id", "post_name", "number", "name"):
            QTest.keyClicks(page.form.editor(key), f" {key}")
        QTest.keyClicks(page.secret, "short")
        QTest.keyClicks(page.again, "short")
        page.own_button.click()
        page.secret.setText(" long enough ")
        page.again.setText("long enough")
        page.own_button.click()
    page.again.setText(" long enough ")
    with qtbot.waitSignal(page.set_up) as wanted:
        page.own_button.click()
    (told,) = wanted.args
    assert told["post_id"] == "post_id" and told["secret"] == " long enough "
    page.busy("Working …")
    assert not page.own_button.isEnabled() and page.notice.text == "Working …"
    page.failed(Refused("store.disk_full"))
    assert page.own_button.isEnabled() and "disk is full" in page.notice.text


def test_nobody_at_the_desk_is_noticed_and_a_hand_puts_it_off(
    qapp: QApplication, qtbot: QtBot
) -> None:
    desk = QWidget()
    qtbot.addWidget(desk)
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    watch = IdleWatch(1)
    assert watch.after_s == 30, "kept within sane limits"
    assert IdleWatch(10**9).after_s == 8 * 3600
    watch.set_after(90)
    assert watch.after_s == 90
    watch.stop()  # never started: a console closed at its gate
    watch.start()
    watch.start()
    watch.stop()
    watch.start()
    watch._timer.setInterval(1500)
    watch._timer.start(1500)
    qtbot.waitUntil(lambda: watch._timer.remainingTime() < 450)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_A)
    assert watch._timer.remainingTime() > 1000
    with qtbot.waitSignal(watch.idle):
        pass
    watch.stop()
    assert not watch._timer.isActive()


def test_watching_may_begin_and_end_more_than_once(qapp: QApplication) -> None:
    watch = IdleWatch(60)
    watch.stop()
    watch.start()
    watch.start()
    watch.stop()
    watch.stop()
    assert not watch._timer.isActive()
