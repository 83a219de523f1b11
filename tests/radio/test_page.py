"""The radio page through its real widgets: keys, sheets, lamps, and the strip of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core import reference
from console.core.words import Words
from console.links.model import (
    CheckRadio,
    ChooseGroup,
    PressToTalk,
    ReleaseTalk,
    SendStatus,
    SendText,
    Status,
    Text,
)
from console.radio.model import (
    Channel,
    ChannelPhase,
    ChannelState,
    Pedal,
    RadioSettingsChanged,
    Talk,
    TalkPhase,
)
from console.radio.page.parts import OpenCall, PageParts
from console.radio.page.radio_page import RadioPage
from console.radio.page.sheets import PedalSheet
from console.radio.page.voice import Voice
from console.radio.page.words import channel_face, talk_words
from console.ui.background import Background
from console.ui.choice import ChoiceSheet
from console.ui.dialogs import Sheet
from console.ui.lamp import Shape
from console.ui.style import apply_theme
from console.ui.translation import use_language
from tests.radio.conftest import CAR, FOOT, PEDAL_LINK, Bench
from tests.radio.test_voice import FakeSound

CREWS = {CAR: "巡01", FOOT: "步02"}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    yield
    use_language(qapp, "en")


@dataclass
class Desk:
    """The page over the room, and what it said."""

    bench: Bench
    qtbot: QtBot
    page: RadioPage
    told: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def until(self, true: Callable[[], object]) -> None:
        def seen() -> bool:
            self.page.refresh()
            return bool(true())

        self.qtbot.waitUntil(seen, timeout=8000)

    def press(self, key: str, on: QWidget | None = None) -> None:
        target = on or self.page.crews.view

        def front() -> bool:
            target.window().activateWindow()
            return target.window().isActiveWindow()

        self.qtbot.waitUntil(front, timeout=8000)
        QTest.keySequence(target, QKeySequence(key))

    def sheet(self) -> Sheet:
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
        found = QApplication.activeModalWidget()
        assert isinstance(found, Sheet)
        return found

    def log(self, column: int) -> list[str]:
        model = self.page.log.table.model
        return [str(model.data(model.index(at, column))) for at in range(model.rowCount())]

    def crews(self, column: int) -> list[str]:
        model = self.page.crews.model
        return [str(model.data(model.index(at, column))) for at in range(model.rowCount())]


@pytest.fixture
def desk(bench: Bench, background: Background, qtbot: QtBot) -> Desk:
    told: list[str] = []
    shown: list[str] = []
    voice = Voice(FakeSound([], []), bench.database.clock, lambda line, samples: None)
    voice.use(voice.devices)
    parts = PageParts(
        bench.database,
        background,
        bench.database.clock,
        lambda: bench.officer,
        lambda words, tone: told.append(words),
        bench.room,
        voice,
        lambda: OpenCall("call-at-desk", "JQ0007"),
        lambda _: CREWS,
        lambda _, ids: {one: f"JQ-{one[-3:]}" for one in ids},
        lambda: {
            one["code"]: Words(one["zh_CN"], one["en"])
            for one in reference.shipped("statuses")["statuses"]
        },
        shown.append,
    )
    page = RadioPage(parts)
    qtbot.addWidget(page)
    page.resize(1220, 690)
    page.show()
    page.activateWindow()
    made = Desk(bench, qtbot, page, told, shown)
    made.until(lambda: made.crews(0) == ["巡01", "步02"])
    return made


def words_of(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_it_says_plainly_that_nothing_was_heard_and_no_sound_is_there(desk: Desk) -> None:
    assert desk.crews(3) == ["not heard yet", "not heard yet"]
    told = words_of(desk.page)
    assert "No sound device on this machine" in told
    assert "Nothing was said over the radio yet" in told
    assert not any(one.isEnabled() for one in desk.page.talk.recalls.values())


def test_a_text_to_the_chosen_crew_by_keys(desk: Desk) -> None:
    desk.press("T")
    sheet = desk.sheet()
    assert "JQ0007" in words_of(sheet)
    line = sheet.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "go to the square")
    desk.press("Return", line)
    desk.until(lambda: desk.bench.wires.orders(SendText))
    order = desk.bench.wires.orders(SendText)[0].order
    assert isinstance(order, SendText)
    assert (order.to, order.text) == ("1001", "go to the square")
    desk.bench.wires.orders(SendText)[0].failed("no_answer")
    desk.until(lambda: desk.log(4) == ["go to the square  no answer"])
    assert (desk.log(2), desk.log(5), desk.log(6)) == (["巡01"], ["Failed"], ["JQ-esk"])


def test_status_and_check_by_keys(desk: Desk) -> None:
    desk.press("S")
    sheet = desk.sheet()
    assert isinstance(sheet, ChoiceSheet)
    desk.press("3", sheet.list)
    desk.until(lambda: desk.bench.wires.orders(SendStatus))
    assert desk.bench.wires.orders(SendStatus)[0].order == SendStatus("1001", 0x8004)
    desk.press("K")
    desk.until(lambda: desk.bench.wires.orders(CheckRadio))
    desk.bench.wires.orders(CheckRadio)[0].done()
    desk.until(lambda: desk.log(4) and desk.log(4)[0].startswith("answered after"))
    desk.until(lambda: desk.crews(3)[0].endswith("radio check"))


def test_a_digit_chooses_the_channel_and_the_button_talks_on_it(desk: Desk) -> None:
    desk.press("2")
    desk.until(lambda: desk.bench.wires.orders(ChooseGroup))
    button = desk.page.talk.button
    desk.until(lambda: desk.page.talk.channel.text() == "巡逻")
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    (asked,) = desk.bench.wires.orders(PressToTalk)
    assert asked.order == PressToTalk("502")
    asked.done()
    desk.page.show_talk()
    assert "Talk now" in desk.page.talk.standing.text()
    assert button.text() == "Let go to end"
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert len(desk.bench.wires.orders(ReleaseTalk)) == 1


def test_the_talk_can_be_kept_open_and_ended_by_the_same_key(desk: Desk) -> None:
    desk.press("L")
    desk.bench.wires.orders(PressToTalk)[0].done()
    desk.until(desk.page.talk.latch_button.isChecked)
    desk.press("L")
    assert desk.bench.room.floor.talk.phase is TalkPhase.HANG


def test_what_crews_say_stands_with_age_and_in_the_log_of_call_and_crew(desk: Desk) -> None:
    desk.bench.hear(Status("1001", 0x8004), CAR)
    desk.bench.hear(Text("1002", None, "<b>here</b>"), FOOT)
    desk.until(lambda: desk.log(4) == ["<b>here</b>", "on scene (8004)"])
    desk.until(lambda: desk.crews(4) == ["on scene (8004)", "<b>here</b>"])
    assert desk.crews(3)[0].endswith("ago · status")
    desk.press("C")
    desk.until(lambda: desk.log(4) == ["<b>here</b>"])
    desk.press("W")
    desk.until(lambda: desk.log(4) == ["on scene (8004)"])
    desk.page.log.table.choose(desk.page.log.table.model.rows[0].line.id)
    desk.press("G")
    assert desk.shown == ["call-of-car"]
    desk.press("P")
    assert not desk.page.log.hear.isEnabled()


def test_a_call_for_help_is_above_all_and_confirmed_by_a_key(desk: Desk) -> None:
    desk.bench.hear(Status("1002", 0), FOOT)
    desk.until(lambda: "步02 calls for help: emergency" in desk.page.emergency.text)
    face = channel_face(desk.bench.room.view().channels[0])
    assert (face.shape, face.word) == (Shape.SQUARE, "Emergency")
    desk.press("E")
    desk.until(lambda: desk.page.emergency.text == "")
    desk.until(lambda: "Confirmed" in desk.log(5))
    assert desk.told == ["Confirmed: 步02 calls for help"]


def test_a_channel_is_added_and_what_is_refused_stands_at_its_field(desk: Desk) -> None:
    desk.press("+")
    sheet = desk.sheet()
    fields = sheet.findChildren(QLineEdit)
    QTest.keyClicks(fields[0], "501")
    QTest.keyClicks(fields[1], "third")
    sheet.yes.click()
    desk.qtbot.waitUntil(lambda: "is the channel" in words_of(sheet))
    fields[0].setText("503")
    sheet.yes.click()
    desk.until(lambda: [o.channel.name for o in desk.bench.room.board.states()][2:] == ["third"])


def test_a_channel_is_moved_and_removed(desk: Desk) -> None:
    desk.until(lambda: desk.page.channels.model.rows)
    desk.page.channels.choose(desk.bench.channels[1].id)
    desk.press("F")
    sheet = desk.sheet()
    assert isinstance(sheet, ChoiceSheet)
    desk.press("2", sheet.list)
    desk.until(lambda: desk.bench.room.board.states()[0].channel.name == "巡逻")
    desk.press("F")
    sheet = desk.sheet()
    assert isinstance(sheet, ChoiceSheet)
    desk.press("4", sheet.list)
    desk.until(lambda: len(desk.bench.room.board.states()) == 1)


def test_a_row_of_the_sites_table_is_added(desk: Desk) -> None:
    desk.press("B")
    sheet = desk.sheet()
    assert isinstance(sheet, ChoiceSheet)
    desk.press("1", sheet.list)
    desk.qtbot.waitUntil(lambda: not isinstance(QApplication.activeModalWidget(), ChoiceSheet))
    form = desk.sheet()
    fields = form.findChildren(QLineEdit)
    QTest.keyClicks(fields[0], "80ZZ")
    QTest.keyClicks(fields[1], "word")
    form.yes.click()
    desk.qtbot.waitUntil(lambda: "cannot be" in words_of(form))
    fields[0].setText("80FF")
    form.yes.click()
    desk.until(lambda: desk.bench.room._intake.statuses.of(0x80FF, "tetra"))


def test_what_the_devices_lack_is_said_in_their_sheet(desk: Desk) -> None:
    desk.press("V")
    sheet = desk.sheet()
    assert "This machine has no sound device" in words_of(sheet)
    sheet.yes.click()
    desk.until(lambda: "Sound devices chosen" in desk.told)
    assert desk.bench.heard(RadioSettingsChanged)


def test_every_state_of_a_channel_has_its_own_shape() -> None:
    quiet = ChannelState(Channel("c", "l", "1", "x", 1))
    states = [replace(quiet, phase=phase) for phase in ChannelPhase]
    faces = [channel_face(one) for one in states]
    faces += [channel_face(replace(quiet, emergency=True)), channel_face(quiet, up=False)]
    assert len({face.shape for face in faces}) == len({face.word for face in faces}) == 6


@pytest.mark.parametrize("cause", ["no_answer", "busy", "refused", "lost", "taken", "ended"])
def test_every_cause_is_in_words(cause: str) -> None:
    told = talk_words(Talk(TalkPhase.DENIED, cause=cause))
    assert told.startswith("No permit: ") and cause not in told.split("permit: ")[1].split("_")


def test_the_foot_switch_is_chosen_by_wire_and_input(desk: Desk) -> None:
    desk.press("J")
    sheet = desk.sheet()
    assert isinstance(sheet, PedalSheet)
    sheet.link.setCurrentIndex(1)
    sheet.number.setValue(3)
    sheet.yes.click()
    desk.until(lambda: desk.bench.room._pedal == Pedal(PEDAL_LINK, 1, 2))
    desk.press("J")
    again = desk.sheet()
    assert isinstance(again, PedalSheet)
    assert (again.number.value(), again.opens.isChecked()) == (3, False)
    again.link.setCurrentIndex(0)
    again.yes.click()
    desk.until(lambda: desk.bench.room._pedal is None)
