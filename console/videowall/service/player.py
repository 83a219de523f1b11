"""The supervisor of the player process: a child that is replaced when it dies or hangs, and a spare.

All that is known of the picture comes from the child's counters; an address and its password go to
the child's standard input and nowhere else.
"""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from console.videowall.model import Camera, Failure, Phase, Picture, phase_of

log = logging.getLogger(__name__)
PROGRAM = (sys.executable, "-m", "console.videowall.player")
TILE = "main"
HUNG_S = 1.0  # without a beat: the child tells five times a second
BIRTH_S = 5.0  # a machine under load may take so long to its first beat
TICK_S = 0.1
WAIT_S = 2.0  # between children that die before their first beat
STILLBORN = 3


@dataclass(frozen=True, slots=True)
class _Wish:
    camera: Camera
    window: int
    turn: int


@dataclass(frozen=True, slots=True)
class _Child:
    process: subprocess.Popen[str]
    number: int


@dataclass(frozen=True, slots=True)
class _Heard:
    child: int
    line: dict[str, Any] | None  # None: its output ended


class Player:
    """``show`` and ``hide`` say what is wanted, ``picture`` how it stands. Callable from any thread.

    The child is started by the first ``show`` and ends with ``stop``, or with this process.
    """

    def __init__(self, program: Sequence[str] = PROGRAM) -> None:
        self._program = tuple(program)
        self._guard = threading.Lock()
        self._inbox: queue.SimpleQueue[_Heard | str] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._wish: _Wish | None = None
        self._turn = 0
        self._asked_at = 0.0
        self._shown = 0  # since the wish, by children that are gone
        self._beat: dict[str, Any] = {}
        self._beat_at = 0.0
        self._last_at: float | None = None  # of the last picture
        self._stalled = False
        self._replaced = 0
        self._cameras_shown: set[str] = set()
        self._stalls = 0
        self._child: _Child | None = None
        self._spare: _Child | None = None
        self._spare_ready = False
        self._born = 0
        self._born_at = 0.0
        self._alive = False  # this child has told something
        self._stillborn = 0

    @property
    def pid(self) -> int | None:
        """The child's process, while it runs."""
        child = self._child
        return None if child is None else child.process.pid

    @property
    def heard(self) -> bool:
        """Whether the child that runs now has told something."""
        return self._child is not None and self._alive

    @property
    def steady(self) -> bool:
        """Whether the next child is ready, should this one go."""
        return self._spare is not None and self._spare_ready

    def show(self, camera: Camera, window: int) -> None:
        """This camera, and no other, is drawn into the window of this number (0: decoded only)."""
        with self._guard:
            self._turn += 1
            self._wish = _Wish(camera, window, self._turn)
            self._asked_at = time.monotonic()
            self._shown, self._last_at, self._beat, self._stalled = 0, None, {}, False
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, name="wall", daemon=True)
                self._thread.start()
        self._inbox.put("wish")

    def hide(self) -> None:
        """Nothing is taken in or decoded; the child waits for the next order."""
        with self._guard:
            self._wish = None
        self._inbox.put("wish")

    def picture(self) -> Picture:
        """How the tile stands now."""
        now = time.monotonic()
        with self._guard:
            wish = self._wish
            if wish is None:
                return Picture(replaced=self._replaced)
            shown = self._shown + int(self._beat.get("shown", 0))
            age = None if self._last_at is None else now - self._last_at
            code = self._beat.get("code") or ""
            failure = Failure(code) if code else None
            if self._stillborn >= STILLBORN:
                failure = Failure.NO_PLAYER
            return Picture(
                wish.camera.id,
                phase_of(shown, age, failure),
                failure,
                shown,
                age,
                now - self._asked_at,
                self._replaced,
            )

    def totals(self) -> tuple[int, int]:
        """How many cameras showed a picture so far, and how often one stood still."""
        with self._guard:
            return len(self._cameras_shown), self._stalls

    def stop(self, timeout_s: float = 3.0) -> None:
        """The child has ended, and so has what watched it."""
        self._stopping.set()
        self._inbox.put("stop")
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    # --- the thread "wall" ---------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._keep_child()
                with suppress(queue.Empty):
                    self._take(self._inbox.get(timeout=TICK_S))
                self._watch()
                self._keep_spare()
        except Exception:
            log.exception("the wall's supervisor failed")
        finally:
            self._end()

    def _keep_child(self) -> None:
        wanted = self._wish is not None
        waits = self._stillborn >= STILLBORN and time.monotonic() - self._born_at < WAIT_S
        if self._child is not None or not wanted or waits:
            return
        self._born_at, self._alive = time.monotonic(), False
        self._child, self._spare = self._spare or self._bear(), None
        if self._child is not None:
            self._order()

    def _keep_spare(self) -> None:
        """While pictures run, the next child waits with its libraries loaded: that takes longest."""
        if (
            self._spare is None
            and self._child is not None
            and self.picture().phase is Phase.PLAYING
        ):
            self._spare, self._spare_ready = self._bear(), False
            wish = self._wish
            if self._spare is not None and wish is not None:
                _tell(self._spare.process, {"order": "stop", "window": wish.window})

    def _bear(self) -> _Child | None:
        try:
            process = subprocess.Popen(
                self._program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # libraries may write whole addresses there
                text=True,
            )
        except OSError as failed:
            log.warning("the player cannot be started: %s", failed.strerror)
            self._stillborn = STILLBORN
            return None
        self._born += 1
        threading.Thread(
            target=self._read, args=(process, self._born), name="wall-reader", daemon=True
        ).start()
        return _Child(process, self._born)

    def _read(self, child: subprocess.Popen[str], number: int) -> None:
        assert child.stdout is not None
        with suppress(OSError, ValueError), child.stdout:
            for line in child.stdout:
                self._inbox.put(_Heard(number, json.loads(line)))
        self._inbox.put(_Heard(number, None))

    def _order(self) -> None:
        """The child is told what is wanted now."""
        child, wish = self._child, self._wish
        if child is None:
            return
        order: dict[str, Any] = {"order": "stop"}
        if wish is not None:
            one = wish.camera
            order = {"order": "show", "tile": TILE, "window": wish.window, "address": one.address}
            order |= {"user": one.user, "password": one.password, "turn": wish.turn}
        _tell(child.process, order)

    def _take(self, news: _Heard | str) -> None:
        if isinstance(news, str):
            self._order()
        elif self._spare is not None and news.child == self._spare.number:
            self._spare_ready = news.line is not None
            if news.line is None:
                _end_process(self._spare.process)
                self._spare = None
        elif self._child is None or news.child != self._child.number:
            return
        elif news.line is None:
            self._bury("ended")
        else:
            self._hear(news.line)

    def _hear(self, line: dict[str, Any]) -> None:
        now = time.monotonic()
        self._alive, self._stillborn = True, 0
        with self._guard:
            self._beat_at = now
            wish = self._wish
            if wish is None or line.get("turn") != wish.turn:
                return  # of what was wanted before
            age = line.get("age_s")
            if age is not None:
                self._last_at = now - float(age)
                self._cameras_shown.add(wish.camera.id)
            self._beat = line

    def _watch(self) -> None:
        now = time.monotonic()
        still = self.picture().phase is Phase.STALLED
        with self._guard:
            if still and not self._stalled:
                self._stalls += 1
            self._stalled = still
        if self._child is None:
            return
        heard = self._beat_at if self._alive else self._born_at
        if now - heard > (HUNG_S if self._alive else BIRTH_S):
            self._child.process.kill()
            self._bury("hung")

    def _bury(self, how: str) -> None:
        """The child is gone; the next turn starts another one if a picture is wanted."""
        child, self._child = self._child, None
        if child is None:
            return
        _end_process(child.process)
        log.warning("the player %s (status %s)", how, child.process.returncode)
        if not self._alive:
            self._stillborn += 1
        with self._guard:
            self._replaced += 1
            self._shown += int(self._beat.get("shown", 0))
            self._beat = {}

    def _end(self) -> None:
        for child in (self._child, self._spare):
            if child is not None:
                _end_process(child.process)
        self._child = self._spare = None


def _tell(process: subprocess.Popen[str], order: dict[str, Any]) -> None:
    assert process.stdin is not None
    with suppress(OSError):  # a dead one is noticed by its output
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()


def _end_process(child: subprocess.Popen[str], patience_s: float = 0.5) -> None:
    """The process is gone: its input ends, which it obeys at once; else it is killed."""
    if child.stdin is not None:
        with suppress(OSError):
            child.stdin.close()
    try:
        child.wait(patience_s)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
