"""The radio at the desk: the strip, the talk key, the tones and the voice, on a running console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.actor import NOBODY
from console.core.errors import ConsoleError
from console.links.model import LinkChanged, LinksChanged
from console.radio import service
from console.radio.model import (
    ChannelsChanged,
    Cue,
    Exchange,
    ExchangeChanged,
    Kind,
    Moment,
    RadioSettingsChanged,
    TalkChanged,
    VoiceDevices,
)
from console.radio.page.strip import RadioStrip
from console.radio.page.talk_key import TalkKey
from console.radio.page.voice import Voice
from console.radio.service import Desk
from console.roster import service as roster
from console.roster.model import UnitsChanged
from console.ui.style import Tone
from console.ui.words import say_refusal

if TYPE_CHECKING:
    from console.app.console import Console

SECOND_MS = 1000
TALK_MS = 200
GATHER_MS = 50
CUES = {
    Cue.PERMIT: "talk_permit",
    Cue.DENIED: "talk_denied",
    Cue.WARN: "talk_ends",
    Cue.CUT: "talk_denied",
}


class RadioDesk(QObject):
    """From ``start`` to ``stop``. ``talk_changed``: only the talk; ``news``: anything else too."""

    talk_changed = Signal()
    news = Signal()

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        from console.radio.page.qt_sound import QtSound  # large; the desk stands by now

        self._console, self._room = console, console.post.radio
        self._sound = QtSound()
        self.voice = Voice(self._sound, console.post.clock, self._keep)
        self.strip = RadioStrip()
        self._key = TalkKey(self.press, self._room.let_go, self)
        self._crews: Mapping[str, str] = {}
        self._second = self._timer(SECOND_MS, self._on_second)
        self._gather = self._timer(GATHER_MS, self._read)
        self._gather.setSingleShot(True)

    def start(self) -> None:
        """The strip stands on the desk, the key talks, and what is said is heard."""
        console, post = self._console, self._console.post
        self._room.who = self._who
        console.desk.set_strip(self.strip)
        self.strip.pressed.connect(self.press)
        self.strip.let_go.connect(self._room.let_go)
        self.strip.confirm.connect(self._on_confirm)
        self.strip.page_wished.connect(lambda: console.window.show_page("radio"))
        listen = console.bridge.listen
        listen(post.bus, TalkChanged, self._on_talk)
        listen(post.bus, ExchangeChanged, self._on_exchange)
        for kind in (ChannelsChanged, LinkChanged, LinksChanged, UnitsChanged):
            listen(post.bus, kind, self._on_news)
        listen(post.bus, RadioSettingsChanged, self._on_settings)
        self._key.start()
        self._second.start()
        self._read_devices()
        self._read()

    def stop(self) -> None:
        """Nobody talks, nothing is heard."""
        self._second.stop()
        self._gather.stop()
        self._key.stop()
        self._room.let_go()
        self._room.who = Desk
        self.voice.stop()
        self._sound.deleteLater()

    def press(self) -> None:
        """The talk key is down; why nobody can talk is told."""
        try:
            self._room.press()
        except ConsoleError as refused:
            self._console.say(say_refusal(refused), Tone.ALARM)

    def _who(self) -> Desk:
        """Asked from any thread: who sits here, and the call that is open."""
        console = self._console
        opened = console.desk.steps.opened
        call_id = str(opened.call.id) if opened is not None else ""
        return Desk(NOBODY if console.window.gated else console.actor(), call_id)

    def _timer(self, interval_ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    def _on_talk(self, event: TalkChanged) -> None:
        self.voice.talk_changed(event)
        if event.cue:
            self._console.tones.at_once(CUES[event.cue])
        self._second.setInterval(TALK_MS if event.talk.held else SECOND_MS)
        self._tell()
        self.talk_changed.emit()

    def _on_exchange(self, event: ExchangeChanged) -> None:
        if event.kind is Kind.TEXT and event.inward:
            self._console.tones.ring("message")
        self._on_news(event)

    def _on_news(self, _: object) -> None:
        self.voice.follow(frozenset(one.over for one in self._room.board.states() if one.over))
        if not self._gather.isActive():
            self._gather.start()

    def _on_settings(self, event: object) -> None:
        self._read_devices()
        self._on_news(event)

    def _on_second(self) -> None:
        if self._console.window.gated and self._room.floor.talk.held:
            self._room.let_go()  # nobody sits here any more
        if self.strip.isVisible():
            self._tell()

    def _read(self) -> None:
        """What crews are called is read; the strip and the page follow."""
        database = self._console.post.database

        def read() -> dict[str, str]:
            with database.read() as connection:
                return {view.unit.id: view.unit.call_sign for view in roster.units(connection)}

        def show(crews: dict[str, str]) -> None:
            self._crews = crews
            self._tell()
            self.news.emit()

        self._console.background.ask(read, show, None, self)

    def _read_devices(self) -> None:
        database = self._console.post.database

        def read() -> VoiceDevices:
            with database.read() as connection:
                return service.voice_devices(connection)

        def use(devices: VoiceDevices) -> None:
            self.voice.use(devices, self._room.limits.recall_s)
            self._key.use(self._room.limits.talk_key)
            self._tell()

        self._console.background.ask(read, use, None, self)

    def _tell(self) -> None:
        clock = self._console.post.clock
        now = Moment(clock.now(), clock.monotonic())
        self.strip.show_view(self._room.view(), self._crews, self.voice.problem, now)

    def _on_confirm(self, line: Exchange) -> None:
        room, actor = self._room, self._console.actor()
        self._console.background.act(
            lambda: room.sending.confirm(actor, line.id), None, self._refused, self
        )

    def _keep(self, over: str, samples: bytes) -> None:
        room = self._room
        self._console.background.act(
            lambda: room.keep_voice(over, samples), None, self._refused, self
        )

    def _refused(self, error: Exception) -> None:
        self._console.say(say_refusal(error), Tone.ALARM)
