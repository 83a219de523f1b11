"""The bell: open alarms counted on the frame, each ringing until someone has acknowledged it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.shell.tones import TONES
from console.ui.style import Tone

if TYPE_CHECKING:
    from console.app.console import Console


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
        self._rung: frozenset[str] = frozenset()
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
        ringing = {one.id: kinds.of(one.kind).tone for one in found if one.rings(now)}
        return Standing(len(found), ringing)

    def _show(self, standing: Standing) -> None:
        window, tones = self._console.window, self._console.tones
        waiting = bool(standing.ringing)
        window.top.set_alarms(standing.count, waiting)
        window.navigation.set_count("alarms", standing.count, Tone.ALARM if waiting else Tone.LATE)
        now = frozenset(standing.ringing)
        for alarm_id in now - self._rung:
            tone = standing.ringing[alarm_id]
            tones.ring(tone if tone in TONES else "alarm", ("alarm", alarm_id))
        for alarm_id in self._rung - now:
            tones.acknowledge(("alarm", alarm_id))
        self._rung = now
        self._read_on()
        self.changed.emit()

    def _failed(self, _: Exception) -> None:
        self._read_on()

    def _read_on(self) -> None:
        self._asked = False
        if self._again:
            self._again = False
            self.refresh()
