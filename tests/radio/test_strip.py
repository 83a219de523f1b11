"""The strip on the desk, and the talk key that is held anywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.links.model import (
    Status,
)
from console.radio import service
from console.radio.model import (
    ChannelsChanged,
    Exchange,
    ExchangeChanged,
    Moment,
    State,
    TalkChanged,
)
from console.radio.page.strip import RadioStrip
from console.radio.page.talk_key import TalkKey
from console.ui.style import apply_theme
from console.ui.translation import use_language
from tests.radio.conftest import CAR, FOOT, Bench, incoming

CREWS = {CAR: "巡01", FOOT: "步02"}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply_theme(qapp, "day")
    use_language(qapp, "en")


@pytest.fixture
def strip(qtbot: QtBot) -> RadioStrip:
    made = RadioStrip()
    qtbot.addWidget(made)
    made.resize(1200, 44)
    return made


def test_the_strip_stands_once_a_channel_is_there_and_tells_who_talks(
    bench: Bench, strip: RadioStrip
) -> None:
    def show() -> None:
        clock = bench.database.clock
        now = Moment(clock.now(), clock.monotonic())
        strip.show_view(bench.room.view(), CREWS, "no sound", now)

    bench.hear(incoming(), CAR)
    show()
    assert (strip.channel.text(), strip.talker.words) == ("指挥", "巡01")
    assert strip.lamp.face.word == "Receiving"
    assert strip.voice.words == "no voice"
    bench.hear(Status("1002", 0), FOOT)
    bench.until(lambda: bench.room.view().emergencies)
    show()
    assert "步02: Emergency" in strip.last.words
    confirmed: list[Exchange] = []
    strip.confirm.connect(confirmed.append)
    strip.help.click()
    assert confirmed[0].state is State.OPEN
    for one in bench.channels:
        service.remove_channel(bench.database, bench.officer, one.id)
    bench.until(lambda: not bench.room.view().channels)
    show()
    assert not strip.isVisible()


def test_the_talk_key_talks_while_it_is_down_and_no_longer_than_the_window_has_the_keys(
    qtbot: QtBot,
) -> None:
    heard: list[str] = []
    window = QLineEdit()
    qtbot.addWidget(window)
    window.show()
    key = TalkKey(lambda: heard.append("down"), lambda: heard.append("up"), window)
    key.start()

    def front() -> bool:
        window.activateWindow()
        return window.isActiveWindow()

    qtbot.waitUntil(front, timeout=8000)
    key._on_window(window.windowHandle())

    def send(kind: QEvent.Type, again: bool = False, shift: bool = False) -> None:
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(kind, int(Qt.Key.Key_Insert), held, "", again)
        QApplication.sendEvent(window.windowHandle(), event)

    send(QEvent.Type.KeyPress)
    send(QEvent.Type.KeyRelease, again=True)
    send(QEvent.Type.KeyPress, again=True)
    assert heard == ["down"]
    send(QEvent.Type.KeyRelease, shift=True)
    assert heard == ["down", "up"]
    send(QEvent.Type.KeyPress, shift=True)  # pasting, not talking
    assert heard == ["down", "up"]
    send(QEvent.Type.KeyPress)
    key._on_window(None)
    assert heard == ["down", "up", "down", "up"]
    key.use("Pause")
    send(QEvent.Type.KeyPress)
    assert heard[4:] == []
    key.stop()


def test_news_reach_the_window_as_events(bench: Bench) -> None:
    bench.hear(incoming(), CAR)
    bench.room.press()
    bench.until(lambda: bench.heard(ExchangeChanged))
    assert bench.heard(ChannelsChanged) and bench.heard(TalkChanged)
