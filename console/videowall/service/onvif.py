"""The program that talks to cameras over ONVIF: started when it is first wanted, replaced when it hangs.

What a camera answers is read there and not in the console: it may be hostile, and the descriptions
of ONVIF are too large to be read beside the pages. A password goes to its standard input only.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from console.core.errors import Unavailable
from console.videowall.model import Camera, code_of
from console.videowall.service.child import Child, Heard

log = logging.getLogger(__name__)
PROGRAM = (sys.executable, "-m", "drivers.camera")
TICK_S = 0.25
FIRST_BEAT_S = 10.0  # it reads its libraries first
HUNG_S = 3.0
IDLE_S = 300.0  # nobody asked anything: its memory is given back
STOP_TRIES = 3
SLACK_S = 2.0  # what an answer may take beyond the camera's own time
Failed = Callable[[str, str, str], None]  # what was wanted, of which camera, the cause


@dataclass(slots=True)
class _Asked:
    """A question that somebody waits for."""

    there: threading.Event = field(default_factory=threading.Event)
    answer: dict[str, Any] | None = None


class Onvif:
    """``ask`` waits for the answer, ``send`` does not. Callable from any thread.

    ``on_failed`` hears, in this thread's own time, of what was sent and failed; ``on_tick`` is
    called a few times a second while the program runs, ``on_lost`` when it had to be replaced.
    """

    def __init__(
        self, program: Sequence[str] = PROGRAM, on_failed: Failed = lambda *_: None
    ) -> None:
        self._program, self._on_failed = tuple(program), on_failed
        self.on_tick: Callable[[], None] = lambda: None
        self.on_lost: Callable[[], None] = lambda: None
        self._guard = threading.Lock()
        self._inbox: queue.SimpleQueue[dict[str, Any] | Heard | None] = queue.SimpleQueue()
        self._asked: dict[int, _Asked] = {}
        self._sent: dict[int, dict[str, Any]] = {}  # orders that nobody waits for
        self._number = 0
        self._wanted_at = 0.0
        self._child: Child | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    @property
    def pid(self) -> int | None:
        """The program's process, while there is one."""
        child = self._child
        return None if child is None else child.pid

    def ask(
        self, do: str, camera: Camera | None, within_s: float = 10.0, **fields: object
    ) -> dict[str, Any]:
        """What came of it. Raises Unavailable with the camera's own reason; waits at most so long."""
        asked = _Asked()
        number = self._put(do, camera, fields, asked)
        asked.there.wait(within_s + SLACK_S)
        with self._guard:
            self._asked.pop(number, None)
        answer = asked.answer
        cause = "no_answer" if answer is None else answer.get("cause")
        if cause:
            said = str((answer or {}).get("told", "")) if cause == "refused" else ""
            raise Unavailable(code_of(cause), said=said)
        assert answer is not None
        given: dict[str, Any] = answer["fields"]
        return given

    def send(self, do: str, camera: Camera, **fields: object) -> None:
        """The order is on its way; ``on_failed`` is told if it fails."""
        self._put(do, camera, fields, None)

    def stop(self, timeout_s: float = 4.0) -> None:
        """The program has ended; cameras that turned were stopped by it."""
        self._stopping.set()
        self._inbox.put(None)
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def _put(
        self, do: str, camera: Camera | None, fields: Mapping[str, object], asked: _Asked | None
    ) -> int:
        order: dict[str, Any] = {"do": do, **fields}
        if camera is not None:
            order["who"] = camera.id
            order.setdefault("profile", camera.onvif_profile)
            order["camera"] = {
                "address": camera.onvif,
                "user": camera.user,
                "password": camera.password,
            }
        with self._guard:
            self._number += 1
            order["ask"] = number = self._number
            if asked is not None:
                self._asked[number] = asked
            if self._thread is None and not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, name="onvif", daemon=True)
                self._thread.start()
        self._inbox.put(order)
        return number

    # --- the thread "onvif" --------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                with suppress(queue.Empty):
                    self._take(self._inbox.get(timeout=TICK_S))
                    while True:
                        self._take(self._inbox.get_nowait())
                self._watch()
                self.on_tick()
        except Exception:
            log.exception("what talks to the cameras failed")
        finally:
            self._lose_all("lost")
            if self._child is not None:
                self._child.end(SLACK_S + 0.5)
                self._child = None

    def _take(self, news: dict[str, Any] | Heard | None) -> None:
        if news is None or self._stopping.is_set():
            return
        if not isinstance(news, Heard):
            self._pass_down(news)
        elif self._child is not None and news.child == self._child.number:
            if news.line is None:
                self._bury("ended")
            elif "beat" in news.line:
                self._child.beat_at = time.monotonic()
            else:
                self._hear(news.line)

    def _pass_down(self, order: dict[str, Any]) -> None:
        number = int(order["ask"])
        self._wanted_at = time.monotonic()
        if number not in self._asked:
            self._sent[number] = order
        if self._child is None:
            child = Child(self._program, number, self._inbox.put)
            try:
                child.start()
            except OSError as failed:
                log.warning("the program for ONVIF cannot be started: %s", failed.strerror)
                self._hear({"of": number, "cause": "lost"})
                return
            self._child = child
        self._child.tell(order)

    def _hear(self, line: dict[str, Any]) -> None:
        number = int(line["of"])
        with self._guard:
            asked = self._asked.get(number)
        of = self._sent.pop(number, line)
        if asked is not None:
            asked.answer = line
            asked.there.set()
        elif line.get("cause"):
            self._tell_failed(of, str(line["cause"]))

    def _tell_failed(self, of: Mapping[str, Any], cause: str) -> None:
        try:
            self._on_failed(str(of.get("do", "")), str(of.get("who", "")), cause)
        except Exception:
            log.exception("a listener of the cameras failed")

    def _watch(self) -> None:
        child = self._child
        if child is None:
            return
        now = time.monotonic()
        if child.silent_s() > (FIRST_BEAT_S if child.beat_at is None else HUNG_S):
            self._bury("hung")
        elif now - self._wanted_at > IDLE_S and not self._asked and not self._sent:
            self._child = None
            child.end(SLACK_S + 0.5)

    def _bury(self, how: str) -> None:
        """The program is gone; the next order starts another one."""
        child, self._child = self._child, None
        if child is not None:
            log.warning("the program for ONVIF %s and is replaced", how)
            child.kill()
            child.end()
        self._lose_all("lost")
        self.on_lost()

    def _lose_all(self, cause: str) -> None:
        with self._guard:
            waiting = list(self._asked.values())
        for asked in waiting:
            if asked.answer is None:
                asked.answer = {"cause": cause}
                asked.there.set()
        sent, self._sent = self._sent, {}
        for order in sent.values():
            tries = int(order.get("tries", 0)) + 1
            if order["do"] == "stop" and tries <= STOP_TRIES and not self._stopping.is_set():
                self._inbox.put({**order, "tries": tries})  # whoever comes next stops it
            else:
                self._tell_failed(order, cause)
