"""The links page, through its real widgets, on real pseudo-terminals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    LinkConfig,
    LinkPhase,
    LinksChanged,
    LinkState,
    ReplayPlace,
    SerialPlace,
    TcpPlace,
)
from console.links.page import LinksPage, PageParts
from console.links.page.columns import columns, open_face, plugged_face, traffic_face
from console.links.page.link_sheet import LinkSheet
from console.links.page.story import advice
from console.links.service import Supervisor, add_link
from console.ui.background import Background
from console.ui.lamp import Shape
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from drivers.sim.receiver import Receiver
from tests.links.rig import QUICK

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LINK = LinkConfig(LinkId("l"), "GNSS 1", "nmea", SerialPlace("path:/dev/x"), serves="unit-1")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    yield
    use_language(qapp, "en")


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    made = Receiver("gnss-1", tmp_path)
    made.plug()
    yield made
    made.unplug()


@pytest.fixture
def parts(
    database: Database, bus: EventBus, background: Background, officer: Actor
) -> Iterator[PageParts]:
    supervisor = Supervisor(database, bus, SystemClock(), QUICK)
    bus.subscribe(LinksChanged, lambda _: supervisor.refresh())
    supervisor.start()
    yield PageParts(
        database,
        supervisor,
        background,
        SystemClock(),
        lambda: officer,
        lambda: [("unit-1", "巡逻一组"), ("unit-2", "巡逻二组")],
    )
    supervisor.stop()


@pytest.fixture
def page(parts: PageParts, qtbot: QtBot) -> Iterator[LinksPage]:
    made = LinksPage(parts, QLabel("road"))
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: made.table.freshness.text().startswith("As of"))
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.stop()


def wait_for_phase(page: LinksPage, qtbot: QtBot, phase: LinkPhase) -> None:
    def reached() -> bool:
        page.refresh()
        rows = page.table.model.rows
        return bool(rows) and rows[0].phase is phase

    qtbot.waitUntil(reached, timeout=8000)


def texts(page: LinksPage) -> str:
    return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisible())


def test_no_link_says_what_to_do(page: LinksPage) -> None:
    assert "No link is set up yet" in texts(page)
    assert "press Insert" in texts(page)
    assert "road" in texts(page)
    assert not page.change_button.isEnabled()
    assert page.add_button.isEnabled()


def test_lamps_follow_the_wire(
    page: LinksPage, parts: PageParts, officer: Actor, receiver: Receiver, qtbot: QtBot
) -> None:
    add_link(parts.database, officer, "GNSS 1", "nmea", SerialPlace(receiver.identity), "unit-1")
    wait_for_phase(page, qtbot, LinkPhase.OPEN)
    receiver.place(35.4, 117.0, 5.0, 90.0, AT)
    wait_for_phase(page, qtbot, LinkPhase.TRAFFIC)
    model = page.table.model
    shown = [model.data(model.index(0, at)) for at in range(model.columnCount())]
    assert shown[:6] == ["GNSS 1", "Plugged", "Open", "–", "Traffic", "–"]
    assert shown[7:11] == ["2", "0", "0 / 0", "巡逻一组"]
    receiver.unplug()
    wait_for_phase(page, qtbot, LinkPhase.LOST)
    page.table.choose(model.rows[0].config.id)
    assert plugged_face(model.rows[0]).word == "Lost"
    page.refresh()
    assert "lost, trying again since" in texts(page)
    assert "Last trouble at" in texts(page)
    assert "Check cable and power" in texts(page)


def sheet_of(page: LinksPage, qtbot: QtBot) -> LinkSheet:
    qtbot.waitUntil(lambda: bool(page.window().findChildren(LinkSheet)))
    (sheet,) = page.window().findChildren(LinkSheet)
    return sheet


def test_a_link_is_added_changed_recorded_and_removed_by_hand(
    page: LinksPage, parts: PageParts, receiver: Receiver, qtbot: QtBot
) -> None:
    page.add_button.click()
    sheet = sheet_of(page, qtbot)
    sheet.form.fill({"name": "GNSS A", "identity": receiver.identity, "serves": "unit-2"})
    sheet.yes.click()
    qtbot.waitUntil(lambda: len(parts.supervisor.snapshot()) == 1)
    qtbot.waitUntil(lambda: not page.window().findChildren(LinkSheet))
    state = parts.supervisor.snapshot()[0]
    assert (state.config.name, state.config.serves) == ("GNSS A", "unit-2")
    assert state.config.transport == SerialPlace(receiver.identity, 9600)
    wait_for_phase(page, qtbot, LinkPhase.OPEN)

    page.table.choose(state.config.id)
    page.change_button.click()
    sheet = sheet_of(page, qtbot)
    assert sheet.form.values()["name"] == "GNSS A"
    sheet.form.fill({"name": "GNSS B", "serves": ""})
    sheet.yes.click()
    qtbot.waitUntil(lambda: parts.supervisor.snapshot()[0].config.name == "GNSS B")
    assert parts.supervisor.snapshot()[0].config.serves is None

    qtbot.waitUntil(lambda: not page.window().findChildren(LinkSheet))
    page.refresh()
    page.record_button.click()
    qtbot.waitUntil(lambda: parts.supervisor.snapshot()[0].config.record)
    page.refresh()
    qtbot.waitUntil(lambda: page.table.model.rows[0].config.record)
    page.refresh()
    assert page.record_button.text() == "Stop recording"

    page.remove_button.click()
    qtbot.waitUntil(lambda: any(s.isVisible() for s in page.window().findChildren(QLabel)))
    from console.ui.dialogs import Sheet

    (question,) = page.window().findChildren(Sheet)
    question.yes.click()
    qtbot.waitUntil(lambda: parts.supervisor.snapshot() == ())


def test_a_refusal_is_said_in_the_sheet_and_nothing_is_lost(
    page: LinksPage, parts: PageParts, officer: Actor, qtbot: QtBot
) -> None:
    add_link(parts.database, officer, "GNSS", "nmea", TcpPlace("127.0.0.1", 1))
    page.add_button.click()
    sheet = sheet_of(page, qtbot)
    sheet.yes.click()
    name = sheet.form.editor("name")
    assert isinstance(name, QLineEdit)
    sheet.form.fill({"name": "GNSS", "kind": "tcp", "host": "10.0.0.1", "port": "4001"})
    assert sheet.form.editor("host").isVisibleTo(sheet)
    assert not sheet.form.editor("baud").isVisibleTo(sheet)
    sheet.yes.click()
    qtbot.waitUntil(lambda: "exists already" in sheet.message.text())
    assert name.text() == "GNSS"
    sheet.form.fill({"name": "GNSS 2", "port": "port"})
    sheet.yes.click()
    qtbot.waitUntil(lambda: "no network address" in sheet.message.text())
    sheet.form.fill({"port": "4001"})
    sheet.yes.click()
    qtbot.waitUntil(lambda: len(parts.supervisor.snapshot()) == 2)


def test_who_may_not_is_told_on_the_page(
    parts: PageParts, officer: Actor, qtbot: QtBot, background: Background
) -> None:
    add_link(parts.database, officer, "GNSS", "nmea", TcpPlace("127.0.0.1", 1))
    desk = Actor("officer", "0124", frozenset({"duty_officer"}))
    page = LinksPage(
        PageParts(parts.database, parts.supervisor, background, SystemClock(), lambda: desk)
    )
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.table.model.rowCount() == 1)
    page.table.choose(page.table.model.rows[0].config.id)
    page.record_button.click()
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert "0124" in page.notice.text
    assert not parts.supervisor.snapshot()[0].config.record


def test_a_hidden_page_asks_nothing(page: LinksPage, qtbot: QtBot) -> None:
    assert page._timer.isActive()
    page.hide()
    assert not page._timer.isActive()


STATES = {
    phase: LinkState(
        LINK,
        phase,
        AT,
        opened=phase in (LinkPhase.OPEN, LinkPhase.TRAFFIC, LinkPhase.SILENT),
        error="busy" if phase is LinkPhase.PLUGGED else "",
    )
    for phase in LinkPhase
}


def test_every_state_looks_different_without_colour() -> None:
    faces = {
        phase: tuple(
            (face.shape, face.word)
            for face in (f(state) for f in (plugged_face, open_face, traffic_face))
        )
        for phase, state in STATES.items()
    }
    assert len(set(faces.values())) == len(LinkPhase)
    for shapes in faces.values():
        assert all(word or shape is Shape.DASH for shape, word in shapes)


def test_an_address_is_not_said_to_be_plugged_in_before_it_answers() -> None:
    tcp = replace(LINK, transport=TcpPlace("10.0.0.1", 4001))
    waiting = LinkState(tcp, LinkPhase.PLUGGED, AT, error="refused")
    assert plugged_face(waiting).shape is Shape.DASH
    assert plugged_face(replace(waiting, phase=LinkPhase.OPEN, opened=True)).shape is Shape.DOT


def test_only_faults_are_loud() -> None:
    loud = {
        phase
        for phase, state in STATES.items()
        for face in (plugged_face(state), open_face(state), traffic_face(state))
        if face.tone in (Tone.LATE, Tone.ALARM)
    }
    assert loud == {LinkPhase.LOST, LinkPhase.SILENT, LinkPhase.PLUGGED}
    assert {phase for phase in LinkPhase if advice(STATES[phase])} == loud | {LinkPhase.ABSENT}
    assert traffic_face(STATES[LinkPhase.SILENT]).shape is Shape.TRIANGLE


def test_the_age_of_the_last_frame_grows() -> None:
    now = [AT]
    made = columns(lambda: now[0], lambda unit: unit)
    state = LinkState(LINK, LinkPhase.TRAFFIC, AT, opened=True, heard_at=AT)
    assert made[6].text(state) == "0 s"
    now[0] = AT + timedelta(minutes=10)
    assert made[6].text(state) == "10 min"
    assert made[6].text(STATES[LinkPhase.OPEN]) == "never"
    assert made[11].text(state) == "path:/dev/x  9600"
    assert made[12].text(state) == "–"
    failed = replace(state, error="[Errno 5]", cause="unplugged", error_at=AT)
    assert made[12].text(failed).endswith("the device was unplugged")
    assert made[12].tip is not None
    assert made[12].tip(failed) == "[Errno 5]", "the technician still sees what the system said"
    tip = made[11].tip
    assert tip is not None
    assert "NMEA 0183" in tip(state)


def test_the_device_list_offers_what_is_plugged_in(
    page: LinksPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from serial.tools.list_ports_common import ListPortInfo

    info = ListPortInfo("/dev/ttyACM0")
    info.vid, info.pid, info.serial_number, info.description = 0x1546, 0x01A8, "SN1", "u-blox"
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [info])
    QTest.keyClick(page, Qt.Key.Key_Insert)
    sheet = sheet_of(page, qtbot)
    box = sheet.form.editor("identity")
    assert isinstance(box, QComboBox)
    assert box.itemText(0) == "1546:01a8:SN1  u-blox"
    saved: list[LinkConfig] = []
    sheet._save = saved.append
    sheet.form.fill({"name": "GNSS"})
    sheet.yes.click()
    assert saved[0].transport == SerialPlace("1546:01a8:SN1")
    box.setEditText("path:/dev/ttyS7")  # typed over the choice
    sheet.yes.click()
    assert saved[1].transport == SerialPlace("path:/dev/ttyS7")


def test_a_capture_is_not_changed_by_hand(page: LinksPage) -> None:
    from console.links.page.link_sheet import Choices

    replayed = LinkConfig(LinkId("l"), "x", "nmea", ReplayPlace(Path("a")))
    with pytest.raises(ValueError, match="by hand"):
        LinkSheet(page, Choices([], []), lambda _: None, replayed)
