"""The chosen call: its facts, lamps, the acts that make sense now, whom to send, its log."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.dispatch.model import (
    Advice,
    Call,
    CallStatus,
    CallView,
    Code,
    Limits,
    Nature,
    Step,
    may,
)
from console.dispatch.page.advice_panel import AdvicePanel, minutes_text
from console.dispatch.page.lamp_words import countdowns
from console.dispatch.page.timeline import Timeline
from console.dispatch.page.words import level_words, place_advice, status_words
from console.ui.countdown import Countdown, CountdownLamp
from console.ui.keycap import KeyButton
from console.ui.moments import moment_text
from console.ui.panel import EmptyState, Notice, Panel, label
from console.ui.pill import Pill
from console.ui.style import Tone, px
from console.ui.words import pick

translate = QCoreApplication.translate

# what Enter does to a call in each status: the obvious next thing
NEXT: dict[CallStatus, Step] = {
    CallStatus.RECEIVED: Step.SIGN,
    CallStatus.SIGNED: Step.ASSIGN,
    CallStatus.REOPENED: Step.ASSIGN,
    CallStatus.ASSIGNED: Step.DEPART,
    CallStatus.DEPARTED: Step.ARRIVE,
    CallStatus.ARRIVED: Step.FEED_BACK,
    CallStatus.FIRST_FEEDBACK: Step.FINISH,
    CallStatus.FINISHED: Step.CLOSE,
}
WAITING = (CallStatus.SIGNED, CallStatus.REOPENED)
MOST_PICKS, FEW_PICKS = 5, 3  # once crews are on it, the advice is only for reinforcement
KEYS: dict[Step, str] = {
    Step.DEPART: "D",
    Step.ARRIVE: "A",
    Step.FEED_BACK: "F",
    Step.FINISH: "W",
    Step.CLOSE: "C",
    Step.RETURN: "R",
    Step.REOPEN: "O",
}


def step_words(step: Step) -> str:
    """The verb on a step's button."""
    return {
        Step.SIGN: translate("Desk", "Sign", "verb"),
        Step.ASSIGN: translate("Desk", "Send a crew"),
        Step.DEPART: translate("Desk", "Depart", "verb"),
        Step.ARRIVE: translate("Desk", "Arrive", "verb"),
        Step.FEED_BACK: translate("Desk", "Feed back"),
        Step.FINISH: translate("Desk", "Finish"),
        Step.CLOSE: translate("Desk", "Close"),
        Step.RETURN: translate("Desk", "Return"),
        Step.REOPEN: translate("Desk", "Reopen"),
    }[step]


class CallPanel(Panel):
    """One call. ``step`` asks for an act on it, ``place_wanted`` for its place on the map."""

    step = Signal(str)
    place_wanted = Signal()
    reveal_wanted = Signal()
    send = Signal(int)

    def __init__(self) -> None:
        super().__init__(translate("Desk", "Chosen call"), margin=10)
        self._call: Call | None = None
        self._empty = EmptyState(
            translate("Desk", "No call chosen"),
            translate(
                "Desk", "Choose one in the queue with the arrow keys; N takes a call by hand."
            ),
        )
        self.body.addWidget(self._empty)
        self._filled = QWidget()
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.body.addWidget(self._filled, 1)
        self._build_facts(column)
        self._build_steps(column)
        self.advice = AdvicePanel()
        self.advice.pressed.connect(self.send)
        column.addWidget(self.advice)
        self.timeline = Timeline()
        self.timeline.setMinimumHeight(px(92))
        column.addWidget(self.timeline, 1)
        self.show_call(None, None, None)

    @property
    def call(self) -> Call | None:
        """The call that is shown."""
        return self._call

    @property
    def next_step(self) -> Step | None:
        """What Enter would do now."""
        return NEXT.get(self._call.status) if self._call is not None else None

    def show_call(self, view: CallView | None, nature: Nature | None, source: Code | None) -> None:
        """The panel shows this call, or that none is chosen."""
        self._empty.setVisible(view is None)
        self._filled.setVisible(view is not None)
        self._call = view.call if view is not None else None
        if view is None or nature is None or source is None:
            self.set_title(translate("Desk", "Chosen call"))
            return
        call = view.call
        self.set_title(call.number, status_words(call.status))
        self._nature.setText(pick(nature.words))
        self._level.say(level_words(call.level), Tone.ALARM if call.level == 1 else Tone.CALM)
        self._source.say(pick(source.words), Tone.ACCENT)
        self._place.setText(call.place or translate("Desk", "Place missing"))
        self._notice.say(place_advice(call), "late" if place_advice(call) else "")
        self._narrative.setText(call.narrative)
        caller = " ".join(part for part in (call.caller_name, call.caller_phone) if part)
        self._caller.setText(caller or translate("Desk", "Caller not told"))
        self._reveal.setVisible(bool(call.caller_phone))
        self._rule.setText(pick(nature.rule) if nature.rule is not None else "")
        self._rule.setVisible(nature.rule is not None)
        self._show_steps(call)

    def show_advice(self, advice: Advice | None) -> None:
        """Whom to send stands under the buttons, and the first of them in the button of Enter."""
        waits = self._call is not None and self._call.status in WAITING
        self.advice.show_advice(advice, MOST_PICKS if waits else FEW_PICKS)
        if self.next_step is not Step.ASSIGN:
            return
        words = step_words(Step.ASSIGN)
        if advice is not None and advice.picks:
            first = advice.picks[0]
            words = translate("Desk", "Send {crew} · {minutes} min").format(
                crew=first.call_sign, minutes=minutes_text(first.seconds)
            )
        self.primary.setText(words)

    def show_lamps(self, limits: Limits, now: datetime) -> None:
        """The lamps stand as they are now."""
        if self._call is None:
            return
        for lamp, countdown in zip(self._lamps, countdowns(self._call, limits, now), strict=True):
            lamp.show_countdown(countdown)
        self._received.setText(
            translate("Desk", "received {time}").format(
                time=moment_text(self._call.received_at, now)
            )
        )

    def _build_facts(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        self._nature = label("", "heading", wrap=True)
        self._level, self._source = Pill(), Pill()
        head.addWidget(self._nature, 1)
        head.addWidget(self._level)
        head.addWidget(self._source)
        column.addLayout(head)
        lamps = QHBoxLayout()
        lamps.setSpacing(4)
        self._lamps = [CountdownLamp(Countdown("", None)) for _ in range(4)]
        for lamp in self._lamps:
            lamps.addWidget(lamp)
        column.addLayout(lamps)
        self._place = label("", "", wrap=True)
        column.addWidget(self._place)
        self._notice = Notice()
        column.addWidget(self._notice)
        self._narrative = label("", "soft", wrap=True)
        column.addWidget(self._narrative)
        self._rule = label("", "small", wrap=True)
        column.addWidget(self._rule)
        foot = QHBoxLayout()
        self._caller = label("", "small")
        self._received = label("", "small")
        self._reveal = KeyButton(translate("Desk", "Show number"), "", "quiet")
        self._reveal.clicked.connect(self.reveal_wanted)
        foot.addWidget(self._caller)
        foot.addWidget(self._reveal)
        foot.addStretch(1)
        foot.addWidget(self._received)
        column.addLayout(foot)

    def _build_steps(self, column: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        self.primary = PanelButton("", "Return", "primary")
        self.primary.clicked.connect(self._on_primary)
        grid.addWidget(self.primary, 0, 0, 1, 4)
        self.buttons: dict[Step, PanelButton] = {}
        self.place_button = PanelButton(translate("Desk", "Set place"), "P")
        self.place_button.clicked.connect(self.place_wanted)
        for step, key in KEYS.items():
            button = PanelButton(step_words(step), key)
            button.clicked.connect(lambda _=False, step=step: self.step.emit(str(step)))
            self.buttons[step] = button
        shown = [*self.buttons.values()]
        shown.insert(-1, self.place_button)
        for at, button in enumerate(shown):
            grid.addWidget(button, 1 + at // 4, at % 4)
        for number in range(4):
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)

    def _show_steps(self, call: Call) -> None:
        wanted = NEXT.get(call.status)
        self.primary.setVisible(wanted is not None)
        if wanted is not None:
            self.primary.setText(step_words(wanted))
        for step, button in self.buttons.items():
            button.setEnabled(may(call.status, step))
            button.setVisible(step is not Step.REOPEN or may(call.status, step))
        self.place_button.setEnabled(call.status.is_open)
        self.advice.setVisible(
            call.status.is_open and call.status not in (CallStatus.RECEIVED, CallStatus.FINISHED)
        )

    def _on_primary(self) -> None:
        if self.next_step is not None:
            self.step.emit(str(self.next_step))


class PanelButton(KeyButton):
    """A button whose key counts only inside its page: the page listens for it."""

    def set_key(self, key: str) -> None:
        super().set_key(key)
        for shortcut in self.findChildren(QShortcut):
            shortcut.setEnabled(False)
