"""Two changes of one crew: field by field, and where both changed the same field a person decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Conflict
from console.roster.model import NewUnit, Unit
from console.roster.service import change_unit, plain_unit

FIELDS = ("call_sign", "name", "mode", "crew", "kit", "on_duty", "area_id")
TRIES = 5


@dataclass(frozen=True, slots=True)
class Clash:
    """Both changed the same ``fields``: what the officer entered, and what stands there now."""

    mine: NewUnit
    theirs: Unit
    fields: tuple[str, ...]


def told(unit: Unit) -> NewUnit:
    """What is told of this crew."""
    return NewUnit(
        unit.call_sign, unit.name, unit.mode, unit.crew, unit.kit, unit.status, unit.on_duty,
        unit.area_id,
    )  # fmt: skip


def merge(base: Unit, mine: NewUnit, theirs: Unit) -> tuple[NewUnit, tuple[str, ...]]:
    """Both changes of ``base`` in one, mine where they clash; and the fields that clash."""
    merged, clashes = {}, []
    for name in FIELDS:
        was, own, other = (getattr(side, name) for side in (base, mine, theirs))
        merged[name] = other if own == was else own
        if own != was and other not in (was, own):
            clashes.append(name)
    values: dict[str, Any] = {**merged, "status": theirs.status}
    return replace(mine, **values), tuple(clashes)


def with_theirs(clash: Clash) -> NewUnit:
    """Theirs where both changed the same field, mine elsewhere."""
    values: dict[str, Any] = {name: getattr(clash.theirs, name) for name in clash.fields}
    return replace(clash.mine, **values)


def save(database: Database, actor: Actor, base: Unit, mine: NewUnit) -> Clash | None:
    """The change of ``base`` is saved beside what others changed meanwhile, or is a clash.

    A status set meanwhile is no clash. Refused as ``change_unit`` refuses.
    """
    for attempt in range(TRIES):
        with database.read() as connection:
            theirs = plain_unit(connection, base.id)
        merged, fields = merge(base, mine, theirs)
        if fields:
            return Clash(merged, theirs, fields)
        try:
            change_unit(database, actor, base.id, theirs.rev, merged)
        except Conflict:
            if attempt == TRIES - 1:
                raise
        else:
            return None
    return None
