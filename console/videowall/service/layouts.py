"""Acts on layouts and tours: an officer keeps his own, a chief or a technician those of a role."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Conflict, Refused
from console.core.ids import new_id
from console.people.model import Right, require
from console.videowall import store
from console.videowall.model import (
    Arrangement,
    CameraId,
    Layout,
    LayoutsChanged,
    Tour,
    checked_layout,
    checked_tour,
)
from console.videowall.store import layouts as kept


def layouts(connection: sa.Connection, actor: Actor) -> list[Layout]:
    """The named layouts that this officer may open: his own and those of his roles."""
    found = kept.layouts(connection, actor.name, actor.roles)
    return [one for one in found if one.name]


def left_as(connection: sa.Connection, actor: Actor) -> Layout | None:
    """The wall as this officer left it, on whatever workstation."""
    return kept.find_layout(connection, Layout("", "", Arrangement(), actor.name))


def keep_layout(database: Database, actor: Actor, one: Layout) -> Layout:
    """The layout is kept under its name; one that has the name already is replaced by it."""
    if not one.name.strip():
        raise Refused("videowall.no_layout_name", field="name")
    _require_place(actor, one)
    with database.act(actor) as act:
        made = checked_layout(one, _known(act))
        was = kept.find_layout(act.connection, made)
        made = replace(made, id=was.id if was else new_id(), rev=_next_rev(was, one))
        kept.put_layout(act.connection, made)
        cameras = [camera for camera in made.arrangement.cameras if camera]
        act.audit("wall_layout.keep", "wall_layout", made.id, name=made.name, owner=made.owner,
                  role=made.role, tiles=len(made.arrangement.spots), cameras=cameras)  # fmt: skip
        act.announce(LayoutsChanged())
    return made


def leave_as(database: Database, actor: Actor, one: Layout) -> None:
    """The wall is found so by this officer the next time he sits down."""
    mine = replace(one, id="", name="", owner=actor.name, role="", rev=1)
    with database.act(actor) as act:
        made = checked_layout(mine, _known(act))
        was = kept.find_layout(act.connection, made)
        if was is not None and was.arrangement == made.arrangement:
            return
        made = replace(made, id=was.id if was else new_id(), rev=was.rev + 1 if was else 1)
        kept.put_layout(act.connection, made)
        act.audit("wall_layout.leave", "wall_layout", made.id, tiles=len(made.arrangement.spots))


def drop_layout(database: Database, actor: Actor, one: Layout) -> None:
    """The layout is there no longer."""
    _require_place(actor, one)
    with database.act(actor) as act:
        was = kept.find_layout(act.connection, one)
        if was is None:
            raise Refused("videowall.unknown_layout", name=one.name)
        kept.drop(act.connection, was)
        act.audit("wall_layout.drop", "wall_layout", was.id, name=was.name)
        act.announce(LayoutsChanged())


def tours(connection: sa.Connection, actor: Actor) -> list[Tour]:
    """The tours that this officer may start: his own and those of his roles."""
    return kept.tours(connection, actor.name, actor.roles)


def keep_tour(database: Database, actor: Actor, one: Tour) -> Tour:
    """The tour is kept under its name; one that has the name already is replaced by it."""
    _require_place(actor, one)
    with database.act(actor) as act:
        made = checked_tour(one, _known(act))
        was = kept.find_tour(act.connection, made)
        made = replace(made, id=was.id if was else new_id(), rev=_next_rev(was, one))
        kept.put_tour(act.connection, made)
        stops = [[stop.camera_id, stop.dwell_s] for stop in made.stops]
        act.audit("wall_tour.keep", "wall_tour", made.id, name=made.name, owner=made.owner,
                  role=made.role, stops=stops)  # fmt: skip
        act.announce(LayoutsChanged())
    return made


def drop_tour(database: Database, actor: Actor, one: Tour) -> None:
    """The tour is there no longer."""
    _require_place(actor, one)
    with database.act(actor) as act:
        was = kept.find_tour(act.connection, one)
        if was is None:
            raise Refused("videowall.unknown_layout", name=one.name)
        kept.drop(act.connection, was)
        act.audit("wall_tour.drop", "wall_tour", was.id, name=was.name)
        act.announce(LayoutsChanged())


def _require_place(actor: Actor, one: Layout | Tour) -> None:
    """What belongs to a role is changed by who may change settings; the rest by its owner only."""
    if one.role:
        require(actor, Right.CHANGE_SETTINGS)
    elif one.owner != actor.name:
        raise Refused("videowall.not_yours", name=one.name)


def _known(act: Act) -> list[CameraId]:
    return [camera.id for camera in store.window(act.connection)]


def _next_rev(was: Layout | Tour | None, one: Layout | Tour) -> int:
    """Refused when what is replaced knowingly has been changed by someone meanwhile."""
    if was is None:
        return 1
    if one.id and was.rev != one.rev:
        raise Conflict("videowall.layout_changed_meanwhile", name=was.name)
    return was.rev + 1
