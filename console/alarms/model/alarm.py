"""Alarms: one line an originator and kind; raised, cleared, acknowledged, shelved. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from console.alarms.model.kinds import AlarmKind, Kinds
from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words

NAME_CHARS = 64
PLACE_CHARS = 200
REASON_CHARS = 200
ORIGINATOR_CHARS = 96


class Kind(StrEnum):
    """The kinds that the console raises itself; a post's table may tell of others."""

    LINK_LOST = "link_lost"
    UNIT_SILENT = "unit_silent"
    BUTTON = "button"
    BACKUP_FAILED = "backup_failed"
    SOS = "sos"
    DURESS = "duress"
    CAMERA_LOST = "camera_lost"
    CITY_ALERT = "city_alert"


# how an alarm came, where that changes what is done with it; the city reads these words
SIMULATED = "simulated"  # pressed on the page: everything else is as in earnest
TEST = "test"  # its device is being tested: listed as a test, and nothing more
SILENT = "silent"  # duress: the city is told, and nobody at the post sees or hears it
LATE = "late"  # the device told of it after the event
CITY = "city"  # the city knows: it told us


class Step(StrEnum):
    """How far an alarm has climbed that nobody acknowledges."""

    CHIEF = "chief"
    CITY = "city"


class Look(StrEnum):
    """Which alarms a list shows."""

    OPEN = "open"
    SHELVED = "shelved"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Raising:
    """What is told of an alarm when it is raised. ``name`` is the device or crew as people call it;
    ``how`` tells a simulated input from a real one; ``times``: it was raised so often meanwhile;
    ``told_at``: when it was, by the device's own clock."""

    originator: str
    kind: str
    name: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    how: str = ""
    times: int = 1
    told_at: datetime | None = None

    def cleaned(self) -> Raising:
        """The same as it may be kept. Refused without an originator."""
        originator = shown(self.originator, ORIGINATOR_CHARS)
        if not originator or not self.kind:
            raise Refused("alarms.no_originator")
        name = shown(self.name, NAME_CHARS).replace("\n", " ") or originator[:NAME_CHARS]
        place = shown(self.place, PLACE_CHARS).replace("\n", " ")
        return replace(self, originator=originator, name=name, place=place)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Put aside until a time, by whom and why."""

    since: datetime
    until: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """One line. ``is_open`` until it is cleared and acknowledged; ``city_active``: what the city
    was told last; ``rev`` counts what it was told; ``asked_at``: since when it asks for a person;
    ``escalated``: how far it has climbed since then."""

    id: str
    originator: str
    kind: str
    title: Words
    name: str
    priority: int
    raised_at: datetime
    last_at: datetime
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    how: str = ""
    count: int = 1
    active: bool = True
    cleared_at: datetime | None = None
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    shelf: Shelf | None = None
    call_id: str = ""
    city_active: bool = False
    rev: int = 0
    told_at: datetime | None = None
    asked_at: datetime | None = None
    escalated: str = ""

    @property
    def is_test(self) -> bool:
        """Its device was being tested: it asks for nobody."""
        return self.how == TEST

    @property
    def is_silent(self) -> bool:
        """Duress: nothing at the post may show or sound it."""
        return self.how == SILENT

    @property
    def is_reported(self) -> bool:
        """The city is told of it: it is in earnest, and does not come from there."""
        return self.how not in (TEST, CITY)

    @property
    def acknowledged(self) -> bool:
        """A person has seen it."""
        return self.acknowledged_at is not None

    @property
    def is_open(self) -> bool:
        """It still asks for something: it lasts, or nobody has seen it."""
        return self.active or not (self.acknowledged or self.is_test)

    def shelved(self, now: datetime) -> bool:
        """It is put aside now. A clock that went back before its beginning ends it."""
        return self.shelf is not None and self.shelf.since <= now < self.shelf.until

    def rings(self, now: datetime) -> bool:
        """It asks for a person with a tone."""
        if self.is_test or self.is_silent:
            return False
        return self.is_open and not self.acknowledged and not self.shelved(now)

    def state(self, now: datetime) -> str:
        """``shelved``, ``ringing``, ``active``, ``gone`` (cleared, nobody has seen it), ``over``,
        ``test``."""
        if not self.is_open:
            return "over"
        if self.is_test:
            return "test"
        if self.shelved(now):
            return "shelved"
        if self.active:
            return "active" if self.acknowledged else "ringing"
        return "gone"


def begin(alarm_id: str, raising: Raising, kind: AlarmKind, at: datetime) -> Alarm:
    """A new line for what was raised."""
    return Alarm(
        alarm_id, raising.originator, kind.code, title(kind, raising.name), raising.name,
        kind.priority, at, at, raising.place, raising.lat, raising.lon, raising.how,
        count=raising.times, told_at=raising.told_at, asked_at=at,
    )  # fmt: skip


def title(kind: AlarmKind, name: str) -> Words:
    """What the alarm is called: the kind and who it is about."""
    return Words(f"{kind.words.zh_CN}：{name}", f"{kind.words.en}: {name}")


def same(was: Alarm, kind: AlarmKind, at: datetime) -> bool:
    """A raising now is this alarm again: its line is open or on the shelf, or was cleared just now."""
    if was.is_open or was.shelved(at):
        return True
    return was.cleared_at is not None and _apart(at, was.cleared_at) <= kind.restoral_s


def repeat(was: Alarm, raising: Raising, kind: AlarmKind, at: datetime) -> Alarm:
    """The line after one more raising: counted, active, and asking again where it should.

    One that comes back after its restoral delay asks for a new acknowledgement.
    """
    new = replace(
        was, count=was.count + raising.times, last_at=max(at, was.raised_at), active=True,
        cleared_at=None, name=raising.name, title=title(kind, raising.name), how=raising.how,
        told_at=_later(was.told_at, raising.told_at),
        place=raising.place or was.place,
        lat=raising.lat if raising.lat is not None else was.lat,
        lon=raising.lon if raising.lon is not None else was.lon,
    )  # fmt: skip
    if _asks_again(was, kind, at):
        new = ask_again(new, at)
    return new


def refresh(was: Alarm, raising: Raising, at: datetime) -> Alarm:
    """The line of an alarm that lasts, as its device tells it once more: counted, and where it is
    now. It asks for nobody anew."""
    return replace(
        was, count=was.count + raising.times, last_at=max(at, was.raised_at),
        told_at=_later(was.told_at, raising.told_at),
        lat=raising.lat if raising.lat is not None else was.lat,
        lon=raising.lon if raising.lon is not None else was.lon,
    )  # fmt: skip


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


def _asks_again(was: Alarm, kind: AlarmKind, at: datetime) -> bool:
    if was.acknowledged_at is None or was.shelved(at):
        return False
    if was.cleared_at is not None and _apart(at, was.cleared_at) > kind.restoral_s:
        return True
    again_s = kind.rings_again_s
    return again_s is not None and _apart(at, was.acknowledged_at) > again_s


def quietly(new: Alarm, was: Alarm) -> Alarm:
    """The raising is counted and asks for nobody: its originator runs away."""
    return replace(
        new, acknowledged_by=was.acknowledged_by, acknowledged_at=was.acknowledged_at,
        asked_at=was.asked_at, escalated=was.escalated,
    )  # fmt: skip


def ask_again(was: Alarm, at: datetime) -> Alarm:
    """It asks for a person from now on, whoever has seen it before."""
    return replace(was, acknowledged_by="", acknowledged_at=None, asked_at=at, escalated="")


def escalate(was: Alarm, step: Step) -> Alarm:
    """It has climbed so far. Refused when somebody has acknowledged it meanwhile."""
    if was.acknowledged:
        raise Refused("alarms.acknowledged_already", by=was.acknowledged_by)
    return replace(was, escalated=step)


def clear(was: Alarm, at: datetime) -> Alarm:
    """Its cause is gone. Refused when it is cleared already."""
    if not was.active:
        raise Refused("alarms.cleared_already", alarm=was.title)
    return replace(was, active=False, cleared_at=at)


def clear_by_hand(was: Alarm, kind: AlarmKind, reason: str, at: datetime) -> Alarm:
    """A person says that it is over, and has thereby seen it. Refused where only the device can."""
    if not kind.hand_clear:
        raise Refused("alarms.not_by_hand", kind=kind.words)
    if not reason:
        raise Refused("alarms.reason_missing")
    return clear(was, at)


def acknowledge(was: Alarm, by: str, at: datetime) -> Alarm:
    """This person has seen it. Refused when somebody has already."""
    if was.acknowledged:
        raise Refused("alarms.acknowledged_already", by=was.acknowledged_by)
    return replace(was, acknowledged_by=by, acknowledged_at=at)


def shelve(was: Alarm, shelf: Shelf, kinds: Kinds) -> Alarm:
    """It is silent until the shelf's end, at most for the longest time; who shelves has seen it.

    Refused when it is over, without a reason, or for an end that has passed.
    """
    if not was.is_open:
        raise Refused("alarms.over", alarm=was.title)
    if not shelf.reason:
        raise Refused("alarms.reason_missing", field="reason")
    if shelf.until <= shelf.since:
        raise Refused("alarms.end_passed", field="until")
    end = min(shelf.until, shelf.since + timedelta(seconds=kinds.shelve_most_s))
    seen = was if was.acknowledged else acknowledge(was, shelf.by, shelf.since)
    return replace(seen, shelf=replace(shelf, until=end))


def unshelve(was: Alarm, at: datetime) -> Alarm:
    """It is on the list again; one that lasts asks for a person anew. Refused when not shelved."""
    if was.shelf is None:
        raise Refused("alarms.not_shelved", alarm=was.title)
    back = replace(was, shelf=None)
    return ask_again(back, at) if was.active else back


def link_call(was: Alarm, call_id: str, by: str, at: datetime) -> Alarm:
    """It has become this call; whoever did that has seen it. Refused when it is one already, and
    for a test."""
    if was.is_test:
        raise Refused("alarms.is_test", alarm=was.title)
    if was.call_id:
        raise Refused("alarms.call_already", alarm=was.title)
    seen = was if was.acknowledged else acknowledge(was, by, at)
    return replace(seen, call_id=call_id)


def _apart(one: datetime, other: datetime) -> float:
    return abs((one - other).total_seconds())


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of an alarm's log."""

    seq: int
    kind: str
    at: datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class AlarmChanged:
    """An alarm was raised, told on, acknowledged, cleared, shelved or made a call."""

    alarm_id: str
    what: str
