"""What the officer does over the radio: each act is one order with its line in the log."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from console.core.actor import Actor
from console.core.errors import ConsoleError
from console.radio.model import TEXT_CHARS, Exchange, RadioStatus, Target, code_text
from console.radio.page.parts import PageParts
from console.radio.service import statuses_now
from console.ui.acts import PageActs
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question, ask_text
from console.ui.style import Tone
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate


class RadioActs(PageActs):
    """Asks what is needed, then does it in the background."""

    def __init__(self, parts: PageParts, over: QWidget, parent: QObject) -> None:
        super().__init__(parts.background, parts.say, parent)
        self._parts, self._over = parts, over

    def press(self, latched: bool = False) -> None:
        """The talk key is down; why nobody can talk is told."""
        try:
            self._parts.room.press(latched=latched)
        except ConsoleError as refused:
            self._tell(say_refusal(refused), Tone.ALARM)

    def let_go(self) -> None:
        """It is up again."""
        self._parts.room.let_go()

    def choose(self, channel_id: str) -> None:
        """The post talks on this channel from now on."""
        room, actor = self._parts.room, self._parts.actor()
        channel = room.board.channel(channel_id)
        if channel is not None and channel.id != room.board.chosen:
            told = translate("Radio", "Channel: {name}").format(name=channel.name)
            self._do(lambda: room.sending.choose(actor, channel), told)

    def text(self, to: Target, name: str) -> None:
        """Asks for a text and sends it."""
        call = self._parts.open_call()
        about = (
            translate("Radio", "It stands in the log of call {number}.").format(number=call.number)
            if call.id
            else translate("Radio", "No call is open at the desk.")
        )
        most = translate("Radio", "At most {n} characters.").format(n=TEXT_CHARS)
        question = Question(
            translate("Radio", "Message to {name}").format(name=name), f"{about} {most}",
            translate("Radio", "Send"),
        )  # fmt: skip
        sending = self._parts.room.sending
        told = translate("Radio", "Message to {name} is on its way").format(name=name)

        def send(actor: Actor, words: str) -> None:
            self._do(lambda: sending.text(actor, to, words, call.id), told)

        ask_text(self._over, question, lambda words: send(self._parts.actor(), words))

    def status(self, to: Target, name: str, family: str) -> None:
        """Asks for a status of the site's table and sends it."""
        parts = self._parts

        def read() -> list[RadioStatus]:
            with parts.database.read() as connection:
                return statuses_now(connection, parts.clock.now()).to_send(family)

        def show(rows: list[RadioStatus]) -> None:
            self._choose_status(rows, to, name)

        parts.background.ask(read, show, self._refused, self)

    def check(self, to: Target, name: str) -> None:
        """The radio is asked whether it is there."""
        room, actor, call = self._parts.room, self._parts.actor(), self._parts.open_call()
        told = translate("Radio", "Radio check: {name}").format(name=name)
        self._do(lambda: room.sending.check(actor, to, call.id), told)

    def confirm(self, line: Exchange, name: str) -> None:
        """This officer has heard the call for help."""
        room, actor = self._parts.room, self._parts.actor()
        told = translate("Radio", "Confirmed: {name} calls for help").format(name=name)
        self._do(lambda: room.sending.confirm(actor, line.id), told)

    def recall(self, seconds: int) -> None:
        """The last voice is heard once more."""
        if not self._parts.voice.recall(seconds):
            self._tell(translate("Radio", "No voice was recorded that could be heard."), Tone.LATE)

    def listen(self, line: Exchange) -> None:
        """The recording of this line is heard; that it was stands in the trail."""
        room, actor, voice = self._parts.room, self._parts.actor(), self._parts.voice
        if not line.voice:
            self._tell(translate("Radio", "This line has no recording."), Tone.LATE)
            return
        told = translate("Radio", "Recording of {time}").format(
            time=f"{line.at.astimezone():%m-%d %H:%M:%S}"
        )

        def heard(samples: bytes) -> None:
            self._tell(told if voice.play(samples) else voice.problem, Tone.CALM)

        self._ask(lambda: room.clips.open(actor, line.id), heard)

    def _choose_status(self, rows: list[RadioStatus], to: Target, name: str) -> None:
        if not rows:
            told = translate("Radio", "The table of statuses has none for sending.")
            self._tell(told, Tone.LATE)
            return
        question = Question(
            translate("Radio", "Status to {name}").format(name=name), "",
            translate("Radio", "Send"),
        )  # fmt: skip
        options = [
            Option(str(one.code), f"{pick(one.words)}  ({code_text(one.code)})") for one in rows
        ]
        room, call = self._parts.room, self._parts.open_call()
        told = translate("Radio", "Status to {name} is on its way").format(name=name)

        def send(code: str, _: str) -> None:
            actor = self._parts.actor()
            self._do(lambda: room.sending.status(actor, to, int(code), call.id), told)

        ChoiceSheet(self._over, question, options, send)

    def _do(self, work: Callable[[], object], told: str) -> None:
        self._ask(work, lambda _: self._tell(told))

    def _refused(self, error: Exception) -> None:
        self._tell(say_refusal(error), Tone.ALARM)
