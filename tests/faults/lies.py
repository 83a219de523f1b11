"""A city that lies: honest until it is told a lie, then it answers with that, byte by byte as told.

Loopback only, over real TLS. What it sends in one answer is bounded here too (``MOST_SENT``): a lie
of ten gigabytes says so in its head, and the post must have hung up long before the bound.
"""

from __future__ import annotations

import json
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.core.ids import new_id
from console.drill.city.authority import Credentials

HOST = "127.0.0.1"
MOST_SENT = 64 << 20
_HEAD_BYTES = 1 << 16
_HELD_S = 0.25
WORKERS = 24  # connections served at once; a post has five


@dataclass(frozen=True)
class Request:
    """One request as it came: ``what`` is state, feed, events."""

    what: str
    query: dict[str, str]
    head: bytes
    events: list[dict[str, Any]]
    lane: int = 0


Tell = Callable[[Request, "LyingCity"], bytes | Iterable[bytes]]


@dataclass(frozen=True)
class Lie:
    """What the city answers (``tell``) to whom asks for ``to`` (state, feed, events or any).

    ``shows``: where the post must say it and with which code, as ``alarm sync.fork``. ``may``: the
    tables in which it may change the post's rows, beyond what every answer may.
    """

    name: str
    to: str
    tell: Tell
    shows: str
    may: frozenset[str] = frozenset()
    hurried: bool = False  # the post shall be less patient: the lie is that nothing comes


@dataclass
class Memory:
    """What an honest city knows of one post: its events in order, and what it wants to tell."""

    epoch: str = "c0ffee0123456789"
    high: dict[tuple[str, int], int] = field(default_factory=dict)
    hashes: dict[tuple[str, int, int], str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)


def said(body: Any, status: int = 200, kind: str = "application/json", *more: str) -> bytes:
    """A whole answer; a body that is no bytes becomes JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return head(status, f"Content-Type: {kind}", f"Content-Length: {len(data)}", *more) + data


def head(status: int, *lines: str) -> bytes:
    """The head of an answer, whole."""
    return "\r\n".join([f"HTTP/1.1 {status} So", *lines, "", ""]).encode("latin-1")


class LyingCity:
    """Serves from ``start`` to ``stop``; ``lie`` is told from the moment it is set."""

    def __init__(self, own: Credentials) -> None:
        self.own = own
        self.context = server_context(own)
        self.memory = Memory()
        self.lie: Lie | None = None
        self.told = 0  # lies told
        self.sent = 0  # the most bytes that went out in one lie
        self.heads: list[bytes] = []
        self.ended = threading.Event()
        self._turn = threading.Condition()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._came: queue.Queue[socket.socket | None] = queue.Queue()
        self._listener = socket.socket()

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        """Requests are answered."""
        self._listener.bind((HOST, 0))
        self._listener.listen(64)
        self._listener.settimeout(0.1)
        for work in (self._accept, *[self._work] * WORKERS):
            self._threads.append(threading.Thread(target=work, name="lying-city", daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        """No thread of it runs."""
        self.ended.set()
        self.tell(None)
        self.hang_up()
        for _ in range(WORKERS):
            self._came.put(None)
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def forget(self, memory: Memory) -> None:
        """Another post begins: the city is honest and knows this."""
        self.tell(None)
        self.hang_up()
        self.context = server_context(self.own)
        self.memory = memory

    def tell(self, lie: Lie | None) -> None:
        """From now on this lie, or the truth; polls that are held are answered with it."""
        with self._turn:
            self.lie = lie
            if lie is not None:
                self.told, self.sent, self.heads = 0, 0, []
            self._turn.notify_all()

    def publish(self, kind: str, payload: dict[str, Any]) -> None:
        """An honest item stands in the feed."""
        with self._turn:
            self.memory.items.append(item(kind, payload, seq=len(self.memory.items) + 1))
            self._turn.notify_all()

    def hang_up(self) -> None:
        """Every connection is broken off."""
        for wire in list(self._open):
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)

    def present(self, context: ssl.SSLContext | None) -> None:
        """Whoever connects from now on meets this certificate; None is plain text."""
        self.context = context or self.context
        self.plain = context is None
        self.hang_up()

    plain = False

    def _accept(self) -> None:
        while not self.ended.is_set():
            with suppress(TimeoutError):
                self._came.put(self._listener.accept()[0])

    def _work(self) -> None:
        while (wire := self._came.get()) is not None:
            self._serve(wire)

    def _serve(self, wire: socket.socket) -> None:
        self._open.add(wire)
        try:
            wire.settimeout(5)
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.plain:
                wire.recv(1)
                wire.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            wire.getpeername()  # of one that hung up already ssl leaves a socket open
            self._open.discard(wire)
            wire = self.context.wrap_socket(wire, server_side=True)
            self._open.add(wire)
            while not self.ended.is_set():
                request = _read(wire)
                if request is None or not self._answer(wire, request):
                    return
        except (OSError, ValueError):
            return  # whoever hung up is what these tests are about
        finally:
            self._open.discard(wire)
            wire.close()

    def _answer(self, wire: socket.socket, request: Request) -> bool:
        """Whether the connection may go on: a liar breaks it off after each lie."""
        self.heads.append(request.head)
        lie = self._lie_to(request)
        if lie is None:
            answer = self._truth(request)
            lie = self._lie_to(request)  # a poll that was held ends when a lie begins
            if lie is None or request.what != "feed":
                wire.sendall(answer)
                return True
        self.told += 1
        told = lie.tell(request, self)
        sent = 0
        try:
            for part in (told,) if isinstance(told, bytes) else told:
                wire.sendall(part)
                sent += len(part)
                if sent > MOST_SENT or self.ended.is_set() or self.lie is not lie:
                    break
        finally:
            self.sent = max(self.sent, sent)
        return False

    def _lie_to(self, request: Request) -> Lie | None:
        lie = self.lie
        return lie if lie is not None and lie.to in ("any", request.what) else None

    def _truth(self, request: Request) -> bytes:
        with self._turn:
            if request.what == "events":
                return said(*self._apply(request))
            if request.what == "state":
                return said(self.state(request))
            if request.what == "feed":
                return said(self._feed(request))
        return said({"code": "unknown"}, 404)

    def state(self, request: Request, **other: Any) -> dict[str, Any]:
        """The honest state, with this otherwise."""
        own = request.query.get("epoch")
        high = {str(lane): seq for (epoch, lane), seq in self.memory.high.items() if epoch == own}
        return {
            "server_epoch": self.memory.epoch, "high_water": high, "archived_through": {},
            "schema": {"min": 1, "max": 1}, "time": "2026-11-21T10:00:00.000Z", **other,
        }  # fmt: skip

    def page(self, items: list[Any], cursor: str, **other: Any) -> dict[str, Any]:
        """A page of the feed."""
        return {"server_epoch": self.memory.epoch, "cursor": cursor, "items": items, **other}

    def _apply(self, request: Request) -> tuple[dict[str, Any], int]:
        memory, lane = self.memory, request.lane
        epoch = request.query["epoch"]
        high = memory.high.get((epoch, lane), 0)
        if request.events[0]["seq"] > high + 1:
            return {"code": "gap", "have_through": high}, 409
        for event in request.events:
            place = (epoch, lane, event["seq"])
            if place not in memory.hashes:  # a liar may have rejected it
                memory.events.append(event)
            if memory.hashes.setdefault(place, event["hash"]) != event["hash"]:
                return {"code": "fork"}, 409
            high = memory.high[epoch, lane] = max(high, event["seq"])
        return {"ack_through": request.events[-1]["seq"], "rejected": []}, 200

    def _feed(self, request: Request) -> dict[str, Any]:
        life, _, known = request.query.get("after", "").rpartition(".")
        after = int(known) if life == self.memory.epoch else 0
        held = min(_HELD_S, float(request.query["wait"]))
        self._turn.wait_for(
            lambda: len(self.memory.items) > after or self._lie_to(request) or self.ended.is_set(),
            held,
        )
        items = self.memory.items[after : after + int(request.query["limit"])]
        return self.page(items, f"{self.memory.epoch}.{after + len(items)}")


def item(kind: str, payload: Any, **other: Any) -> dict[str, Any]:
    """An item of the feed, with this otherwise."""
    at = "2026-11-21T10:00:00.123Z"
    return {"item_id": new_id(), "seq": 1, "kind": kind, "at": at, "payload": payload, **other}


def server_context(
    own: Credentials, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
) -> ssl.SSLContext:
    """What a server with this certificate speaks; it asks for the post's."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = newest
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(own.ca_file)
    context.load_cert_chain(own.certificate_file, own.key_file)
    return context


def _read(wire: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = wire.recv(1 << 16)
        if not part or len(data) > _HEAD_BYTES:
            return None
        data += part
    told, _, rest = data.partition(b"\r\n\r\n")
    lines = told.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    body = bytearray(rest)
    while len(body) < int(headers.get("content-length", "0")):
        part = wire.recv(1 << 16)
        if not part:
            return None
        body += part
    parts = urlsplit(lines[0].split(" ")[1])
    what, query = parts.path.rsplit("/", 1)[1], dict(parse_qsl(parts.query))
    if not body:
        return Request(what, query, told, [])
    batch = json.loads(bytes(body))
    return Request(what, {"epoch": batch["epoch"]}, told, batch["events"], batch["lane"])
