"""A camera that behaves badly: whatever is asked, it answers as the test wrote it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

Answer = Callable[[socket.socket, bytes], None]


class RudeCamera:
    """Gives every connection, and what it asked first, to ``answer`` in a thread of its own."""

    def __init__(self, answer: Answer) -> None:
        self.heard: list[bytes] = []
        self.ended = threading.Event()
        self._answer = answer
        self._server = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._peers: list[socket.socket] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.getsockname()[1])

    def start(self) -> None:
        """It answers."""
        self._go(self._listen)

    def stop(self) -> None:
        """It is gone, with every connection."""
        self.ended.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for peer in tuple(self._peers):
            with suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)
        for thread in tuple(self._threads):
            thread.join(5)

    def _go(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="rude", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                peer, _ = self._server.accept()
                self._peers.append(peer)
                self._go(lambda peer=peer: self._serve(peer))  # type: ignore[misc]

    def _serve(self, peer: socket.socket) -> None:
        with suppress(OSError), peer:
            while asked := peer.recv(8192):
                self.heard.append(asked)
                self._answer(peer, asked)


def rtsp(asked: bytes, head: str = "", body: str = "", status: str = "200 OK") -> bytes:
    """An answer of RTSP to this question."""
    lines = asked.decode("latin-1").split("\r\n")
    number = next(line for line in lines if line.lower().startswith("cseq"))
    size = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"RTSP/1.0 {status}\r\n{number}\r\n{head}{size}\r\n{body}".encode()
