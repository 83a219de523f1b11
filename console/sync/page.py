"""The road to the city on the links page: how it stands, what waits, what was kept aside."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.sync import service
from console.sync.model import Quarantined, RoadState, SetAside
from console.sync.model.kind import kind_words
from console.ui.background import Background
from console.ui.dialogs import Question, ask_reason
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.moments import age_text, clock_text, moment_text
from console.ui.panel import Notice, Panel, label
from console.ui.style import Tone
from console.ui.tables import Column, RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate
READ_EVERY_S = 20


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


def lane_name(lane: int) -> str:
    """What goes in this lane, in words."""
    return (
        translate("Road", "Calls and alarms"),
        translate("Road", "Custody and audit"),
        translate("Road", "Crews and daily work"),
        translate("Road", "Positions"),
    )[lane]


def since_text(state: RoadState, now: datetime) -> str:
    """Since when the road is as it is, and what is the matter."""
    at, age = moment_text(state.since, now), age_text((now - state.since).total_seconds())
    if state.up:
        return translate("Road", "In touch since {time} ({age})").format(time=at, age=age)
    return translate("Road", "Away since {time} ({age})").format(time=at, age=age)


def why_text(item: Quarantined) -> str:
    """Why an item was not taken: the words of the refusal, with its details where it has them."""
    try:
        details = json.loads(item.message)
    except ValueError:
        details = {}
    refusal = Refused(item.code)
    refusal.details = details if isinstance(details, dict) else {}  # the city may name them anyhow
    return say_refusal(refusal)


class RoadPanel(QWidget):
    """Shows the road; ``show_state`` is to be called at every ``RoadChanged``, in the UI thread."""

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
        self._figures: tuple[int, int] | None = None
        self.lamp = Lamp()
        self.since = label("", "soft")
        self.contact = label("", "caption")
        self.waiting = label("", "title")
        self.clean = label(translate("Road", "nothing set aside, nothing in quarantine"), "caption")
        self.clean.hide()
        self.lanes = [label("", "caption") for _ in range(4)]
        self.notice = Notice()
        self.answer = Notice()  # what came of the last retry or discard
        self.try_now = KeyButton(translate("Road", "Try now"), "", "plain")
        self.try_now.clicked.connect(road.try_now)
        self.aside = self._aside_table()
        self.kept = self._kept_table()
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_tick)
        self._ticks = 0
        self._timer.start()
        self.show_state(road.snapshot())

    def show_state(self, state: RoadState) -> None:
        """The panel shows this state; the lists are read again when their figures have changed."""
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
        if self._figures != (state.set_aside, state.quarantined):
            self._figures = (state.set_aside, state.quarantined)
            self.read_lists()

    def _on_tick(self) -> None:
        self._ticks += 1
        self.show_state(self._road.snapshot())
        if self._ticks % READ_EVERY_S == 0 and self.isVisible():
            self.read_lists()

    def read_lists(self) -> None:
        """Both lists are as the store has them, soon."""

        def read() -> tuple[list[SetAside], list[Quarantined]]:
            with self._database.read() as connection:
                return service.set_aside(connection), service.quarantined(connection)

        def show(found: tuple[list[SetAside], list[Quarantined]]) -> None:
            self.aside.show_rows(found[0])
            self.kept.show_rows(found[1])
            self._lists.setVisible(bool(found[0] or found[1]))
            self.clean.setVisible(not (found[0] or found[1]))

        def failed(error: Exception) -> None:
            for table in (self.aside, self.kept):
                table.freshness.failed(say_refusal(error))

        self._background.ask(read, show, failed, owner=self)

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
        self._lists = QWidget()
        beside = QHBoxLayout(self._lists)
        beside.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lists, 1)
        beside.addWidget(
            self._list_panel(
                translate("Road", "Set aside by the city"),
                translate("Road", "Retry"),
                self.aside,
                self._retry_aside,
                self._discard_aside,
            ),
            1,
        )
        beside.addWidget(
            self._list_panel(
                translate("Road", "Kept from the city, not taken"),
                translate("Road", "Take again"),
                self.kept,
                self._retry_kept,
                self._discard_kept,
            ),
            1,
        )

    def _list_panel(
        self,
        title: str,
        verb: str,
        table: RowTable[SetAside] | RowTable[Quarantined],
        retry: Callable[[], None],
        discard: Callable[[], None],
    ) -> Panel:
        panel = Panel(title)
        again = KeyButton(verb, "", "plain")
        away = KeyButton(translate("Road", "Discard …"), "", "plain")
        again.clicked.connect(retry)
        away.clicked.connect(discard)
        for button in (again, away):
            button.setEnabled(False)
            table.chosen.connect(lambda row, button=button: button.setEnabled(row is not None))
            panel.add_action(button)
        panel.body.addWidget(table)
        return panel

    def _aside_table(self) -> RowTable[SetAside]:
        return RowTable(
            [
                Column(translate("Road", "When"), lambda row: _when(row.set_aside_at), 110),
                Column(translate("Road", "What"), lambda row: pick(kind_words(row.kind)), 140),
                Column(translate("Road", "Lane"), lambda row: lane_name(row.lane), 150),
                Column(
                    translate("Road", "The city says"),
                    lambda row: row.message or row.code,
                    tip=lambda row: f"{row.code} · {row.entity} {row.entity_id}",
                ),
            ],
            key=lambda row: row.event_id,
            empty=(
                translate("Road", "Nothing is set aside."),
                translate("Road", "What the city does not take stands here, to retry or discard."),
            ),
        )

    def _kept_table(self) -> RowTable[Quarantined]:
        return RowTable(
            [
                Column(translate("Road", "When"), lambda row: _when(row.received_at), 110),
                Column(translate("Road", "What"), lambda row: pick(kind_words(row.kind)), 140),
                Column(
                    translate("Road", "Why it was not taken"),
                    why_text,
                    300,
                    tip=lambda row: row.message,
                ),
                Column(translate("Road", "As it came"), lambda row: row.raw[:200]),
            ],
            key=lambda row: row.item_id,
            empty=(
                translate("Road", "Nothing is in quarantine."),
                translate("Road", "What cannot be taken is kept here as it came."),
            ),
        )

    def _retry_aside(self) -> None:
        row = self.aside.chosen_row()
        if row is not None:
            actor, event_id = self._actor(), row.event_id
            self._do(lambda: service.retry_set_aside(self._database, actor, event_id))

    def _discard_aside(self) -> None:
        row = self.aside.chosen_row()
        if row is not None:
            actor, event_id = self._actor(), row.event_id
            self._ask_reason(
                lambda why: service.discard_set_aside(self._database, actor, event_id, why)
            )

    def _retry_kept(self) -> None:
        row = self.kept.chosen_row()
        if row is not None:
            actor, item_id, intake = self._actor(), row.item_id, self._road.intake
            self._do(lambda: service.retry_quarantined(self._database, actor, intake, item_id))

    def _discard_kept(self) -> None:
        row = self.kept.chosen_row()
        if row is not None:
            actor, item_id = self._actor(), row.item_id
            self._ask_reason(
                lambda why: service.discard_quarantined(self._database, actor, item_id, why)
            )

    def _ask_reason(self, act: Callable[[str], None]) -> None:
        question = Question(
            translate("Road", "Discard for good?"),
            translate("Road", "It will not be sent or taken any more. The reason is recorded."),
            translate("Road", "Discard"),
            danger=True,
        )
        ask_reason(self, question, lambda why: self._do(lambda: act(why)))

    def _do(self, act: Callable[[], object]) -> None:
        def done(_: object) -> None:
            self.answer.say("")
            self.read_lists()

        self._background.ask(
            act, done, lambda error: self.answer.say(say_refusal(error), "late"), owner=self
        )


def _when(at: datetime) -> str:
    return moment_text(at, datetime.now(UTC))
