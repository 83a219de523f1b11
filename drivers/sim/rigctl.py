"""A rigctld made of bytes, with a radio whose squelch can be opened: TCP on the loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque

HEARD = 1000
_LOOK_S = 0.05
_PIECE = 4096


class RigDaemon:
    """One daemon at ``host:port``, from ``start`` to ``stop``; one client at a time.

    Unplugged it is gone; plugged in again it has the same port. With ``answers`` off it hears and
    is mute. ``heard`` keeps the last commands.
    """

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, port
        self.answers = True
        self.frequency_hz, self.mode, self.passband_hz = 145_000_000, "FM", 15_000
        self.ptt = self.squelch_open = False
        self.has_ptt = True
        self.heard: deque[str] = deque(maxlen=HEARD)
        self._server: socket.socket | None = None
        self._client: socket.socket | None = None
        self._guard = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def plugged(self) -> bool:
        """It can be called."""
        return self._server is not None

    def start(self) -> None:
        """It can be called and answers."""
        self._stopping.clear()
        self.plug()
        self._thread = threading.Thread(target=self._run, name="sim rigctl", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 3.0) -> None:
        """It is gone and its thread has ended."""
        self._stopping.set()
        self.unplug()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def plug(self) -> None:
        """It listens, at the port it had before."""
        if self._server is not None:
            return
        server = socket.create_server((self.host, self.port))
        server.settimeout(_LOOK_S)
        self.port = server.getsockname()[1]
        with self._guard:
            self._server = server

    def unplug(self) -> None:
        """It listens no longer, and whoever called is hung up on."""
        with self._guard:
            gone = (self._client, self._server)
            self._client = self._server = None
        for one in gone:
            if one is not None:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            server = self._server
            if server is None:
                self._stopping.wait(_LOOK_S)
                continue
            try:
                client, _ = server.accept()
            except OSError:  # nobody called, or it was unplugged
                continue
            with self._guard:
                if self._server is server:
                    self._client = client
            with contextlib.suppress(OSError):
                self._serve(client)
            client.close()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(_LOOK_S)
        left = b""
        while not self._stopping.is_set() and self._client is client:
            try:
                data = client.recv(_PIECE)
            except TimeoutError:
                continue
            if not data:
                return
            *lines, left = (left + data).split(b"\n")
            for line in lines:
                self.heard.append(line.decode("ascii", "replace"))
                said = self._said(self.heard[-1])
                if said and self.answers:
                    client.sendall(said.encode("ascii"))

    def _said(self, line: str) -> str:
        name, _, value = line.removeprefix("+\\").partition(" ")
        answer = self._answer(name, value)
        if answer is None:
            return ""  # as the real one: to what it does not know it says nothing at all
        told, result = answer
        return f"{name}:{' ' + value if value else ''}\n{told}RPRT {result}\n"

    def _answer(self, name: str, value: str) -> tuple[str, int] | None:
        if name == "set_freq" and value.isdigit():
            self.frequency_hz = int(value)
        elif name == "set_mode" and len(value.split()) == 2:
            self.mode, self.passband_hz = value.split(maxsplit=1)[0], int(value.split()[1])
        elif name == "set_ptt" and self.has_ptt:
            self.ptt = value == "1"
        elif name.startswith("set_"):
            return "", -1
        if name == "get_ptt" and not self.has_ptt:
            return "", -11
        told = {
            "dump_caps": "Caps dump for model: 0\nModel name:\tSimulated\nMfg name:\tPost\n",
            "get_freq": f"Frequency: {self.frequency_hz}\n",
            "get_mode": f"Mode: {self.mode}\nPassband: {self.passband_hz}\n",
            "get_ptt": f"PTT: {int(self.ptt)}\n",
            "get_dcd": f"DCD: {int(self.squelch_open)}\n",
        }
        if name in told:
            return told[name], 0
        return ("", 0) if name.startswith("set_") else None
