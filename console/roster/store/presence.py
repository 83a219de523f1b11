"""The rows of who is here."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from console.core.ids import OfficerId
from console.roster.store.tables import presence_table


def here(connection: sa.Connection) -> dict[OfficerId, datetime]:
    """Who is signed on, and since when."""
    table = presence_table
    rows = connection.execute(
        sa.select(table.c.officer_id, table.c.on_at).where(table.c.off_at.is_(None))
    )
    return {OfficerId(officer): at for officer, at in rows}


def begin_presence(connection: sa.Connection, officer_id: str, at: datetime, by: str) -> None:
    """The officer is here."""
    connection.execute(presence_table.insert().values(officer_id=officer_id, on_at=at, on_by=by))


def end_presence(connection: sa.Connection, officer_id: str, at: datetime, by: str) -> None:
    """The officer is not here any more."""
    table = presence_table
    connection.execute(
        table.update()
        .where(table.c.officer_id == officer_id, table.c.off_at.is_(None))
        .values(off_at=at, off_by=by)
    )
