"""The road to the city on the links page: how it stands, what waits, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Unavailable
from console.core.outbox import Lane
from console.sync import service
from console.sync.model import RoadState
from console.sync.page.words import lane_name
from console.ui.background import Background
from console.ui.dialogs import Question, ask_reason
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.moments import age_text, clock_text, moment_text
from console.ui.panel import Notice, Panel, label
from console.ui.style import Tone
from console.ui.words import say_refusal

translate = QCoreApplication.translate
LOOK_MS = 1000


def road_face(state: RoadState) -> LampFace:
    """The road's lamp: its shape and word say the same as its colour."""
    if not state.configured:
        return LampFace(Shape.DASH, Tone.QUIET, translate("Road", "No city set"))
    if state.alarm is not None:
        return LampFace(Shape.SQUARE, Tone.ALARM, translate("Road", "City alarm"))
    if not state.up and state.trouble == "sync.not_yet":
        return LampFace(Shape.RING, Tone.CALM, translate("Road", "Connecting"))
    if not state.up:
        return LampFace(Shape.CROSS, Tone.ALARM, translate("Road", "City away"))
    if state.set_aside or state.quarantined:
        return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Road", "City, something set aside"))
    if state.pending:
        return LampFace(Shape.HALF, Tone.ACCENT, translate("Road", "City, sending"))
    return LampFace(Shape.DOT, Tone.CALM, translate("Road", "City in touch"))


def since_text(state: RoadState, now: datetime) -> str:
    """Since when the road is as it is, and what is the matter."""
    at, age = moment_text(state.since, now), age_text((now - state.since).total_seconds())
    if state.up:
        return translate("Road", "In touch since {time} ({age})").format(time=at, age=age)
    return translate("Road", "Away since {time} ({age})").format(time=at, age=age)


class RoadPanel(QWidget):
    """Shows the road; ``show_state`` is to be called at every ``RoadChanged``, in the UI thread.

    ``aside_wished``: the officer wants to see what was kept aside.
    """

    aside_wished = Signal()

    def __init__(
        self,
        road: service.Road,
        database: Database,
        background: Background,
        actor: Callable[[], Actor],
    ) -> None:
        super().__init__()
        self._road = road
        self._database = database
        self._background = background
        self._actor = actor
        self._stopped: tuple[int, ...] = ()
        self.lamp = Lamp()
        self.since = label("", "soft")
        self.contact = label("", "caption")
        self.waiting = label("", "title")
        self.clean = label(translate("Road", "nothing kept aside"), "caption")
        self.clean.hide()
        self.lanes = [label("", "caption") for _ in range(4)]
        self.notice = Notice()
        self.answer = Notice()  # what came of letting a lane go on
        self.try_now = KeyButton(translate("Road", "Try now"), "", "plain")
        self.try_now.clicked.connect(road.try_now)
        self.aside = KeyButton("", "", "plain")
        self.aside.clicked.connect(self.aside_wished)
        self.resume = KeyButton(translate("Road", "Let it send again …"), "", "danger")
        self.resume.clicked.connect(self._ask_resume)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(lambda: self.show_state(road.snapshot()))
        self._timer.start()
        self.show_state(road.snapshot())

    def show_state(self, state: RoadState) -> None:
        """The panel shows this state."""
        now = datetime.now(UTC)
        self.lamp.show_face(road_face(state))
        self.since.setText(since_text(state, now) if state.configured else "")
        self.contact.setText(
            translate("Road", "Last contact {contact} · last acknowledged {ack}").format(
                contact=clock_text(state.last_contact_at), ack=clock_text(state.last_ack_at)
            )
        )
        oldest = age_text(state.oldest_age_s(now))
        self.waiting.setText(
            translate("Road", "{count} waiting, the oldest for {age}").format(
                count=state.pending, age=oldest
            )
            if state.pending
            else translate("Road", "Nothing waits to be sent")
        )
        for lane, words in zip(state.lanes, self.lanes, strict=False):
            count = translate("Road", "stopped") if lane.stopped else str(lane.pending)
            words.setText(f"{lane_name(lane.lane)}  {count}")
        code = state.alarm or (None if state.up else state.trouble)
        tone = "alarm" if state.alarm else "late"
        self.notice.say(say_refusal(Unavailable(code)) if code else "", tone)
        self._stopped = state.stopped
        self.resume.setVisible(bool(state.stopped))
        kept = state.set_aside + state.quarantined
        self.aside.setText(translate("Road", "{n} kept aside: show (Ctrl+3)").format(n=kept))
        self.aside.setVisible(kept > 0)
        self.clean.setVisible(kept == 0)

    def _lay_out(self) -> None:
        head = Panel(translate("Road", "Road to the city"), margin=10)
        head.add_action(self.try_now)
        first = QHBoxLayout()
        for part in (self.lamp, self.since):
            first.addWidget(part)
        first.addStretch(1)
        first.addWidget(self.contact)
        second = QHBoxLayout()
        second.addWidget(self.waiting)
        second.addSpacing(16)
        second.addWidget(self.clean)
        second.addWidget(self.aside)
        second.addWidget(self.resume)
        second.addStretch(1)
        for words in self.lanes:
            second.addSpacing(16)
            second.addWidget(words)
        head.body.addLayout(first)
        head.body.addLayout(second)
        head.body.addWidget(self.notice)
        head.body.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(head)

    def _ask_resume(self) -> None:
        names = translate("Road", ", ").join(lane_name(lane) for lane in self._stopped)
        question = Question(
            translate("Road", "Let it send again?"),
            translate(
                "Road",
                "{lanes}: the city's copy and ours did not agree. Go on only when the city has mended "
                "its side. The reason is recorded.",
            ).format(lanes=names),
            translate("Road", "Send again"),
            danger=True,
        )
        stopped = self._stopped
        ask_reason(self, question, lambda why: self._resume(stopped, why))

    def _resume(self, lanes: tuple[int, ...], why: str) -> None:
        actor, database = self._actor(), self._database

        def work() -> None:
            for lane in lanes:
                service.resume_lane(database, actor, Lane(lane), why)

        def done(_: object) -> None:
            self.answer.say("")
            self._road.try_now()

        def failed(error: Exception) -> None:
            self.answer.say(say_refusal(error), "late")

        self._background.act(work, done, failed, self)
