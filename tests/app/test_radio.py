"""The radio at the real window: its page, the strip, and the key that is held anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from console.core.actor import SYSTEM
from console.core.ids import LinkId
from console.links import service as links
from console.links.model import LinkConfig, SerialPlace
from console.radio import service as radio
from console.radio.model import NewChannel, State
from console.radio.page.radio_page import RadioPage
from console.roster import service as roster
from console.ui.lamp import Shape
from drivers.sim.tetra import TetraRadio
from tests.app.conftest import Desk


@pytest.fixture
def station(desk: Desk, tmp_path: Path) -> Iterator[TetraRadio]:
    made = TetraRadio("tetra", tmp_path / "ports")
    made.start()
    post = desk.console.post
    with post.database.read() as connection:
        crew = roster.units(connection)[0].unit
    place = SerialPlace(made.identity)
    link = links.set_up_link(
        post.database,
        SYSTEM,
        LinkConfig(LinkId(""), "固定台", "tetra", place, sources={"2001": crew.id}),
    )
    radio.add_channel(post.database, SYSTEM, NewChannel(link.id, "501", "指挥"))
    desk.until(lambda: any(s.identity for s in post.links.snapshot() if s.config.id == link.id))
    yield made
    made.stop()


def hold(desk: Desk, kind: QEvent.Type) -> None:
    """The talk key goes down or comes up."""
    handle = desk.console.window.windowHandle()
    event = QKeyEvent(kind, int(Qt.Key.Key_Insert), Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(handle, event)


def test_the_key_talks_from_the_desk_and_the_page_tells_of_it(
    desk: Desk, station: TetraRadio
) -> None:
    console = desk.console
    desk.sign_in()
    desk.until(console.radio.strip.isVisible)
    desk.until(lambda: console.radio.strip.lamp.face.shape is Shape.RING)
    hold(desk, QEvent.Type.KeyPress)
    desk.until(lambda: station.talking)
    desk.until(lambda: console.radio.strip.lamp.face.shape is Shape.TRIANGLE)
    hold(desk, QEvent.Type.KeyRelease)
    desk.until(lambda: not station.talking)
    desk.press("Ctrl+4")
    page = console.window.page("radio")
    assert isinstance(page, RadioPage)
    station.send_text("2001", "arrived")
    desk.until(lambda: [s.line.text for s in page.log.table.model.rows][:1] == ["arrived"])
    desk.until(lambda: page.log.table.model.rows[1].line.state is State.DONE)
    assert page.talk.problem.text == console.radio.voice.problem != ""


def test_behind_the_lock_nobody_talks(desk: Desk, station: TetraRadio) -> None:
    console = desk.console
    desk.sign_in()
    desk.until(console.radio.strip.isVisible)
    console.post.radio.press(latched=True)
    desk.until(lambda: station.talking)
    console.lock()
    desk.until(lambda: not station.talking)
    hold(desk, QEvent.Type.KeyPress)
    assert not console.post.radio.floor.talk.held
    hold(desk, QEvent.Type.KeyRelease)
