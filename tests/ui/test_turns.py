"""Work spread over turns: one a turn, in order, the last of each name."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from console.ui.turns import Newest, Turns


def test_each_thing_is_done_in_a_turn_of_its_own_and_only_the_last_of_a_name(
    qtbot: QtBot,
) -> None:
    owner = QObject()
    turns = Turns(owner)
    done: list[str] = []
    between = QTimer(owner)
    between.setInterval(1)
    between.timeout.connect(lambda: done.append("-") if done[-1:] != ["-"] else None)
    turns.soon("crews", lambda: done.append("old"))
    turns.soon("map", lambda: done.append("map"))
    turns.soon("crews", lambda: done.append("new"))
    assert done == [], "nothing is done at once"
    between.start()
    qtbot.waitUntil(lambda: "map" in done)
    between.stop()
    assert [what for what in done if what != "-"] == ["new", "map"]
    assert "-" in done[done.index("new") : done.index("map")], "others had their turn in between"


def test_an_answer_that_a_later_one_has_overtaken_is_dropped() -> None:
    answers, shown = Newest(), list[str]()
    first, second, third = (answers.only(shown.append) for _ in range(3))
    second("second")
    first("first")
    third("third")
    assert shown == ["second", "third"]
