"""Looking into the audit trail: its newest lines by key, and the last line of an act."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.audit import AuditLine
from console.core.tables import audit_trail
from console.upkeep.model import TrailFilter


def newest(
    connection: sa.Connection, wanted: TrailFilter, before: int | None, limit: int
) -> list[AuditLine]:
    """At most ``limit`` lines that are wanted, the newest first, all older than number ``before``."""
    table = audit_trail.c
    query = sa.select(audit_trail).order_by(table.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(table.seq < before)
    if wanted.actor:
        query = query.where(table.actor.icontains(wanted.actor, autoescape=True))
    if wanted.act:
        query = query.where(table.act.icontains(wanted.act, autoescape=True))
    if wanted.entity:
        either = (table.entity, table.entity_id)
        held = [column.icontains(wanted.entity, autoescape=True) for column in either]
        query = query.where(sa.or_(*held))
    return [AuditLine(*row) for row in connection.execute(query)]


def last_line(connection: sa.Connection, act: str, entity_id: str = "") -> AuditLine | None:
    """The newest line of this act (on this entity, where one is named)."""
    table = audit_trail.c
    query = sa.select(audit_trail).where(table.act == act).order_by(table.seq.desc()).limit(1)
    if entity_id:
        query = query.where(table.entity_id == entity_id)
    row = connection.execute(query).first()
    return None if row is None else AuditLine(*row)


def last_lines(
    connection: sa.Connection, acts: tuple[str, ...], limit: int, after: int = 0
) -> list[AuditLine]:
    """The newest lines of these acts with a number above ``after``, the newest first."""
    table = audit_trail.c
    query = sa.select(audit_trail).where(table.act.in_(acts), table.seq > after)
    query = query.order_by(table.seq.desc()).limit(limit)
    return [AuditLine(*row) for row in connection.execute(query)]
