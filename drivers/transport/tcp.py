"""A device behind a TCP port: a serial server or a radio gateway."""

from __future__ import annotations

import selectors
import socket
import sys

from drivers.errors import LinkLost, NoAnswer
from drivers.transport.waker import Waker

CONNECT_TIMEOUT_S = 2.0
WRITE_TIMEOUT_S = 0.5
_PIECE = 16384  # more at a time would make an order wait that comes meanwhile
# a gateway whose plug was pulled says nothing: it is asked after 5 s of silence, 3 times
_KEEP = {"TCP_KEEPIDLE": 5, "TCP_KEEPINTVL": 2, "TCP_KEEPCNT": 3}


class TcpWire:
    """A client of ``host:port``. A peer that closes or resets raises LinkLost."""

    def __init__(self, host: str, port: int) -> None:
        self.name = f"{host}:{port}"
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self._waker: Waker | None = None
        self._waits: selectors.BaseSelector | None = None

    def open(self) -> None:
        peer: socket.socket | None = None
        try:
            peer = socket.create_connection(self._address, CONNECT_TIMEOUT_S)
            _keep_alive(peer)
            peer.settimeout(WRITE_TIMEOUT_S)
            if peer.getsockname() == peer.getpeername():  # to a free port of our own: to ourselves
                raise OSError("nobody listens there")
        except (OSError, UnicodeError, OverflowError) as failed:
            if peer is not None:
                peer.close()
            raise LinkLost(f"{self.name}: {failed}", "unreachable") from failed
        waker, waits = Waker(), selectors.DefaultSelector()  # select knows no descriptor over 1023
        waits.register(peer, selectors.EVENT_READ)
        waits.register(waker, selectors.EVENT_READ)
        self._socket, self._waits, self._waker = peer, waits, waker

    def read(self, timeout_s: float) -> bytes:
        peer, waits, waker = self._opened()
        ready = [key.fileobj for key, _ in waits.select(max(0.0, timeout_s))]
        if waker in ready:
            waker.calm()
        if peer not in ready:
            return b""
        try:
            data = peer.recv(_PIECE)
        except TimeoutError:
            return b""
        except OSError as gone:
            raise LinkLost(f"{self.name}: {gone}", "closed") from gone
        if not data:
            raise LinkLost(f"{self.name}: closed by the other side", "closed")
        return data

    def write(self, data: bytes) -> None:
        peer, _, _ = self._opened()
        try:
            peer.sendall(data)
        except TimeoutError as stalled:
            raise NoAnswer(f"{self.name}: takes no bytes", "stalled") from stalled
        except OSError as gone:
            raise LinkLost(f"{self.name}: {gone}", "closed") from gone

    def wake(self) -> None:
        waker = self._waker
        if waker is not None:
            waker.wake()

    def close(self) -> None:
        parts = (self._waits, self._socket, self._waker)
        self._waits = self._socket = self._waker = None
        for part in parts:
            if part is not None:
                part.close()

    def _opened(self) -> tuple[socket.socket, selectors.BaseSelector, Waker]:
        if self._socket is None or self._waits is None or self._waker is None:
            raise LinkLost(f"{self.name} is not open")
        return self._socket, self._waits, self._waker


def _keep_alive(peer: socket.socket) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if sys.platform == "linux":
        for name, value in _KEEP.items():
            peer.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
