"""A visitor's identity card at the counter: read for one visit, masked, and not kept beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.app.rooms.card_desk import WAIT_S, CardDesk
from console.citizen import service
from console.citizen.page import CitizenPage
from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    Card,
    LinkConfig,
    LinkPhase,
    LinkState,
    Order,
    Outcome,
    Piece,
    Probe,
    ReadCard,
    ReadingArrived,
    SerialPlace,
    checked,
)
from console.links.service import record_link
from console.ui.translation import use_language
from drivers.sim.idcard import SAMPLE, CardReader
from tests.citizen.conftest import Counter
from tests.links.rig import Post, until

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CARD = SAMPLE._replace(name="李四")
NUMBER = CARD.number
MASKED = "110105********002X"


class Readers:
    """The post's links with one card reader, whose orders a test settles."""

    def __init__(self, *families: str) -> None:
        self.states = tuple(
            LinkState(
                LinkConfig(LinkId(family), family, family, SerialPlace(f"path:/{family}")),
                LinkPhase.TRAFFIC, AT, opened=True,
            )
            for family in families
        )  # fmt: skip
        self.asked: list[tuple[str, Order, float]] = []
        self.then: list[Callable[[Outcome], None]] = []

    def snapshot(self) -> tuple[LinkState, ...]:
        return self.states

    def order(
        self, link_id: LinkId, order: Order, deadline_s: float, then: Callable[[Outcome], None]
    ) -> str:
        self.asked.append((link_id, order, deadline_s))
        self.then.append(then)
        return "1"


class Room:
    """The desk for cards, and what was answered to whoever asked."""

    def __init__(self, bus: EventBus, *families: str) -> None:
        self.bus, self.links = bus, Readers(*families)
        self.desk = CardDesk(self.links, bus, lambda work: work())
        self.came: list[tuple[str, str]] = []
        self.failed: list[str] = []

    def read(self) -> None:
        self.desk.read(lambda name, number: self.came.append((name, number)), self.failed.append)

    def lay(self, card: Card = CARD, reader: str = "idcard") -> None:
        self.bus.publish(ReadingArrived(LinkId(reader), None, card, AT))

    def settle(self, cause: str = "", told: str = "") -> None:
        self.links.then[-1](Outcome("1", not cause, cause, told))


@pytest.fixture
def room(bus: EventBus, qapp: QApplication) -> Iterator[Room]:
    use_language(qapp, "en")
    made = Room(bus, "nmea", "idcard")
    yield made
    made.desk.stop()


def test_name_and_number_reach_whoever_asked_and_nobody_else(room: Room) -> None:
    room.lay()  # nobody asked
    room.read()
    assert room.links.asked == [("idcard", ReadCard(), WAIT_S)]
    room.lay(reader="another")
    room.settle()
    assert room.came == []
    room.lay()  # the reading comes behind the order's end
    room.lay()
    assert room.came == [("李四", NUMBER)]
    room.read()
    room.lay()  # and before it
    assert len(room.came) == 1
    room.settle()
    assert len(room.came) == 2
    assert room.desk._question is None


def test_a_new_question_ends_the_last_one(room: Room) -> None:
    room.read()
    first = room.links.then[-1]
    room.read()
    first(Outcome("1", False, "no_answer"))
    first(Outcome("1", True))
    assert (room.came, room.failed) == ([], [])
    room.desk.stop()
    room.lay()
    room.settle()
    assert room.came == []


@pytest.mark.parametrize(
    ("cause", "told", "words"),
    [
        ("busy", "", "The last card still lies on the reader; lift it first."),
        ("no_answer", "no card", "No card was read in time; lay it down and try again."),
        ("no_answer", "", "No card was read: the device did not answer in time"),
        ("lost", "", "No card was read: the link is down"),
    ],
)
def test_why_no_card_was_read(room: Room, cause: str, told: str, words: str) -> None:
    room.read()
    room.settle(cause, told)
    assert room.failed == [words]


def test_a_post_without_a_reader_says_so(bus: EventBus, qapp: QApplication) -> None:
    use_language(qapp, "en")
    room = Room(bus, "nmea")
    room.read()
    assert room.failed == ["No card reader is set up; add one on the page Links."]
    room.desk.stop()


class Asked:
    """Stands for the desk for cards at the page: a test says what was read."""

    def __init__(self) -> None:
        self.then: list[Callable[[str, str], None]] = []
        self.failed: list[Callable[[str], None]] = []

    def read(self, then: Callable[[str, str], None], failed: Callable[[str], None]) -> None:
        self.then.append(then)
        self.failed.append(failed)


@pytest.fixture
def asked(counter: Counter) -> Asked:
    made = Asked()
    counter.page.close()
    counter.parts = replace(counter.parts, read_card=made.read)
    counter.page = CitizenPage(counter.parts)
    counter.qtbot.addWidget(counter.page)
    counter.page.resize(1200, 700)
    return made


def writing(counter: Counter) -> CitizenPage:
    page = counter.open()
    counter.press("N")
    counter.until(page.form.kind.hasFocus)
    counter.press("5")
    counter.until(page.form.asked.hasFocus)
    counter.type("借伞")
    return page


def test_the_card_is_shown_masked_and_saved_whole(counter: Counter, asked: Asked) -> None:
    page = writing(counter)
    counter.press("Ctrl+R")
    assert not page.form.read.isEnabled()
    assert "Lay the visitor's identity card" in page.form.notice.text
    asked.then[-1]("李四", NUMBER)
    shown = [page.form.lines[name].text() for name in ("name", "id_number")]
    assert shown == ["李*", MASKED]
    assert page.form.lines["name"].isReadOnly()
    counter.press("Ctrl+Return")
    counter.until(lambda: len(counter.rows()) == 1 and page.opened is not None)
    assert page.opened is not None
    assert page.opened.person.id_number == MASKED
    who = service.reveal(counter.database, counter.actor, page.opened.id, "核对")
    assert (who.name, who.id_number) == ("李四", NUMBER)
    assert page.form._card is None
    assert page.form.lines["name"].text() == ""
    trail = _trail(counter.database, "card.read")
    assert trail == [{"number": MASKED}]


def test_a_card_is_in_no_draft_and_is_gone_when_the_form_is_left(
    counter: Counter, asked: Asked
) -> None:
    page = writing(counter)
    drafts: list[dict[str, str]] = []
    page.form.draft_ready.connect(drafts.append, Qt.ConnectionType.DirectConnection)
    counter.press("Ctrl+R")
    asked.then[-1]("李四", NUMBER)
    counter.press("Escape")
    assert drafts
    assert all(not draft["name"] and not draft["id_number"] for draft in drafts)
    assert page.form._card is None
    assert page.form.lines["id_number"].text() == ""
    asked.then[-1]("王五", NUMBER)  # too late: nobody waits for it
    assert page.form._card is None


def test_a_card_that_comes_for_the_next_visitor_is_not_taken(
    counter: Counter, asked: Asked
) -> None:
    page = writing(counter)
    counter.press("Ctrl+R")
    counter.press("Ctrl+Return")
    counter.until(lambda: len(counter.rows()) == 1 and not page.writing)
    counter.press("N")
    counter.until(page.form.kind.hasFocus)
    asked.then[-1]("李四", NUMBER)
    asked.failed[-1]("too late")
    assert page.form._card is None
    assert page.form.notice.text == ""


def test_a_failure_is_said_in_the_form(counter: Counter, asked: Asked) -> None:
    page = writing(counter)
    counter.press("Ctrl+R")
    asked.failed[-1]("No card was read: the link is down")
    assert "the link is down" in page.form.notice.text
    assert page.form.read.isEnabled()


def test_without_a_reader_there_is_no_button(counter: Counter) -> None:
    page = writing(counter)
    assert not page.form.read.isVisible()


def test_the_whole_way_from_the_reader(
    database: Database, bus: EventBus, officer: Actor, tmp_path: Path
) -> None:
    """A simulated reader on a pseudo-terminal, the post's links, and the desk for cards."""
    post = Post(database, bus, officer)
    reader = CardReader("reader", tmp_path / "ports")
    reader.start()
    post.supervisor.start()
    room = Room(bus)
    desk = CardDesk(post.supervisor, bus, lambda work: work())
    try:
        link = post.connect(reader, "idcard")
        post.reach(LinkPhase.TRAFFIC)
        post.supervisor.order(link.id, Probe(), 3.0, post.keep)
        until(lambda: bool(post.outcomes), "the probe's outcome")
        assert post.outcomes[0][0].done
        reader.lay(CARD)
        desk.read(lambda name, number: room.came.append((name, number)), room.failed.append)
        until(lambda: bool(room.came), "the card")
        assert room.came == [("李四", NUMBER)]
    finally:
        desk.stop()
        room.desk.stop()
        post.supervisor.stop()
        reader.stop()


def _trail(database: Database, act: str) -> list[dict[str, str]]:
    with database.read() as connection:
        return [line.detail for line in audit.lines(connection) if line.act == act]


def test_what_a_card_reader_says_is_neither_recorded_nor_shown(
    database: Database, bus: EventBus, officer: Actor, tmp_path: Path
) -> None:
    post = Post(database, bus, officer)
    reader = CardReader("reader", tmp_path / "ports")
    reader.start()
    post.supervisor.start()
    pieces: list[Piece] = []
    try:
        link = post.connect(reader, "idcard")
        post.supervisor.tap(link.id, pieces.append)
        with pytest.raises(Refused, match=r"links\.private"):
            record_link(database, officer, link.id, True)
        with pytest.raises(Refused, match=r"links\.private"):
            checked(replace(link, record=True))
        post.reach(LinkPhase.TRAFFIC)
        reader.lay(CARD)
        post.supervisor.order(link.id, ReadCard(), 5.0, post.keep)
        until(lambda: bool(post.outcomes), "the card was read")
        assert post.outcomes[0][0].done
        until(lambda: any(isinstance(one.reading, Card) for one in post.readings), "the card")
        assert pieces
        assert not any(piece.data for piece in pieces)
        assert not [one for piece in pieces for one in piece.messages if isinstance(one, Card)]
    finally:
        post.supervisor.stop()
        reader.stop()
