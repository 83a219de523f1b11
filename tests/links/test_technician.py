"""The technician's panels, through their real widgets: wire, trials, orders, recordings, files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core import audit
from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    LinkPhase,
    LinksChanged,
    Outcome,
    ReadingArrived,
    SerialPlace,
    TcpServerPlace,
)
from console.links.page import LinksPage, PageParts
from console.links.page.config_sheets import ImportSheet
from console.links.page.detail import CONDITION, FRAMES, ORDERS, RECORDINGS, deed_words
from console.links.page.link_sheet import LinkSheet
from console.links.page.test_orders import outcome_words
from console.links.service import Supervisor, add_link, captures, record_link
from console.ui.background import Background
from console.ui.dialogs import Sheet
from console.ui.keycap import KeyButton
from console.ui.style import apply_theme
from console.ui.translation import use_language
from drivers.sim.modbus import Board
from drivers.sim.receiver import Receiver
from tests.links.rig import QUICK
from tests.links.test_page import AT

UNITS = [("unit-1", "巡逻一组"), ("unit-2", "巡逻二组")]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    yield
    use_language(qapp, "en")


@pytest.fixture
def heard_by_the_house(bus: EventBus) -> list[ReadingArrived]:
    heard: list[ReadingArrived] = []
    bus.subscribe(ReadingArrived, heard.append)
    return heard


@pytest.fixture
def who(officer: Actor) -> list[Actor]:
    return [officer]


@pytest.fixture
def page(
    database: Database, bus: EventBus, background: Background, who: list[Actor], qtbot: QtBot
) -> Iterator[LinksPage]:
    supervisor = Supervisor(database, bus, SystemClock(), QUICK)
    bus.subscribe(LinksChanged, lambda _: supervisor.refresh())
    supervisor.start()
    parts = PageParts(
        database, supervisor, background, SystemClock(), lambda: who[0], lambda: UNITS
    )
    made = LinksPage(parts)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.stop()
    made.hide()
    supervisor.stop()


def sheet(page: LinksPage, qtbot: QtBot) -> Sheet:
    qtbot.waitUntil(lambda: bool(page.window().findChildren(Sheet)))
    return next(iter(page.window().findChildren(Sheet)))


def simulate(page: LinksPage, qtbot: QtBot, family: str) -> LinkId:
    page._simulate(family)
    qtbot.waitUntil(lambda: page.detail.currentIndex() == FRAMES)
    (state,) = page.trials.snapshot()
    return state.config.id


def test_a_simulated_device_is_seen_as_one_and_heard_by_nobody_else(
    page: LinksPage, qtbot: QtBot, heard_by_the_house: list[ReadingArrived]
) -> None:
    page.simulate_button.click()
    sheet(page, qtbot).yes.click()
    qtbot.waitUntil(lambda: len(page.trials.snapshot()) == 1)
    qtbot.waitUntil(lambda: bool(page.detail.frames.table.model.rows), timeout=8000)
    line = page.detail.frames.table.model.rows[0]
    assert line.piece.messages
    page.detail.frames.table.view.selectRow(0)
    assert "24 42 44 52 4D 43" in page.detail.frames.whole.toPlainText(), "$BDRMC in hexadecimal"
    assert "on trial" in page.detail.heading.words
    assert not page.change_button.isEnabled()
    assert not page.record_button.isEnabled()
    assert heard_by_the_house == []
    page.remove_button.click()
    qtbot.waitUntil(lambda: page.trials.snapshot() == ())


def test_a_deed_is_done_and_seen(page: LinksPage, qtbot: QtBot) -> None:
    link = simulate(page, qtbot, "modbus")
    page.detail.setCurrentIndex(CONDITION)
    page.refresh()
    buttons = page.detail.findChildren(KeyButton)
    (pull,) = [one for one in buttons if one.text() == deed_words("unplug")]
    qtbot.waitUntil(lambda: page.trials.snapshot()[0].opened, timeout=8000)
    pull.click()
    qtbot.waitUntil(lambda: page.trials.snapshot()[0].phase is LinkPhase.LOST, timeout=8000)
    page.refresh()
    assert "lost, trying again" in page.detail.told.text()
    assert page.trials.deeds(link)


def test_a_test_order_reaches_the_device_and_stands_in_the_trail(
    page: LinksPage, database: Database, officer: Actor, tmp_path: Path, qtbot: QtBot
) -> None:
    board = Board("board-1", tmp_path)
    board.start()
    try:
        link = add_link(database, officer, "Board", "modbus", SerialPlace(board.identity))
        qtbot.waitUntil(
            lambda: [s.phase for s in page.wires.snapshot()] == [LinkPhase.TRAFFIC], timeout=8000
        )
        page.refresh()
        qtbot.waitUntil(lambda: page.table.choose(link.id))
        page.detail.setCurrentIndex(ORDERS)
        orders = page.detail.orders
        orders.form.fill({"kind": "on", "number": "three"})
        orders.send.click()
        assert orders.table.model.rows == [], "no number, no order"
        orders.form.fill({"number": "3"})
        orders.send.click()
        qtbot.waitUntil(lambda: orders.table.model.rows[0].outcome is not None, timeout=8000)
        row = orders.table.model.rows[0]
        assert row.outcome is not None and row.outcome.done
        assert row.took_ms is not None and row.took_ms < 5000
        assert board.outputs[3]
        with database.read() as connection:
            last = audit.last(connection)
        assert last is not None and last.act == "link.test_order"
        qtbot.waitUntil(lambda: not orders._timer.isActive())
    finally:
        board.stop()


def test_a_device_that_only_speaks_is_offered_no_order(page: LinksPage, qtbot: QtBot) -> None:
    simulate(page, qtbot, "barcode")
    assert not page.detail.orders.send.isEnabled()
    assert "only speaks" in page.detail.orders.told.text()
    assert outcome_words(Outcome("x", False, "no_answer")) == "the device did not answer in time"
    assert "●○" in outcome_words(Outcome("x", True, fields={"values": (True, False)}))


def test_who_may_not_sees_no_wire_and_starts_nothing(
    page: LinksPage, who: list[Actor], qtbot: QtBot
) -> None:
    simulate(page, qtbot, "barcode")
    who[0] = Actor("officer", "0124", frozenset({"duty_officer"}))
    page.refresh()
    assert page.detail.currentIndex() == CONDITION
    assert not any(page.detail.isTabEnabled(at) for at in (FRAMES, RECORDINGS, ORDERS))
    page._simulate("nmea")
    qtbot.waitUntil(lambda: bool(page.notice.text))
    assert "0124" in page.notice.text
    assert len(page.trials.snapshot()) == 1


def test_a_recording_is_listed_and_played(
    page: LinksPage, database: Database, officer: Actor, tmp_path: Path, qtbot: QtBot
) -> None:
    receiver = Receiver("gnss-1", tmp_path)
    receiver.plug()
    link = add_link(database, officer, "GNSS", "nmea", SerialPlace(receiver.identity))
    record_link(database, officer, link.id, True)
    qtbot.waitUntil(
        lambda: any(s.opened and s.config.record for s in page.wires.snapshot()), timeout=8000
    )
    receiver.place(35.4, 117.0, 5.0, 90.0, AT)
    folder = database.path.parent
    qtbot.waitUntil(lambda: any(one.size > 100 for one in captures(folder, {})), timeout=8000)
    receiver.unplug()
    page.detail.setCurrentIndex(RECORDINGS)
    panel = page.detail.recordings
    qtbot.waitUntil(lambda: bool(panel.table.model.rows))
    row = panel.table.model.rows[0]
    assert (row.link, row.family) == ("GNSS", "nmea")
    panel.table.view.selectRow(0)
    panel.play.click()
    qtbot.waitUntil(lambda: any(s.frames == 2 for s in page.trials.snapshot()), timeout=8000)
    assert page.trials.snapshot()[0].config.name.startswith("Replay GNSS ")


def test_the_configuration_goes_out_and_comes_in(
    page: LinksPage, database: Database, officer: Actor, tmp_path: Path, qtbot: QtBot
) -> None:
    add_link(database, officer, "GNSS", "nmea", SerialPlace("1546:01a8:SN1"), "unit-1")
    file = tmp_path / "links"
    page.export_button.click()
    asked = sheet(page, qtbot)
    asked.yes.click()
    assert "Which file" in asked.message.text()
    from console.ui.file_field import FileField

    (field,) = asked.findChildren(FileField)
    field.line.setText(str(file))
    asked.yes.click()
    qtbot.waitUntil(lambda: "1 links stand in" in page.notice.text)
    written = tmp_path / "links.json"
    told = json.loads(written.read_text("utf-8"))
    assert told["links"][0]["serves"] == "巡逻一组"
    told["links"][0]["transport"]["baud"] = 1
    written.write_text(json.dumps(told), "utf-8")
    qtbot.waitUntil(lambda: not page.window().findChildren(Sheet))

    page.import_button.click()
    taking = sheet(page, qtbot)
    assert isinstance(taking, ImportSheet)
    taking.field.line.setText(str(written))
    taking.yes.click()
    qtbot.waitUntil(lambda: "baud rate 1 is not supported" in taking.notice.text)
    assert not taking.yes.isEnabled()
    told["links"][0]["transport"]["baud"] = 4800
    written.write_text(json.dumps(told), "utf-8")
    taking.again.click()
    qtbot.waitUntil(lambda: taking.yes.text() == "Take 1 links" and taking.yes.isEnabled())
    taking.yes.click()
    qtbot.waitUntil(lambda: "1 links were taken in" in page.notice.text)
    (state,) = page.parts.supervisor.snapshot()
    qtbot.waitUntil(
        lambda: (
            page.parts.supervisor.snapshot()[0].config.transport
            == SerialPlace("1546:01a8:SN1", 4800)
        )
    )
    assert state.config.name == "GNSS"


def test_a_link_of_terminals_is_set_up_in_the_window(page: LinksPage, qtbot: QtBot) -> None:
    page.add_button.click()
    asked = sheet(page, qtbot)
    assert isinstance(asked, LinkSheet)
    asked.form.fill({"name": "Terminals", "family": "jt808", "kind": "tcp_server", "port": "0"})
    assert not asked.form.editor("baud").isVisibleTo(asked)
    asked.sources.setPlainText("13800000001 = 巡逻九组")
    asked.yes.click()
    qtbot.waitUntil(lambda: asked.form.editor("sources").property("wrong") == "yes")
    asked.sources.setPlainText("13800000001 = 巡逻一组\n\n13800000002 ＝ 巡逻二组")
    asked.form.fill({"port": "18808"})
    asked.device.put({"secret": "s3cret"})
    asked.yes.click()
    qtbot.waitUntil(lambda: len(page.parts.supervisor.snapshot()) == 1)
    config = page.parts.supervisor.snapshot()[0].config
    assert config.transport == TcpServerPlace("", 18808)
    assert config.sources == {"13800000001": "unit-1", "13800000002": "unit-2"}
    assert config.settings["secret"] == "s3cret"
    qtbot.waitUntil(lambda: not page.window().findChildren(Sheet))
    page.refresh()
    qtbot.waitUntil(lambda: page.table.choose(config.id))
    page.change_button.click()
    changing = sheet(page, qtbot)
    assert isinstance(changing, LinkSheet)
    assert changing.form.values()["port"] == "18808"
    assert changing.device.settings() == {"secret": "s3cret"}
    assert changing.sources.sources() == config.sources
    changing.reject()
