"""Calls and alarms bring cameras up: onto the desk where the officer is, or beside the wall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from console.alarms import service as alarms
from console.alarms.model import Alarm, AlarmChanged, Kind, Outcome
from console.alarms.page import AlarmsPage
from console.app.rooms.wall import page_parts, recording_parts, wall_page
from console.core.errors import Refused
from console.core.ids import CallId
from console.core.words import Words
from console.dispatch import service as dispatch
from console.dispatch.model import CallChanged, CallStatus
from console.videowall import service
from console.videowall.model import Event, PopUpRule, Why
from console.videowall.page import EventDesk, EventParts
from console.wiring import pop_up_listeners

if TYPE_CHECKING:
    from console.app.console import Console

GATHER_MS = 40  # news that come together are read together
OWN_CAMERA = "camera:"  # an alarm's originator: a camera of the post
DONE = frozenset({CallStatus.FINISHED})


@dataclass(frozen=True, slots=True)
class Told:
    """What was read of one call or alarm: the event that it is, or that it is none (any more)."""

    id: str
    event: Event | None


class PopUpRoom(QObject):
    """From ``start`` to ``stop`` what is heard of calls and alarms brings their cameras up."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        window = console.window
        parts = EventParts(page_parts(console), recording_parts(console), window, window.pages)
        self.events = EventDesk(parts, self)
        self._wanted: dict[str, tuple[Why, str]] = {}
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._read)

    def start(self) -> None:
        """The region stands on the page that is shown, and the news are heard."""
        console, events = self._console, self.events
        for kind, listener in pop_up_listeners(self):
            console.bridge.listen(console.post.bus, kind, listener)
        console.window.page_shown.connect(self._on_page)
        console.desk.back_wanted.connect(events.send_back)
        events.room_wanted.connect(self._make_room)
        events.changed.connect(self._on_changed)
        self._on_page("desk")
        self._on_page(console.window.shown_page)

    def stop(self) -> None:
        """Nothing comes up any more."""
        self._gather.stop()
        self.events.stop()

    def call_changed(self, event: CallChanged) -> None:
        """The call is read soon: taken, placed, assigned, or ended."""
        self._ask(Why.CALL, event.call_id)

    def alarm_changed(self, event: AlarmChanged) -> None:
        """The alarm is read soon: raised, verified, shelved, made a call, or cleared."""
        self._ask(Why.ALARM, event.alarm_id)

    def _ask(self, why: Why, ref: str) -> None:
        if ref:
            self._wanted[f"{why}:{ref}"] = (why, ref)
            if not self._gather.isActive():
                self._gather.start()

    def _read(self) -> None:
        wanted, post = tuple(self._wanted.values()), self._console.post
        self._wanted.clear()

        def read() -> tuple[list[Told], PopUpRule]:
            now = post.clock.now()
            with post.database.read() as connection:
                rule = service.pop_up_rule(connection, now)
                return [told(connection, why, ref, rule, now) for why, ref in wanted], rule

        self._console.background.ask(read, lambda found: self._take(*found), None, self)

    def _take(self, found: Sequence[Told], rule: PopUpRule) -> None:
        for one in found:
            if one.event is not None:
                self.events.put(one.event, rule)
            else:
                self.events.over(one.id)

    def _on_page(self, key: str) -> None:
        """The region stands where the officer looks: on the desk, under the alarms, or beside the
        wall. On any other page it is not seen, and its keys count all the same."""
        region, page = self.events.region, wall_page(self._console)
        alarms_page = self._console.window.page("alarms")
        if key == "desk":
            region.set_strip(True)
            self._console.desk.set_pictures(region)
        elif key == "alarms" and isinstance(alarms_page, AlarmsPage):
            region.set_strip(True)
            alarms_page.set_pictures(region)
        elif key == "wall" and page is not None:
            region.set_strip(False)
            page.set_events(self.events)
            self._make_room(self.events.room)
        region.setVisible(self.events.queue.front is not None)
        self.events.again()

    def _make_room(self, tiles: int) -> None:
        page = wall_page(self._console)
        if page is not None:
            page.stage.reserve(tiles)

    def _on_changed(self) -> None:
        from console.ui.style import Tone

        waits = len(self.events.queue.waiting)
        self._console.window.navigation.set_count("wall", waits, Tone.LATE)


def told(connection: Any, why: Why, ref: str, rule: PopUpRule, now: datetime) -> Told:
    """The call or alarm as an event, where the post's rule wants its cameras to come up."""
    try:
        read = call_event if why is Why.CALL else alarm_event
        return Told(f"{why}:{ref}", read(connection, ref, rule, now))
    except Refused:  # it is not there any more
        return Told(f"{why}:{ref}", None)


def call_event(connection: Any, ref: str, rule: PopUpRule, now: datetime) -> Event | None:
    """A call that is in work and has a place on the map, urgent enough, with a camera near it."""
    call = dispatch.call(connection, CallId(ref)).call
    if not call.status.is_open or call.status in DONE or call.level > rule.call_level:
        return None
    sights = service.sights_of(connection, rule, call.lat, call.lon)
    if not sights:
        return None
    title = Words(call.number, call.number)
    return Event(Why.CALL, ref, title, call.place, call.level, call.received_at, sights)


def alarm_event(connection: Any, ref: str, rule: PopUpRule, now: datetime) -> Event | None:
    """An alarm in earnest that has a place or a camera of its own. None for a test or a shelved one
    (unless the post wants that), for duress, and for a city's alert that nobody has verified."""
    alarm = alarms.alarm(connection, ref, now)
    if not _comes_up(alarm, rule, now) or not _is_verified(connection, alarm, now):
        return None
    own = alarm.originator.removeprefix(OWN_CAMERA)
    own = own if own != alarm.originator else ""
    sights = service.sights_of(connection, rule, alarm.lat, alarm.lon, own)
    if not sights:
        return None
    at = alarm.asked_at or alarm.raised_at
    return Event(Why.ALARM, ref, alarm.title, alarm.place, alarm.priority, at, sights)


def _comes_up(alarm: Alarm, rule: PopUpRule, now: datetime) -> bool:
    if alarm.is_silent or alarm.call_id or alarm.kind not in rule.alarms:
        return False  # one that has become a call comes up as that
    if alarm.is_test:
        return rule.tests and alarm.active
    return alarm.is_open and (rule.shelved or not alarm.shelved(now))


def _is_verified(connection: Any, alarm: Alarm, now: datetime) -> bool:
    if alarm.kind != Kind.CITY_ALERT:
        return True
    alert = alarms.alert_of(connection, alarm)
    return alert.outcome == Outcome.MATCH and not alert.expired(now)
