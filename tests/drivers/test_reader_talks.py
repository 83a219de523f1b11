"""Talks with readers: each against its simulator on a pseudo-terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from drivers.catalog import driver
from drivers.contract import Card, Outcome, Probe, ReadCard, ReadTags, SwitchOutput, Tag
from drivers.errors import NotSupported
from drivers.pending import MOST
from drivers.reader import idcard_frames as cards
from drivers.reader.idcard import LIFT, IdCardTalk
from drivers.reader.tag_talk import AGAIN_S, BEAT_S, QUIET_S
from drivers.sim.barcode import Scanner
from drivers.sim.idcard import SAM, SAMPLE, CardReader, read_reply, reply
from drivers.sim.tag_reader import R200Reader, R2000Reader, r200_notice
from drivers.transport.serial_port import SerialWire
from tests.drivers.talking import Line

OTHER = SAMPLE._replace(name="王五")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


@pytest.fixture
def reader(tmp_path: Path, stack: ExitStack) -> CardReader:
    made = CardReader("reader", tmp_path)
    made.start()
    stack.callback(made.stop)
    return made


@pytest.fixture
def line(reader: CardReader, stack: ExitStack) -> Line:
    made = Line(driver("idcard").talk({}), SerialWire(reader.identity, 115200))
    return stack.enter_context(made)


def cards_of(line: Line) -> list[Card]:
    return [message for message in line.messages if isinstance(message, Card)]


def test_the_reader_says_who_it_is_and_reads_nothing_unasked(
    reader: CardReader, line: Line
) -> None:
    reader.lay()
    line.until(lambda: line.talk.identity == f"sam:{SAM.hex().upper()}")
    line.order("p", Probe())
    assert line.outcome("p") == Outcome("p", True, fields={"identity": line.talk.identity})
    assert (reader.reads, cards_of(line)) == (0, [])


def test_a_card_is_read_once_for_one_order(reader: CardReader, line: Line) -> None:
    line.order("a", ReadCard())
    line.until(lambda: cards.frame(cards.FIND) in b"".join(reader.heard))
    reader.lay()
    assert line.outcome("a") == Outcome("a", True)
    assert cards_of(line) == [SAMPLE]
    assert reader.reads == 1


def test_the_next_order_waits_until_the_card_was_lifted(reader: CardReader, line: Line) -> None:
    reader.lay()
    line.order("a", ReadCard())
    assert line.outcome("a").done
    line.order("b", ReadCard(), deadline_s=0.8)
    assert line.outcome("b") == Outcome("b", False, "busy", LIFT)
    reader.lift()
    line.order("c", ReadCard(), deadline_s=5)
    line.until(reader.lifted.is_set)
    reader.lay(OTHER)
    assert line.outcome("c").done
    assert cards_of(line) == [SAMPLE, OTHER]


def test_no_card_a_failing_read_and_a_mute_reader_are_told(reader: CardReader, line: Line) -> None:
    line.order("none", ReadCard(), deadline_s=0.5)
    assert line.outcome("none") == Outcome("none", False, "no_answer", "no card")
    reader.fails_to_read = True
    reader.lay()
    line.order("fails", ReadCard(), deadline_s=0.7)
    assert line.outcome("fails") == Outcome("fails", False, "no_answer", "read failed")
    reader.answers = False
    line.order("mute", ReadCard(), deadline_s=0.3)
    assert line.outcome("mute") == Outcome("mute", False, "no_answer")


def test_a_card_nobody_waits_for_is_not_handed_on() -> None:
    talk = IdCardTalk()
    talk.begin(0.0)
    talk.hear(reply(cards.OK, SAM), 0.1)
    assert talk.hear(read_reply(SAMPLE), 0.2).messages == []
    talk.order("a", ReadCard(), 1.0, 0.3)
    assert talk.hear(reply(cards.FOUND, bytes(4)), 0.4).out == cards.frame(cards.SELECT)
    assert talk.hear(reply(cards.OK, bytes(8)), 0.5).out == cards.frame(cards.READ)
    assert [one.cause for one in talk.pass_time(1.0).outcomes] == ["no_answer"]
    assert talk.hear(read_reply(SAMPLE), 1.2).messages == []


def test_card_readers_take_no_other_orders_and_not_too_many() -> None:
    talk = IdCardTalk()
    talk.begin(0.0)
    with pytest.raises(NotSupported):
        talk.order("x", SwitchOutput(0, True), 1.0, 0.0)
    for number in range(MOST):
        talk.order(str(number), ReadCard(), 1.0, 0.0)
    assert talk.order("x", ReadCard(), 1.0, 0.0).outcomes == [Outcome("x", False, "dropped")]
    assert {one.cause for one in talk.end().outcomes} == {"lost"}


EPCS = ("E20000172211014418905F2A", "E20000172211014418905F2B")
READERS: dict[str, type[R2000Reader] | type[R200Reader]] = {
    "rfid-r2000": R2000Reader,
    "rfid-r200": R200Reader,
}


@pytest.fixture(params=sorted(READERS))
def field(
    request: pytest.FixtureRequest, tmp_path: Path, stack: ExitStack
) -> tuple[R2000Reader | R200Reader, Line]:
    family: str = request.param
    made = READERS[family]("reader", tmp_path)
    made.start()
    stack.callback(made.stop)
    wire = SerialWire(made.identity, 115200)
    return made, stack.enter_context(Line(driver(family).talk({}), wire))


def tags_of(line: Line) -> list[Tag]:
    return [message for message in line.messages if isinstance(message, Tag)]


def test_tags_are_told_while_they_are_looked_for(
    field: tuple[R2000Reader | R200Reader, Line],
) -> None:
    reader, line = field
    line.until(lambda: line.talk.identity != "")
    reader.lay(EPCS[:1])
    line.order("on", ReadTags(True))
    assert line.outcome("on").done
    line.until(lambda: Tag(EPCS[0], -55) in line.messages)
    reader.lay(EPCS)
    line.until(lambda: Tag(EPCS[1], -55) in line.messages)
    line.order("off", ReadTags(False))
    assert line.outcome("off").done
    told = len(tags_of(line))
    line.order("probe", Probe())
    assert line.outcome("probe").fields["identity"] == line.talk.identity
    assert len(tags_of(line)) == told


def test_an_empty_field_is_no_failure(field: tuple[R2000Reader | R200Reader, Line]) -> None:
    reader, line = field
    line.order("on", ReadTags(True))
    assert line.outcome("on").done
    assert tags_of(line) == []
    reader.lay(EPCS)
    line.until(lambda: len(tags_of(line)) == 2)


def test_a_reader_that_fails_says_why(field: tuple[R2000Reader | R200Reader, Line]) -> None:
    reader, line = field
    reader.fails = 0x22 if isinstance(reader, R2000Reader) else 0x17
    line.order("on", ReadTags(True))
    assert line.outcome("on").cause == "refused"
    assert line.outcome("on").told in ("antenna missing", "wrong command")


def test_a_mute_reader_does_not_answer(field: tuple[R2000Reader | R200Reader, Line]) -> None:
    reader, line = field
    reader.answers = False
    line.order("on", ReadTags(True), deadline_s=0.2)
    assert line.outcome("on").cause == "no_answer"


def test_a_reader_that_forgot_to_look_is_told_again_and_a_tag_is_not_told_too_often() -> None:
    talk = driver("rfid-r200").talk({})
    talk.begin(0.0)
    start = talk.order("on", ReadTags(True), 5.0, 1.0).out
    assert talk.wake_at() == 1.0 + QUIET_S
    assert talk.pass_time(1.0 + QUIET_S).out == start
    notice = r200_notice(Tag(EPCS[0], -40))
    assert talk.hear(notice, 3.0).messages == [Tag(EPCS[0], -40)]
    assert talk.hear(notice * 5, 3.0 + AGAIN_S / 2).messages == []
    assert talk.hear(notice, 3.0 + AGAIN_S).messages == [Tag(EPCS[0], -40)]
    assert talk.order("off", ReadTags(False), 9.0, 4.0).out
    assert talk.wake_at() <= 4.0 + BEAT_S


def test_a_scanner_is_heard(tmp_path: Path, stack: ExitStack) -> None:
    scanner = Scanner("scanner", tmp_path)
    scanner.plug()
    stack.callback(scanner.unplug)
    wire = SerialWire(scanner.identity, 9600)
    line = stack.enter_context(Line(driver("barcode").talk({}), wire))
    scanner.scan("POST-0042")
    scanner.scan("警械-07", end=b"\r")
    line.until(lambda: len(line.messages) == 2)
    assert line.messages == [Tag("POST-0042"), Tag("警械-07")]


def test_a_scanner_without_line_ends_is_over_when_it_is_silent() -> None:
    talk = driver("barcode").talk({"line_end": 0})
    talk.begin(0.0)
    assert talk.hear(b"POST-", 1.0).messages == []
    assert talk.hear(b"0042", 1.05).messages == []
    assert talk.pass_time(1.06).messages == ()
    assert talk.pass_time(talk.wake_at()).messages == [Tag("POST-0042")]
    assert talk.wake_at() == math.inf
    with pytest.raises(NotSupported):
        talk.order("x", Probe(), 1.0, 0.0)


@pytest.mark.parametrize("family", ["idcard", "rfid-r200", "rfid-r2000", "barcode"])
def test_settings_that_cannot_be_are_refused(family: str) -> None:
    made = driver(family)
    with pytest.raises(NotSupported):
        made.checked({"colour": "red"})
    assert made.checked(made.checked({})) == made.checked({})
    assert driver("rfid-r2000").checked({"address": 255}) == {"address": 255}
    with pytest.raises(NotSupported):
        driver("rfid-r2000").checked({"address": 256})
