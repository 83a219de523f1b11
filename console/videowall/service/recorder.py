"""The recorder: what the wall shows is kept on demand, and what was kept is entered with its sum."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.rounds import Rounds
from console.core.whole_file import sync
from console.videowall.model import (
    CameraId,
    Cut,
    KeepingRule,
    Picture,
    Recorded,
    RecordFailed,
    Recording,
    RecordingId,
    RecordingState,
    WallNews,
    Why,
)
from console.videowall.service import recordings as acts
from console.videowall.service.film import length_s, sum_of
from console.videowall.store import recordings as store

LOOK_S = 2.0
SWEEP_S = 3600.0
PATIENCE_S = 2.0  # for the last recordings, when the console ends
log = logging.getLogger(__name__)


class RecordingWall(Protocol):
    """What the recorder needs of the wall."""

    def pictures(self) -> Mapping[str, Picture]: ...
    def record(self, tile: str, recording_id: str, file: Path, before_s: float = 60.0) -> None: ...
    def stop_record(self, recording_id: str) -> None: ...


class Recorder:
    """``begin`` and ``end`` from any thread; ``hear`` takes the wall's news.

    From ``start`` to ``stop`` a thread enters what has ended, ends what grows too long or eats the
    room of the store, and removes what has come to its term. The desk needs the disk more.
    """

    def __init__(self, database: Database, wall: RecordingWall, look_s: float = LOOK_S) -> None:
        self._database, self._wall = database, wall
        self._guard = threading.Lock()
        self._running: dict[RecordingId, Recording] = {}
        self._cuts: dict[RecordingId, Cut] = {}  # those that the recorder itself ended
        self._news: deque[Recorded | RecordFailed] = deque()
        self._swept_at: float | None = None
        self._rounds = Rounds("recordings", self._turn, look_s, first=self._first)

    def start(self) -> None:
        """The thread runs; what an earlier console left unfinished is entered as it is."""
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Nothing is recorded any more, and what was is entered, as far as the wall answers."""
        for one in self.running():
            self._cut(one, Cut.CONSOLE_ENDED)
        deadline = time.monotonic() + PATIENCE_S
        while self.running() and time.monotonic() < deadline:
            self._rounds.nudge()
            threading.Event().wait(0.02)
        self._rounds.stop(timeout_s)

    def running(self) -> tuple[Recording, ...]:
        """What is being recorded now."""
        with self._guard:
            return tuple(self._running.values())

    def of_camera(self, camera_id: str) -> Recording | None:
        """The recording of this camera that runs now."""
        return next((one for one in self.running() if one.camera_id == camera_id), None)

    def begin(
        self, actor: Actor, camera_id: CameraId, why: Why, call_id: str | None = None
    ) -> Recording:
        """The camera is recorded, with what was shown of it in the minute before. For any thread but
        the window's. Refused when no tile shows it."""
        shown = self._wall.pictures()
        tiles = [name for name, one in shown.items() if one.camera_id == camera_id]
        tile = max(tiles, key=lambda name: shown[name].shown, default=None)  # the longest past
        if tile is None:
            raise Refused("videowall.not_shown")
        one = acts.begin(self._database, actor, camera_id, why, call_id)
        with self._guard:
            self._running[one.id] = one
        try:
            self._wall.record(
                tile, one.id, acts.file_of(self._database, one), self._rule().before_s
            )
        except Refused:
            self._settle(RecordFailed(one.id, str(Cut.HIDDEN)))
            raise
        return one

    def end(self, actor: Actor, recording_id: RecordingId) -> None:
        """The recording ends; it is entered as soon as its file is whole."""
        acts.end(self._database, actor, recording_id)
        self._wall.stop_record(recording_id)

    def hear(self, news: WallNews) -> None:
        """What the wall tells; never waits."""
        if isinstance(news, Recorded | RecordFailed):
            self._news.append(news)
            self._rounds.nudge()

    def _first(self) -> None:
        self._take_up()
        self._turn()

    def _turn(self) -> None:
        while self._news:
            self._settle(self._news[0])  # what the store cannot take now comes again
            self._news.popleft()
        self._watch()
        now = time.monotonic()
        if self._swept_at is None or now - self._swept_at > SWEEP_S:
            self._swept_at = now
            acts.sweep(self._database, self._database.clock.now())

    def _rule(self) -> KeepingRule:
        with self._database.read() as connection:
            return acts.rule(connection, self._database.clock.now())

    def _watch(self) -> None:
        """What is too long ends, and all of it where the disk is running out of room."""
        running = self.running()
        if not running:
            return
        rule, now = self._rule(), self._database.clock.now()
        file = acts.file_of(self._database, running[0])
        full = shutil.disk_usage(file.parent).free < rule.free_bytes
        for one in running:
            if full:
                self._cut(one, Cut.DISK_FULL)
            elif (now - one.asked_at).total_seconds() > rule.most_s:
                self._cut(one, Cut.TOO_LONG)

    def _cut(self, one: Recording, cut: Cut) -> None:
        with self._guard:
            if one.id in self._cuts:
                return
            self._cuts[one.id] = cut
        self._wall.stop_record(one.id)

    def _settle(self, news: Recorded | RecordFailed) -> None:
        recording_id = RecordingId(news.recording_id)
        with self._guard:
            was, ours = self._running.get(recording_id), self._cuts.get(recording_id)
        if was is None:
            return
        cut = ours or _cut_of(news.cause)
        file = acts.file_of(self._database, was)
        if isinstance(news, Recorded):
            one = entered(replace(was, began_at=news.began_at, ended_at=news.ended_at), file, cut)
        else:
            one = entered(was, file, cut or Cut.CANNOT_WRITE)
        acts.settled(self._database, was, one)
        with self._guard:
            self._running.pop(recording_id, None)
            self._cuts.pop(recording_id, None)

    def _take_up(self) -> None:
        """What an earlier console was recording when it ended is entered with what its file holds."""
        with self._database.read() as connection:
            left = store.in_states(connection, [RecordingState.RUNNING])
        ours = {one.id for one in self.running()}
        for was in left:
            if was.id not in ours:
                file = acts.file_of(self._database, was)
                acts.settled(self._database, was, entered(was, file, Cut.CONSOLE_ENDED))


def entered(was: Recording, file: Path, cut: Cut | None) -> Recording:
    """The recording as its file bears it out: kept with size and sum, or failed without a film.

    Where nobody told the times, the film ended when its file was last written.
    """
    length = length_s(file)
    if length <= 0:
        with suppress(OSError):
            file.unlink(missing_ok=True)
        return replace(was, state=RecordingState.FAILED, cut=cut or Cut.NO_PICTURE)
    sync(file)
    with suppress(OSError):
        file.chmod(0o400)  # an original is not written again
    size, sha256 = sum_of(file)
    began, ended = was.began_at, was.ended_at
    if began is None or ended is None:
        ended = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        began = ended - timedelta(seconds=length)
    return replace(
        was, state=RecordingState.KEPT, began_at=began, ended_at=ended, cut=cut,
        size=size, sha256=sha256,
    )  # fmt: skip


def _cut_of(cause: str) -> Cut | None:
    if not cause:
        return None
    return Cut(cause) if cause in set(Cut) else Cut.STOPPED
