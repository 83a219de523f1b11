"""Hytera devices made of bytes: a repeater on the network (HSTRP), a radio on a serial port (HRNP)."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from pathlib import Path

from drivers.radio.hytera_frames import hrnp_check
from drivers.sim.hytera_radios import Radios
from drivers.sim.terminal import HEARD, AnsweringDevice

_PIECE = 65535
_LOOK_S = 0.05
_CONNECT, _ACCEPT, _DATA, _DATA_ACK = 0xFE, 0xFD, 0x00, 0x10


class HyteraRepeater:
    """A repeater at ``host:port`` of the loopback, from ``start`` to ``stop``.

    Unplugged it is not there; plugged in again it has the same port and knows nobody. With
    ``answers`` off it hears and is mute. ``heard`` keeps the last datagrams of the console.
    """

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, port
        self.answers = True
        self.radios = Radios()
        self.heard: deque[bytes] = deque(maxlen=HEARD)
        self.acknowledged: deque[int] = deque(maxlen=HEARD)  # numbers of our packets
        self.heartbeats = 0
        self._number = 0
        self._console: tuple[str, int] | None = None
        self._socket: socket.socket | None = None
        self._stopping = threading.Event()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def plugged(self) -> bool:
        """It is on the network now."""
        return self._socket is not None

    @property
    def connected(self) -> bool:
        """The console has connected."""
        return self._console is not None

    def start(self) -> None:
        """It is on the network and answers."""
        self._stopping.clear()
        self.plug()
        self._thread = threading.Thread(target=self._run, name="sim hytera", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 3.0) -> None:
        """It is gone and its thread has ended."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None
        self.unplug()

    def plug(self) -> None:
        """It is on the network, at the port it had before."""
        if self._socket is not None:
            return
        opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        opened.settimeout(_LOOK_S)
        opened.bind((self.host, self.port))
        self.port = opened.getsockname()[1]
        with self._guard:
            self._socket = opened

    def unplug(self) -> None:
        """It is off the network, and has forgotten who was connected."""
        with self._guard:
            opened, self._socket = self._socket, None
            self._console = None
        if opened is not None:
            opened.close()

    def say(self, message: bytes) -> int:
        """A message of a radio goes to the console; its number, 0 where nobody is connected."""
        with self._guard:
            if self._console is None:
                return 0
            self._number = self._number % 0xFFFF + 1
            number = self._number
        self._write(b"2B\x00\x00" + number.to_bytes(2, "big") + message)
        return number

    def _run(self) -> None:
        while not self._stopping.is_set():
            opened = self._socket
            if opened is None:
                self._stopping.wait(_LOOK_S)
                continue
            try:
                data, peer = opened.recvfrom(_PIECE)
            except OSError:  # nothing came, or it was unplugged
                continue
            self.heard.append(data)
            if self.answers:
                self._answer(data, peer)

    def _answer(self, data: bytes, peer: tuple[str, int]) -> None:
        if len(data) < 6 or data[:3] != b"2B\x00":
            return
        flags, number = data[3], data[4:6]
        if flags & 0x01:
            self.acknowledged.append(int.from_bytes(number, "big"))
        elif flags & 0x04:
            self._console = peer
            self._write(b"2B\x00" + bytes((flags | 0x01,)) + data[4:])
        elif self._console is None:
            return
        elif flags & 0x02:
            self.heartbeats += 1
            self._write(b"2B\x00\x02\x00\x00")
        elif flags & 0x1F == 0:
            self._write(b"2B\x00\x01" + number)
            said = self.radios.answer(data[6:])
            if said:
                self.say(said)

    def _write(self, data: bytes) -> None:
        with self._guard, contextlib.suppress(OSError):
            if self._socket is not None and self._console is not None:
                self._socket.sendto(data, self._console)


class HyteraMobile(AnsweringDevice):
    """A radio on a serial port: HRNP through a pseudo-terminal."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.radios = Radios()
        self.acknowledged: deque[int] = deque(maxlen=HEARD)
        self.connected = False
        self._number = 0
        self._left = b""

    def plug(self) -> None:
        """It is switched on: whoever was connected is not any more."""
        if not self.plugged:
            self.connected, self._left = False, b""
        super().plug()

    def say(self, message: bytes) -> int:
        """A message of the radio goes to the console; its number, 0 where nobody is connected."""
        if not self.connected:
            return 0
        number = self._next()
        self.write(_packet(_DATA, number, message))
        return number

    def answer(self, data: bytes) -> bytes:
        said = b""
        self._left += data
        while len(self._left) >= 12:
            length = int.from_bytes(self._left[8:10], "big")
            if len(self._left) < length:
                break
            packet, self._left = self._left[:length], self._left[length:]
            said += self._to(packet)
        return said

    def _to(self, packet: bytes) -> bytes:
        operation, number = packet[3], int.from_bytes(packet[6:8], "big")
        if operation == _CONNECT:
            self.connected = True
            return _packet(_ACCEPT, number)
        if operation == _DATA_ACK:
            self.acknowledged.append(number)
        if operation != _DATA or not self.connected:
            return b""
        said = self.radios.answer(packet[12:])
        return _packet(_DATA_ACK, number) + (_packet(_DATA, self._next(), said) if said else b"")

    def _next(self) -> int:
        self._number = self._number % 0xFFFF + 1
        return self._number


def _packet(operation: int, number: int, data: bytes = b"") -> bytes:
    head = bytes((0x7E, 0, 0, operation, 0x10, 0x20)) + number.to_bytes(2, "big")
    head += (12 + len(data)).to_bytes(2, "big")
    return head + hrnp_check(head + b"\x00\x00" + data).to_bytes(2, "big") + data
