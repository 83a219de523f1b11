"""The talk: the button that is held, how the talk stands, and the voice of the last minutes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from console.radio.model import RoomView, Talk, TalkPhase
from console.radio.page.talk_key import TalkButton
from console.radio.page.voice import Voice
from console.radio.page.words import talk_tone, talk_words
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel, label
from console.ui.style import mark, px

translate = QCoreApplication.translate

RECALLS_S = (10, 30, 60, 300)


class TallButton(TalkButton):
    """The button of the talk: large enough for a gloved hand on a screen."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(48))


class TalkPanel(Panel):
    """``pressed``/``let_go`` while the button is held; ``latch`` keeps it; ``recall(seconds)``."""

    pressed = Signal()
    let_go = Signal()
    latch = Signal()
    recall = Signal(int)
    devices = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Radio", "Talk"), margin=10)
        self.pedal = KeyButton(translate("Radio", "Foot switch"), "J", "quiet")
        self.add_action(self.pedal)
        self.channel = label("", "heading")
        self.standing = label("", "soft", wrap=True)
        self.left = QProgressBar()
        self.left.setTextVisible(False)
        self.button = TallButton(hold_words(Talk()), "", "primary")
        self.button.pressed.connect(self.pressed)
        self.button.released.connect(self.let_go)
        self.latch_button = TallButton(translate("Radio", "Keep open"), "L")
        self.latch_button.setCheckable(True)
        self.latch_button.clicked.connect(self.latch)
        for widget in (self.channel, self.standing, self.left):
            self.body.addWidget(widget)
        keys = QHBoxLayout()
        keys.setSpacing(px(6))
        keys.addWidget(self.button, 1)
        keys.addWidget(self.latch_button)
        self.body.addLayout(keys)
        self.body.addSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(label(translate("Radio", "Voice"), "title"))
        head.addStretch(1)
        self.devices_button = KeyButton(translate("Radio", "Devices"), "V", "quiet")
        self.devices_button.clicked.connect(self.devices)
        head.addWidget(self.devices_button)
        self.body.addLayout(head)
        self.problem = Notice()
        self.body.addWidget(self.problem)
        self.recalls: dict[int, KeyButton] = {}
        self._lay_out_recalls()
        self.kept = label("", "small", wrap=True)
        self.body.addWidget(self.kept)
        self.body.addStretch(1)

    def show_view(self, view: RoomView, now: float) -> None:
        """The panel tells how the talk stands; ``now`` in monotonic seconds."""
        chosen, talk = view.chosen_channel, view.talk
        self.channel.setText(
            chosen.channel.name if chosen else translate("Radio", "No channel is set up")
        )
        told = talk_words(talk)
        left = talk.left_s(now, view.limits.talk)
        if left is not None:
            told = translate("Radio", "{told} · cut in {n} s").format(told=told, n=round(left))
        self.standing.setText(told)
        mark(self.standing, tone=talk_tone(talk))
        most = max(1, round(view.limits.talk.hot_mic_s * 10))
        self.left.setRange(0, most)
        self.left.setValue(0 if left is None else round(left * 10))
        self.button.show_key(view.limits.talk_key)
        self.button.setEnabled(chosen is not None)
        talking = talk.phase is TalkPhase.TALKING
        self.button.setText(hold_words(talk))
        self.button.set_kind("danger" if talking else "primary")
        self.latch_button.setEnabled(chosen is not None)
        self.latch_button.setChecked(talk.latched)

    def show_voice(self, voice: Voice) -> None:
        """The panel tells whether voice is carried, and how much of it can be recalled."""
        self.problem.say(voice.problem, "late" if voice.problem else "")
        kept = voice.ring.seconds
        for seconds, button in self.recalls.items():
            button.setEnabled(kept > 0 and (seconds == RECALLS_S[0] or kept > seconds / 3))
        if not voice.on:
            self.kept.setText(translate("Radio", "Nothing is being recorded."))
        else:
            told = translate("Radio", "The last {n} s of voice can be recalled.")
            self.kept.setText(told.format(n=round(kept)))

    def _lay_out_recalls(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(4))
        row.addWidget(label(translate("Radio", "Recall"), "caption"))
        for at, seconds in enumerate(RECALLS_S):
            words = (
                translate("Radio", "{n} s").format(n=seconds)
                if seconds < 60
                else translate("Radio", "{n} min").format(n=seconds // 60)
            )
            button = KeyButton(words, "R" if at == 0 else "")
            button.clicked.connect(lambda _=False, s=seconds: self.recall.emit(s))
            self.recalls[seconds] = button
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)


def hold_words(talk: Talk) -> str:
    """What the button of the talk says."""
    if talk.phase is not TalkPhase.TALKING:
        return translate("Radio", "Hold to talk")
    if talk.latched:
        return translate("Radio", "Talking, kept open")
    return translate("Radio", "Let go to end")
