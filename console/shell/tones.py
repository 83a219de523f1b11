"""Tones: one catalogue, each kind of event its own, repeated until acknowledged."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.clock import Clock
from console.core.words import Words
from console.shell.player import Player

SOUNDS = Path(__file__).resolve().parents[2] / "resources" / "sounds"
MOST_MUTED_S = 3600
APART_S = 1.2  # between the beginnings of two tones, so that each can be told


@dataclass(frozen=True, slots=True)
class Tone:
    """One kind of event's tone. ``every_s`` None sounds once; ``rank`` 1 goes before 2."""

    file: str
    words: Words
    rank: int
    every_s: float | None = None
    through_mute: bool = False


TONES = {
    "officer_help": Tone("officer_help.wav", Words("民警求援", "Officer needs help"), 1, 2.5, True),
    "unanswered": Tone("unanswered.wav", Words("报警无人确认", "Alarm unanswered"), 1, 3.0, True),
    "alarm": Tone("alarm.wav", Words("报警", "Alarm"), 2, 4.0),
    "call": Tone("call.wav", Words("新警单", "New call"), 3, 5.0),
    "overdue": Tone("overdue.wav", Words("超时", "Overdue"), 4, 15.0),
    "city_lost": Tone("city_lost.wav", Words("与市局断开", "City away"), 5),
    "link_lost": Tone("link_lost.wav", Words("链路中断", "Wire lost"), 6, 20.0),
    "restored": Tone("restored.wav", Words("已恢复", "Restored"), 7),
    "message": Tone("message.wav", Words("消息", "Message"), 8),
    "refused": Tone("refused.wav", Words("未执行", "Refused"), 9),
    "talk_permit": Tone("talk_permit.wav", Words("允许通话", "Talk permit"), 2, None, True),
    "talk_denied": Tone("talk_denied.wav", Words("不能通话", "No permit"), 2, None, True),
    "talk_ends": Tone("talk_ends.wav", Words("即将切断", "Talk ends soon"), 2, None, True),
}


@dataclass(slots=True)
class _Ringing:
    kind: str
    due: float


class Tones(QObject):
    """Rings through a player, in the UI thread, and never waits for it.

    ``ring(kind, what)`` repeats a repeating kind until ``acknowledge(what)``. ``changed`` follows
    the mute and the player's problem.
    """

    changed = Signal()

    def __init__(self, player: Player, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player, self._clock = player, clock
        self._ringing: dict[Hashable, _Ringing] = {}
        self._muted_until: datetime | None = None
        self._mute_ends = 0.0
        self._free_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(200)
        self._timer.timeout.connect(self.turn)

    def start(self) -> None:
        """Tones sound."""
        self._player.start(self.changed.emit)
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """Silence."""
        self._timer.stop()
        self._ringing.clear()
        self._player.stop()

    @property
    def problem(self) -> str:
        """Why nothing can be heard; empty when it can."""
        return self._player.problem

    @property
    def muted_until(self) -> datetime | None:
        """The end of the mute; None when tones sound."""
        if self._muted_until is not None and self._clock.monotonic() >= self._mute_ends:
            self._muted_until = None
        return self._muted_until

    @property
    def ringing(self) -> frozenset[Hashable]:
        """What still waits to be acknowledged."""
        return frozenset(self._ringing)

    def ring(self, kind: str, what: Hashable = None) -> None:
        """This kind's tone sounds for ``what``; a repeating one until it is acknowledged."""
        tone = TONES[kind]
        key = what if tone.every_s is not None else (kind, what)
        if key not in self._ringing:
            self._ringing[key] = _Ringing(kind, self._clock.monotonic())
        self.turn()

    def at_once(self, kind: str) -> None:
        """This tone sounds now, whatever waits: it answers a hand on a key."""
        tone = TONES[kind]
        if tone.through_mute or self.muted_until is None:
            self._free_at = self._clock.monotonic() + APART_S
            self._player.play(SOUNDS / tone.file)

    def acknowledge(self, what: Hashable) -> None:
        """Nothing rings for ``what`` any more."""
        self._ringing.pop(what, None)

    def acknowledge_all(self) -> None:
        """Nothing rings any more."""
        self._ringing.clear()

    def mute(self, seconds: float) -> None:
        """Silence for so long, an hour at most; an officer's call for help sounds all the same."""
        wait_s = min(max(seconds, 0), MOST_MUTED_S)
        self._muted_until = self._clock.now() + timedelta(seconds=wait_s)
        self._mute_ends = self._clock.monotonic() + wait_s  # whatever the wall clock does
        self.changed.emit()

    def unmute(self) -> None:
        """Tones sound again."""
        self._muted_until = None
        self.changed.emit()

    def turn(self) -> None:
        """What is due sounds: one tone at a time, the most urgent first."""
        was_muted = self._muted_until is not None
        muted = self.muted_until is not None
        if was_muted and not muted:
            self.changed.emit()
        now = self._clock.monotonic()
        if now < self._free_at:
            return
        due = [(TONES[r.kind].rank, r.due, key) for key, r in self._ringing.items() if r.due <= now]
        if not due:
            return
        _rank, _due, key = min(due, key=lambda one: one[:2])
        ringing = self._ringing[key]
        tone = TONES[ringing.kind]
        if tone.every_s is None:
            del self._ringing[key]
        else:
            ringing.due = now + tone.every_s
        if not muted or tone.through_mute:
            self._free_at = now + APART_S
            self._player.play(SOUNDS / tone.file)
