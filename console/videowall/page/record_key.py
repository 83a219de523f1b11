"""The key that records what is shown, and ends that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from console.ui.keycap import KeyButton
from console.ui.moments import span_text
from console.ui.style import Tone
from console.videowall.model import Camera, Why
from console.videowall.page.recording_parts import RecordingParts

translate = QCoreApplication.translate
LOOK_MS = 500


class RecordKey(KeyButton):
    """Records the camera that ``camera`` tells of, with the minute before; pressed again it ends.

    It says how long that has been going on.
    """

    failed = Signal(object)

    def __init__(self, parts: RecordingParts, camera: Callable[[], Camera | None]) -> None:
        super().__init__(translate("Recordings", "Record"), "R")
        self._parts, self._camera = parts, camera
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.clicked.connect(self._on_click)
        self.look()

    def look(self) -> None:
        """The key says what it would do now."""
        camera = self._camera()
        one = self._parts.recorder.of_camera(camera.id) if camera is not None else None
        self.setEnabled(camera is not None and not self._asked)
        words = translate("Recordings", "Record")
        if one is not None:
            since = (self._parts.clock.now() - one.asked_at).total_seconds()
            words = translate("Recordings", "End recording {time}").format(time=span_text(since))
        if words != self.text():
            self.setText(words)
            self.set_kind("danger" if one is not None else "plain")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_click(self) -> None:
        camera, parts = self._camera(), self._parts
        if camera is None:
            return
        actor, recorder = parts.actor(), parts.recorder
        one = recorder.of_camera(camera.id)

        def work() -> str:
            if one is not None:
                recorder.end(actor, one.id)
                return translate("Recordings", "Recording ended: {camera}")
            recorder.begin(actor, camera.id, Why.DEMAND)
            return translate("Recordings", "Recording {camera}, with the minute before")

        self._asked = True
        self.look()
        parts.background.act(work, lambda told: self._on_done(told, camera), self._on_failed, self)

    def _on_done(self, told: str, camera: Camera) -> None:
        self._asked = False
        self._parts.say(told.format(camera=f"{camera.number} {camera.name}"), Tone.CALM)
        self.look()

    def _on_failed(self, error: Exception) -> None:
        self._asked = False
        self.look()
        self.failed.emit(error)
