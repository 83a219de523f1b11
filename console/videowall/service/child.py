"""One player process: started, told, heard, ended. Nothing here waits for it but its end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from console.videowall.service.silence import Silence

PROGRAM = (sys.executable, "-m", "console.videowall.player")
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}  # else each of seventy threads keeps what it once needed


@dataclass(frozen=True, slots=True)
class Heard:
    """A line that the child of this number told; None when its output has ended."""

    child: int
    line: dict[str, Any] | None


class Child:
    """A process that takes orders and tells how its tiles stand. ``start`` raises OSError.

    Orders may hold a password: they go to its standard input and nowhere else.
    """

    def __init__(self, program: Sequence[str], number: int, hear: Callable[[Heard], None]) -> None:
        self.number = number
        self.born_at = 0.0
        self.beat_at: float | None = None  # None: it told nothing yet
        self._program = tuple(program)
        self._hear = hear
        self._process: subprocess.Popen[bytes] | None = None
        self._silence = Silence()

    @property
    def pid(self) -> int:
        """The process."""
        return self._there.pid

    @property
    def status(self) -> int | None:
        """How it ended."""
        return self._there.returncode

    @property
    def _there(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    def start(self) -> None:
        """The process runs and is listened to, in a thread of its own."""
        self._process = subprocess.Popen(
            self._program,
            env={**os.environ, **FEW_ARENAS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries may write whole addresses there
        )
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        self.born_at = time.monotonic()
        threading.Thread(target=self._read, name="wall-reader", daemon=True).start()

    def tell(self, order: Mapping[str, Any]) -> None:
        """The order is on its way. One that reads no orders any more is killed."""
        stdin = self._there.stdin
        assert stdin is not None
        data = json.dumps(order).encode() + b"\n"
        try:
            if os.write(stdin.fileno(), data) != len(data):
                self.kill()
        except BlockingIOError:
            self.kill()
        except (OSError, ValueError):
            return  # a dead one is noticed by its output

    def silent_s(self) -> float:
        """How long it could have told something and did not."""
        since = self.born_at if self.beat_at is None else self.beat_at
        return self._silence.of(self.pid, since, time.monotonic())

    def kill(self) -> None:
        """It ends now."""
        with suppress(OSError):
            self._there.kill()

    def end(self, patience_s: float = 0.5) -> None:
        """The process is gone: its input ends, which it obeys at once; else it is killed."""
        if self._there.stdin is not None:
            with suppress(OSError):
                self._there.stdin.close()
        try:
            self._there.wait(patience_s)
        except subprocess.TimeoutExpired:
            self._there.kill()
            self._there.wait()

    def _read(self) -> None:
        stdout = self._there.stdout
        assert stdout is not None
        with suppress(OSError, ValueError), stdout:
            for line in stdout:
                self._hear(Heard(self.number, json.loads(line)))
        self._hear(Heard(self.number, None))
