"""Work elsewhere, answers in the UI thread, and nothing after the end."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.errors import ConsoleError, Refused
from console.core.events import EventBus
from console.ui.background import Background
from console.ui.bridge import Bridge
from console.ui.collector import Collector


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What reached the crash hook."""
    found: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: found.append(error))
    return found


def test_the_answer_comes_back_to_the_ui_thread(background: Background, qtbot: QtBot) -> None:
    seen: list[tuple[str, str]] = []
    background.ask(
        lambda: threading.current_thread().name,
        lambda worker: seen.append((worker, threading.current_thread().name)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert worker.startswith("background-")
    assert here == threading.main_thread().name


def test_a_refusal_reaches_the_asker_or_else_the_status_line(
    background: Background, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    told: list[Exception] = []
    line: list[ConsoleError] = []
    background.on_refused = line.append

    def refuse() -> None:
        raise Refused("x.y", n=1)

    background.ask(refuse, failed=told.append)
    background.ask(refuse)
    qtbot.waitUntil(lambda: bool(told and line))
    assert not hooked


def test_a_bug_reaches_the_crash_hook_and_the_asker(
    background: Background, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    told: list[Exception] = []
    background.ask(lambda: 1 // 0, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], ZeroDivisionError)
    assert hooked == told


def test_nothing_is_delivered_to_the_gone_the_unwilling_and_after_the_end(
    bridge: Bridge, qtbot: QtBot
) -> None:
    background = Background(bridge, threads=1)
    background.start()
    seen: list[str] = []
    gate = threading.Event()
    owner = QObject()
    background.ask(gate.wait)
    background.ask(lambda: "owner", seen.append, owner=owner)
    background.ask(lambda: "dropped", seen.append).drop()
    background.ask(lambda: "wanted", seen.append)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: seen == ["wanted"])
    background.stop()
    background.ask(lambda: "late", seen.append)
    done: list[bool] = []
    bridge.post(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert seen == ["wanted"]


class Lingering(Bridge):
    """Whoever posts here is away for long right after it, as a thread on a busy machine may be."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    def post(self, work: Callable[[], None]) -> None:
        super().post(work)
        del work
        if threading.current_thread() is not threading.main_thread():
            self.go_on.wait(10)


class Page:
    """Tells in which thread the last one who held it let it go."""

    def __init__(self, told: list[threading.Thread]) -> None:
        self._told = told
        self.heard: list[object] = []

    def look(self) -> int:
        return 1

    def refuse(self) -> None:
        raise Refused("x.y")

    def hear(self, answer: object) -> None:
        self.heard.append(answer)

    def __del__(self) -> None:
        self._told.append(threading.current_thread())


@pytest.mark.parametrize("asked", ["look", "refuse"])
@pytest.mark.parametrize("way", ["ask", "act"])
def test_what_was_handed_over_is_let_go_in_the_ui_thread(
    qapp: QApplication, qtbot: QtBot, way: str, asked: str
) -> None:
    """A widget that ends in a worker crashes the desk much later."""
    bridge = Lingering()
    background = Background(bridge, threads=1)
    background.start()
    ended: list[threading.Thread] = []
    page = Page(ended)
    heard = page.heard
    getattr(background, way)(getattr(page, asked), page.hear, page.hear)
    qtbot.waitUntil(lambda: bool(heard))
    heard.clear()
    del page
    bridge.go_on.set()
    background.stop()
    bridge.stop()
    assert ended == [threading.main_thread()]


def test_who_hears_events_is_let_go_in_the_ui_thread(
    qapp: QApplication, bus: EventBus, qtbot: QtBot
) -> None:
    bridge = Lingering()
    ended: list[threading.Thread] = []
    page = Page(ended)
    heard, end, tell = page.heard, bridge.listen(bus, str, page.hear), bridge.carried(page.hear)

    def speak() -> None:
        bus.publish("news")
        tell("more")

    speaker = threading.Thread(target=speak)
    speaker.start()
    qtbot.waitUntil(lambda: heard == ["news"])
    del page
    end()
    assert not ended, "the other way to it is still open"
    bridge.stop()
    assert ended == [threading.main_thread()]
    bridge.go_on.set()
    speaker.join()


def test_a_thousand_posts_from_four_threads_arrive_in_each_ones_order(
    bridge: Bridge, qtbot: QtBot
) -> None:
    seen: list[tuple[int, int]] = []

    def talk(who: int) -> None:
        for n in range(250):
            bridge.post(lambda n=n: seen.append((who, n)))  # type: ignore[misc]

    threads = [threading.Thread(target=talk, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: len(seen) == 1000)
    for who in range(4):
        assert [n for w, n in seen if w == who] == list(range(250))


def test_one_bug_does_not_stop_what_was_posted_behind_it(
    bridge: Bridge, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    seen: list[int] = []
    bridge.post(lambda: seen.append(1 // 0))
    bridge.post(lambda: seen.append(1))
    qtbot.waitUntil(lambda: seen == [1])
    assert len(hooked) == 1


def test_events_cross_until_the_end(bridge: Bridge, bus: EventBus, qtbot: QtBot) -> None:
    seen: list[Any] = []
    end = bridge.listen(bus, str, lambda word: seen.append((word, threading.current_thread())))
    speaker = threading.Thread(target=bus.publish, args=("news",))
    speaker.start()
    speaker.join()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("news", threading.main_thread())]
    end()
    bus.publish("more")
    assert len(seen) == 1


@pytest.mark.parametrize("automatic", [True, False])
def test_cycles_are_collected_by_the_ui_thread_only(
    qapp: QApplication, qtbot: QtBot, automatic: bool
) -> None:
    collector = Collector()
    if automatic:
        gc.enable()
    collector.start()
    try:
        assert not gc.isenabled()
        where: list[threading.Thread] = []

        class Knot:
            def __del__(self) -> None:
                where.append(threading.current_thread())

        def tie() -> None:
            for _ in range(2000):
                knot = Knot()
                knot.__dict__["self"] = knot

        maker = threading.Thread(target=tie)
        maker.start()
        maker.join()
        assert not where
        qtbot.waitUntil(lambda: bool(where))
        assert set(where) == {threading.main_thread()}
    finally:
        collector.stop()
        left = gc.isenabled()
        gc.disable()  # as the tests have it
    assert left == automatic


def test_acts_are_done_in_the_order_of_the_keys_and_looks_do_not_wait(
    background: Background, qtbot: QtBot
) -> None:
    """Depart, then arrive: pressed quickly, the second must not be saved before the first."""
    go, done = threading.Event(), list[str]()

    def depart() -> None:
        go.wait(5)
        done.append("depart")

    background.act(depart)
    background.act(lambda: done.append("arrive"))
    background.ask(lambda: done.append("look"))
    qtbot.waitUntil(lambda: bool(done))
    go.set()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["look", "depart", "arrive"]


def test_an_act_that_was_asked_for_is_done_though_the_window_closes(
    background: Background,
) -> None:
    go, done = threading.Event(), list[int]()
    background.act(lambda: go.wait(5))
    for number in range(20):
        background.act(partial(done.append, number))
    release = threading.Timer(0.05, go.set)
    release.start()
    background.stop()
    release.join()
    assert done == list(range(20))
