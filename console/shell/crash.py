"""A bug is written down with an id and shown as one line; the rest of the console works on."""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from console.ui.keycap import KeyButton
from console.ui.panel import EmptyState, Notice

translate = QCoreApplication.translate
log = logging.getLogger("console.crash")

LOG_FILE = "console.log"
SAME_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Crash:
    """One bug as it was written down."""

    id: str
    what: str
    log: Path


class CrashKeeper:
    """From ``start`` to ``stop`` every uncaught error, in any thread, is logged under an id.

    ``told`` is called with each new one, in the thread where it happened. The same bug within
    30 s is counted in the log and not told again.
    """

    def __init__(self, folder: Path, told: Callable[[Crash], None]) -> None:
        self.log = folder / "logs" / LOG_FILE
        self._told = told
        self._guard = threading.Lock()
        self._last: dict[str, tuple[float, int]] = {}  # when last, and how often since told
        self._handler: logging.Handler | None = None
        self._before = (sys.excepthook, threading.excepthook)

    def start(self) -> None:
        """Uncaught errors come here."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._handler = RotatingFileHandler(
            self.log, maxBytes=5_000_000, backupCount=5, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        )
        root = logging.getLogger()
        root.addHandler(self._handler)
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def stop(self) -> None:
        """The hooks are as they were."""
        sys.excepthook, threading.excepthook = self._before
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            self._before[0](kind, error, trace)
            return
        frames = traceback.extract_tb(trace)
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
        bug = f"{kind.__name__} {where}"
        with self._guard:
            now = time.monotonic()
            last, times = self._last.get(bug, (-SAME_WITHIN_S, 0))
            times = times + 1 if now - last < SAME_WITHIN_S else 0
            self._last[bug] = now, times
        if times:
            if not times & (times - 1):  # 1, 2, 4 …: a bug in a painting must not fill the log
                log.error("again: %s (%d times)", bug, times)
        else:
            crash = Crash(secrets.token_hex(4).upper(), kind.__name__, self.log)
            log.error("crash %s", crash.id, exc_info=(kind, error, trace))
            self._told(crash)
        traceback.clear_frames(trace)  # a QPainter left in one would outlive what it paints on


class CrashStrip(Notice):
    """The line above the pages: what failed, its id, where the log is; closed by hand."""

    def __init__(self) -> None:
        super().__init__()
        self._close = KeyButton(translate("Crash", "Understood"), "", "plain")
        self._close.clicked.connect(self.hide)
        self.row.addWidget(self._close)

    def show_crash(self, crash: Crash) -> None:
        """The strip tells of this bug."""
        self.say(
            translate(
                "Crash",
                "Something in the program failed and was recorded (number {id}). "
                "Work goes on; check the last act. Log: {log}",
            ).format(id=crash.id, log=crash.log),
            "alarm",
        )


class FailedPage(EmptyState):
    """Stands where a page could not be opened."""

    def __init__(self, title: str) -> None:
        super().__init__(
            translate("Crash", "The page “{page}” could not be opened").format(page=title),
            translate("Crash", "The failure was recorded. The other pages work on."),
        )


def excepthook_now(error: BaseException) -> None:
    """The error goes to the hook in force, as if nobody had caught it."""
    sys.excepthook(type(error), error, error.__traceback__)
