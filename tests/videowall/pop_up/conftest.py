"""Events before a wall whose pictures stand as the test says, with a recorder that enters what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.core.reference import shipped
from console.core.words import Words
from console.ui.background import Background
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall import service
from console.videowall.model import Camera, Event, Phase, Picture, PopUpRule, Sight, Why
from console.videowall.page import EventDesk, EventParts, PageParts, RecordingParts
from console.videowall.service.recorder import Recorder
from tests.conftest import HandClock
from tests.videowall import hand_wall
from tests.videowall.conftest import camera
from tests.videowall.recorded import NEVER_S

MANY = 6


class HandWall(hand_wall.HandWall):
    """The same for a recorder."""

    def __init__(self, most: int = 16) -> None:
        super().__init__(most)
        self.recorded: dict[str, tuple[str, Path]] = {}
        self.stopped: list[str] = []

    def pictures(self) -> Mapping[str, Picture]:
        return dict(self._pictures)

    def record(self, tile: str, recording_id: str, file: Path, before_s: float = 60.0) -> None:
        self.recorded[recording_id] = (tile, file)

    def stop_record(self, recording_id: str) -> None:
        self.stopped.append(recording_id)

    def lives(self) -> None:
        """Every picture that is wanted is a living one."""
        self.tell(phase=Phase.PLAYING, shown=9, age_s=0.1)


@dataclass
class Place:
    """A window with a field that has the keyboard, the events, and what stands around them."""

    window: QWidget
    typed: QLineEdit
    desk: EventDesk
    hand: HandWall
    recorder: Recorder
    cameras: list[Camera]
    rule: PopUpRule
    clock: HandClock
    told: list[str] = field(default_factory=list)

    def event(self, ref: str, priority: int = 2, cameras: tuple[int, ...] = (0, 1, 2)) -> Event:
        """A call whose place these cameras show; each is newer than the one before."""
        self.clock.pass_(1)
        sights = tuple(Sight(self.cameras[n], 30.0 * (n + 1), n != 1) for n in cameras)
        words = Words(ref, ref)
        return Event(Why.CALL, ref, words, "人民路", priority, self.clock.now(), sights)

    def put(self, event: Event) -> None:
        self.desk.put(event, self.rule)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


@pytest.fixture
def hand() -> HandWall:
    return HandWall()


@pytest.fixture
def make_place(
    database: Database,
    officer: Actor,
    background: Background,
    hand: HandWall,
    clock: HandClock,
    qtbot: QtBot,
) -> Iterator[Callable[[], Place]]:
    made: list[EventDesk] = []

    def make() -> Place:
        cameras = [
            service.add_camera(database, officer, camera(number=f"SX{number:03}"))
            for number in range(1, MANY + 1)
        ]
        told: list[str] = []

        def say(words: str, _: object) -> None:
            told.append(words)

        recorder = Recorder(database, hand, NEVER_S)
        wall = PageParts(database, hand, background, lambda: officer, say, lambda _: None)
        films = RecordingParts(
            database, hand, recorder, background, clock, lambda: officer, say, lambda _: None
        )
        window, typed = QWidget(), QLineEdit()
        desk = EventDesk(EventParts(wall, films, window, window), window)
        desk.hold_s = 0.0
        made.append(desk)
        row = QHBoxLayout(window)
        row.addWidget(typed)
        row.addWidget(desk.region)
        qtbot.addWidget(window)
        window.resize(1300, 700)
        window.show()
        window.activateWindow()
        typed.setFocus()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window and typed.hasFocus())
        rule = PopUpRule.of(shipped("pop_ups"))
        return Place(window, typed, desk, hand, recorder, cameras, rule, clock, told)

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def place(make_place: Callable[[], Place]) -> Place:
    return make_place()


LATER = timedelta(minutes=11)
