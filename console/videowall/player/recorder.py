"""Writes packets as they came into an MP4 that can be played up to the last whole second at any time."""

from __future__ import annotations

import errno
import os
import queue
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error

from console.videowall.player.ring import Held, Ring, Session

GRID = Fraction(1, 90000)
OPTIONS = {"movflags": "hybrid_fragmented+frag_keyframe+default_base_moof"}
LOOKED_EVERY_S = 1.0
MOST_WAITING = 3000  # packets that the disk has not taken yet
CLOSE_S = 5.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """One recording as it was ordered."""

    recording: str
    file: Path
    before_s: float
    reserve_bytes: int  # left free: the store lies on the same disk and must not choke on a film


class DiskFull(OSError):
    """What is left of the disk is the store's."""


class Recorder:
    """``start`` takes the ring's packets from then on, ``stop`` ends the file. News tell how it went."""

    def __init__(self, wanted: Wanted, ring: Ring, tell: Callable[[dict[str, Any]], None]) -> None:
        self.ended = threading.Event()
        self._wanted, self._ring, self._tell = wanted, ring, tell
        self._queue: queue.SimpleQueue[Held | str] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._unlisten: Callable[[], None] = lambda: None
        self._film: Film | None = None

    def start(self) -> None:
        """What is held is being written, and what comes."""
        self._thread.start()
        self._unlisten = self._ring.listen(self._wanted.before_s, self._queue.put)

    def stop(self, cause: str = "") -> None:
        """No packet is taken any more; the file stands whole soon."""
        self._unlisten()
        self._queue.put(cause)

    def wait(self, timeout_s: float = CLOSE_S) -> None:
        """The file stands whole, or the time is over."""
        self.ended.wait(timeout_s)

    def _run(self) -> None:
        cause, failed = "", ""
        try:
            cause = self._write()
            if self._film is None:
                failed = "no_picture"
        except OSError as error:
            full = isinstance(error, DiskFull) or error.errno in (errno.ENOSPC, errno.EDQUOT)
            failed = "disk_full" if full else "cannot_write"
        except (av.error.FFmpegError, ValueError):
            failed = "coding"
        except queue.Full:
            failed = "slow_disk"
        self._unlisten()
        self._finish(cause, failed)
        self.ended.set()

    def _write(self) -> str:
        looked_at = 0.0
        while True:
            one = self._queue.get()
            if isinstance(one, str):
                return one
            if self._queue.qsize() > MOST_WAITING:
                raise queue.Full
            if self._film is None:
                self._film = Film(self._wanted.file, one.session)
            elif self._film.differs(one.session):
                return "changed"
            if time.monotonic() - looked_at > LOOKED_EVERY_S:
                looked_at = time.monotonic()
                self._look_at_disk()
            self._film.add(one)

    def _look_at_disk(self) -> None:
        if shutil.disk_usage(self._wanted.file.parent).free < self._wanted.reserve_bytes:
            raise DiskFull

    def _finish(self, cause: str, failed: str) -> None:
        film = self._film
        told: dict[str, Any] = {"recording": self._wanted.recording}
        if film is not None:
            try:
                film.close()
            except (OSError, av.error.FFmpegError):
                failed = failed or "cannot_write"
        if failed or film is None:
            self._tell({"news": "record_failed", "cause": failed, **told})
            return
        began, ended = film.span()
        told |= {"file": str(self._wanted.file), "cause": cause, "packets": film.packets}
        told |= {"bytes": self._wanted.file.stat().st_size}
        told |= {"began_at": began.isoformat(), "ended_at": ended.isoformat()}
        self._tell({"news": "recorded", **told})


class Film:
    """An MP4 being written: packets of one coding on one axis, gaps between sessions kept."""

    def __init__(self, file: Path, session: Session) -> None:
        self.packets = 0
        self._session = session
        self._file = file.open("xb")
        self._out: Any = av.open(
            self._file, "w", format="mp4", options=OPTIONS, buffer_size=1 << 18
        )
        self._stream = self._out.add_stream_from_template(session.template, opaque=True)
        self._first: Held | None = None
        self._offset_s = 0.0  # from the session's own axis to the film's
        self._last_tick = -1
        self._tick_s = 0.04

    def differs(self, session: Session) -> bool:
        """Whether what comes cannot go on in this film."""
        mine = self._session
        return (mine.coding, mine.size) != (session.coding, session.size)

    def add(self, one: Held) -> None:
        """The packet stands in the film at its own time."""
        if self._first is None:
            if not one.key:
                return
            self._first = one
            self._offset_s = -one.at_s
        elif one.session is not self._session:
            if not one.key:
                return
            self._session = one.session
            self._offset_s = one.came_at - self._first.came_at - one.at_s
        tick = max(self._last_tick + 1, round((one.at_s + self._offset_s) / GRID))
        if self._last_tick >= 0:
            self._tick_s = float((tick - self._last_tick) * GRID)
        came = one.packet
        late = 0 if came.pts is None else round((came.pts - came.dts) * came.time_base / GRID)
        made = av.Packet(bytes(came))
        made.stream, made.time_base = self._stream, GRID
        made.dts, made.pts, made.is_keyframe = tick, tick + max(0, late), one.key
        self._out.mux(made)
        self._last_tick = tick
        self.packets += 1

    def span(self) -> tuple[datetime, datetime]:
        """When its first picture came and its last one ended, by this machine's clock."""
        assert self._first is not None
        ago = timedelta(seconds=time.monotonic() - self._first.came_at)
        began = datetime.now(UTC) - ago
        return began, began + timedelta(seconds=float(self._last_tick * GRID) + self._tick_s)

    def close(self) -> None:
        """The file is whole and on the disk."""
        try:
            self._out.close()
            self._file.flush()
            os.fsync(self._file.fileno())
        finally:
            with suppress(OSError):
                self._file.close()
