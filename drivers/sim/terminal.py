"""A serial port made of a pseudo-terminal: what a simulated device is plugged in with."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import tty
from abc import ABC, abstractmethod
from collections import deque
from pathlib import Path

HEARD = 1000  # so many of the last pieces that the console wrote are kept to be looked at
_LOOK_S = 0.05  # the longest a stop or a replug waits for a quiet port
_PIECE = 4096


class Terminal:
    """One port. ``folder/name`` is its place, the same after each re-plug.

    Plugged in from ``plug`` to ``unplug``. A burst a second is a few hundred bytes; a terminal that
    nobody reads holds 4,096 and then refuses.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.port = folder / name
        self._master: int | None = None
        self._guard = threading.Lock()  # pulled by one thread, written by another

    @property
    def identity(self) -> str:
        """The identity under which a link finds this device."""
        return f"path:{self.port}"

    @property
    def plugged(self) -> bool:
        """It is plugged in now."""
        return self._master is not None

    def plug(self) -> None:
        """The port exists and can be opened."""
        if self._master is not None:
            return
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        name = os.ttyname(slave)
        os.close(slave)  # only the reader holds it, so that closing the master is a real unplug
        self.port.parent.mkdir(parents=True, exist_ok=True)
        self.port.unlink(missing_ok=True)
        self.port.symlink_to(name)
        self._master = master

    def unplug(self) -> None:
        """The port is gone; whoever reads it is told at once."""
        with self._guard:
            master, self._master = self._master, None
            if master is not None:
                self.port.unlink(missing_ok=True)
                os.close(master)

    def garble(self, data: bytes = b"\x00\xff$GNRMC,0\x80\x81,,*7") -> None:
        """Noise goes over the wire, a broken frame among it."""
        self.write(data)

    def write(self, data: bytes) -> None:
        """These bytes go over the wire; what an unread port cannot hold is lost, as on a real one."""
        with self._guard, contextlib.suppress(BlockingIOError):
            if self._master is not None:
                os.write(self._master, data)

    def read(self, timeout_s: float) -> bytes:
        """What the console wrote; nothing when it is silent, or holds the port no longer."""
        master = self._master
        if master is None:
            return b""
        with contextlib.suppress(OSError, ValueError):  # closed by an unplug meanwhile
            select.select([master], [], [], timeout_s)
        with self._guard, contextlib.suppress(OSError):  # nothing there, or nobody at the port
            if self._master == master:
                return os.read(master, _PIECE)
        return b""


class AnsweringDevice(Terminal, ABC):
    """A device with a life of its own, from ``start`` to ``stop``: it hears and answers.

    A family says in ``answer`` what it does with bytes. With ``answers`` off it hears and is mute.
    ``heard`` keeps the last pieces that the console wrote.
    """

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.answers = True
        self.heard: deque[bytes] = deque(maxlen=HEARD)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """It is plugged in and answers."""
        self._stopping.clear()
        self.plug()
        self._thread = threading.Thread(target=self._run, name=f"sim {self.name}", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 3.0) -> None:
        """It is unplugged and its thread has ended."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None
        self.unplug()

    @abstractmethod
    def answer(self, data: bytes) -> bytes:
        """What the device says to these bytes of the console."""

    def beat(self) -> bytes:
        """What the device says by itself, asked about twenty times a second."""
        return b""

    def _run(self) -> None:
        while not self._stopping.is_set():
            data = self.read(_LOOK_S)
            if data:
                self.heard.append(data)
            said = (self.answer(data) if data else b"") + self.beat()
            if said and self.answers:
                self.write(said)
            if not data:  # an unheld port shows as readable at once: not in circles
                self._stopping.wait(_LOOK_S / 10)
