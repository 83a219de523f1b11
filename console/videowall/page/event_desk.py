"""Events bring their cameras up: which one has the reserved region, what of it runs, what is recorded."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.core.errors import ConsoleError
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import GATED, Question
from console.ui.style import Tone
from console.ui.words import say_refusal
from console.videowall import service
from console.videowall.model import (
    Camera,
    CameraId,
    Event,
    How,
    Phase,
    Picture,
    PopUpRule,
    PopUps,
    Start,
    Stream,
    film_address,
)
from console.videowall.page.box import TileBox
from console.videowall.page.coverage import CoverageWriter
from console.videowall.page.event_recorder import EventRecorder
from console.videowall.page.event_region import BACK_KEY, BEFORE_KEY, LIST_KEY, EventRegion
from console.videowall.page.event_words import before_words, event_title, list_line
from console.videowall.page.parts import PageParts
from console.videowall.page.recording_parts import RecordingParts

translate = QCoreApplication.translate
LOOK_MS = 250
HOLD_S = 10.0  # what came up stays so long before an equal one takes its place
AFTER_S = 5.0  # a film of what was before runs on so long after the event


@dataclass(frozen=True, slots=True)
class EventParts:
    """The surroundings of the wall and of the recordings; ``over`` is the window for questions,
    ``keys`` what is seen of it while an officer works: the keys count there."""

    wall: PageParts
    recordings: RecordingParts
    over: QWidget
    keys: QWidget


class EventDesk(QObject):
    """``put`` an event, ``over`` when it ended, ``send_back`` by key. UI thread.

    ``room_wanted(tiles)`` before its tiles are shown: the wall's own make room. ``changed`` when
    another event has the region, or none. ``brought`` keeps what came up since the start.
    """

    room_wanted = Signal(int)
    changed = Signal()

    def __init__(self, parts: EventParts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.queue = PopUps()
        self.hold_s = HOLD_S
        self._front_at = 0.0
        self._held = False  # an equal one waits for the front's time to be over
        self.region = EventRegion()
        self.brought: list[Event] = []
        self._rule: PopUpRule | None = None
        self._shown: set[str] = set()  # keys of the tiles that the player was told of
        self._room = 0
        self._film: tuple[Camera, float] | None = None  # and until when it runs
        self.writer = CoverageWriter(parts.wall, self, lambda _: How.EVENT)
        self.recorder = EventRecorder(parts.recordings, self._failed)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._bind(parts.keys)
        self.region.back_button.clicked.connect(self.send_back)
        self.region.list_button.clicked.connect(self.ask_list)
        self.region.before_button.clicked.connect(self.play_before)

    @property
    def room(self) -> int:
        """How many tiles of the wall's budget it takes now."""
        return self._room

    @property
    def seen(self) -> bool:
        """Whether the region is before an officer."""
        return self.region.isVisible() and not self.region.window().property(GATED)

    def put(self, event: Event, rule: PopUpRule) -> None:
        """The event brings its cameras, or waits behind one that is more urgent, or as urgent and
        only just there: pictures that change all the time are looked at by nobody."""
        self._rule, queue = rule, self.queue
        if queue.front is not None and not queue.chosen and self._is_new:
            queue, self._held = queue.held(), True
        self._turn(queue.put(event))

    def over(self, event_id: str) -> None:
        """The call or the alarm has ended: its cameras leave."""
        self._turn(self.queue.over(event_id))

    def send_back(self) -> None:
        """What the event brought leaves, and what stood there before is back."""
        if self.queue.front is not None:
            self._turn(self.queue.send_back())

    def bring(self, event_id: str) -> None:
        """This event has the region, by hand."""
        self._turn(self.queue.bring(event_id))

    def ask_list(self) -> None:
        """The officer sees every event that waits or was sent back, and may bring one."""
        waits, away = translate("PopUp", "waits"), translate("PopUp", "sent back")
        front = translate("PopUp", "shown")
        options = [
            Option(one.id, list_line(one, front if one is self.queue.front else waits))
            for one in self.queue.waiting
        ]
        options += [Option(one.id, list_line(one, away)) for one in self.queue.sent_back]
        if not options:
            self._say(translate("PopUp", "No event has brought cameras"), Tone.CALM)
            return
        question = Question(translate("PopUp", "Events"), "", translate("PopUp", "Bring up"))
        ChoiceSheet(self._parts.over, question, options, lambda value, _: self.bring(value))

    def play_before(self) -> None:
        """What the nearest camera showed before the event plays beside the living picture; or ends."""
        if self._film is not None:
            self._end_film()
            return
        camera, event = self._measured(), self.queue.front
        one = self.recorder.of(camera.id) if camera is not None else None
        if camera is None or one is None or event is None:
            return
        parts = self._parts.recordings
        database, actor = parts.database, parts.actor()
        reason = translate("PopUp", "Event: {what}").format(what=event_title(event))

        def opened(back: service.LookBack) -> None:
            if self.queue.front is event:
                self._begin_film(camera, back)

        parts.background.act(
            lambda: service.look_back(database, actor, one.id, reason), opened, self._failed, self
        )

    def again(self) -> None:
        """The region stands elsewhere, or may be seen no more."""
        self._order()

    def stop(self) -> None:
        """Nothing is shown; what was recorded is kept by its recorder."""
        self._timer.stop()
        self.writer.end()
        for key in tuple(self._shown):
            self._hide(key)

    @property
    def _is_new(self) -> bool:
        return time.monotonic() - self._front_at < self.hold_s

    def _bind(self, on: QWidget) -> None:
        for key, work in (
            (BACK_KEY, self.send_back),
            (LIST_KEY, self.ask_list),
            (BEFORE_KEY, self.play_before),
        ):
            QShortcut(QKeySequence(key), on).activated.connect(work)

    def _turn(self, queue: PopUps) -> None:
        if queue == self.queue:
            return
        was, self.queue = self.queue.front, queue
        front = queue.front
        if was is not None and (front is None or front.id != was.id):
            self._end_film()
            self.recorder.end()
        if front is not None and (was is None or front.id != was.id):
            self._front_at = time.monotonic()
            self.brought.append(front)
        self.region.show_event(front, len(queue.waiting) - 1)
        if front is None:
            self._timer.stop()
            self.writer.end()
        else:
            self._timer.start()
        self._order()
        self._look()
        self.changed.emit()

    def _order(self) -> None:
        """The player is told what is wanted: what is seen, and what is recorded unseen."""
        wanted: list[TileBox] = []
        if self.queue.front is not None and (self.region.isVisible() or self._keeps):
            wanted = list(self.region.shown_boxes)
        for key in self._shown - {box.key for box in wanted}:
            self._hide(key)
        if len(wanted) != self._room:
            self._room = len(wanted)
            self.room_wanted.emit(self._room)
        for box in wanted:
            self._show(box)

    @property
    def _keeps(self) -> bool:
        """Whether what is in front is recorded, seen or not."""
        event, rule = self.queue.front, self._rule
        return event is not None and rule is not None and self.recorder.wanted(event, rule)

    def _show(self, box: TileBox) -> None:
        assert box.camera is not None
        try:
            self._parts.wall.wall.show(box.key, box.camera, box.tile.window_number, Stream.SUB)
            self._shown.add(box.key)
            box.aside = ("", "")
        except ConsoleError as refused:
            box.aside = (say_refusal(refused), "")

    def _hide(self, key: str) -> None:
        self._shown.discard(key)
        self._parts.wall.wall.hide(key)

    def _look(self) -> None:
        """Tiles and keys say how it stands; what plays is recorded; who looks stands in the log."""
        if self._held and not self._is_new:
            self._held = False
            self._turn(self.queue.released())
            return
        event = self.queue.front
        if event is None or self._rule is None:
            return
        self._order()
        wall = self._parts.wall.wall
        pictures = {key: wall.picture(key) for key in self._shown}
        self.region.show_pictures(pictures)
        self._follow_film(pictures)
        living = [
            box.camera
            for box in self.region.shown_boxes
            if box is not self.region.film and box.camera is not None and _plays(pictures, box.key)
        ]
        self.recorder.keep(event, self._rule, living)
        for camera in living:
            self.recorder.measure(camera.id)
        self._tell_before()
        if self.seen:
            self.writer.see({camera.id for camera in living})

    def _measured(self) -> Camera | None:
        """The nearest camera of which there is something from before."""
        event = self.queue.front
        for sight in event.sights if event is not None else ():
            if self.recorder.before_s.get(sight.camera.id, 0.0) >= 1:
                return sight.camera
        return None

    def _tell_before(self) -> None:
        camera, button = self._measured(), self.region.before_button
        seconds = self.recorder.before_s.get(camera.id, 0.0) if camera is not None else 0.0
        words = translate("PopUp", "End playback") if self._film else before_words(seconds)
        button.setVisible(camera is not None or self._film is not None)
        if words != button.text():
            button.setText(words)

    def _begin_film(self, camera: Camera, back: service.LookBack) -> None:
        start = Start(0.0, time.time())
        film = Camera(
            CameraId(f"before-{camera.id}"),
            camera.number,
            translate("PopUp", "Before · {camera}").format(camera=camera.number),
            0.0,
            0.0,
            film_address(back.file.as_posix(), start),
            mask=back.mask,
        )
        self._film = (film, time.monotonic() + back.before_s + AFTER_S)
        self.region.film.hold(film)
        self.region.play_film(True)
        self._look()

    def _follow_film(self, pictures: dict[str, Picture]) -> None:
        if self._film is not None and time.monotonic() > self._film[1]:
            self._end_film()

    def _end_film(self) -> None:
        if self._film is not None:
            self._film = None
            self.region.play_film(False)
            self._order()
            self._tell_before()

    def _say(self, words: str, tone: Tone) -> None:
        self._parts.wall.say(words, tone)

    def _failed(self, error: Exception) -> None:
        self._say(say_refusal(error), Tone.LATE)


def _plays(pictures: dict[str, Picture], key: str) -> bool:
    return pictures.get(key, Picture()).phase is Phase.PLAYING
