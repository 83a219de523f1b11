"""Keeps what an event brought: each camera from the minute before on, as long as it is in front."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime

from console.core.actor import SYSTEM
from console.videowall import service
from console.videowall.model import Camera, CameraId, Event, PopUpRule, Recording
from console.videowall.page.recording_parts import RecordingParts

AGAIN_S = 5.0  # after one that could not begin
MEASURED_S = 0.5  # apart


class EventRecorder:
    """``keep`` at each look while the event is in front, ``end`` when it steps back. UI thread."""

    def __init__(self, parts: RecordingParts, failed: Callable[[Exception], None]) -> None:
        self._parts, self._failed = parts, failed
        self._ours: dict[CameraId, Recording] = {}
        self._asked: dict[CameraId, float] = {}
        self._event = ""
        self._begun: datetime | None = None
        self._measured_at = 0.0
        self.before_s: dict[CameraId, float] = {}

    def of(self, camera_id: CameraId) -> Recording | None:
        """The running recording of this camera that the event began."""
        one = self._ours.get(camera_id)
        running = self._parts.recorder.of_camera(camera_id)
        return one if one is not None and running is not None and running.id == one.id else None

    def keep(self, event: Event, rule: PopUpRule, playing: Iterable[Camera]) -> None:
        """These cameras' living pictures are there: each is being recorded, by the rule."""
        now = self._parts.clock.now()
        if event.id != self._event:
            self.end()
            self._event, self._begun = event.id, now
        if not self.wanted(event, rule):
            self._end_all()
            return
        for camera in playing:
            asked = time.monotonic() - self._asked.get(camera.id, -AGAIN_S) < AGAIN_S
            if not asked and self._parts.recorder.of_camera(camera.id) is None:
                self._begin(event, camera)

    def wanted(self, event: Event, rule: PopUpRule) -> bool:
        """Whether the event is to be recorded now, whoever looks."""
        now = self._parts.clock.now()
        begun = self._begun if event.id == self._event and self._begun is not None else now
        return rule.still_records(begun, now)

    def end(self) -> None:
        """The event is in front no longer: its recordings end and are kept."""
        self._end_all()
        self._event, self._begun = "", None
        self._asked.clear()

    def _begin(self, event: Event, camera: Camera) -> None:
        parts, wanted = self._parts, event.id
        self._asked[camera.id] = time.monotonic()

        def begun(one: Recording) -> None:
            if self._event == wanted:
                self._ours[camera.id] = one
            else:
                self._end(one)

        parts.background.act(
            lambda: parts.recorder.begin(SYSTEM, camera.id, event.why, event.call_id),
            begun,
            self._failed,
        )

    def _end_all(self) -> None:
        for one in self._ours.values():
            self._end(one)
        self._ours.clear()
        self.before_s.clear()

    def _end(self, one: Recording) -> None:
        recorder = self._parts.recorder
        running = recorder.of_camera(one.camera_id)
        if running is not None and running.id == one.id:
            self._parts.background.act(
                lambda: recorder.end(SYSTEM, one.id), None, lambda _: None
            )  # one that ended by itself meanwhile is ended all the same

    def measure(self, camera_id: CameraId) -> None:
        """How much the running recording holds of what was before is read, soon."""
        one, database, now = self.of(camera_id), self._parts.database, time.monotonic()
        if one is None or camera_id in self.before_s or now - self._measured_at < MEASURED_S:
            return
        self._measured_at = now

        def measured(seconds: float | None) -> None:
            if seconds is not None and self._ours.get(camera_id) is one:
                self.before_s[camera_id] = seconds

        self._parts.background.ask(lambda: service.before_s(database, one.id), measured)
