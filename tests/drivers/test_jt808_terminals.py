"""Simulated JT/T 808 terminals on a loopback port: one, two hundred, one that never stops."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from drivers.contract import ConfirmAlarm, Message, Order, Outcome, Position, SendText
from drivers.position.jt808 import Jt808Driver
from drivers.position.jt808_talk import Jt808Talk
from drivers.sim.jt808 import Terminal
from drivers.sim.jt808_network import Terminals
from drivers.transport.server import TcpServer
from tests.drivers.test_jt808 import frame, place

HERE = "127.0.0.1"
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


class Platform:
    """A server with one talk a connection, in the hand of the test."""

    def __init__(self, **settings: object) -> None:
        self.server = TcpServer(HERE, 0)
        self.talks: dict[str, Jt808Talk] = {}
        self.messages: list[Message] = []
        self.outcomes: list[Outcome] = []
        self.gone = 0
        self._settings = settings
        self._orders = itertools.count()

    def turn(self) -> None:
        now = time.monotonic()
        for heard in self.server.read(0.02):
            if heard.gone:
                self.gone += 1
                self.messages += self.talks.pop(heard.peer).end().messages
                continue
            talk = self.talks.get(heard.peer)
            if talk is None:
                made = Jt808Driver().talk(self._settings)
                assert isinstance(made, Jt808Talk)
                talk = self.talks[heard.peer] = made
            turn = talk.hear(heard.data, now)
            self.messages += turn.messages
            self.outcomes += turn.outcomes
            if turn.out:
                self.server.write(heard.peer, turn.out)

    def until(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not true():
            assert time.monotonic() < deadline
            self.turn()

    def until_gone(self, count: int) -> None:
        self.until(lambda: self.gone == count)

    def until_placed(self, count: int) -> None:
        self.until(lambda: len(self.places()) >= count)

    def order(self, terminal: str, order: Order) -> None:
        peer = next(p for p, talk in self.talks.items() if talk.identity == terminal)
        now = time.monotonic()
        turn = self.talks[peer].order(f"o{next(self._orders)}", order, now + 20, now)
        self.server.write(peer, turn.out)

    def places(self) -> list[Position]:
        return [message for message in self.messages if isinstance(message, Position)]


@pytest.fixture
def platform() -> Iterator[Platform]:
    made = Platform(secret="a secret of the post")
    made.server.open()
    yield made
    made.server.close()


@pytest.fixture
def terminals(platform: Platform) -> Iterator[Terminals]:
    made = Terminals(HERE, platform.server.port)
    yield made
    made.stop()


@pytest.mark.parametrize("edition", [2013, 2019])
def test_a_terminal_calls_for_help_and_hears_that_it_was_seen(
    platform: Platform, terminals: Terminals, edition: int
) -> None:
    terminal = terminals.add("13800000001", edition)
    terminals.start()
    platform.until(lambda: terminal.is_in)
    terminal.place(35.405185, 117.003743, 6.0, 90.0, AT)
    terminal.sos()
    platform.until(lambda: len(platform.places()) == 2)
    calm, alarmed = platform.places()
    assert (calm.source, calm.lat, calm.lon, calm.at) == ("13800000001", 35.405185, 117.003743, AT)
    assert calm.speed_mps == 6.0
    assert (calm.alarms, alarmed.alarms) == ((), ("sos",))
    platform.order("13800000001", ConfirmAlarm("13800000001"))
    platform.order("13800000001", SendText("13800000001", "已收到，正在赶来"))
    platform.until(lambda: len(platform.outcomes) == 2)
    assert all(outcome.done for outcome in platform.outcomes)
    assert not terminal.is_calling_sos
    assert any("已收到，正在赶来".encode("gbk") in told.body for told in terminal.told)


def test_places_without_network_come_in_one_message_and_long_ones_in_parts(
    platform: Platform, terminals: Terminals
) -> None:
    terminal = terminals.add("13800000001")
    terminals.start()
    platform.until(lambda: terminal.is_in)
    terminal.place(35.4, 117.0, 0.0, 0.0, AT)
    terminal.batch([(35.4 + n / 1000, 117.0, AT) for n in range(100)])
    platform.until(lambda: len(platform.places()) == 101)
    assert [p.lat for p in platform.places()[1:]] == [round(35.4 + n / 1000, 6) for n in range(100)]


def test_a_terminal_that_was_pulled_is_gone_and_comes_back_with_its_code(
    platform: Platform, terminals: Terminals
) -> None:
    terminal = terminals.add("13800000001")
    terminals.start()
    for cycle in range(1, 6):
        platform.until(lambda: terminal.is_in)
        terminal.unplug()
        platform.until_gone(cycle)
        terminal.plug()
    platform.until(lambda: terminal.is_in)
    assert terminal.told_ids().count(0x8100) == 1, "it registered once"


def test_a_silent_terminal_answers_no_order(platform: Platform, terminals: Terminals) -> None:
    terminal = terminals.add("13800000001")
    terminals.start()
    platform.until(lambda: terminal.is_in)
    terminal.answers = False
    platform.order("13800000001", SendText("13800000001", "?"))
    platform.until(lambda: 0x8300 in terminal.told_ids())
    (talk,) = platform.talks.values()
    assert [o.cause for o in talk.pass_time(time.monotonic() + 60).outcomes] == ["no_answer"]


def test_a_secret_that_changed_lets_a_terminal_register_again(
    platform: Platform, terminals: Terminals
) -> None:
    terminal = terminals.add("13800000001")
    terminal.code = b"of another platform"
    terminals.start()
    platform.until(lambda: terminal.refused == 1)
    terminal.unplug()
    platform.until(lambda: platform.gone == 1)
    terminal.plug()
    platform.until(lambda: terminal.is_in)


def all_placed(platform: Platform, made: list[Terminal], rounds: int) -> None:
    for number, terminal in enumerate(made):
        terminal.place(35.0 + number / 1000, 117.0, 5.0, 0.0, AT)
    platform.until(lambda: len(platform.places()) >= len(made) * rounds)


def test_two_hundred_terminals_at_once(platform: Platform, terminals: Terminals) -> None:
    made = [
        terminals.add(f"138{number:08d}", 2019 if number % 2 else 2013) for number in range(200)
    ]
    terminals.start()
    platform.until(lambda: all(terminal.is_in for terminal in made))
    for rounds in (1, 2, 3):
        all_placed(platform, made, rounds)
    assert {p.source for p in platform.places()} == {terminal.number for terminal in made}
    assert len(platform.places()) == 600
    made[150].sos()
    platform.until(lambda: len(platform.places()) == 601)
    assert platform.places()[-1].alarms == ("sos",)
    for terminal in made:  # the network fails for all, and comes back for all
        terminal.unplug()
    platform.until(lambda: platform.gone == 200)
    for terminal in made:
        terminal.plug()
    platform.until(lambda: all(terminal.is_in for terminal in made))
    assert platform.server.refused == platform.server.dropped == 0


def test_a_client_that_never_stops_keeps_nobody_from_calling_for_help(
    platform: Platform, terminals: Terminals
) -> None:
    made = [terminals.add(f"138{number:08d}") for number in range(20)]
    terminals.start()
    platform.until(lambda: all(terminal.is_in for terminal in made))
    over = threading.Event()
    piece = b"".join(frame(0x0200, place(), serial) for serial in range(500))

    def pour() -> None:
        with socket.create_connection((HERE, platform.server.port), 5) as client:
            client.settimeout(0.2)
            while not over.is_set():
                try:
                    client.sendall(piece)
                except OSError:  # it is held back, or thrown out for it takes no answers
                    if over.wait(0.01):
                        return

    pouring = threading.Thread(target=pour, name="flood")
    pouring.start()
    try:
        platform.until(lambda: len(platform.messages) > 2000)
        slowest = 0.0
        for terminal in made:
            before = len(platform.places())
            start = time.monotonic()
            terminal.sos()
            platform.until_placed(before + 1)
            slowest = max(slowest, time.monotonic() - start)
        assert slowest < 2.0
    finally:
        over.set()
        pouring.join(5)
    heard = [str(position.source) for position in platform.places()]
    assert sorted(heard) == sorted(terminal.number for terminal in made), "the flood is not let in"


def test_noise_from_a_terminal_is_bad_and_its_next_words_are_heard(
    platform: Platform, terminals: Terminals
) -> None:
    terminal = terminals.add("13800000001")
    terminals.start()
    platform.until(lambda: terminal.is_in)
    terminal.garble()
    terminal.place(35.4, 117.0, 0.0, 0.0, AT)
    platform.until(lambda: len(platform.places()) == 1)
