"""The program as anybody runs it: a child process without a display of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Told:
    """How the program ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one plain line that says why."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self
        return lines[0]

    @property
    def last_line(self) -> str:
        """The same where a window was on its way: the map's engine may have complained before."""
        return self.err.splitlines()[-1]


class Outside:
    """Runs the program with keys, home and data of its own."""

    def __init__(self, home: Path) -> None:
        kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
        self.env = kept | {"POST_CONSOLE_KEYS": str(home / "keys"), "HOME": str(home)}

    def command(self, *words: object) -> list[str]:
        """The words of the child."""
        return [sys.executable, "-m", "console", *map(str, words)]

    def __call__(
        self, *words: object, stdin: bytes = b"", keys: str = "", seconds: float = 60
    ) -> Told:
        """What came of it; a traceback is never right."""
        done = subprocess.run(
            self.command(*words),
            cwd=ROOT,
            env=self.env | ({"POST_CONSOLE_KEYS": keys} if keys else {}),
            input=stdin,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        told = Told(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in told.err + told.out, told
        return told
