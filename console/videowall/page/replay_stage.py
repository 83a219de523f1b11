"""Up to four recordings seen together, at one moment of the clock, beside the call's timeline."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.core.errors import ConsoleError
from console.ui.keycap import KeyButton
from console.ui.moments import clock_text
from console.ui.panel import Panel, label
from console.ui.style import px
from console.videowall.model import (
    MOST_TOGETHER,
    RATES,
    Camera,
    CameraId,
    Course,
    Recording,
    Replay,
    Start,
    Stream,
    film_address,
)
from console.videowall.page.recording_parts import Opened, ReplayWall
from console.videowall.page.replay_bar import ReplayBar
from console.videowall.page.replay_tile import ReplayTile
from console.videowall.page.replay_words import missing_words, paused_words

translate = QCoreApplication.translate
LOOK_MS = 200
AHEAD_S = 0.4  # the players are told before: so long they take to open a film
STEP_S, FAR_S = 5.0, 30.0
BEFORE_LINE_S = 3.0
TIMELINE_PX = 240
LEAST_PX = (240, 135)  # of a tile


class ReplayStage(Panel):
    """``open_films`` begins, ``close_films`` ends. A hidden stage stands still and takes nothing in."""

    failed = Signal(object)

    def __init__(self, wall: ReplayWall) -> None:
        super().__init__(translate("Recordings", "Replay"))
        self._wall = wall
        self._replay: Replay | None = None
        self._opened: Opened | None = None
        self._course: Course | None = None
        self._on: set[int] = set()
        self.tiles = tuple(ReplayTile() for _ in range(MOST_TOGETHER))
        self.names = tuple(label("", "caption") for _ in range(MOST_TOGETHER))
        self.bar = ReplayBar()
        self.bar.asked.connect(self.go_to)
        self.clock = label("–", "figure")
        self.timeline = QListWidget()
        self.timeline.setFrameShape(QListWidget.Shape.NoFrame)
        self.timeline.setAccessibleName(translate("Recordings", "The call's timeline"))
        self.timeline.itemActivated.connect(self._on_line)
        self.story_title = label("", "title", wrap=True)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._arrange(0)
        self._allow()

    @property
    def replay(self) -> Replay | None:
        """What is replayed, and from when to when; None while nothing is."""
        return self._replay

    @property
    def moment(self) -> datetime | None:
        """The moment that is shown now."""
        return None if self._course is None else self._course.at(time.monotonic())

    @property
    def running(self) -> bool:
        """Whether the replay goes on by itself."""
        return self._course is not None and self._course.running

    @property
    def films(self) -> tuple[Recording, ...]:
        """What is replayed."""
        return self._replay.films if self._replay is not None else ()

    def open_films(self, opened: Opened) -> None:
        """These films run together, from the call's first line that has a picture."""
        self.close_films()
        self._replay, self._opened = Replay.of(opened.films), opened
        self._arrange(len(opened.films))
        self._show_story()
        self.bar.show_replay(self._replay, opened.story)
        self._timer.start()
        self.go_to(self._replay.best_begin(opened.story))
        self._allow()

    def close_films(self) -> None:
        """Nothing is replayed."""
        self._timer.stop()
        self._darken()
        self._replay = self._course = self._opened = None
        self.clock.setText("–")
        self.bar.show_replay(None, None)
        self.bar.show_moment(None)
        self._show_story()
        self._arrange(0)
        self._allow()

    def go_to(self, moment: datetime) -> None:
        """The films go on from this moment."""
        replay = self._replay
        if replay is None:
            return
        rate = self._course.rate if self._course is not None else RATES[0]
        self._darken()
        begun = time.monotonic() + AHEAD_S
        self._course = Course(replay.within(moment), begun, rate)
        self._look()
        self._allow()

    def toggle(self) -> None:
        """The replay stands, or goes on."""
        course, now = self._course, time.monotonic()
        if course is None:
            return
        if course.running:
            self._course = replace(course, moment=course.at(now), since_s=now, running=False)
            self._darken()
            self._look()
        else:
            self.go_to(course.moment)
        self._allow()

    def step(self, seconds: float) -> None:
        """So many seconds on, or back."""
        moment = self.moment
        if moment is not None:
            self.go_to(moment + timedelta(seconds=seconds))

    def change_rate(self) -> None:
        """The next of the speeds."""
        course, moment = self._course, self.moment
        if course is None or moment is None:
            return
        rate = RATES[(RATES.index(course.rate) + 1) % len(RATES)]
        self._course = replace(course, rate=rate)
        self.go_to(moment)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.running:
            self.toggle()

    def _build(self) -> None:
        self.play_button = KeyButton(translate("Recordings", "Pause"), "Space", "primary")
        self.back_button = KeyButton(translate("Recordings", "Back 5 s"), "Left")
        self.on_button = KeyButton(translate("Recordings", "On 5 s"), "Right")
        self.rate_button = KeyButton("1×", "V")
        self.stop_button = KeyButton(translate("Recordings", "Close"), "Escape")
        self.play_button.clicked.connect(self.toggle)
        self.back_button.clicked.connect(lambda: self.step(-STEP_S))
        self.on_button.clicked.connect(lambda: self.step(STEP_S))
        self.rate_button.clicked.connect(self.change_rate)
        self.stop_button.clicked.connect(self.close_films)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.clock)
        row.addStretch(1)
        for button in (self.back_button, self.play_button, self.on_button, self.rate_button):
            row.addWidget(button)
        self.add_action(self.stop_button)
        self.grid = QGridLayout()
        self.grid.setSpacing(px(4))
        left = QVBoxLayout()
        left.setSpacing(px(6))
        left.addLayout(self.grid, 1)
        left.addWidget(self.bar)
        left.addLayout(row)
        self._side = QWidget()
        self._side.setFixedWidth(px(TIMELINE_PX))
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.story_title)
        right.addWidget(self.timeline, 1)
        across = QHBoxLayout()
        across.setContentsMargins(8, 8, 8, 8)
        across.setSpacing(px(8))
        across.addLayout(left, 1)
        across.addWidget(self._side)
        self.body.addLayout(across, 1)

    def _arrange(self, count: int) -> None:
        """So many tiles, in one or two columns; one without a film says what to do."""
        while (item := self.grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
        for at in range(max(1, count)):
            self.tiles[at].setMinimumSize(px(LEAST_PX[0]), px(LEAST_PX[1]))
            row, column = (at // 2, at % 2) if count > 1 else (0, 0)
            for part, place in ((self.names[at], 2 * row), (self.tiles[at], 2 * row + 1)):
                self.grid.addWidget(part, place, column)
                part.show()
        for row in (1, 3):
            self.grid.setRowStretch(row, 1 if row == 1 or count > 2 else 0)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1 if count > 1 else 0)
        for at, one in enumerate(self.films):
            self.tiles[at].forget()
            self.names[at].setText(f"{one.camera_number} {one.camera_name}")
        if count == 0:
            self.names[0].setText("")
            title = translate("Recordings", "Nothing is replayed")
            advice = translate("Recordings", "Mark up to four recordings with M, then press Enter.")
            self.tiles[0].show_words(title, advice)

    def _show_story(self) -> None:
        story = self._opened.story if self._opened is not None else None
        self._side.setVisible(story is not None)
        self.story_title.setText(story.title if story is not None else "")
        self.timeline.clear()
        for line in story.moments if story is not None else ():
            item = QListWidgetItem(f"{clock_text(line.at)}  {line.words}")
            item.setData(Qt.ItemDataRole.UserRole, line.at)
            self.timeline.addItem(item)

    def _on_line(self, item: QListWidgetItem) -> None:
        self.go_to(item.data(Qt.ItemDataRole.UserRole) - timedelta(seconds=BEFORE_LINE_S))

    def _look(self) -> None:
        """Each tile shows its film's picture of this moment, or says that there is none."""
        replay, course = self._replay, self._course
        if replay is None or course is None:
            return
        moment = replay.within(course.at(time.monotonic()))
        if course.running and moment >= replay.ends:
            self._course = replace(course, moment=replay.ends, running=False)
            self._darken()
            self._allow()
        for at, position in enumerate(replay.positions(moment)):
            self._show_tile(at, position)
        self.clock.setText(clock_text(moment))
        self.bar.show_moment(moment)
        self._mark_line(moment)

    def _show_tile(self, at: int, position: float | None) -> None:
        running = self.running
        if position is None or not running:
            if at in self._on:
                self._on.discard(at)
                self._wall.hide(_name(at))
            words = missing_words() if position is None else paused_words()
            self.tiles[at].show_words(*words, kept=position is not None)
            return
        if at not in self._on:
            self._begin_tile(at)
        self.tiles[at].show_picture(self._wall.picture(_name(at)))

    def _begin_tile(self, at: int) -> None:
        course, opened = self._course, self._opened
        assert course is not None and opened is not None
        one, mask = opened.films[at], opened.masks[at]
        assert one.began_at is not None
        position = (course.moment - one.began_at).total_seconds()
        due = time.time() + course.since_s - time.monotonic()
        if position < 0:  # its first picture comes later
            due, position = due - position / course.rate, 0.0
        address = film_address(opened.files[at].as_posix(), Start(position, due, course.rate))
        name = one.camera_name
        shown = Camera(CameraId(one.id), one.camera_number, name, 0.0, 0.0, address, mask=mask)
        self._on.add(at)
        self.tiles[at].cover(mask)
        try:
            self._wall.show(_name(at), shown, self.tiles[at].window_number, Stream.MAIN)
        except ConsoleError as refused:
            self.failed.emit(refused)
            self.close_films()

    def _darken(self) -> None:
        """No film runs; the last pictures stay in grey."""
        for at in self._on:
            self.tiles[at].keep_now()
            self._wall.hide(_name(at))
        self._on.clear()

    def _mark_line(self, moment: datetime) -> None:
        story = self._opened.story if self._opened is not None else None
        if story is None:
            return
        passed = [at for at, line in enumerate(story.moments) if line.at <= moment]
        row = passed[-1] if passed else -1
        if not self.timeline.hasFocus() and row != self.timeline.currentRow():
            self.timeline.setCurrentRow(row)

    def _allow(self) -> None:
        there = self._course is not None
        for button in (
            self.play_button, self.back_button, self.on_button, self.rate_button, self.stop_button
        ):  # fmt: skip
            button.setEnabled(there)
        words = (
            translate("Recordings", "Pause") if self.running else translate("Recordings", "Go on")
        )
        self.play_button.setText(words)
        self.rate_button.setText(f"{self._course.rate if self._course else 1:g}×")
        self.set_title(
            translate("Recordings", "Replay"),
            translate("Recordings", "{n} films by one clock").format(n=len(self.films))
            if len(self.films) > 1
            else "",
        )


def _name(at: int) -> str:
    return f"replay-{at + 1}"
