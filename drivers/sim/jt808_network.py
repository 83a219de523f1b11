"""JT/T 808 terminals that call a platform over loopback TCP, any number of them in one thread."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
import time

from drivers.sim.jt808 import Terminal

CALL_AGAIN_S = 0.2
_TICK_S = 0.1


class Terminals:
    """Carries the bytes of any number of terminals to ``host:port``, in one thread of its own."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._terminals: list[Terminal] = []
        self._calls: dict[Terminal, socket.socket] = {}
        self._call_at: dict[Terminal, float] = {}
        self._ending = threading.Event()
        self._waits: selectors.BaseSelector = selectors.DefaultSelector()
        self._thread: threading.Thread | None = None

    def add(self, number: str, edition: int = 2013, plate: str = "鲁H·警0001") -> Terminal:
        """One more terminal; it calls as soon as this is started."""
        made = Terminal(number, edition, plate)
        self._terminals.append(made)
        return made

    def start(self) -> None:
        """They call."""
        self._ending.clear()
        self._waits.close()
        self._waits = selectors.DefaultSelector()
        self._thread = threading.Thread(target=self._run, name="sim-jt808", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """All hung up."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def _run(self) -> None:
        while not self._ending.is_set():
            now = time.monotonic()
            for terminal in list(self._terminals):
                self._look_at(terminal, now)
            for key, events in self._waits.select(_TICK_S / 5 if self._talkative() else _TICK_S):
                self._carry(key.data, events)
        for terminal in list(self._calls):
            self._hang_up(terminal)
        self._waits.close()

    def _talkative(self) -> bool:
        return len(self._calls) < len(self._terminals) or not self._calls

    def _look_at(self, terminal: Terminal, now: float) -> None:
        call = self._calls.get(terminal)
        if call is None:
            if terminal.wanted and now >= self._call_at.get(terminal, 0.0):
                self._call(terminal, now)
            return
        if not terminal.wanted:
            self._hang_up(terminal)
            return
        terminal.pass_time(now)
        self._want(terminal, call)

    def _call(self, terminal: Terminal, now: float) -> None:
        self._call_at[terminal] = now + CALL_AGAIN_S
        call = socket.socket()
        try:
            call.settimeout(1.0)
            call.connect((self.host, self.port))
        except OSError:
            call.close()
            return
        call.setblocking(False)
        self._calls[terminal] = call
        terminal.called(now)
        self._waits.register(call, selectors.EVENT_READ | selectors.EVENT_WRITE, terminal)

    def _want(self, terminal: Terminal, call: socket.socket) -> None:
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if terminal.take_out(1) else 0)
        if self._waits.get_key(call).events != wanted:
            self._waits.modify(call, wanted, terminal)

    def _carry(self, terminal: Terminal, events: int) -> None:
        call = self._calls.get(terminal)
        if call is None:
            return
        try:
            if events & selectors.EVENT_READ:
                data = call.recv(65536)
                if not data:
                    self._hang_up(terminal)
                    return
                terminal.hear(data)
            if out := terminal.take_out():
                terminal.gave_out(call.send(out))
        except BlockingIOError:
            return
        except OSError:
            self._hang_up(terminal)
            return
        self._want(terminal, call)

    def _hang_up(self, terminal: Terminal) -> None:
        call = self._calls.pop(terminal)
        terminal.is_in = False
        self._waits.unregister(call)
        with contextlib.suppress(OSError):
            call.close()
