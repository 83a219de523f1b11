"""Tables of codes that a post may edit: natures, levels, statuses, limits, dispositions.

Each kind is one JSON document with a version and the moment from which it holds. The console ships
version 1 of each in ``resources/reference``; the post or the city writes later ones.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from console.core.tables import reference_set

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "reference"
_SHIPPED_SINCE = datetime(2026, 1, 1, tzinfo=UTC)


_CURRENT = (
    sa.select(sa.type_coerce(reference_set.c.body, sa.Text))
    .where(
        reference_set.c.kind == sa.bindparam("of_kind"),
        reference_set.c.effective_at <= sa.bindparam("now"),
    )
    .order_by(reference_set.c.effective_at.desc(), reference_set.c.version.desc())
    .limit(1)
)


def shipped(kind: str) -> Any:
    """The table as the console ships it."""
    return json.loads(_shipped_text(kind))


@cache
def _shipped_text(kind: str) -> str:
    return (SHIPPED / f"{kind}.json").read_text("utf-8")


def current(connection: sa.Connection, kind: str, now: datetime) -> Any:
    """The table that holds now: the newest version in force, or the shipped one."""
    return json.loads(current_text(connection, kind, now))


def current_text(connection: sa.Connection, kind: str, now: datetime) -> str:
    """The same as JSON text: who reads it often parses each text once."""
    text = connection.execute(_CURRENT, {"of_kind": kind, "now": now}).scalar()
    return _shipped_text(kind) if text is None else str(text)


def put(connection: sa.Connection, kind: str, effective_at: datetime, body: Any) -> int:
    """A further version of the table is kept, in force from ``effective_at``; returns its number."""
    last = connection.execute(
        sa.select(sa.func.max(reference_set.c.version)).where(reference_set.c.kind == kind)
    ).scalar()
    version = int(last or 1) + 1
    connection.execute(
        reference_set.insert().values(
            kind=kind, version=version, effective_at=effective_at, body=body
        )
    )
    return version
