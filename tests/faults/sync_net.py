"""The road between a post and a city without sockets: bytes in memory, time by hand, troubles on order.

The client above it is the real one (HTTP by httpcore), the city below it the real application (ASGI).
"""

from __future__ import annotations

import asyncio
import gzip
import selectors
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, TypeVar

import httpcore
from starlette.types import ASGIApp, Message

T = TypeVar("T")
P = ParamSpec("P")
BIRTH = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


class CityDied(BaseException):
    """The city's process is gone, in the middle of whatever it did."""


class PostDied(BaseException):
    """A post's process is gone, in the middle of whatever it did; ``house`` says whose."""

    def __init__(self, house: object) -> None:
        super().__init__(house)
        self.house = house


class WorldClock:
    """One true time for all; each machine's wall clock may be years off (``skew``)."""

    def __init__(self) -> None:
        self.elapsed = 1000.0

    def pass_(self, seconds: float) -> None:
        self.elapsed += seconds


class WallClock:
    """What one machine believes the time is."""

    def __init__(self, world: WorldClock) -> None:
        self._world = world
        self.skew = timedelta(0)

    def now(self) -> datetime:
        return BIRTH + timedelta(seconds=self._world.elapsed) + self.skew

    def monotonic(self) -> float:
        return self._world.elapsed


class _Skipping(selectors.DefaultSelector):
    """Waits by moving the world's clock."""

    def __init__(self, clock: WorldClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None and timeout > 0:
            self._clock.pass_(timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is the world's."""

    def __init__(self, clock: WorldClock) -> None:
        super().__init__(_Skipping(clock))
        self._world = clock

    def time(self) -> float:
        return self._world.elapsed


class AtOnce(Executor):
    """Does in place what is submitted; a death in it is a death here."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as failed:  # noqa: BLE001  (it is given on, as executors do)
            done.set_exception(failed)
        return done


@dataclass(frozen=True)
class Asked:
    """One request as it left the post."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass(frozen=True)
class Told:
    """One answer as the city gave it."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def wire(self) -> bytes:
        """As it goes over the wire."""
        head = [b"HTTP/1.1 %d Told" % self.status]
        told = {name.lower(): value for name, value in self.headers}
        told[b"content-length"] = b"%d" % len(self.body)
        head += [name + b": " + value for name, value in told.items()]
        return b"\r\n".join([*head, b"", b""]) + self.body

    def packed(self) -> Told:
        """The same, packed by a proxy on the way."""
        if any(name.lower() == b"content-encoding" for name, _ in self.headers):
            return self
        headers = (*self.headers, (b"content-encoding", b"gzip"))
        return Told(self.status, headers, gzip.compress(self.body, mtime=0))


JSON_HEAD = ((b"content-type", b"application/json"),)


def serve(loop: VirtualLoop, app: ASGIApp, common_name: str, asked: Asked) -> Told:
    """The application's answer. CityDied when it dies over it."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "https",
        "path": asked.path,
        "raw_path": asked.path.encode(),
        "query_string": asked.query.encode(),
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in asked.headers],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 443),
        "state": {"client_cn": common_name},
    }
    parts: list[Message] = [{"type": "http.request", "body": asked.body, "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        return parts.pop() if parts else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def answer() -> None:
        await app(scope, receive, send)

    loop.run_until_complete(answer())
    body = b"".join(part.get("body", b"") for part in sent[1:])
    return Told(int(sent[0]["status"]), tuple(sent[0]["headers"]), body)


@dataclass
class Outcome:
    """What reaches the post: bytes, and how it ends when more is wanted (eof, silence, reset)."""

    data: bytes
    end: str = "eof"


class MemoryStream(httpcore.NetworkStream):
    """One connection in memory; whole requests go to ``exchange``."""

    def __init__(self, exchange: Callable[[Asked], Outcome], silence: Callable[[], None]) -> None:
        self._exchange = exchange
        self._silence = silence
        self._written = b""
        self._coming: Outcome | None = None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._written += buffer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._coming is None or self._written:
            self._coming = self._exchange(_parsed(self._written))
            self._written = b""
        data, self._coming.data = self._coming.data[:max_bytes], self._coming.data[max_bytes:]
        if data or self._coming.end == "eof":
            return data
        if self._coming.end == "silence":
            self._silence()
            raise httpcore.ReadTimeout("nothing came")
        raise httpcore.ReadError("reset")

    def close(self) -> None:
        self._written = b""

    def start_tls(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        return self

    def get_extra_info(self, info: str) -> Any:
        gone = self._coming is not None and not self._coming.data and self._coming.end != "eof"
        return gone if info == "is_readable" else None


class MemoryNetwork(httpcore.NetworkBackend):
    """Connects at once, or is refused."""

    def __init__(self, connect: Callable[[], MemoryStream]) -> None:
        self._connect = connect

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return self._connect()


def _parsed(data: bytes) -> Asked:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    method, target, _version = first.decode("ascii").split(" ")
    path, _, query = target.partition("?")
    pairs = [line.partition(b": ") for line in lines]
    return Asked(method, path, query, tuple((name, value) for name, _, value in pairs), body)
