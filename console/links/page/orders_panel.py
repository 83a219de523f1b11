"""A test order to the chosen device, and what became of those before it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from console.links.model import LinkState, Order, Outcome
from console.links.page.mailbox import Mailbox
from console.links.page.test_orders import field_words, order_words, orders_of, outcome_words
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.moments import clock_text
from console.ui.panel import label
from console.ui.style import Tone, px
from console.ui.tables import Column, RowTable

translate = QCoreApplication.translate

MOST_SHOWN = 100
LOOK_MS = 100
DEADLINE_S, LONGEST_S = 5, 60
TEXT_CHARS = 200
FIELDS = ("to", "text", "number")

# the link, the order, how many seconds it has, whom to tell of its outcome, whom of a refusal
Give = Callable[
    [LinkState, Order, float, Callable[[Outcome], None], Callable[[Exception], None]], None
]


@dataclass(frozen=True, slots=True)
class Tried:
    """One order that was given; no outcome while it is on its way."""

    number: int
    at: datetime
    link: str
    told: str
    began: float
    outcome: Outcome | None = None
    took_ms: float | None = None
    refused: str = ""


class OrdersPanel(QWidget):
    """``show_link`` chooses the device; ``give`` is how an order gets on its way."""

    def __init__(
        self, give: Give, now: Callable[[], datetime], say: Callable[[Exception], str]
    ) -> None:
        super().__init__()
        self._give, self._now, self._say = give, now, say
        self._state: LinkState | None = None
        self._tried: list[Tried] = []
        self._count = 0
        self._outcomes: Mailbox[tuple[int, Outcome, float]] = Mailbox()
        self._kind = QComboBox()
        self.form = Form()
        self.send = KeyButton(translate("Orders", "Send"), "Ctrl+Return", "primary")
        self.told = label("", "small", wrap=True)
        self.table: RowTable[Tried] = RowTable(
            _columns(),
            lambda one: one.number,
            empty=(
                translate("Orders", "No test order was given yet"),
                translate("Orders", "Choose an order on the left; its outcome stands here."),
            ),
        )
        self.table.freshness.hide()
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.table.show_rows([])
        self.show_link(None)

    def show_link(self, state: LinkState | None) -> None:
        """The orders are those of this link's device; what was typed stays while it is the same."""
        was = self._state
        self._state = state
        family = state.config.family if state is not None else ""
        if was is None or state is None or was.config.family != family:
            self._offer(family)
        self.send.setEnabled(state is not None and self._kind.count() > 0)

    def _build(self) -> None:
        to, text, number = QLineEdit(), QLineEdit(), QLineEdit()
        text.setMaxLength(TEXT_CHARS)
        self._deadline = QSpinBox()
        self._deadline.setRange(1, LONGEST_S)
        self._deadline.setValue(DEADLINE_S)
        self.form.add("kind", translate("Orders", "Order"), self._kind)
        for key, editor in zip(FIELDS, (to, text, number), strict=True):
            self.form.add(key, key, editor)
        left = QWidget()
        left.setFixedWidth(px(330))
        side = QVBoxLayout(left)
        side.setContentsMargins(10, 6, 10, 6)
        side.addWidget(self.form)
        side.addWidget(self.told)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(6)
        within = label(translate("Orders", "Answer within (s)"), "caption")
        within.setBuddy(self._deadline)
        row.addWidget(within)
        row.addWidget(self._deadline)
        row.addStretch(1)
        row.addWidget(self.send)
        side.addLayout(row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(self.table, 1)
        self._kind.currentIndexChanged.connect(self._show_fields)
        self.send.clicked.connect(self._on_send)

    def _offer(self, family: str) -> None:
        self._kind.clear()
        for one in orders_of(family) if family else ():
            self._kind.addItem(order_words(one.key), one.key)
        none = translate("Orders", "A device of this kind only speaks: it takes no orders.")
        note = translate("Orders", "Test orders really reach the device, and stand in the trail.")
        self.told.setText(note if self._kind.count() or not family else none)
        self._show_fields()

    def _show_fields(self) -> None:
        key = self._kind.currentData()
        chosen = [one for one in orders_of(self._family()) if one.key == key]
        wanted = chosen[0].fields if chosen else ()
        for field in FIELDS:
            self.form.show_field(field, field in wanted)
            if field in wanted:
                self.form.name_field(field, field_words(str(key), field))

    def _family(self) -> str:
        return self._state.config.family if self._state is not None else ""

    def _on_send(self) -> None:
        state, values = self._state, self.form.values()
        chosen = [one for one in orders_of(self._family()) if one.key == values["kind"]]
        if state is None or not chosen or not self._filled(chosen[0].fields, values):
            return
        order = chosen[0].make(values)
        words = order_words(chosen[0].key)
        detail = " ".join(str(values[field]) for field in chosen[0].fields)
        self._count += 1
        number, began = self._count, time.monotonic()
        tried = Tried(number, self._now(), state.config.name, f"{words} {detail}".strip(), began)
        self._tried.insert(0, tried)
        del self._tried[MOST_SHOWN:]
        self.table.show_rows(self._tried)
        self._timer.start()
        outcomes = self._outcomes  # the link's thread holds this, and not the panel
        self._give(
            state, order, float(self._deadline.value()),
            lambda outcome: outcomes.put((number, outcome, time.monotonic())),
            lambda error: self._refuse(number, self._say(error)),
        )  # fmt: skip

    def _filled(self, fields: tuple[str, ...], values: dict[str, object]) -> bool:
        self.form.clear_messages()
        for field in fields:
            told = str(values[field])
            if not told:
                self.form.say(field, translate("Orders", "Needed: fill this in"))
                return False
            if field == "number" and not (told.isascii() and told.isdecimal() and len(told) < 6):
                self.form.say(field, translate("Orders", "A whole number from 0 to 99999"))
                return False
        return True

    def _look(self) -> None:
        for number, outcome, at in self._outcomes.take()[0]:
            self._tried = [
                replace(one, outcome=outcome, took_ms=(at - one.began) * 1000)
                if one.number == number else one
                for one in self._tried
            ]  # fmt: skip
            self.table.show_rows(self._tried)
        if not any(one.outcome is None and not one.refused for one in self._tried):
            self._timer.stop()

    def _refuse(self, number: int, told: str) -> None:
        self._tried = [
            replace(one, refused=told) if one.number == number else one for one in self._tried
        ]
        self.table.show_rows(self._tried)


def _columns() -> list[Column[Tried]]:
    return [
        Column(translate("Orders", "Time"), lambda one: clock_text(one.at), 84),
        Column(translate("Orders", "Link"), lambda one: one.link, 120),
        Column(translate("Orders", "Order"), lambda one: one.told, 260),
        Column(translate("Orders", "Took"), _took, 84, right=True),
        Column(translate("Orders", "Outcome"), _became, tone=_tone),
    ]


def _took(one: Tried) -> str:
    return "–" if one.took_ms is None else f"{one.took_ms:,.0f} ms"


def _became(one: Tried) -> str:
    if one.refused:
        return one.refused
    if one.outcome is None:
        return translate("Orders", "on its way …")
    return outcome_words(one.outcome)


def _tone(one: Tried) -> Tone:
    if one.refused or (one.outcome is not None and not one.outcome.done):
        return Tone.LATE
    return Tone.QUIET if one.outcome is None else Tone.CALM
