"""A measurement in a process of its own, whose answers are JSON lines."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any

from console.core.errors import Unavailable

PATIENCE_S = 300.0


class Child:
    """``python -m MODULE ARGUMENTS`` from ``start`` to ``stop``; ``answer`` gives its next line."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._module, self._arguments = module, arguments
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._complaints: list[str] = []

    def __enter__(self) -> Child:
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module, *self._arguments],
            env={**os.environ, **sandbox()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._readers = [
            threading.Thread(target=self._read, name="bench-answers", daemon=True),
            threading.Thread(target=self._listen, name="bench-complaints", daemon=True),
        ]
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._process.kill()
        self.end()

    def answer(self, timeout_s: float = PATIENCE_S) -> dict[str, Any]:
        """The next line. Unavailable when the process ended, or said nothing for so long."""
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            line = ""
        if not line:
            told = self._complaints[-1].strip() if self._complaints else ""
            raise Unavailable("bench.no_answer", program=self._module, told=told)
        found: dict[str, Any] = json.loads(line)
        return found

    def end(self, timeout_s: float = 30.0) -> None:
        """Its standard input is closed and it has ended, or is killed after ``timeout_s``."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for reader in self._readers:
            reader.join(5.0)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                if line.startswith("{"):
                    self._lines.put(line)
        self._lines.put("")

    def _listen(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as stream:
            for line in stream:
                self._complaints = [*self._complaints[-20:], line]


def sandbox() -> dict[str, str]:
    """The engine does not start as root inside its sandbox; nothing could be measured."""
    name = "QTWEBENGINE_CHROMIUM_FLAGS"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return {name: f"{os.environ.get(name, '')} --no-sandbox".strip()}
    return {}
