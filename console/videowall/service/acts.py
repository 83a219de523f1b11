"""Acts on cameras: a technician adds and changes them, an officer looks through one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Conflict, Refused
from console.core.ids import new_id
from console.people.model import Right, require
from console.videowall import store
from console.videowall.model import Camera, CameraId, CamerasChanged, checked


def cameras(
    connection: sa.Connection, text: str = "", after: str = "", limit: int | None = None
) -> list[Camera]:
    """The cameras whose number or name holds ``text``, by number, those after number ``after``."""
    return store.window(connection, text, after, limit)


def camera_count(connection: sa.Connection) -> int:
    """How many cameras the post has."""
    return store.count(connection)


def camera(connection: sa.Connection, camera_id: CameraId) -> Camera:
    """The camera of this id. Refused when it is not there."""
    found = store.find(connection, camera_id)
    if found is None:
        raise Refused("videowall.unknown", camera=camera_id)
    return found


def add_camera(database: Database, actor: Actor, new: Camera) -> Camera:
    """A further camera stands in the store, under an id of its own."""
    require(actor, Right.MANAGE_LINKS)
    one = checked(replace(new, id=CameraId(new_id()), rev=1))
    with database.act(actor) as act:
        put_new(act, one)
        act.announce(CamerasChanged())
    return one


def change_camera(database: Database, actor: Actor, changed: Camera) -> Camera:
    """The camera is as told; its ``rev`` must be the one that was read.

    Without a password the one that is kept stays, as long as the user is the same.
    """
    require(actor, Right.MANAGE_LINKS)
    one = checked(changed)
    with database.act(actor) as act:
        was = camera(act.connection, changed.id)
        if was.rev != changed.rev:
            raise Conflict("videowall.changed_meanwhile", name=was.name)
        one = put_changed(act, was, one)
        act.announce(CamerasChanged())
    return one


def looked(database: Database, actor: Actor, camera_id: CameraId) -> None:
    """The trail says who looked through which camera."""
    with database.act(actor) as act:
        one = camera(act.connection, camera_id)
        act.audit("camera.look", "camera", camera_id, number=one.number, name=one.name)


def snapped(database: Database, actor: Actor, camera_id: CameraId, file: Path) -> str:
    """The trail says who kept a single picture of which camera; returns the file's hash."""
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    with database.act(actor) as act:
        one = camera(act.connection, camera_id)
        act.audit("camera.snapshot", "camera", camera_id, number=one.number, file=file.name,
                  sha256=found)  # fmt: skip
    return found


def put_new(act: Act, one: Camera) -> None:
    """A checked camera is added. Refused when its number is taken."""
    if store.numbered(act.connection, one.number) is not None:
        raise Refused("videowall.number_taken", field="number", number=one.number)
    store.put(act.connection, one)
    act.audit("camera.add", "camera", one.id, password_set=bool(one.password), **told(one))


def put_changed(act: Act, was: Camera, one: Camera) -> Camera:
    """A checked camera replaces what it was; what is kept then. Refused when its number is taken."""
    other = store.numbered(act.connection, one.number)
    if other is not None and other.id != was.id:
        raise Refused("videowall.number_taken", field="number", number=one.number)
    kept = one.password or (was.password if one.user == was.user else "")
    one = replace(one, id=was.id, password=kept, rev=was.rev + 1)
    store.put(act.connection, one)
    renewed = kept != was.password
    act.audit("camera.change", "camera", was.id, password_set=renewed, was=told(was), **told(one))
    return one


def told(one: Camera) -> dict[str, object]:
    """What may be told of a camera: never its password."""
    return {
        "number": one.number,
        "name": one.name,
        "lat": one.lat,
        "lon": one.lon,
        "direction_deg": one.direction_deg,
        "address": one.address,
        "user": one.user,
        "tier": int(one.tier),
        "sub_address": one.sub_address,
        "view_deg": one.view_deg,
        "range_m": one.range_m,
        "ptz": one.ptz,
        "mask": [[part.left, part.top, part.width, part.height] for part in one.mask],
        "onvif": one.onvif,
        "onvif_profile": one.onvif_profile,
    }
