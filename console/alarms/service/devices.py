"""Devices that raise alarms, and the simulated press of their button."""

from __future__ import annotations

import sqlalchemy as sa

from console.alarms import store
from console.alarms.model import NAME_CHARS, PLACE_CHARS, Device, Kind, Raising
from console.alarms.service.acts import raise_within
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.ids import new_id
from console.core.text import shown
from console.people.model import Right, allowed, require

SIMULATED = "simulated"


def devices(connection: sa.Connection) -> list[Device]:
    """Every device that raises alarms, by name."""
    return store.devices(connection)


def add_device(
    database: Database, actor: Actor, name: str, place: str = "",
    point: tuple[float, float] | None = None,
) -> Device:  # fmt: skip
    """One more device with a button. Refused without a name, or with one that is taken."""
    require(actor, Right.MANAGE_LINKS)
    told, words = shown(name, NAME_CHARS), shown(place, PLACE_CHARS)
    if not told:
        raise Refused("alarms.bad_device_name", field="name", most=NAME_CHARS)
    lat, lon = point or (None, None)
    made = Device(new_id(), told, words, lat, lon)
    with database.act(actor) as act:
        if told in [one.name for one in store.devices(act.connection)]:
            raise Refused("alarms.device_name_taken", field="name", name=told)
        store.add_devices(act.connection, [made])
        act.audit("alarm.device_add", "alarm_device", made.id, name=told, place=words)
    return made


def press(database: Database, actor: Actor, device_id: str) -> str:
    """This device's button was pressed – as a simulated input, which the alarm says. Returns the
    alarm's id. For a technician's or an officer's test, and for the drill."""
    if not allowed(actor, Right.MANAGE_LINKS):
        require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        found = [one for one in store.devices(act.connection) if one.id == device_id]
        if not found:
            raise Refused("alarms.no_such_device", device=device_id[:64])
        (one,) = found
        raising = Raising(
            f"device:{one.id}", Kind.BUTTON, one.name, one.place, one.lat, one.lon, SIMULATED
        )
        return raise_within(act, raising)
