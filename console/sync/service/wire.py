"""Sockets that obey: every wait ends by the request's deadline, and at once when the road is halted."""

from __future__ import annotations

import contextlib
import ipaddress
import math
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import httpcore

T = TypeVar("T")
_SLICE_S = 0.2
MAX_HEAD = 256 * 1024  # of an answer, all the interim ones (1xx) before it included


class Halted(Exception):
    """The road is being taken down; whatever was under way is dropped."""


class TlsRefused(httpcore.NetworkError):
    """One side does not accept the other's certificate, version or name."""


class TooMuch(httpcore.NetworkError):
    """The answer's body is longer than any may be."""


class Patience:
    """How long the request under way may still take, how much its answer may still bring, and
    whether the road is halted."""

    def __init__(self, halted: threading.Event) -> None:
        self._halted = halted
        self._deadline = math.inf
        self._left = MAX_HEAD
        self._in_head = True

    def allow(self, seconds: float) -> None:
        """The request that begins now may take this long in all; its answer's head comes first."""
        self._deadline = time.monotonic() + seconds
        self._left, self._in_head = MAX_HEAD, True

    def body_begins(self, most: int) -> None:
        """The head has come; of the rest, so many bytes may come over the wire."""
        self._left, self._in_head = most, False

    def came(self, count: int) -> None:
        """So many bytes have come. Raises when they are more than the answer may bring."""
        self._left -= count
        if self._left < 0 and self._in_head:
            raise httpcore.RemoteProtocolError("the head of the answer has no end")
        if self._left < 0:
            raise TooMuch("the body of the answer has no end")

    def turn_s(self, deadline: float = math.inf) -> float:
        """How long to wait in one turn. Raises Halted, or ReadTimeout when the time is used up."""
        if self._halted.is_set():
            raise Halted
        left = min(self._deadline, deadline) - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this request is used up")
        return min(_SLICE_S, left)


class Wire(httpcore.NetworkBackend):
    """Opens connections whose every wait is sliced by ``patience``."""

    def __init__(self, patience: Patience, connect_s: float) -> None:
        self._patience = patience
        self._connect_s = connect_s

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        deadline = time.monotonic() + self._connect_s
        failed: OSError | None = None
        for family, kind, number, _, address in self._resolve(host, port, deadline):
            try:
                return Stream(self._dial((family, kind, number), address, deadline), self._patience)
            except OSError as error:
                failed = error
        raise httpcore.ConnectError(str(failed or "no address")) from failed

    def _resolve(self, host: str, port: int, deadline: float) -> list[tuple[Any, ...]]:
        """The addresses of ``host``. A name is looked up aside: a dead resolver cannot be hurried."""
        found: list[tuple[Any, ...]] = []
        errors: list[OSError] = []

        def look_up() -> None:
            try:
                found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            except OSError as error:
                errors.append(error)

        if _is_address(host):
            look_up()
        else:
            aside = threading.Thread(target=look_up, name="sync-resolve", daemon=True)
            aside.start()
            while aside.is_alive():
                aside.join(self._patience.turn_s(deadline))
        if errors:
            raise httpcore.ConnectError(str(errors[0])) from errors[0]
        return found

    def _dial(self, kind: tuple[int, int, int], address: Any, deadline: float) -> socket.socket:
        wire = socket.socket(*kind)
        try:
            wire.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                wire.connect(address)
            with selectors.DefaultSelector() as selector:
                selector.register(wire, selectors.EVENT_WRITE)
                while not selector.select(self._patience.turn_s(deadline)):
                    continue
            code = wire.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                raise OSError(code, "connect failed")
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            wire.close()
            raise
        return wire


class Stream(httpcore.NetworkStream):
    """One connection: plain, or TLS after ``start_tls``."""

    def __init__(self, wire: socket.socket, patience: Patience) -> None:
        self._wire = wire
        self._patience = patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._in_turns(lambda: self._wire.recv(max_bytes), httpcore.ReadError)
        self._patience.came(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        rest = memoryview(buffer)
        while rest:
            send = partial(self._wire.send, rest)
            rest = rest[self._in_turns(send, httpcore.WriteError) :]

    def close(self) -> None:
        self._wire.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            self._wire = ssl_context.wrap_socket(
                self._wire, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._in_turns(self._wire.do_handshake, httpcore.ConnectError)
        except BaseException:
            self.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # asked before a kept connection is used again
            with selectors.DefaultSelector() as selector:
                selector.register(self._wire, selectors.EVENT_READ)
                return bool(selector.select(0))
        if info == "ssl_object":
            return self._wire if isinstance(self._wire, ssl.SSLSocket) else None
        return None

    def _in_turns(self, work: Callable[[], T], failure: type[Exception]) -> T:
        while True:
            self._wire.settimeout(self._patience.turn_s())
            try:
                return work()
            except TimeoutError:
                continue
            except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
                raise failure(str(error)) from error
            except ssl.SSLError as error:
                raise TlsRefused(str(error)) from error
            except OSError as error:
                raise failure(str(error)) from error


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
