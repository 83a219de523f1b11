"""The post's duty level: daily, reinforced, wartime; who set it, since when, and what is short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.clock import from_text, to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.outbox import Lane
from console.core.text import shown
from console.people.model import Right, require
from console.roster import store
from console.roster.model import (
    NOTE_CHARS,
    DutyLevel,
    DutyLevelChanged,
    DutyOrder,
    DutyStanding,
    counts_for_duty,
)
from console.roster.service.units import units

SWITCH_S = 1800  # a post is at its new duty level within half an hour


def duty_level(connection: sa.Connection, now: datetime) -> DutyOrder | None:
    """The order in force now; None when none was ever given."""
    return store.duty_in_force(connection, now)


def set_duty_level(database: Database, actor: Actor, level: DutyLevel, note: str = "") -> None:
    """The post is at this duty level from now on, by its own chief; the city is told."""
    require(actor, Right.CHECK_CALLS)
    with database.act(actor) as act:
        _take_over(
            act, DutyOrder(str(level), act.at, None, str(actor), act.at), note.strip()[:NOTE_CHARS]
        )


def duty_level_set(act: Act, payload: dict[str, Any]) -> None:
    """From the city: the duty level. Refused (to quarantine) without a level or with a bad time."""
    level = payload.get("level")
    if not isinstance(level, str) or len(level) > 32 or shown(level, 32) != level or not level:
        raise Refused("roster.bad_duty_level", level=shown(str(level), 32))
    try:
        from_at = from_text(payload["from"]) if payload.get("from") else act.at
        until_at = from_text(payload["until"]) if payload.get("until") else None
    except (TypeError, ValueError) as bad:
        raise Refused("roster.bad_duty_level", level=level) from bad
    _take_over(act, DutyOrder(level, from_at, until_at, str(act.actor), act.at), "")


def _take_over(act: Act, order: DutyOrder, note: str) -> None:
    number = store.insert_duty(act.connection, order)
    on_duty = [view for view in units(act.connection, act.at) if counts_for_duty(view)]
    needed = _needed(_limits(act.connection, act.at), order.level)
    act.audit(
        "duty_level.set", "duty_level", str(number), level=order.level, note=shown(note, NOTE_CHARS)
    )
    crews = {"what": "units_on_duty", "have": len(on_duty), "need": needed}
    enough = len(on_duty) >= needed
    act.tell_city(
        Lane.DAILY, "duty_level", "post", "duty_level.confirmed", number,
        {
            "level": order.level, "from": to_text(order.from_at), "confirmed_at": to_text(act.at),
            "by": act.actor.name, "met": [crews] if enough else [],
            "short": [] if enough else [crews],
        },
    )  # fmt: skip
    act.announce(DutyLevelChanged(order.level, act.at))


def duty_standing(connection: sa.Connection, now: datetime) -> DutyStanding:
    """How the post stands against the duty level in force, or the one that is coming."""
    limits = _limits(connection, now)
    order, coming = store.duty_in_force(connection, now), store.duty_coming(connection, now)
    target = coming or order
    views = units(connection, now)
    due_at = None
    if target is not None:
        whole = timedelta(seconds=int(limits.get("duty_switch_s", SWITCH_S)))
        due_at = max(target.from_at, target.set_at + whole)
    return DutyStanding(
        order,
        coming,
        _needed(limits, target.level if target is not None else str(DutyLevel.DAILY)),
        sum(map(counts_for_duty, views)),
        due_at,
        tuple(view for view in views if not counts_for_duty(view)),
    )


def _limits(connection: sa.Connection, now: datetime) -> Mapping[str, Any]:
    found: Mapping[str, Any] = reference.current(connection, "limits", now)
    return found


def _needed(limits: Mapping[str, Any], level: str) -> int:
    table = limits.get("duty_units", {})
    return int(table.get(level, table.get(DutyLevel.DAILY, 0)))
