"""The strip on the desk: the chosen channel, who talks, what was said last, and the talk key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from console.radio.model import Exchange, Moment, RoomView, Talk, TalkPhase
from console.radio.page.reading import who_of
from console.radio.page.talk_key import TalkButton
from console.radio.page.talk_panel import hold_words
from console.radio.page.words import (
    channel_face,
    kind_words,
    talk_tone,
    talk_words,
    talker_name,
    what_text,
)
from console.ui.elided import ElidedLabel
from console.ui.icons import dress
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp
from console.ui.moments import age_text, clock_text
from console.ui.panel import label
from console.ui.style import mark, px

translate = QCoreApplication.translate


class RadioStrip(QFrame):
    """``show_view`` says how the radio stands. ``pressed``/``let_go`` while the button is held;
    ``confirm(line)`` a call for help; ``page_wished`` the radio page."""

    pressed = Signal()
    let_go = Signal()
    confirm = Signal(object)
    page_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setFixedHeight(px(44))
        self._calling: Exchange | None = None
        drawn = QLabel()
        dress(drawn, "radio")
        self.channel = label("", "title")
        self.lamp = Lamp()
        self.talker = ElidedLabel("soft")
        self.last = ElidedLabel("caption", greedy=True)
        self.voice = ElidedLabel("small")
        self.help = KeyButton(translate("Radio", "Confirm"), "Ctrl+E", "danger")
        self.open = TalkButton(translate("Radio", "Radio"), "", "quiet")
        self.open.show_key("Ctrl+4")
        self.talk = TalkButton(hold_words(Talk()), "")
        self._lay_out(drawn)
        self.help.clicked.connect(self._on_help)
        self.open.clicked.connect(self.page_wished)
        self.talk.pressed.connect(self.pressed)
        self.talk.released.connect(self.let_go)
        for button in (self.help, self.open, self.talk):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_view(self, view: RoomView, crews: Mapping[str, str], voice: str, now: Moment) -> None:
        """The strip tells how the radio stands, and ``voice`` what is wrong with its voice; it is
        there once a channel is set up."""
        chosen = view.chosen_channel
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        up = view.links.get(chosen.channel.link_id, False)
        self.channel.setText(chosen.channel.name)
        self.lamp.show_face(channel_face(chosen, up))
        talking = view.talk.phase is not TalkPhase.IDLE
        left = view.talk.left_s(now.monotonic, view.limits.talk)
        told = talk_words(view.talk) if talking else talker_name(chosen, crews)
        if left is not None:
            told = translate("Radio", "{told} · cut in {n} s").format(told=told, n=round(left))
        elif not told and chosen.heard_at is not None:
            age = age_text((now.at - chosen.heard_at).total_seconds())
            told = translate("Radio", "heard {age} ago").format(age=age)
        elif not told:
            told = translate("Radio", "not heard yet")
        self.talker.show_words(told)
        mark(self.talker, tone=talk_tone(view.talk) if talking else "")
        self.talk.show_key(view.limits.talk_key)
        self.talk.setEnabled(up)
        self.talk.setText(hold_words(view.talk))
        self.talk.set_kind("danger" if view.talk.phase is TalkPhase.TALKING else "plain")
        self._tell_last(view, crews)
        self.voice.show_words(translate("Radio", "no voice") if voice else "", voice)

    def _lay_out(self, drawn: QLabel) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(4), px(6), px(4))
        row.setSpacing(px(10))
        for widget in (drawn, self.channel, self.lamp, self.talker):
            row.addWidget(widget)
        row.addWidget(self.last, 1)
        for part in (self.voice, self.help, self.open, self.talk):
            row.addWidget(part)

    def _tell_last(self, view: RoomView, crews: Mapping[str, str]) -> None:
        self._calling = view.emergencies[0] if view.emergencies else None
        self.help.setVisible(self._calling is not None)
        line = self._calling or view.last
        if line is None:
            self.last.show_words("")
            return
        words = translate("Radio", "{time}  {who}: {what}").format(
            time=clock_text(line.at), who=who_of(line, crews),
            what=f"{kind_words(line.kind)} {what_text(line)}".strip(),
        )  # fmt: skip
        self.last.show_words(words)
        mark(self.last, tone="alarm" if self._calling is not None else "")

    def _on_help(self) -> None:
        if self._calling is not None:
            self.confirm.emit(self._calling)
