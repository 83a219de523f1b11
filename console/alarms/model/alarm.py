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


class Look(StrEnum):
    """Which alarms a list shows."""

    OPEN = "open"
    SHELVED = "shelved"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Raising:
    """What is told of an alarm when it is raised. ``name`` is the device or crew as people call it;
    ``how`` tells a simulated input from a real one."""

    originator: str
    kind: str
    name: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    how: str = ""

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
    was told last; ``rev`` counts what it was told."""

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

    @property
    def acknowledged(self) -> bool:
        """A person has seen it."""
        return self.acknowledged_at is not None

    @property
    def is_open(self) -> bool:
        """It still asks for something: it lasts, or nobody has seen it."""
        return self.active or not self.acknowledged

    def shelved(self, now: datetime) -> bool:
        """It is put aside now. A clock that went back before its beginning ends it."""
        return self.shelf is not None and self.shelf.since <= now < self.shelf.until

    def rings(self, now: datetime) -> bool:
        """It asks for a person with a tone."""
        return self.is_open and not self.acknowledged and not self.shelved(now)

    def state(self, now: datetime) -> str:
        """``shelved``, ``ringing``, ``active``, ``gone`` (cleared, nobody has seen it), ``over``."""
        if not self.is_open:
            return "over"
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
        was, count=was.count + 1, last_at=max(at, was.raised_at), active=True, cleared_at=None,
        name=raising.name, title=title(kind, raising.name), how=raising.how,
        place=raising.place or was.place,
        lat=raising.lat if raising.lat is not None else was.lat,
        lon=raising.lon if raising.lon is not None else was.lon,
    )  # fmt: skip
    if _asks_again(was, kind, at):
        new = ask_again(new)
    return new


def _asks_again(was: Alarm, kind: AlarmKind, at: datetime) -> bool:
    if was.acknowledged_at is None or was.shelved(at):
        return False
    if was.cleared_at is not None and _apart(at, was.cleared_at) > kind.restoral_s:
        return True
    again_s = kind.rings_again_s
    return again_s is not None and _apart(at, was.acknowledged_at) > again_s


def quietly(new: Alarm, was: Alarm) -> Alarm:
    """The raising is counted and asks for nobody: its originator runs away."""
    return replace(new, acknowledged_by=was.acknowledged_by, acknowledged_at=was.acknowledged_at)


def ask_again(was: Alarm) -> Alarm:
    """It asks for a person, whoever has seen it before."""
    return replace(was, acknowledged_by="", acknowledged_at=None)


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


def unshelve(was: Alarm) -> Alarm:
    """It is on the list again; one that lasts asks for a person anew. Refused when not shelved."""
    if was.shelf is None:
        raise Refused("alarms.not_shelved", alarm=was.title)
    back = replace(was, shelf=None)
    return ask_again(back) if was.active else back


def link_call(was: Alarm, call_id: str, by: str, at: datetime) -> Alarm:
    """It has become this call; whoever did that has seen it. Refused when it is one already."""
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
class Device:
    """A device of the post that raises alarms, and where it stands."""

    id: str
    name: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class AlarmChanged:
    """An alarm was raised, told on, acknowledged, cleared, shelved or made a call."""

    alarm_id: str
    what: str
