"""A virtual display of our own, for a verb that needs a window where no screen is."""

from __future__ import annotations

import atexit
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from console.core.errors import Unavailable


def has_display() -> bool:
    """Whether windows can appear somewhere already."""
    if sys.platform != "linux":
        return True
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal", "vnc"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class VirtualDisplay:
    """Xvfb with a window manager; DISPLAY names it from ``start`` to ``stop``."""

    def __init__(self, width: int = 1920, height: int = 1080) -> None:
        self._size = f"{width}x{height}x24"
        self._server: subprocess.Popen[bytes] | None = None
        self._manager: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """A display is up and DISPLAY names it. Unavailable when Xvfb is missing or fails."""
        program = shutil.which("Xvfb")
        if program is None:
            raise Unavailable("display.no_xvfb")
        reader, writer = os.pipe()
        self._server = _child(
            [program, "-displayfd", str(writer), "-screen", "0", self._size, "-nolisten", "tcp"],
            (writer,),
        )
        os.close(writer)
        number = _read_line(reader, 20.0)
        os.close(reader)
        if not number:
            self.stop()
            raise Unavailable("display.failed")
        os.environ["DISPLAY"] = f":{number}"
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
        manager = shutil.which("openbox")
        if manager is not None:
            self._manager = _child([manager])

    def stop(self) -> None:
        """Both processes have ended and DISPLAY names nothing."""
        for process in (self._manager, self._server):
            if process is not None:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(5)
        self._manager = self._server = None
        os.environ.pop("DISPLAY", None)


@contextmanager
def some_display() -> Iterator[bool]:
    """A display for the block and until the process ends; yields whether it is one of ours.

    Qt closes its connection when the interpreter exits, and a display that goes before that would
    end the process with an error: so ours goes after it.
    """
    if has_display():
        yield False
        return
    display = VirtualDisplay()
    atexit.register(display.stop)  # before Qt is imported, so that it runs after Qt's own
    display.start()
    yield True


def _child(command: list[str], handles: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """A process that ends with ours, however ours ends."""
    setpriv = shutil.which("setpriv")
    bound = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
    return subprocess.Popen(
        [*bound, *command],
        pass_fds=handles,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _read_line(handle: int, timeout_s: float) -> str:
    got = b""
    while not got.endswith(b"\n"):
        ready, _, _ = select.select([handle], [], [], timeout_s)
        chunk = os.read(handle, 16) if ready else b""
        if not chunk:
            return ""
        got += chunk
    return got.decode("ascii").strip()
