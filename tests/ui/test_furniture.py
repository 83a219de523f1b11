"""Forms, questions, lamps, keys, undo, words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from console.core.errors import Refused
from console.core.words import Words
from console.ui import translation
from console.ui.countdown import Countdown, CountdownLamp
from console.ui.dialogs import Question, ask_reason, ask_text, confirm
from console.ui.elided import ElidedLabel
from console.ui.forms import Form
from console.ui.freshness import FreshnessLine
from console.ui.keycap import KeyButton, cap_text
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.moments import age_text, clock_text, moment_text, span_text
from console.ui.panel import Notice, Panel, label
from console.ui.style import Tone
from console.ui.undo import Undo
from console.ui.words import language, pick, say_refusal
from tests.conftest import HandClock


def form(qtbot: QtBot) -> Form:
    made = Form(2)
    box = QComboBox()
    box.addItem("Fight", "4")
    box.addItem("Dispute", "7")
    box.setCurrentIndex(-1)
    for key, editor in (
        ("caller", QLineEdit()),
        ("nature", box),
        ("people", QSpinBox()),
        ("words", QPlainTextEdit()),
        ("revisit", QCheckBox()),
        ("at", QDateTimeEdit()),
    ):
        made.add(
            key, key.title(), editor, required=key in ("caller", "nature"), wide=key == "words"
        )
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_form_marks_what_is_missing_until_it_is_typed(qtbot: QtBot) -> None:
    made = form(qtbot)
    assert made.missing() == ["caller", "nature"]
    assert made.editor("caller").property("wrong") == "yes"
    QTest.keyClicks(made.editor("caller"), " Wang ")
    assert made.editor("caller").property("wrong") == ""
    assert made.missing() == ["nature"]
    assert made.values()["caller"] == "Wang"


def test_a_draft_is_offered_after_a_pause_and_comes_back_whole(qtbot: QtBot) -> None:
    made = form(qtbot)
    with qtbot.waitSignal(made.draft_ready) as kept:
        QTest.keyClicks(made.editor("caller"), "Li")
        made.editor("nature").setCurrentIndex(1)  # type: ignore[attr-defined]
        made.editor("people").setValue(3)  # type: ignore[attr-defined]
        made.editor("words").setPlainText("two\nlines")  # type: ignore[attr-defined]
        made.editor("revisit").setChecked(True)  # type: ignore[attr-defined]
    other = form(qtbot)
    with qtbot.assertNotEmitted(other.draft_ready, wait=1000):
        other.restore(kept.args[0] | {"unknown": 1})
    assert other.values() == made.values()
    assert other.values()["nature"] == "7"
    other.clear()
    assert other.values()["caller"] == "" and other.values()["nature"] is None


def test_a_refusal_stands_under_its_field(qtbot: QtBot) -> None:
    made = form(qtbot)
    assert made.say_refused(Refused("store.busy", field="people"))
    assert made.editor("people").property("wrong") == "yes"
    assert not made.say_refused(Refused("store.busy"))


def test_questions_answer_by_a_call_and_do_not_block(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    page.show()
    told: list[str] = []
    sheet = confirm(page, Question("Return it?", danger=True), lambda: told.append("yes"))
    assert sheet.no.hasFocus() or not sheet.yes.hasFocus()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sheet not in page.findChildren(type(sheet)))
    assert told == []
    sheet = confirm(page, Question("Close it?", "", "Close"), lambda: told.append("closed"))
    assert sheet.yes.text() == "Close"
    sheet.yes.click()
    assert told == ["closed"]


def test_a_reason_is_not_taken_empty(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    told: list[str] = []
    sheet = ask_reason(page, Question("Why?", choices=("not ours", "twice")), told.append)
    sheet.yes.click()
    assert told == [] and sheet.message.text()
    box = sheet.findChild(QComboBox)
    assert box is not None
    box.setCurrentText("not ours")
    sheet.yes.click()
    assert told == ["not ours"]
    sheet = ask_text(page, Question("Name?"), told.append, needed=False)
    sheet.yes.click()
    assert told == ["not ours", ""]


COUNTDOWNS = (
    (Countdown("sign", 30), Shape.RING, Tone.QUIET, "–"),
    (Countdown("sign", 30, 25), Shape.HALF, Tone.ACCENT, "0:25"),
    (Countdown("sign", 30, 10), Shape.TRIANGLE, Tone.LATE, "0:10"),
    (Countdown("sign", 30, 0), Shape.TRIANGLE, Tone.LATE, "0:00"),
    (Countdown("sign", 30, -75), Shape.SQUARE, Tone.ALARM, "+1:15"),
    (Countdown("sign", 30, took_s=30), Shape.TICK, Tone.CALM, "0:30"),
    (Countdown("sign", 30, took_s=31), Shape.TICK, Tone.LATE, "0:31"),
    (Countdown("sign", None, 9999), Shape.HALF, Tone.CALM, "2:46:39"),
)


@pytest.mark.parametrize(("countdown", "shape", "tone", "figure"), COUNTDOWNS)
def test_a_countdown_is_told_by_shape_figure_and_colour(
    countdown: Countdown, shape: Shape, tone: Tone, figure: str, qtbot: QtBot
) -> None:
    face = countdown.face()
    assert (face.shape, face.tone, face.figure) == (shape, tone, figure)
    lamp = CountdownLamp(countdown)
    qtbot.addWidget(lamp)
    assert not lamp.grab().isNull()


def test_every_shape_can_be_told_without_its_colour(qtbot: QtBot) -> None:
    pictures: list[QImage] = []
    for shape in Shape:
        lamp = Lamp(LampFace(shape, Tone.CALM))
        qtbot.addWidget(lamp)
        pictures.append(lamp.grab().toImage())
    for at, picture in enumerate(pictures):
        assert all(picture != other for other in pictures[at + 1 :])


def test_a_lamp_makes_room_for_its_word_and_is_pressed(qtbot: QtBot) -> None:
    lamp = Lamp(LampFace(Shape.DOT, Tone.CALM, "on"))
    qtbot.addWidget(lamp)
    before = lamp.sizeHint().width()
    lamp.show_face(LampFace(Shape.CROSS, Tone.ALARM, "away since 10:42", "3"))
    assert lamp.sizeHint().width() > before
    lamp.show()
    with qtbot.waitSignal(lamp.pressed):
        QTest.mouseClick(lamp, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_obeys_the_key_that_is_drawn_in_it(qtbot: QtBot, key: Qt.Key) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    button = KeyButton("Sign", "Return", "primary")
    bare = KeyButton("Sign")
    column.addWidget(button)
    column.addWidget(bare)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    assert button.sizeHint().width() > bare.sizeHint().width()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(page, key)
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(page, key)
    assert cap_text("Ctrl+Return") == "Ctrl+Enter"


def test_undo_takes_back_the_newest_within_its_time(qapp: QApplication, clock: HandClock) -> None:
    undo = Undo(clock)
    told: list[tuple[str, int]] = []
    undo.changed.connect(lambda words, seconds: told.append((words, seconds)))
    back: list[str] = []
    undo.offer("first", lambda: back.append("first"), 60)
    clock.pass_(30)
    undo.offer("second", lambda: back.append("second"), 60)
    assert told[-1] == ("second", 60)
    assert undo.take_back() and back == ["second"]
    assert told[-1] == ("first", 30)
    clock.pass_(31)
    assert not undo.take_back()
    assert back == ["second"] and told[-1] == ("", 0)


def test_freshness_grows_old_and_says_why_it_failed(qtbot: QtBot) -> None:
    line = FreshnessLine()
    qtbot.addWidget(line)
    assert line.text() == "Being read …"
    line.failed("disk")
    assert line.text() == "Not read yet: disk"
    line.fresh()
    assert line.text().startswith("As of") and line.property("tone") == ""
    line.fresh(datetime.now(UTC) - timedelta(minutes=5))
    assert line.text().endswith("5 min ago") and line.property("tone") == "late"


def test_times_are_short_and_say_nothing_false() -> None:
    now = datetime(2026, 11, 21, 10, 42, 7, tzinfo=UTC)
    assert clock_text(None) == "–"
    assert moment_text(now, now) == clock_text(now)
    assert moment_text(now - timedelta(days=3), now).startswith("11-18")
    assert [age_text(s) for s in (None, 5, 300, 7200, 200000)] == [
        "–",
        "5 s",
        "5 min",
        "2 h",
        "2 d",
    ]
    assert [span_text(s) for s in (27, 725, 11400, -3)] == ["0:27", "12:05", "3:10:00", "-0:03"]


def test_markup_is_shown_as_it_was_written(qtbot: QtBot) -> None:
    told = label("<b>${x}</b>")
    qtbot.addWidget(told)
    assert told.textFormat() is Qt.TextFormat.PlainText
    notice = Notice()
    qtbot.addWidget(notice)
    notice.say("<img onerror=1>")
    assert notice.text == "<img onerror=1>"


def test_the_sides_of_a_line_cut_nothing_off(qtbot: QtBot) -> None:
    line = ElidedLabel()
    qtbot.addWidget(line)
    line.setContentsMargins(0, 0, 10, 0)
    line.show_words("101 GNSS")
    line.resize(line.sizeHint())
    line.show()
    assert line.text() == line.words
    assert line.contentsRect().width() >= line.fontMetrics().horizontalAdvance(line.words)
    line.resize(line.width() - 10, line.height())
    assert line.text().endswith("…")


def test_a_cut_line_keeps_the_whole_under_the_pointer(qtbot: QtBot) -> None:
    line = ElidedLabel()
    qtbot.addWidget(line)
    line.show()
    line.resize(60, 20)
    line.show_words("a long line that has no room")
    assert line.text().endswith("…") and line.toolTip() == line.words
    panel = Panel("Queue", freshness=True)
    qtbot.addWidget(panel)
    panel.set_title("")
    assert panel.freshness is not None


def test_the_language_changes_what_is_said(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words, refused = Words("值班台", "Duty desk"), Refused("store.busy")
    assert language() == "en" and pick(words) == "Duty desk"
    assert say_refusal(refused).startswith("The database is busy")
    assert translation.use_language(qapp, "zh_CN"), "run installer/translations"
    assert pick(words) == "值班台"
    assert QCoreApplication.translate("Dialogs", "Confirm") == "确定"
    assert "数据库正忙" in say_refusal(refused)
    assert "程序内部出错" in say_refusal(ZeroDivisionError())
    monkeypatch.setattr(translation, "I18N", tmp_path)
    assert not translation.use_language(qapp, "zh_CN")
    assert language() == "zh_CN"


def test_words_typed_over_a_choice_are_what_the_form_says(qtbot: QtBot) -> None:
    box = QComboBox()
    box.setEditable(True)
    box.addItem("Receiver A", "id-a")
    box.addItem("Receiver B", "id-b")
    form = Form()
    qtbot.addWidget(form)
    form.add("device", "Device", box)
    assert form.values() == {"device": "id-a"}
    box.setEditText("  path:/dev/ttyS9 ")
    assert form.values() == {"device": "path:/dev/ttyS9"}
    box.setEditText("Receiver B")
    assert form.values() == {"device": "id-b"}
    form.fill({"device": "id-a"})
    assert (box.currentText(), form.values()) == ("Receiver A", {"device": "id-a"})
    form.fill({"device": "path:/dev/x"})
    assert form.values() == {"device": "path:/dev/x"}
    form.clear()
    assert form.values() == {"device": ""}


def test_a_draft_that_does_not_fit_does_not_end_the_keeping_of_drafts(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.add("count", "Count", QSpinBox())
    with pytest.raises(ValueError):
        form.fill({"count": "many"})
    with qtbot.waitSignal(form.draft_ready, timeout=3000):
        form.editor("count").setProperty("value", 3)
