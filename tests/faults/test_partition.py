"""Posts and city over failing networks; the proxy does what it says; a difference is noticed."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from console.app.post import Post
from console.core.database import Database
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.drill.city.city import City
from console.settings import read_settings
from tests.faults import partition
from tests.faults.deeds import OFFICER
from tests.faults.life import Life, new_call, road_of
from tests.faults.post_process import QUICK, make_post
from tests.faults.proxy import LOOPBACK, FaultProxy, Ill
from tests.sync.roads import wait_for, wait_until

POST = "post-east"


def test_three_posts_agree_with_the_city_after_seconds_of_trouble(tmp_path: Path) -> None:
    result = partition.run(tmp_path, 0.05, seed=3)
    assert (result.lost, result.duplicated, result.diverged) == (0, 0, 0)
    assert result.events > 10
    assert result.kills
    assert result.faults


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_three_posts_agree_with_the_city_after_ten_minutes_of_trouble(tmp_path: Path) -> None:
    result = partition.run(tmp_path, 10, seed=3)
    assert (result.lost, result.duplicated, result.diverged) == (0, 0, 0)
    assert result.events > 1000
    assert result.kills > 50
    assert result.faults > 200


@pytest.fixture
def agreed(tmp_path: Path) -> Iterator[tuple[Life, City]]:
    """A post and a city that have told each other everything."""
    city = City(tmp_path / "city")
    city.start()
    life = Life(tmp_path, POST, Random(1))
    with life.keys():
        make_post(tmp_path / "post", POST, road_of(city.url, city.certify(POST)))
        post = Post(read_settings(tmp_path / "post"), pace=QUICK)
        post.start()
    _talk(post.database)
    call = new_call()
    city.publish(POST, "call.created", call)
    life.published.append(call["call_id"])
    wait_until(post.road, lambda state: state.up and not state.pending)
    wait_for(lambda: _has_call(post.database, call["call_id"]))
    post.stop()
    yield life, city
    city.stop()


def _talk(database: Database) -> None:
    for n in range(3):
        dispatch.take_call(database, OFFICER, NewCall("phone", "6003", f"邻里争吵 {n}"))


def _has_call(database: Database, call_id: str) -> bool:
    with database.read() as connection:
        return call_id in {
            card.call.id for card in dispatch.board(connection, database.clock.now())
        }


def test_any_difference_between_post_and_city_is_found(agreed: tuple[Life, City]) -> None:
    life, city = agreed
    assert life.compare_with(city) == 0
    assert (life.verdict.lost, life.verdict.duplicated, life.events) == (0, 0, 3)
    with sqlite3.connect(life.folder / "city" / "city.db") as ledger:
        ledger.execute("DELETE FROM event WHERE seq = 2")
    ledger.close()
    life.published.append("a call that the post never got")
    assert life.compare_with(city) == 1
    assert (life.verdict.lost, life.verdict.duplicated) == (2, 0)
    with sqlite3.connect(life.folder / "city" / "city.db") as ledger:
        columns = "post, epoch, outcome, raw, event_id, content_hash, entity, entity_id, at, hash"
        ledger.execute(
            f"INSERT INTO event (lane, seq, {columns}) SELECT lane, 9, {columns} FROM event"
            " WHERE seq = 1"
        )
    ledger.close()
    life.compare_with(city)
    assert life.verdict.duplicated == 1


class Echo:
    """Sends back what it gets, until the end."""

    def __init__(self) -> None:
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._take)]
        self._threads[0].start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                wire, _ = self._listener.accept()
                self._threads.append(threading.Thread(target=self._answer, args=(wire,)))
                self._threads[-1].start()

    def _answer(self, wire: socket.socket) -> None:
        with wire, suppress(OSError):
            while data := wire.recv(1000):
                wire.sendall(data)

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    echo = Echo()
    made = FaultProxy(echo.port, seed=2)
    made.start()
    yield made
    made.stop()
    echo.stop()


def _exchange(wire: socket.socket, data: bytes = b"x" * 100) -> bytes:
    wire.sendall(data)
    got = b""
    while len(got) < len(data) and (piece := wire.recv(1000)):
        got += piece
    return got


def test_a_healthy_proxy_carries_everything(proxy: FaultProxy) -> None:
    with socket.create_connection((LOOPBACK, proxy.port), timeout=5) as wire:
        assert _exchange(wire) == b"x" * 100
        wire.shutdown(socket.SHUT_WR)
        assert wire.recv(10) == b""
    assert not proxy.hits


@pytest.mark.parametrize("ill", list(Ill))
def test_an_ill_proxy_does_what_it_says(proxy: FaultProxy, ill: Ill) -> None:
    with socket.create_connection((LOOPBACK, proxy.port), timeout=5) as wire:
        assert _exchange(wire) == b"x" * 100
        proxy.fall_ill(ill)
        match ill:
            case Ill.CUT:
                with pytest.raises(ConnectionError):
                    while _exchange(wire):
                        continue
            case Ill.HALF_CLOSE:
                wait_for(lambda: proxy.hits[ill])
                with suppress(ConnectionError):
                    assert len(_exchange(wire)) < 100
            case Ill.CORRUPT:
                assert any(_exchange(wire) != b"x" * 100 for _ in range(20))
            case Ill.DELAY:
                assert _exchange(wire) == b"x" * 100
            case Ill.BLACK_HOLE:
                wire.sendall(b"held")
                wire.settimeout(0.2)
                with pytest.raises(TimeoutError):
                    wire.recv(10)
                wire.settimeout(5)
                proxy.heal()
                assert wire.recv(10) == b"held"
    assert proxy.hits[ill]
    assert set(proxy.hits) == {ill}
