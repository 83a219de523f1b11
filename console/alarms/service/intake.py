"""The intake: readings of the wires become alarms, coalesced by identity; none is ever dropped."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from console.alarms import store
from console.alarms.model import LATE, AlarmChanged, Device, Kind, Raising
from console.alarms.model.heard import News, Source, drawn
from console.alarms.service.acts import (
    acknowledge,
    clear_within,
    note,
    raise_within,
    refresh_within,
)
from console.alarms.service.looking import alarm, every_open, kinds_now
from console.alarms.service.watch import Crew
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.rounds import Rounds
from console.links.model import Inputs, Position, ReadingArrived

TURN_S = 1.0
REFRESH_S = 5.0  # how often an emergency that lasts is written again
MOST_STRANGERS = 20  # sources of a link that nobody knows, each with an alarm of its own
SOS, DEVICE, TESTED = "sos:", "device:", "test:"
_SEEN = frozenset({"acknowledged", "call", "cleared_by_hand", "shelved"})

Crews = Callable[[sa.Connection], Sequence[Crew]]
Answer = Callable[[bool, str], None]  # whether the device took it, and why not
Confirm = Callable[[str, str, str, Answer], None]  # link, source, who saw it, what becomes of it


@dataclass(slots=True)
class _Waiting:
    """What was heard of one originator and is not written yet."""

    actor: str
    raised: int = 0
    seen: int = 0
    late: int = 0
    is_on: bool = False
    serves: str | None = None
    lat: float | None = None
    lon: float | None = None
    told_at: datetime | None = None


class AlarmIntake:
    """``take`` from any thread, at hardly any cost; a thread of its own writes, from ``start`` to
    ``stop``. What cannot be written waits and is counted on, in one place an originator.

    ``confirm`` tells a device that its emergency was seen; its answer stands in the alarm's log.
    """

    def __init__(self, database: Database, clock: Clock, crews: Crews, confirm: Confirm) -> None:
        self._database, self._clock, self._crews, self._confirm = database, clock, crews, confirm
        self._guard = threading.Lock()
        self._waiting: dict[str, _Waiting] = {}
        self._sources: dict[str, Source] = {}
        self._pressed: dict[str, bool] = {}  # device → as its input stood last
        self._inputs: Mapping[tuple[str, int], Sequence[Device]] = {}
        self._devices: Mapping[str, Device] = {}
        self._alarms: dict[str, str] = {}  # originator → its alarm that lasts; the thread's own
        self._written: dict[str, float] = {}
        self._answers: deque[tuple[str, str, str]] = deque()
        self._heard_there: deque[tuple[str, Actor]] = deque()  # originator, who confirmed elsewhere
        self._confirmed: dict[str, datetime | None] = {}
        self._stale = True
        self.replayed = 0
        self._rounds = Rounds("alarm-intake", self.turn, TURN_S)

    def start(self) -> None:
        """Readings become alarms; what lasted before is taken up again."""
        with self._database.read() as connection:
            open_now = every_open(connection, self._clock.now())
        for one in open_now:
            if one.active and one.originator.startswith((SOS, DEVICE, TESTED)):
                self._alarms[one.originator] = one.id
                if one.originator.startswith(SOS):
                    source = self._sources.setdefault(one.originator, Source(True))
                    if one.told_at is not None:
                        source.told[one.told_at] = None
                else:
                    self._pressed[one.originator.partition(":")[2]] = True
        self._read_devices()
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """What was heard is written; no more is taken."""
        self._rounds.stop(timeout_s)
        self.turn()

    def devices_changed(self, _: object = None) -> None:
        """Devices are read again, soon; from any thread."""
        self._stale = True
        self._rounds.nudge()

    def take(self, event: ReadingArrived) -> None:
        """The reading is heard: what it raises is written soon."""
        reading = event.reading
        if isinstance(reading, Inputs):
            heard = self._take_inputs(event.link_id, reading)
        elif isinstance(reading, Position):
            heard = self._take_position(event, reading)
        else:
            return
        if heard:
            self._rounds.nudge()

    def emergency(self, link_id: str, source: str, unit_id: str | None, at: datetime) -> None:
        """A radio called for help in a status or a call: over when a person says so. What it said
        with its place at ``at`` was heard already."""
        with self._guard:
            key = self._key(link_id, source, unit_id)
            heard = self._sources[key]
            if at in heard.judged:
                return
            waiting = self._wait(key, source, unit_id)
            waiting.raised += not heard.is_on
            waiting.seen += heard.is_on
            waiting.is_on = True
        self._rounds.nudge()

    def alarm_changed(self, event: AlarmChanged) -> None:
        """Somebody has seen an alarm: its device is told so, soon."""
        if event.what in _SEEN:
            self._answers.append((event.alarm_id, "seen", ""))
            self._rounds.nudge()

    def confirmed(self, link_id: str, source: str, by: Actor) -> None:
        """At the radio somebody has heard its emergency: the alarm need not be seen once more."""
        self._heard_there.append((f"{SOS}{link_id}:{source}", by))
        self._rounds.nudge()

    def turn(self) -> None:
        """What waits is written: one act an originator."""
        if self._stale:
            self._read_devices()
        self._follow_tests()
        now = self._clock.monotonic()
        with self._guard:
            due = {
                key: one
                for key, one in self._waiting.items()
                if one.raised or one.late or not one.is_on
                or now - self._written.get(key, -math.inf) >= REFRESH_S
            }  # fmt: skip
            for key in due:
                del self._waiting[key]
        try:
            for key in list(due):
                self._write(key, due[key])
                del due[key]
                self._written[key] = now
        finally:  # the one that failed waits behind the others
            for key in [*list(due)[1:], *list(due)[:1]]:
                self._put_back(key, due[key])
        while self._heard_there:
            self._acknowledge(*self._heard_there.popleft())
        while self._answers:
            self._answer(*self._answers.popleft())

    def _put_back(self, key: str, old: _Waiting) -> None:
        """What could not be written waits again, with what came meanwhile."""
        with self._guard:
            new = self._waiting.setdefault(key, old)
            if new is not old:
                new.raised, new.late = new.raised + old.raised, new.late + old.late
                new.seen += old.seen

    def _take_inputs(self, link_id: str, reading: Inputs) -> bool:
        heard = False
        with self._guard:
            for device in self._inputs.get((link_id, reading.unit), ()):
                assert device.input is not None
                pressed = device.input.pressed(reading.values)
                if pressed is None or pressed is self._pressed.get(device.id, False):
                    continue
                self._pressed[device.id] = pressed
                self._press(device, pressed)
                heard = True
        return heard

    def _press(self, device: Device, pressed: bool) -> None:
        waiting = self._wait(DEVICE + device.id, device.name, None)
        waiting.raised += pressed
        waiting.is_on = pressed

    def _take_position(self, event: ReadingArrived, reading: Position) -> bool:
        is_sos = "sos" in reading.alarms
        with self._guard:
            source_id = reading.source or event.link_id
            key = f"{SOS}{event.link_id}:{source_id}"
            if not is_sos and key not in self._sources:
                return False
            key = self._key(event.link_id, source_id, event.serves)
            source = self._sources.setdefault(key, Source())
            news = source.hear(is_sos, reading.at, event.received_at)
            if news in (News.NOTHING, News.REPLAYED):
                self.replayed += news is News.REPLAYED
                return False
            waiting = self._wait(key, source_id, event.serves)
            waiting.raised += news is News.RAISED
            waiting.late += news is News.LATE
            waiting.seen += news is News.LASTS
            waiting.is_on = source.is_on
            if is_sos:
                waiting.told_at = source.at
                if drawn(reading):
                    waiting.lat, waiting.lon = reading.lat, reading.lon
            return news is not News.LASTS

    def _key(self, link_id: str, source: str, unit_id: str | None) -> str:
        key, link = f"{SOS}{link_id}:{source}", f"{SOS}{link_id}:"
        if unit_id is None and key not in self._sources:
            strangers = sum(known.startswith(link) for known in self._sources)
            if strangers >= MOST_STRANGERS:
                key = f"{link}*"
        self._sources.setdefault(key, Source())
        return key

    def _wait(self, key: str, actor: str, serves: str | None) -> _Waiting:
        waiting = self._waiting.setdefault(key, _Waiting(actor))
        waiting.serves = serves
        return waiting

    def _read_devices(self) -> None:
        self._stale = False
        with self._database.read() as connection:
            found = store.devices(connection)
        inputs: dict[tuple[str, int], list[Device]] = {}
        for one in found:
            if one.input is not None:
                inputs.setdefault((one.input.link_id, one.input.unit), []).append(one)
        with self._guard:
            self._inputs, self._devices = inputs, {one.id: one for one in found}

    def _follow_tests(self) -> None:
        """A device that is pressed while its test begins or ends is raised as what it is now."""
        now = self._clock.now()
        for key in [key for key in self._alarms if key.startswith((DEVICE, TESTED))]:
            device = self._devices.get(key.partition(":")[2])
            is_there = device is not None and device.input is not None
            if device is None or (is_there and key != device.raising(now).originator):
                with self._database.act(Actor("device", device.name if device else "")) as act:
                    self._clear(act, key, "" if device else "removed")
                    if device is not None and self._pressed.get(device.id):
                        raising = device.raising(act.at)
                        self._alarms[raising.originator] = raise_within(act, raising)

    def _write(self, key: str, one: _Waiting) -> None:
        with self._database.act(Actor("device", one.actor[:64])) as act:
            raising = self._raising(act, key, one)
            if raising is None:
                return
            key = raising.originator
            if one.late and not (one.raised or one.is_on):
                alarm_id = raise_within(act, replace(raising, how=LATE, times=one.late))
                clear_within(act, alarm_id)
                return
            new = one.raised or (one.is_on and key not in self._alarms)
            if new and not self._was_told(act, raising):
                self._alarms[key] = raise_within(act, raising)
            elif one.seen and self._lasts(act, key):
                refresh_within(act, self._alarms[key], raising)
            if not one.is_on:
                self._clear(act, key)

    def _raising(self, act: Act, key: str, one: _Waiting) -> Raising | None:
        times = max(1, one.raised + one.seen)
        if key.startswith(DEVICE):
            device = self._devices.get(key.removeprefix(DEVICE))
            return None if device is None else device.raising(act.at, times=times)
        crews = {crew.unit_id: crew for crew in self._crews(act.connection)}
        crew, source = crews.get(one.serves or ""), key.split(":", 2)[2]
        name = one.actor if crew is None else f"{crew.call_sign} ({source})"
        lat, lon = one.lat, one.lon
        if lat is None and crew is not None:
            lat, lon = crew.lat, crew.lon
        return Raising(key, Kind.SOS, name, "", lat, lon, "", times, one.told_at)

    def _was_told(self, act: Act, raising: Raising) -> bool:
        """The same word stands in the store: it was told before a restart."""
        if raising.told_at is None:
            return False
        kinds = kinds_now(act.connection, act.at)
        was = store.newest(act.connection, raising.originator, raising.kind, kinds)
        if was is None or was.told_at is None or was.told_at < raising.told_at:
            return False
        with self._guard:  # its next word that is new is an alarm
            self.replayed += 1
            self._sources[raising.originator].is_on = False
        return True

    def _lasts(self, act: Act, key: str) -> bool:
        known = self._alarms.get(key)
        return known is not None and alarm(act.connection, known, act.at).active

    def _clear(self, act: Act, key: str, why: str = "") -> None:
        """The alarm of this originator is over – but duress: whoever presses for help in silence
        is helped before it ends."""
        if self._lasts(act, key):
            known = alarm(act.connection, self._alarms[key], act.at)
            if known.is_silent and not why:
                return
            clear_within(act, known.id, why)
        self._alarms.pop(key, None)

    def _acknowledge(self, originator: str, by: Actor) -> None:
        known = self._alarms.get(originator)
        if known is not None:
            with suppress(Refused):  # by somebody who may not, or it was seen meanwhile
                acknowledge(self._database, by, known)

    def _answer(self, alarm_id: str, what: str, words: str) -> None:
        """One that was seen is confirmed to its device; what the device says is noted."""
        if what == "seen":
            with self._database.read() as connection:
                seen = alarm(connection, alarm_id, self._clock.now())
            if not seen.originator.startswith(SOS) or seen.originator.endswith(":*"):
                return
            if self._confirmed.get(alarm_id) == seen.asked_at:
                return  # once for each time that it asked
            self._confirmed[alarm_id] = seen.asked_at
            _, link_id, source = seen.originator.split(":", 2)

            def then(done: bool, why: str) -> None:
                told = "confirmed" if done else "unconfirmed"
                self._answers.append((alarm_id, told, why))
                self._rounds.nudge()

            self._confirm(link_id, source, seen.acknowledged_by, then)
        else:
            with self._database.act(Actor("device", "")) as act:
                note(act, alarm_id, what, words)
