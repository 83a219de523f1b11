"""The bell: open alarms counted on the frame, each ringing until someone has acknowledged it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from console.shell.tones import TONES
from console.ui.style import Tone

if TYPE_CHECKING:
    from console.app.console import Console

translate = QCoreApplication.translate
UNANSWERED = "unanswered"  # the tone of one that nobody acknowledged for too long


@dataclass(frozen=True, slots=True)
class Standing:
    """How many alarms are open, and the tone of each one that nobody has acknowledged."""

    count: int
    ringing: dict[str, str]


class AlarmBell(QObject):
    """``refresh`` at each news of alarms; ``changed`` once the frame shows what was read.

    What stands in the store decides, not the event: a lost event is made good by the next one.
    """

    changed = Signal()

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        self._rung: dict[str, str] = {}
        self._asked = self._again = False

    def refresh(self) -> None:
        """The frame shows how many alarms are open, soon."""
        if self._asked:
            self._again = True
            return
        self._asked = True
        self._console.background.ask(self._read, self._show, self._failed, self)

    def _read(self) -> Standing:
        # brought here: the desk stands before the alarms are read
        from console.alarms import service

        database, now = self._console.post.database, self._console.post.clock.now()
        with database.read() as connection:
            kinds = service.kinds_now(connection, now)
            found = service.open_alarms(connection, now)
        ringing = {
            one.id: UNANSWERED if one.escalated else kinds.of(one.kind).tone
            for one in found
            if one.rings(now)
        }
        return Standing(len(found), ringing)

    def _show(self, standing: Standing) -> None:
        window, tones = self._console.window, self._console.tones
        waiting = bool(standing.ringing)
        window.top.set_alarms(standing.count, waiting)
        window.navigation.set_count("alarms", standing.count, Tone.ALARM if waiting else Tone.LATE)
        was, self._rung = self._rung, standing.ringing
        for alarm_id, tone in was.items():
            if standing.ringing.get(alarm_id) != tone:
                tones.acknowledge(("alarm", alarm_id))
        for alarm_id, tone in standing.ringing.items():
            if was.get(alarm_id) != tone:
                tones.ring(tone if tone in TONES else "alarm", ("alarm", alarm_id))
        self._tell_chief({one for one, tone in standing.ringing.items() if tone == UNANSWERED}, was)
        self._read_on()
        self.changed.emit()

    def _tell_chief(self, unanswered: set[str], was: dict[str, str]) -> None:
        """The status line says that nobody answers, once for each that is new among them."""
        if any(was.get(alarm_id) != UNANSWERED for alarm_id in unanswered):
            told = translate(
                "Console", "Nobody answers {n} alarms: tell the chief. F11 shows them."
            ).format(n=len(unanswered))
            self._console.window.say(told, str(Tone.ALARM))

    def _failed(self, _: Exception) -> None:
        self._read_on()

    def _read_on(self) -> None:
        self._asked = False
        if self._again:
            self._again = False
            self.refresh()
