"""A bug is recorded under an id, told once, and the rest goes on."""

from __future__ import annotations

import logging
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.shell.appearance import Appearance
from console.shell.crash import Crash, CrashKeeper, CrashStrip
from console.ui.style import tokens


@pytest.fixture
def told() -> list[Crash]:
    return []


@pytest.fixture
def keeper(tmp_path: Path, told: list[Crash]) -> Iterator[CrashKeeper]:
    made = CrashKeeper(tmp_path, told.append)
    made.start()
    yield made
    made.stop()


def fail(text: str = "secret detail") -> None:
    raise ValueError(text)


def report() -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_bug_is_logged_with_its_trace_and_told_with_its_id(
    keeper: CrashKeeper, told: list[Crash]
) -> None:
    report()
    report()
    (crash,) = told
    written = keeper.log.read_text("utf-8")
    assert crash.id in written and "secret detail" in written and "Traceback" in written
    assert "again: ValueError" in written
    assert crash.log == keeper.log


def test_a_thread_that_dies_is_told_too(keeper: CrashKeeper, told: list[Crash]) -> None:
    thread = threading.Thread(target=fail, name="labour")
    thread.start()
    thread.join()
    assert [crash.what for crash in told] == ["ValueError"]
    assert "labour" in keeper.log.read_text("utf-8")


def test_the_hooks_are_given_back(tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers))
    made = CrashKeeper(tmp_path, lambda crash: None)
    made.start()
    assert sys.excepthook != before[0]
    made.stop()
    assert (sys.excepthook, threading.excepthook, list(logging.getLogger().handlers)) == before


def test_the_strip_shows_an_id_and_the_log_and_no_trace(qtbot: QtBot) -> None:
    strip = CrashStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.show_crash(Crash("3F2A91C0", "ValueError", Path("/x/console.log")))
    assert "3F2A91C0" in strip.text and "/x/console.log" in strip.text
    assert "Traceback" not in strip.text and "ValueError" not in strip.text
    strip._close.click()
    assert strip.isHidden()


def test_the_theme_follows_the_wish(qapp: QApplication, qtbot: QtBot) -> None:
    appearance = Appearance(qapp, "night")
    appearance.start()
    assert tokens().name == "night"
    with qtbot.waitSignal(appearance.changed) as changed:
        appearance.toggle()
    assert changed.args == ["day"] and tokens().name == "day"
    appearance.wish("auto")
    appearance.stop()


def test_a_bug_that_never_ends_does_not_fill_the_log(
    keeper: CrashKeeper, told: list[Crash]
) -> None:
    for _ in range(1000):
        report()
    assert len(told) == 1
    written = keeper.log.read_text("utf-8")
    assert written.count("again: ValueError") < 12 and "(512 times)" in written


def test_nothing_of_a_failed_painting_outlives_it(keeper: CrashKeeper) -> None:
    class Painter:
        """What must end with the painting that made it."""

    def paint() -> None:
        painter = Painter()
        alive.append(weakref.ref(painter))
        raise ValueError

    alive: list[weakref.ref[Painter]] = []
    try:
        paint()
    except ValueError as error:
        kept = error  # as sys.last_value keeps it
        sys.excepthook(type(error), error, error.__traceback__)
    assert kept.__traceback__ is not None
    assert alive[0]() is None
