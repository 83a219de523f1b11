"""Calls taken by hand, and the facts of a call changed by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from console.core.actor import Actor
from console.core.clock import from_text, to_text
from console.core.database import Act, Database
from console.core.errors import Conflict, Refused
from console.core.ids import CallId, new_id
from console.core.outbox import Lane
from console.core.text import shown
from console.dispatch import store
from console.dispatch.model import call as facts
from console.dispatch.model.call import Call, CallChanged, CallStatus, NewCall, PlaceFlag
from console.dispatch.model.reference import ZONE_OF_MINUTES
from console.dispatch.service.tables import codes, natures
from console.dispatch.service.writing import CLOCK_SLACK, Writing
from console.gridmap.model import Area
from console.people.model import Right, require

UNKNOWN_PLACE = "地点不详"  # the city's schema wants words where there is no point


class Ground(Protocol):
    """What is known of the post's ground; the map's roads and areas tell it."""

    def covers(self, lat: float, lon: float) -> bool | None:
        """The point lies on the post's map; None while no map is loaded."""

    def area_of(self, lat: float, lon: float) -> Area | None:
        """The patrol area of the point."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a call keeps it."""

    text: str
    lat: float | None
    lon: float | None
    flag: PlaceFlag
    zone: str = "general"
    area_id: str | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of the call's row."""
        return {
            "place": self.text, "lat": self.lat, "lon": self.lon, "place_flag": str(self.flag),
            "zone": self.zone, "area_id": self.area_id,
        }  # fmt: skip


def settle(text: str, lat: Any, lon: Any, ground: Ground | None) -> Spot:
    """The place as it may be kept: a point that is none, or off the map, is dropped and flagged."""
    words = shown(text, facts.PLACE_CHARS)
    if lat is None and lon is None:
        return Spot(words, None, None, PlaceFlag.NO_POINT if words else PlaceFlag.MISSING)
    if not _is_point(lat, lon):
        return Spot(words, None, None, PlaceFlag.IMPOSSIBLE)
    if ground is None:
        return Spot(words, float(lat), float(lon), PlaceFlag.FINE)
    if ground.covers(lat, lon) is False:
        return Spot(words, None, None, PlaceFlag.OUTSIDE)
    area = ground.area_of(lat, lon)
    if area is None:
        return Spot(words, float(lat), float(lon), PlaceFlag.FINE)
    zone = ZONE_OF_MINUTES.get(area.minutes, "general")
    return Spot(words, float(lat), float(lon), PlaceFlag.FINE, zone, area.id)


def _is_point(lat: Any, lon: Any) -> bool:
    for value, most in ((lat, 90), (lon, 180)):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if not math.isfinite(value) or abs(value) > most:
            return False
    return not (abs(lat) < 0.001 and abs(lon) < 0.001)


def take_call(
    database: Database, actor: Actor, new: NewCall, ground: Ground | None = None
) -> CallId:
    """A call that reached the post itself stands on the board; the city will be told.

    Refused for an unknown source, nature or level, without any words, or with a point that is none.
    """
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        return take_call_within(act, new, ground)


def take_call_within(act: Act, new: NewCall, ground: Ground | None = None) -> CallId:
    """The same, inside another room's act (an alarm that became a call)."""
    level = _checked_level(act, new)
    spot = settle(new.place, new.lat, new.lon, ground)
    _refuse_no_point(spot)
    narrative = shown(new.narrative, facts.NARRATIVE_CHARS)
    if not narrative and spot.flag is PlaceFlag.MISSING:
        raise Refused("dispatch.call_empty")
    received_at = new.received_at or act.at
    if received_at > act.at + CLOCK_SLACK:
        raise Refused("dispatch.time_in_future", at=to_text(received_at))
    call_id = CallId(new_id())
    insert(
        act, call_id, spot, from_city=0, source=new.source, nature=new.nature, level=level,
        narrative=narrative, caller_name=shown(new.caller_name, facts.NAME_CHARS),
        caller_phone=shown(new.caller_phone, facts.PHONE_CHARS),
        received_at=min(received_at, act.at), due={}, raw={},
    )  # fmt: skip
    row = store.call_row(act.connection, call_id)
    act.tell_city(Lane.URGENT, "call", call_id, "call.received", 1, _received(row))
    return call_id


def _refuse_no_point(spot: Spot) -> None:
    if spot.flag is PlaceFlag.IMPOSSIBLE:
        raise Refused("dispatch.point_impossible")
    if spot.flag is PlaceFlag.OUTSIDE:
        raise Refused("dispatch.point_outside")


def _checked_level(act: Act, new: NewCall) -> int:
    source = codes(act.connection, "sources", act.at).get(new.source)
    if source is None or not source.mark:
        raise Refused("dispatch.source_unknown", source=new.source[:32])
    nature = natures(act.connection, act.at).of(new.nature)
    if not nature.known:
        raise Refused("dispatch.nature_unknown", nature=new.nature[:32])
    level = nature.level if new.level is None else new.level
    if str(level) not in codes(act.connection, "levels", act.at):
        raise Refused("dispatch.level_unknown", level=level)
    return level


def insert(act: Act, call_id: CallId, spot: Spot, **columns: Any) -> None:
    """The row, first log line, audit line and news of a call that is new here."""
    day = f"{act.at.astimezone():%Y-%m-%d}"
    number = store.next_number(act.connection, day)
    store.insert_call(
        act.connection, id=call_id, day=day, number=number, status=str(CallStatus.RECEIVED),
        is_open=1, rev=1, **spot.columns(), **columns,
    )  # fmt: skip
    store.append_line(
        act.connection, call_id=call_id, kind="received", happened_at=columns["received_at"],
        written_at=act.at, actor=str(act.actor), text=columns["narrative"], unit_id=None,
        origin="city" if columns["from_city"] else "desk", before={}, undoes=None,
        detail={"rev": 1, "source": columns["source"], "place_flag": str(spot.flag)},
    )  # fmt: skip
    act.audit("call.received", "call", call_id, number=facts.short_number(number))
    act.announce(CallChanged(call_id, str(CallStatus.RECEIVED), "received"))


def _received(row: Any) -> dict[str, Any]:
    place: dict[str, Any] = {"text": row.place, "datum": "wgs84"}
    if row.lat is not None:
        place |= {"lat": row.lat, "lon": row.lon}
    elif not row.place:
        place["text"] = UNKNOWN_PLACE
    reporter = {"name": row.caller_name, "phone": row.caller_phone}
    return {
        "call_id": row.id, "received_at": to_text(row.received_at), "channel": row.source,
        "source": row.source, "nature": row.nature, "level": row.level, "place": place,
        "report": row.narrative, "reporter": {k: v for k, v in reporter.items() if v},
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """What an officer changes of a call; None leaves a fact as it is. ``add`` goes on the narrative."""

    nature: str | None = None
    level: int | None = None
    place: str | None = None
    point: tuple[float, float] | None = None
    add: str = ""


def change_call(
    database: Database, actor: Actor, call_id: CallId, base_rev: int, edit: Edit,
    ground: Ground | None = None,
) -> None:  # fmt: skip
    """The call's facts are as edited. Conflict when one of the same facts changed since
    ``base_rev``; other facts merge."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        if not writing.status.is_open:
            raise Refused("dispatch.call_over", call=writing.call.number)
        changes = _changes(act, writing.row, edit, ground)
        if not changes:
            raise Refused("dispatch.nothing_changed")
        clash = sorted(set(changes) & _changed_since(act, call_id, base_rev))
        if clash:
            raise Conflict("dispatch.changed_meanwhile", call=writing.call.number, fields=clash)
        told = {
            name: [getattr(writing.row, name), value]
            for name, value in changes.items()
            if name != "narrative"
        }
        edited = sorted({*writing.row.edited, *changes})
        writing.set(**changes, edited=edited)
        writing.done("edited", edit.add, detail={"fields": told, "names": sorted(changes)})


def _changes(act: Act, row: Any, edit: Edit, ground: Ground | None) -> Mapping[str, Any]:
    changes: dict[str, Any] = {}
    if edit.nature is not None and edit.nature != row.nature:
        if not natures(act.connection, act.at).of(edit.nature).known:
            raise Refused("dispatch.nature_unknown", nature=edit.nature[:32])
        changes["nature"] = edit.nature
    if edit.level is not None and edit.level != row.level:
        if str(edit.level) not in codes(act.connection, "levels", act.at):
            raise Refused("dispatch.level_unknown", level=edit.level)
        changes["level"] = edit.level
    if edit.place is not None or edit.point is not None:
        lat, lon = edit.point or (row.lat, row.lon)
        spot = settle(row.place if edit.place is None else edit.place, lat, lon, ground)
        _refuse_no_point(spot)
        columns = spot.columns().items()
        changes |= {name: value for name, value in columns if value != getattr(row, name)}
    added = shown(edit.add, facts.NARRATIVE_CHARS)
    if added:
        changes["narrative"] = f"{row.narrative}\n{added}".strip()[: facts.NARRATIVE_CHARS]
    return changes


def _changed_since(act: Act, call_id: CallId, base_rev: int) -> set[str]:
    found: set[str] = set()
    for line in store.newest_lines(act.connection, call_id, 200):
        if line.detail.get("rev", 0) > base_rev:
            found |= set(line.detail.get("names", ()))
    return found - {"narrative"}  # additions to the narrative never clash


def known_call(connection: Any, call_id: str) -> Call:
    """This call. Refused when there is none of this id."""
    found = store.find_call(connection, call_id)
    if found is None:
        raise Refused("dispatch.no_such_call", call=str(call_id)[:64])
    return found


def received_moment(value: Any, now: datetime) -> datetime:
    """The moment that a message tells; the present when it tells none or a future one."""
    try:
        return min(from_text(value), now)
    except (TypeError, ValueError):
        return now
