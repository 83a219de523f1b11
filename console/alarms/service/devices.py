"""Devices that raise alarms: set up on their inputs, tested, and pressed as a simulation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from console.alarms import model, store
from console.alarms.model import (
    NAME_CHARS,
    PLACE_CHARS,
    SIMULATED,
    Device,
    DevicesChanged,
    InputPlace,
    Kind,
)
from console.alarms.service.acts import raise_within
from console.alarms.service.looking import kinds_now
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import new_id
from console.core.text import shown
from console.people.model import Right, allowed, require


def devices(connection: sa.Connection) -> list[Device]:
    """Every device that raises alarms, by name."""
    return store.devices(connection)


def add_device(
    database: Database, actor: Actor, name: str, place: str = "",
    point: tuple[float, float] | None = None,
) -> Device:  # fmt: skip
    """One more device with a button, on no input yet. Refused without a name, or with one that is
    taken."""
    lat, lon = point or (None, None)
    return keep_device(database, actor, Device("", name, place, lat, lon))


def keep_device(database: Database, actor: Actor, told: Device) -> Device:
    """The device stands as told, new where it has no id. Refused without a name, with a name or an
    input that another one has, and for a kind that no input raises."""
    require(actor, Right.MANAGE_LINKS)
    name = shown(told.name, NAME_CHARS).replace("\n", " ")
    place = shown(told.place, PLACE_CHARS).replace("\n", " ")
    wire = told.input.checked() if told.input else None
    with database.act(actor) as act:
        there = store.devices(act.connection)
        made = replace(told, id=told.id or new_id(), name=name, place=place, input=wire)
        _check(act, made, there)
        was = next((one for one in there if one.id == made.id), None)
        if was is None:
            store.insert_device(act.connection, made)
        else:
            made = replace(made, test_until=was.test_until, test_by=was.test_by)
            store.put_device(act.connection, made)
        what = "alarm.device_add" if was is None else "alarm.device_change"
        act.audit(
            what, "alarm_device", made.id, name=name, place=place, kind=made.kind,
            input=_input_text(wire),
        )  # fmt: skip
        act.announce(DevicesChanged())
    return made


def remove_device(database: Database, actor: Actor, device_id: str) -> None:
    """The device is no longer set up. Refused when there is none of this id."""
    require(actor, Right.MANAGE_LINKS)
    with database.act(actor) as act:
        was = _device(act.connection, device_id)
        store.remove_device(act.connection, was.id)
        act.audit("alarm.device_remove", "alarm_device", was.id, name=was.name)
        act.announce(DevicesChanged())


def begin_test(database: Database, actor: Actor, device_id: str, until: datetime) -> datetime:
    """What the device tells until then is a test, which nobody hears; returns the end, which is at
    most as far off as the table allows."""
    require(actor, Right.MANAGE_LINKS)
    with database.act(actor) as act:
        was = _device(act.connection, device_id)
        kinds = kinds_now(act.connection, act.at)
        new = model.begin_test(was, until, actor.name, kinds, act.at)
        store.put_device(act.connection, new)
        act.audit("alarm.test_begin", "alarm_device", new.id, name=new.name, until=str(until))
        act.announce(DevicesChanged())
    assert new.test_until is not None
    return new.test_until


def end_test(database: Database, actor: Actor, device_id: str) -> None:
    """The device is in earnest again: by whoever is at the desk, or by the clock."""
    if actor.kind == "officer" and not allowed(actor, Right.MANAGE_LINKS):
        require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        new = model.end_test(_device(act.connection, device_id))
        store.put_device(act.connection, new)
        act.audit("alarm.test_end", "alarm_device", new.id, name=new.name)
        act.announce(DevicesChanged())


def press(database: Database, actor: Actor, device_id: str) -> str:
    """This device's button was pressed – as a simulated input, which the alarm says. Returns the
    alarm's id. For a technician's or an officer's test, and for the drill. Duress is not simulated
    but in test mode: the city would come."""
    if not allowed(actor, Right.MANAGE_LINKS):
        require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        one = _device(act.connection, device_id)
        if one.is_silent and not one.in_test(act.at):
            raise Refused("alarms.duress_not_simulated", device=one.name)
        return raise_within(act, one.raising(act.at, SIMULATED))


def _device(connection: sa.Connection, device_id: str) -> Device:
    found = [one for one in store.devices(connection) if one.id == device_id]
    if not found:
        raise Refused("alarms.no_such_device", device=device_id[:64])
    return found[0]


def _check(act: Act, made: Device, there: Sequence[Device]) -> None:
    others = [one for one in there if one.id != made.id]
    if not made.name:
        raise Refused("alarms.bad_device_name", field="name", most=NAME_CHARS)
    if made.name in [one.name for one in others]:
        raise Refused("alarms.device_name_taken", field="name", name=made.name)
    kind = kinds_now(act.connection, act.at).kinds.get(made.kind)
    if made.kind != Kind.BUTTON and (kind is None or not kind.input):
        raise Refused("alarms.bad_device_kind", field="kind", kind=made.kind[:32])
    if not _is_point(made.lat, made.lon):
        raise Refused("alarms.bad_device_place", field="lat")
    wire = made.input
    for one in others:
        if wire and one.input and _spot(one.input) == _spot(wire):
            raise Refused("alarms.input_taken", field="number", name=one.name)


def _is_point(lat: float | None, lon: float | None) -> bool:
    """Both are there and on the map, or neither is."""
    if lat is None or lon is None:
        return lat is lon
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 85 and abs(lon) <= 180


def _spot(wire: InputPlace) -> tuple[str, int, int]:
    return wire.link_id, wire.unit, wire.number


def _input_text(wire: InputPlace | None) -> str:
    if wire is None:
        return ""
    return f"{wire.link_id}/{wire.unit}/{wire.number}{'' if wire.normally_closed else '/no'}"
