"""A device behind a TCP port: a serial server or a radio gateway."""

from __future__ import annotations

import socket

from drivers.errors import LinkLost, NoAnswer

CONNECT_TIMEOUT_S = 2.0
WRITE_TIMEOUT_S = 0.5
_PIECE = 65536


class TcpWire:
    """A client of ``host:port``. A peer that closes or resets raises LinkLost."""

    def __init__(self, host: str, port: int) -> None:
        self.name = f"{host}:{port}"
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def open(self) -> None:
        try:
            self._socket = socket.create_connection(self._address, CONNECT_TIMEOUT_S)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        except OSError as failed:
            raise LinkLost(f"{self.name}: {failed}", "unreachable") from failed

    def read(self, timeout_s: float) -> bytes:
        peer = self._opened()
        try:
            peer.settimeout(timeout_s)
            data = peer.recv(_PIECE)
        except TimeoutError:
            return b""
        except OSError as gone:
            raise LinkLost(f"{self.name}: {gone}", "closed") from gone
        if not data:
            raise LinkLost(f"{self.name}: closed by the other side", "closed")
        return data

    def write(self, data: bytes) -> None:
        peer = self._opened()
        try:
            peer.settimeout(WRITE_TIMEOUT_S)
            peer.sendall(data)
        except TimeoutError as stalled:
            raise NoAnswer(f"{self.name}: takes no bytes", "stalled") from stalled
        except OSError as gone:
            raise LinkLost(f"{self.name}: {gone}", "closed") from gone

    def close(self) -> None:
        peer, self._socket = self._socket, None
        if peer is not None:
            peer.close()

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise LinkLost(f"{self.name} is not open")
        return self._socket
