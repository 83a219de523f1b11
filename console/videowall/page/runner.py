"""What changes the wall by itself: a tour on one tile, or the patrol by tiers on all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from console.videowall import service
from console.videowall.model import (
    EMPTY,
    Arrangement,
    Camera,
    CameraId,
    Due,
    How,
    Rounds,
    Tour,
    next_round,
    placed,
    stop_at,
)
from console.videowall.page.parts import PageParts

translate = QCoreApplication.translate
TICK_MS = 250


class Runner(QObject):
    """``start_tour`` and ``start_patrol`` begin, ``stop`` ends; ``wants(arrangement)`` at each step.

    A tour leaves the other tiles as they are; patrol fills all of them, who waits longest first.
    """

    wants = Signal(object)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, parts: PageParts, parent: QObject, now: Callable[[], Arrangement]) -> None:
        super().__init__(parent)
        self._parts, self._now = parts, now
        self.tour: Tour | None = None
        self.patrol: Rounds | None = None
        self._at = 0  # the tour's tile
        self._begun = self._stepped = 0.0
        self._tried: dict[CameraId, datetime] = {}
        self._ours: set[CameraId] = set()
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def runs(self) -> bool:
        """Whether the wall changes by itself."""
        return self.tour is not None or self.patrol is not None

    @property
    def words(self) -> str:
        """What runs, and when its next step is; empty while nothing does."""
        if self.tour is not None:
            return translate("Wall", "Tour “{name}” · next in {n} s").format(
                name=self.tour.name, n=round(self.left_s())
            )
        if self.patrol is not None:
            return translate("Wall", "Tier patrol · next in {n} s").format(n=round(self.left_s()))
        return ""

    def how(self, camera_id: CameraId) -> How:
        """How this camera came onto the wall."""
        if camera_id not in self._ours:
            return How.CHOSEN
        return How.TOUR if self.tour is not None else How.PATROL

    def left_s(self) -> float:
        """How long the camera that is shown stays still."""
        gone = time.monotonic() - self._begun
        if self.tour is not None:
            return stop_at(self.tour, gone)[1]
        if self.patrol is not None:
            return max(0.0, self._stepped + self.patrol.dwell_s - time.monotonic())
        return 0.0

    def start_tour(self, tour: Tour, at: int) -> None:
        """The tour runs on this tile, from its first stop on."""
        self.stop()
        self.tour, self._at = tour, at
        self._begin()

    def start_patrol(self, rounds: Rounds) -> None:
        """The tiles show, one round after another, the cameras that wait longest."""
        self.stop()
        self.patrol, self._stepped = rounds, 0.0
        self._tried.clear()
        self._begin()

    def stop(self) -> None:
        """The wall stays as it is."""
        if self.runs:
            self.tour = self.patrol = None
            self._timer.stop()
            self._ours.clear()
            self.changed.emit()

    def pause(self, paused: bool) -> None:
        """Nobody looks: no step is made until somebody does."""
        if paused:
            self._timer.stop()
        elif self.runs:
            self._timer.start()

    def _begin(self) -> None:
        self._begun = time.monotonic()
        self._timer.start()
        self._tick()
        self.changed.emit()

    def _tick(self) -> None:
        if self.tour is not None:
            self._step_tour(self.tour)
        elif self.patrol is not None:
            due = time.monotonic() - self._stepped >= self.patrol.dwell_s
            if due and not self._asking:
                self._ask_round()
        self.changed.emit()

    def _step_tour(self, tour: Tour) -> None:
        made = self._now()
        at = min(self._at, len(made.cameras) - 1)
        camera_id = tour.stops[stop_at(tour, time.monotonic() - self._begun)[0]].camera_id
        if made.cameras[at] != camera_id:
            self._ours = {camera_id}
            self.wants.emit(placed(made, at, camera_id))

    def _ask_round(self) -> None:
        database = self._parts.database
        self._asking = True

        def read() -> list[Due]:
            with database.read() as connection:
                return service.waiting(connection, datetime.now(UTC))

        def failed(error: Exception) -> None:
            self._asking = False
            self._stepped = time.monotonic()
            self.failed.emit(error)

        self._parts.background.ask(read, self._take_round, failed, self)

    def _take_round(self, waiting: Sequence[Due]) -> None:
        self._asking = False
        if self.patrol is None:
            return
        self._stepped = time.monotonic()
        made = self._now()
        chosen = next_round(waiting, self._tried, self.patrol, len(made.spots))
        now = datetime.now(UTC)
        self._tried.update({one.id: now for one in chosen})
        self._ours = {one.id for one in chosen}
        self.wants.emit(filled(made, chosen))


def filled(made: Arrangement, cameras: Sequence[Camera]) -> Arrangement:
    """These cameras on the tiles; one that is on the wall already stays on its tile."""
    wanted = [one.id for one in cameras]
    places = [one if one in wanted else EMPTY for one in made.cameras]
    rest = [one for one in wanted if one not in places]
    for at, one in enumerate(places):
        if not one and rest:
            places[at] = rest.pop(0)
    return replace(made, cameras=tuple(places))
