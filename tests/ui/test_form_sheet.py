"""A sheet with a form, and the acts of a page: what they say when all is well and when not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core.errors import Refused
from console.ui.acts import PageActs
from console.ui.background import Background
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.style import Tone


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[FormSheet]:
    window = QWidget()
    qtbot.addWidget(window)
    made = FormSheet(window, Question("A point", yes="Save"))
    made.form.add("name", "Name", QLineEdit(), required=True)
    yield made
    made.close()


def test_what_is_missing_is_not_given_on(sheet: FormSheet, qtbot: QtBot) -> None:
    filled: list[str] = []
    sheet.filled.connect(lambda: filled.append(sheet.form.values()["name"]))
    sheet.yes.click()
    assert filled == []
    sheet.form.fill({"name": "East gate"})
    sheet.yes.click()
    assert filled == ["East gate"]


def test_a_refused_sheet_stays_open_and_can_be_pressed_again(sheet: FormSheet) -> None:
    sheet.show()
    sheet.yes.setEnabled(False)
    sheet.refused(OSError("disk"))
    assert sheet.isVisible()
    assert sheet.yes.isEnabled()


class Acts(PageActs):
    def save(self, fails: bool) -> None:
        def work() -> str:
            if fails:
                raise Refused("people.wrong_secret")
            return "saved"

        self._ask(work, self._tell)


@pytest.mark.parametrize(("fails", "tone"), [(False, Tone.CALM), (True, Tone.ALARM)])
def test_an_act_tells_how_it_ended(
    background: Background, qtbot: QtBot, fails: bool, tone: Tone
) -> None:
    said: list[tuple[str, Tone]] = []
    parent = QObject()
    acts = Acts(background, lambda words, how: said.append((words, how)), parent)
    with qtbot.waitSignal(acts.done):
        acts.save(fails)
    assert [how for _words, how in said] == [tone]
    assert said[0][0]
